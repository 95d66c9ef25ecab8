"""Every text exists in Chinese and in English, names the same values, and is used."""

from __future__ import annotations

import ast
import io
import json
import re
from datetime import date
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter
from typing import BinaryIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from api.cli import COMMANDS
from patents import errors
from patents.errors import DateError, MappingError
from patents.messages import CATALOGUES, DOMAIN, LANGUAGES, Message, in_language, language_of, message

CHECKOUT = Path(__file__).resolve().parents[2]
ROOMS = [path.parent.name for path in CHECKOUT.glob("*/__init__.py") if path.parent.name != "tests"]
CALLS = ["message", "text", "N_", *(name for name in vars(errors) if name.endswith("Error"))]
SPEAKING = {*(name for name in vars(errors) if name.endswith("Error")), "Finding", "Doubt", "Conflict"} | {
    "DateDoubt", "refuse", "message", "text",
}  # fmt: skip
"""Calls that make what a reader is shown."""
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def catalogue(language: str) -> Catalog:
    path = CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def codes_of(listed: Catalog) -> set[str]:
    return {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in listed if entry.id}


def texts_of(entry: object) -> list[str]:
    string = entry.string  # type: ignore[attr-defined]
    return [string] if isinstance(string, str) else list(string)


def names_in(template: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(template) if name}


def used_codes() -> dict[str, str]:
    """Codes in calls of the product, with the place of one call each."""
    used = {}
    for room in ROOMS:
        found = extract_from_dir(
            CHECKOUT / room, [("**.py", "python")], {}, dict.fromkeys(CALLS), directory_filter=None
        )
        for file, line, code, _, _ in found:
            # Other things than texts are called `text` too.
            if isinstance(code, str) and _CODE.fullmatch(code):
                used[code] = f"{room}/{file}:{line}"
    return used


def test_both_catalogues_hold_the_same_codes_and_no_text_is_empty_or_doubtful() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    assert codes_of(zh) == codes_of(en)
    for listed in (zh, en):
        for entry in listed:
            if entry.id:
                assert all(texts_of(entry)), f"{entry.id} has no text in {listed.locale}"
                assert not entry.fuzzy, f"{entry.id} is doubtful in {listed.locale}"


def test_the_two_texts_of_a_code_name_the_same_values() -> None:
    en = {str(entry.id): entry for entry in catalogue("en") if entry.id}
    for entry in catalogue("zh"):
        if entry.id:
            chinese = set().union(*map(names_in, texts_of(entry)))
            english = set().union(*map(names_in, texts_of(en[str(entry.id)])))
            # A plural may go without its number in the singular.
            assert chinese == english, f"{entry.id}: {chinese ^ english}"


def test_english_texts_hold_no_chinese_but_what_is_quoted_as_it_stands_in_a_file() -> None:
    outside_quotes = re.compile(r"[`'“‘(][^`'”’)]*[`'”’)]")
    for entry in catalogue("en"):
        if entry.id:
            for string in texts_of(entry):
                assert not re.search("[一-鿿]", outside_quotes.sub("", string)), entry.id


def test_every_code_that_is_used_has_a_text_and_every_text_is_used() -> None:
    used = used_codes()
    written = codes_of(catalogue("zh"))
    assert not {code: place for code, place in used.items() if code not in written}
    kinds = (".py", ".js", ".html")
    files = [path for room in ROOMS for path in (CHECKOUT / room).rglob("*") if path.suffix in kinds]
    sources = "".join(path.read_text("utf-8") for path in files)
    listed = {f"command-{name}" for name in COMMANDS}
    unused = written - set(used) - listed
    assert not {code for code in unused if f'"{code}"' not in sources and f"{{{{{code}}}}}" not in sources}


def sentences_in(path: Path) -> list[str]:
    """Places of calls that hold a sentence in place of a code."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        written = [part.value for part in ast.walk(first) if isinstance(part, ast.Constant)]
        if called in SPEAKING and any(isinstance(part, str) and " " in part for part in written):
            found.append(f"{path}:{node.lineno}")
    return found


def test_no_error_finding_or_warning_holds_a_sentence() -> None:
    paths = [path for room in ROOMS for path in (CHECKOUT / room).rglob("*.py")]
    assert not [place for path in paths for place in sentences_in(path)]


def test_a_sentence_in_place_of_a_code_is_found(tmp_path: Path) -> None:
    wrong = ['raise DateError(f"{day} is wrong")', 'self.refuse("has no " + name)']
    code = "\n".join([*wrong, 'DateError("date-not-valid", value="a b")'])
    path = tmp_path / "wrong.py"
    path.write_text(code, "utf-8")
    assert len(sentences_in(path)) == 2


def test_a_call_gives_every_value_that_its_text_names() -> None:
    named = {str(entry.id): entry for entry in catalogue("en") if isinstance(entry.id, str) and entry.id}
    for path in [path for room in ROOMS for path in (CHECKOUT / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = {keyword.arg for keyword in node.keywords}
            if called in SPEAKING and node.args[0].value in named and None not in given:
                wanted = set().union(*map(names_in, texts_of(named[node.args[0].value])))
                assert wanted <= given, f"{path}:{node.lineno}: {node.args[0].value} lacks {wanted - given}"


def codes_in(paths: list[Path]) -> set[str]:
    """Every text that may be a code in these files."""
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_only_the_terminal_speaks_of_command_lines() -> None:
    paths = [path for room in ROOMS for path in (CHECKOUT / room).rglob("*.py")]
    elsewhere = codes_in([path for path in paths if not _is_of_the_terminal(path)])
    for language in LANGUAGES:
        for entry in catalogue(language):
            if entry.id and elsewhere.intersection({entry.id} if isinstance(entry.id, str) else entry.id):
                for string in texts_of(entry):
                    assert not re.search(r"\bpatlas [a-z{]|(?<![\w-])--[a-z]", string), entry.id


def _is_of_the_terminal(path: Path) -> bool:
    inside = path.relative_to(CHECKOUT).parts
    is_command = any(part.startswith("command") for part in inside) or "terminal" in inside
    return inside[0] == "api" and (is_command or inside[-1] in ("cli.py", "serve.py"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    with (CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        assert _texts(file) == _texts(compiled), "run `make messages`"


def _texts(file: BinaryIO) -> dict[object, str]:
    """Texts by code and plural form; the header holds dates and versions and does not count."""
    texts: dict[object, str] = dict(vars(GNUTranslations(file))["_catalog"])
    del texts[""]
    return texts


def test_an_error_is_shown_in_the_language_of_its_reader() -> None:
    error = DateError("value-not-a-date", value="2016-13")
    with in_language("zh"):
        assert error.what == "“2016-13”不是有效日期"
    with in_language("en"):
        assert error.what == "'2016-13' is not a valid date"
        assert error.help == "Write a year, month or day: 2016, 2016-05 or 2016-05-02"
    assert error.code == "value-not-a-date"


def test_an_error_inside_another_is_shown_in_the_same_language_and_lends_its_next_step() -> None:
    inner = DateError("value-not-a-date", value="x{y}")
    assert message("value-not-a-date", value=inner).text("zh").startswith("““x{y}”不是有效日期”")
    outer = MappingError("value-not-a-date", value=inner)
    with in_language("en"):
        assert outer.what == "''x{y}' is not a valid date' is not a valid date"


def test_a_message_that_was_stored_reads_as_before_in_either_language() -> None:
    inner = DateError("date-not-valid", value="2016-13")
    parts = (message("row-repeats-headers"), message("place-node", name="铝"))
    for shown in (
        message("sheet-not-read", problem=inner),
        message("values-disagree", problem=message("conflict-of-one-date"), kept=date(2020, 1, 2)),
        message("values-invalid", problems=parts),
        message("rows-above-headers", row=3),
    ):
        stored = Message.unpacked(json.loads(json.dumps(shown.packed())))
        for language in LANGUAGES:
            assert stored.text(language) == shown.text(language)
            assert stored.line(language) == shown.line(language)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh_CN.UTF-8", "zh"),
        ("en-GB", "en"),
        ("fr, en;q=0.8, zh;q=0.9", "zh"),
        ("en;q=0.1,zh;q=x", "en"),
        ("C.UTF-8", "zh"),
        ("", "zh"),
        (None, "zh"),
    ],
)
def test_tags_of_systems_and_browsers_choose_a_language(tag: str | None, language: str) -> None:
    assert language_of(tag) == language

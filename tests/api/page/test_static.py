"""The page's files agree with each other and with the API; no browser is needed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.shapes import FilterFields
from patents.messages import CATALOGUES, DOMAIN, LANGUAGES, templates

PAGE = Path(__file__).resolve().parents[3] / "api" / "page"
SCRIPTS = {path.name: path.read_text("utf-8") for path in sorted(PAGE.glob("*.js"))}
INDEX = (PAGE / "index.html").read_text("utf-8")
PATH = re.compile(r'["`](api/[\w/${}().-]*)')
# Where paths begin with a constant: `${base}/chapters` of directions.js.
BASE = re.compile(r"`\$\{base\}(/[\w/${}().-]*)")


class Elements(HTMLParser):
    """Tags of the page with their attributes, and the values of a select's options."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.forms: dict[str, list[str]] = {}
        self.options: dict[str, list[str]] = {}
        self._form = self._select = ""
        self._option = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.all.append((tag, values))
        if tag == "form":
            self._form = values["id"]
        if self._form and values.get("name"):
            self.forms.setdefault(self._form, []).append(values["name"])
        if tag == "select":
            self._select = values.get("name") or values["id"]
        self._option = tag == "option" and "value" not in values
        if tag == "option" and "value" in values:
            self.options.setdefault(self._select, []).append(values["value"])

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = ""

    def handle_data(self, data):
        if self._option and data.strip():
            self.options.setdefault(self._select, []).append(data.strip())


PARSED = Elements(INDEX)


def ids():
    return {values["id"] for _, values in PARSED.all if values.get("id")}


def segments(path):
    """Parts of a path; what is filled in is a wildcard."""
    path = re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", "*", path)
    return [part for part in path.split("/") if part]


def asked():
    for name, text in SCRIPTS.items():
        for path in PATH.findall(text.replace('const base = "api/directions"', "")):
            yield name, path
        for path in BASE.findall(text):
            yield name, f"api/directions{path}"


def test_every_path_that_a_script_asks_is_one_of_the_service(client):
    known = [
        [part if "{" not in part else "*" for part in path.split("/")[1:]]
        for path in client.get("/openapi.json").json()["paths"]
    ]
    found = list(asked())
    assert len(found) > 20
    for name, path in found:
        parts = segments(path)
        assert any(
            len(parts) == len(other)
            and all(one == two or "*" in (one, two) for one, two in zip(parts, other, strict=True))
            for other in known
        ), f"{name}: {path}"


def test_every_id_that_a_script_uses_is_on_the_page_or_made_by_a_script():
    made = {one for text in SCRIPTS.values() for one in re.findall(r'\bid: "([\w-]+)"', text)}
    made |= {one for text in SCRIPTS.values() for one in re.findall(r'choice\("([\w-]+)"', text)}
    for name, text in SCRIPTS.items():
        used = set(re.findall(r'\$\("([\w-]+)"\)', text)) | set(re.findall(r'\$\("#([\w-]+)', text))
        assert used <= ids() | made, f"{name}: {used - ids() - made}"


def test_ids_are_given_once():
    given = [values["id"] for _, values in PARSED.all if values.get("id")]
    assert len(given) == len(set(given))


def test_scripts_import_what_others_export():
    for name, text in SCRIPTS.items():
        for names, source in re.findall(r'import \{([^}]+)\} from "\./([\w.]+)"', text):
            exported = set(re.findall(r"export (?:async )?(?:function|const) ([\w$]+)", SCRIPTS[source]))
            wanted = {one.strip() for one in names.split(",")}
            assert wanted <= exported, f"{name}: {wanted - exported} of {source}"
            for one in wanted:
                assert len(re.findall(rf"(?<![\w.]){re.escape(one)}(?!\w)", text)) > 1, (
                    f"{name}: {one} unused"
                )


def codes_in(text):
    return set(re.findall(r'(?:"|\{\{)(page-[a-z0-9-]+)(?:"|\}\})', text))


def test_every_text_of_the_page_is_in_both_catalogues():
    used = set().union(*map(codes_in, [INDEX, *SCRIPTS.values()]))
    for language in LANGUAGES:
        path = CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
        written = set(re.findall(r'^msgid "(page-[a-z0-9-]+)"', path.read_text("utf-8"), flags=re.MULTILINE))
        assert len(used) > 250 and used <= written


def test_what_a_script_puts_into_a_text_is_what_the_text_names():
    call = re.compile(r'text\("(page-[a-z0-9-]+)"(, \{([^{}]*)\})?\)')
    checked = 0
    for name, script in SCRIPTS.items():
        for code, _, given in call.findall(script):
            wanted = {field for form in templates(code, "zh") for field in re.findall(r"\{(\w+)\}", form)}
            if "..." not in given:
                # Calls within a value are cut away; what is left are names, with or without a value.
                flat = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\([^()]*\)[^()]*\)", "", given))
                names = {part.partition(":")[0].strip() for part in flat.split(",") if part.strip()}
                assert names == wanted, f"{name}: {code}"
                checked += 1
    assert checked > 150


def test_no_chinese_stands_in_scripts_and_markup_but_values_of_the_api():
    chinese = re.compile("[\u3000-\u9fff\uff00-\uffef]")
    for name, script in SCRIPTS.items():
        if name != "values.js":
            code = re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", script, flags=re.DOTALL | re.MULTILINE)
            assert not chinese.search(code), name
    # A choice holds the API's value; the switch names each language in that language.
    markup = re.sub(r'value="[^"]*"|(?<=>)中文(?=<)', "", INDEX)
    assert not chinese.search(markup)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_that_is_sent_has_every_text_filled_in(client, language):
    sent = client.get("/", params={"lang": language})
    client.cookies.clear()
    assert "{{" not in sent.text and sent.headers["content-language"].startswith(language)
    texts = json.loads(re.search(r'id="texts">(.*?)</script>', sent.text)[1])
    assert set(texts) == set().union(*map(codes_in, SCRIPTS.values()))
    assert len(texts["page-patents"]) == {"zh": 1, "en": 2}[language]


def test_the_language_is_the_one_chosen_now_then_the_one_chosen_before_then_that_of_the_browser(client):
    def lang(path="/", **headers):
        return re.search('<html lang="(..)', client.get(path, headers=headers).text)[1]

    assert lang(**{"Accept-Language": "en-GB"}) == "en"
    assert lang(**{"Accept-Language": "fr"}) == "zh"
    assert lang("/?lang=en", **{"Accept-Language": "zh-CN"}) == "en"
    assert lang(**{"Accept-Language": "zh-CN"}) == "en"
    assert lang("/?lang=zh") == "zh"
    client.cookies.clear()


def test_the_language_where_a_request_prefers_none_is_a_setting(library_path):
    app = create_app(Settings(library=library_path, refresh_seconds=0, lang="en"))
    with TestClient(app) as client:
        answers = [client.get("/api/none", headers={"Accept-Language": one}).json() for one in ("fr", "zh")]
    assert answers[0]["error"].isascii() and not answers[1]["error"].isascii()


def test_files_that_the_page_loads_exist():
    loaded = [
        values.get("src") or values.get("href") for tag, values in PARSED.all if tag in ("script", "link")
    ]
    loaded += re.findall(r'href: "(page/[\w.]+)"', "".join(SCRIPTS.values()))
    names = {one.removeprefix("page/") for one in loaded if one and one.startswith("page/")}
    assert names <= {path.name for path in PAGE.iterdir()} and "page.js" in names
    styles = {path.name for path in PAGE.glob("*.css")}
    assert styles <= names, f"never loaded: {styles - names}"


def test_scripts_can_be_parsed(tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node to parse scripts with")
    for name, text in SCRIPTS.items():
        copy = tmp_path / name.replace(".js", ".mjs")
        copy.write_text(text, encoding="utf-8")
        done = subprocess.run([node, "--check", copy], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_fields_of_the_search_form_are_the_filters_of_the_api():
    fields = set(PARSED.forms["form"]) - {"text"}
    assert fields <= set(FilterFields.model_fields)


@pytest.mark.parametrize("name", ["patent_type", "legal_state"])
def test_choices_are_those_of_the_api(name):
    known = get_args(get_args(FilterFields.model_fields[name].annotation)[0])
    assert set(PARSED.options[name]) - {""} == set(known)


def test_every_facet_has_fields_to_narrow_by(client):
    declared = re.search(r"const FIELDS = \{(.*?)\};", SCRIPTS["facets.js"])[1]
    into = {
        facet: re.findall(r'"(\w+)"', names) for facet, names in re.findall(r"(\w+): \[([^]]*)\]", declared)
    }
    facets = client.post("/api/search", json={"query": "阴极", "facets": True}).json()["facets"]
    assert len(facets) > 5
    for facet in facets:
        for field in into.get(facet["name"], [facet["name"]]):
            assert field in PARSED.forms["form"], facet["name"]


def test_every_choice_of_counting_is_one_that_studies_know(client):
    choices = [value for value in PARSED.options["count"] if value]
    assert len(choices) >= 6
    for choice in choices:
        answer = client.get("/api/directions/chapters/overview", params={"count": choice})
        assert answer.status_code == 200, f"{choice}: {answer.text}"


def test_every_field_has_a_label():
    labelled = {values["for"] for tag, values in PARSED.all if tag == "label" and values.get("for")}
    inside = re.findall(r"<label[^>]*>(.*?)</label>", INDEX, flags=re.DOTALL)
    names = {name for text in inside for name in re.findall(r'name="(\w+)"', text)}
    for tag, values in PARSED.all:
        if tag in ("input", "select", "textarea"):
            assert values.get("id") in labelled or values.get("name") in names, values


def test_text_never_becomes_markup():
    for name, text in SCRIPTS.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", text), name


def test_the_page_loads_nothing_from_elsewhere():
    for name, text in {
        **SCRIPTS,
        "index.html": INDEX,
        **{p.name: p.read_text("utf-8") for p in PAGE.glob("*.css")},
    }.items():
        found = set(re.findall(r"https?://[^\s\"'`)]+", text)) - {"http://www.w3.org/2000/svg"}
        assert not found, f"{name}: {found}"

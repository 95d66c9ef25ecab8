"""What readers are shown, in their language.

A text is named by a code and kept in two gettext catalogues, `locale/{zh,en}/LC_MESSAGES/patlas.po` beside
this file. The first line of a text says what; lines after it name the next step. `{value}` in a text is
replaced by the value of that name. A value named `count` chooses between the forms of an English plural.

Write `message("some-code", value=…)`, or raise a `PatlasError("some-code", value=…)`; then add the code to
both catalogues and run `make messages`. A value may itself be a message, a tuple of messages or an error:
it is shown in the reader's language too.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DOMAIN = "patlas"
CATALOGUES = Path(__file__).parent / "locale"

_language: ContextVar[Language] = ContextVar("language", default="zh")


def current_language() -> Language:
    """The language of the reader who is being answered."""
    return _language.get()


@contextmanager
def in_language(language: Language) -> Iterator[None]:
    """Answer in a language while the block runs."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language_of(tag: str | None, default: Language = "zh") -> Language:
    """The language that a tag of a system or browser asks for.

    Args:
        tag: such as `zh_CN.UTF-8`, `zh-Hant`, `en-GB`; several in order of preference, as a browser sends
            them (`fr, en;q=0.8`), are read too.
        default: where none of them is one of ours.
    """
    wanted = [part.partition(";") for part in (tag or "").split(",")]
    by_preference = sorted(wanted, key=_preference, reverse=True)
    for name, _, _ in by_preference:
        for language in LANGUAGES:
            if name.strip().lower().replace("_", "-").partition("-")[0] == language:
                return language
    return default


def _preference(part: tuple[str, str, str]) -> float:
    try:
        return float(part[2].partition("=")[2] or 1)
    except ValueError:
        return 0.0


@dataclass(frozen=True, slots=True)
class Message:
    """A text by its code, with what is put into it; `str()` gives it in the reader's language.

    Attributes:
        code: stable, of small letters and hyphens.
        values: by the names that the text puts them under.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language | None = None) -> str:
        """All lines.

        Args:
            language: None for that of the reader.
        """
        language = language or current_language()
        shown = {name: _shown(value, language) for name, value in self.values.items()}
        return _template(self.code, self.values.get("count"), language).format_map(shown)

    def lines(self, language: Language | None = None) -> tuple[str, str]:
        """What, and the next step; "" where the text names none."""
        language = language or current_language()
        shown = {name: _shown(value, language) for name, value in self.values.items()}
        template = _template(self.code, self.values.get("count"), language)
        what, _, help_ = template.partition("\n")
        return what.format_map(shown), help_.format_map(shown)

    def line(self, language: Language | None = None) -> str:
        """What and the next step as sentences of one line, for the cell of a sheet."""
        language = language or current_language()
        what, help_ = self.lines(language)
        return {"zh": "。", "en": ". "}[language].join(filter(None, (what, help_)))

    def packed(self) -> dict[str, object]:
        """Code and values as JSON can hold them, to be stored or sent to another process."""
        return {"code": self.code, "values": {name: _packed(value) for name, value in self.values.items()}}

    @classmethod
    def unpacked(cls, packed: Mapping[str, object]) -> Message:
        """The message that was packed."""
        values = packed.get("values")
        found = values if isinstance(values, Mapping) else {}
        return cls(str(packed["code"]), {str(name): _unpacked(value) for name, value in found.items()})

    def __str__(self) -> str:
        """All lines in the reader's language."""
        return self.text()


def message(code: str, /, **values: object) -> Message:
    """A text that is shown later, in the language of whoever reads it then."""
    return Message(code, values)


def N_(code: str) -> str:
    """Mark a code that is looked up later by a variable, so that it is found among those in use."""
    return code


def text(code: str, /, **values: object) -> str:
    """A text in the reader's language, now."""
    return Message(code, values).text()


def templates(code: str, language: Language) -> list[str]:
    """The text of a code with its values not filled in: an English plural as those of one and of several."""
    return list(dict.fromkeys(_template(code, count, language) for count in (1, 2)))


def _packed(value: object) -> object:
    if isinstance(value, str | int | float) or value is None:
        return value
    if isinstance(value, tuple):
        return [_packed(part) for part in value]
    inner = value if isinstance(value, Message) else getattr(value, "message", None)
    return inner.packed() if isinstance(inner, Message) else str(value)


def _unpacked(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(_unpacked(part) for part in value)
    return Message.unpacked(value) if isinstance(value, Mapping) else value


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Message):
        return value.lines(language)[0]
    if isinstance(value, tuple) and value and all(isinstance(part, Message) for part in value):
        return {"zh": "；", "en": "; "}[language].join(part.lines(language)[0] for part in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    # An error is shown by what went wrong; importing its class here would close a circle.
    inner = getattr(value, "message", None)
    return inner.lines(language)[0] if isinstance(inner, Message) else value


def _template(code: str, count: object, language: Language) -> str:
    catalogue = _catalogue(language)
    plural = catalogue.ngettext(code, code, count) if isinstance(count, int) else code
    # Texts without a plural are found by the other call only.
    return catalogue.gettext(code) if plural == code else plural


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, languages=[language])

"""The language of a text, told from its script and, for Latin script, its commonest words."""

from __future__ import annotations

import re
from collections import Counter

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_WORD = re.compile(r"[a-zà-öø-ÿß]+")
_WORDS: dict[str, str] = {
    language: language_words
    for language, language_words in (
        ("en", "the of and a to in for is with by an are which method device system apparatus"),
        ("de", "der die das und mit zur von einem einer eines ist zum ein eine verfahren vorrichtung"),
        ("fr", "le la les des du et une un pour dans par est comprenant procédé dispositif"),
        ("es", "el los las y del una un para con por que en procedimiento dispositivo sistema"),
        ("pt", "o os as e do da dos das uma um para com por que em processo dispositivo"),
        ("it", "il gli e di del della una un per con che nel procedimento dispositivo"),
    )
}
_LANGUAGES_OF_WORD: dict[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}

_LATIN = re.compile(r"[A-Za-z]")
_FOREIGN = re.compile(
    r"[\u0400-\u06ff\u0e00-\u0e7f\u1100-\u11ff\u3041-\u3096\u30a1-\u30fa\uac00-\ud7af\uff66-\uff9d]"
)
"""Any letter of a script that is neither Han, Latin nor Greek (α and β are everywhere)."""

SAMPLE = 200
"""Characters looked at."""


def language_of(text: str) -> str:
    """ISO 639-1 code of the text; "zh" for Chinese in either script and where it cannot be known.

    Kana make a text Japanese, however many Han characters it has; elsewhere the script that most
    letters are of decides. Latin script without a telling word is taken as English.
    """
    sample = text[:SAMPLE]
    if not sample.isascii():
        if _is_plainly_chinese(sample):
            return "zh"
        other = _by_script(sample)
        if other:
            return other
    return _by_words(sample.lower()) if any(char.isalpha() for char in sample) else "zh"


def has_chinese(text: str) -> bool:
    """Whether a Han character is in the text."""
    return not text.isascii() and _HAN.search(text) is not None


def is_chinese(text: str) -> bool:
    """Whether the text is Chinese."""
    return language_of(text) == "zh"


def _is_plainly_chinese(sample: str) -> bool:
    """The usual case, settled fast: Han characters, no other script, Latin only in between."""
    han = len(_HAN.findall(sample))
    return han > 0 and 3 * han >= len(_LATIN.findall(sample)) and not _FOREIGN.search(sample)


def _by_script(sample: str) -> str | None:
    han = len(_HAN.findall(sample))
    counts = {language: len(pattern.findall(sample)) for language, pattern in _SCRIPTS}
    language, most = max(counts.items(), key=lambda item: item[1])
    if language == "ja" and most * 10 > han:
        return "ja"
    latin = sum(char.isascii() and char.isalpha() for char in sample)
    if max(han * 3, most * 2) < latin:
        return None
    return language if most > han else "zh" if han else None


def _by_words(sample: str) -> str:
    votes = Counter(
        language for word in _WORD.findall(sample) for language in _LANGUAGES_OF_WORD.get(word, ())
    )
    return votes.most_common(1)[0][0] if votes else "en"

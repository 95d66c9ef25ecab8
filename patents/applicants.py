"""Names of applicants and inventors: splitting, spelling, and what kind of body they are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from patents.applicant_kinds import ApplicantKind, applicant_kind
from patents.half_width import is_empty_mark

__all__ = ["ApplicantKind", "applicant_kind", "name_key", "normalise_name", "split_names"]

_HARD = re.compile(r"[;；|｜\n\r\t]+")
_SOFT = re.compile(r"[、,，/]|\s+")
_ORGANISATION_END = re.compile(
    r"(?:公司|集团|大学|学院|学校|研究院|研究所|科学院|设计院|医院|厂|中心|实验室|局|部队|委员会|合作社|会社|协会|银行)(?:\([^()]*\))?$"
)
_PERSON = re.compile(r"[\u3400-\u9fff]{2,3}|[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+")
_CJK = r"\u2e80-\u9fff\uf900-\ufaff"
_HAS_CJK = re.compile(rf"[{_CJK}]")
_SPACE_BY_CJK = re.compile(rf"(?<=[{_CJK}()·]) | (?=[{_CJK}()·])")
_DOTS = re.compile(r"[•・‧∙●･．]")
_COUNTRY_SUFFIX = re.compile(r"\s*[\[(](?:CN|US|JP|KR|DE|TW|FR|GB|HK)[\])]$", re.IGNORECASE)
_CACHED_CELL = 1000
_EDGES = " ,;、|·.“”\"'"


def split_names(text: str) -> tuple[str, ...]:
    """Split a cell into normalised names, in order, each once.

    ; ； | and line ends always separate. Comma, 、, / and spaces do so only outside brackets and where
    every piece is plainly a name by itself, so that "甲医院(乙研究所、丙中心)", "ACME CO., LTD" and
    "SMITH, JOHN" stay whole.
    """
    if is_empty_mark(text):
        return ()
    return _split(text) if len(text) <= _CACHED_CELL else _split.__wrapped__(text)


@lru_cache(maxsize=65536)
def _split(text: str) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for piece in _HARD.split(text):
        for part in _soft_parts(piece):
            name = normalise_name(part)
            if name and not is_empty_mark(name):
                names[name] = None
    return tuple(names)


def _soft_parts(piece: str) -> list[str]:
    if not _SOFT.search(piece.strip()):
        return [piece]
    for separator in ("、", ",，", "/", None):
        parts = _outside_brackets(piece, separator)
        if len(parts) > 1 and all(map(_is_plainly_a_name, parts)):
            return parts
    return [piece]


def _outside_brackets(piece: str, separators: str | None) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, char in enumerate(piece):
        depth += (char in "(（[") - (char in ")）]")
        if depth <= 0 and (char.isspace() if separators is None else char in separators):
            parts.append(piece[start:place])
            start = place + 1
    parts.append(piece[start:])
    return [part.strip() for part in parts if part.strip()]


def _is_plainly_a_name(part: str) -> bool:
    name = normalise_name(part)
    return bool(_ORGANISATION_END.search(name) or _PERSON.fullmatch(name))


@lru_cache(maxsize=65536)
def normalise_name(name: str) -> str:
    """Spell a name in one way: half-width brackets, one space at most, none beside Chinese characters.

    The legal form stays: 有限公司 and 有限责任公司 are different firms.
    """
    folded = " ".join(unicodedata.normalize("NFKC", name).split())
    if not _HAS_CJK.search(folded):
        return _COUNTRY_SUFFIX.sub("", folded).strip(" ;|")
    folded = _SPACE_BY_CJK.sub("", _DOTS.sub("·", folded))
    return _COUNTRY_SUFFIX.sub("", folded).strip(_EDGES)


def name_key(name: str) -> str:
    """Comparison form of a name: no spaces and punctuation, one case; the legal form still counts."""
    return "".join(char for char in normalise_name(name).casefold() if char.isalnum())

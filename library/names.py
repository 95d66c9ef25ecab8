"""What may be a name that users give: of a saved selection, a tag, a watch, a theme, a library."""

from __future__ import annotations

import unicodedata

from patents.errors import InputError

LONGEST = 100
# Control and format characters, halves of pairs, private and unassigned ones, ends of lines and paragraphs.
_REFUSED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def name_of(text: str) -> str:
    """A name as it is stored and looked for: composed (NFC), trimmed, one blank where there were several."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def checked_name(name: str, *, longest: int = LONGEST) -> str:
    """A name that may be stored; see `name_of`.

    Args:
        name: as given.
        longest: most characters.

    Raises:
        InputError: it is empty, too long, or holds a character that no line of text shows.
    """
    refused = next((letter for letter in name.strip() if unicodedata.category(letter) in _REFUSED), None)
    if refused is not None:
        raise InputError("name-with-control-character", character=f"U+{ord(refused):04X}")
    checked = name_of(name)
    if not checked:
        raise InputError("name-empty")
    if len(checked) > longest:
        raise InputError("name-too-long", name=checked[:longest], length=len(checked), most=longest)
    return checked

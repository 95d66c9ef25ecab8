"""YAML files that users write: every complaint names the file, the place and the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, cast

from patents.errors import MappingError, UnreadableFileError

Entry = Mapping[str, object]


def read_yaml(path: Path, what: str, help_: str = "") -> object:
    """Read a file.

    Args:
        path: of the file.
        what: it is, as in "chain file".
        help_: the document that describes such a file.

    Raises:
        UnreadableFileError: there is no such file, or it is no YAML.
    """
    import yaml

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableFileError(f"{what} {path} cannot be read: {error}", help=help_) from error


class WrittenFile:
    """Takes values out of what was read, and refuses what cannot be meant.

    Args:
        path: of the file.
        help_: printed with every complaint.
    """

    def __init__(self, path: Path, help_: str) -> None:
        self.path = path
        self._help = help_

    def entry(self, content: object, where: str, keys: set[str]) -> Entry:
        """A mapping with no other keys than these."""
        if not isinstance(content, Mapping):
            self.refuse(where, "is no mapping of keys to values")
        entry = cast(Entry, content)
        unknown = sorted(str(key) for key in entry if key not in keys)
        if unknown:
            self.refuse(where, f"has unknown keys {', '.join(unknown)}; known are {', '.join(sorted(keys))}")
        return entry

    def text(self, entry: Entry, key: str, where: str) -> str:
        """A text, empty where there is none; numbers are taken as text."""
        value = entry.get(key, "")
        if value is None:
            return ""
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            self.refuse(where, f"`{key}` is no text")
        return str(value).strip()

    def texts(self, entry: Entry, key: str, where: str) -> tuple[str, ...]:
        """A list of texts, each once; lists inside it only group them for the eye."""
        value = entry.get(key) or ()
        listed = [value] if isinstance(value, str) else value
        flat: list[object] = []
        for one in listed if isinstance(listed, Sequence) else [None]:
            flat.extend(one if isinstance(one, Sequence) and not isinstance(one, str) else [one])
        if not all(isinstance(one, str) and one.strip() for one in flat):
            self.refuse(where, f"`{key}` is no list of texts")
        return tuple(dict.fromkeys(str(one).strip() for one in flat))

    def flag(self, entry: Entry, key: str, where: str) -> bool:
        """True or false; false where nothing is said."""
        value = entry.get(key, False)
        if not isinstance(value, bool):
            self.refuse(where, f"`{key}` is neither true nor false")
        return bool(value)

    def refuse(self, where: str, why: str) -> NoReturn:
        """Say what is wrong."""
        raise MappingError(f"{self.path}: {where} {why}", help=self._help)

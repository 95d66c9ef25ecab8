"""YAML files that users write: every complaint names the file, the place and the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, cast

from patents.errors import MappingError, UnreadableFileError
from patents.messages import Message, message

Entry = Mapping[str, object]


def read_yaml(path: Path, example: str) -> object:
    """Read a file.

    Args:
        path: of the file.
        example: the document that describes such a file.

    Raises:
        UnreadableFileError: there is no such file, or it is not YAML.
    """
    import yaml

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problem = " ".join(str(error).split())
        raise UnreadableFileError(
            "entries-unreadable", path=path, problem=problem, example=example
        ) from error


def in_file() -> Message:
    """The place of a fault that is of the file as a whole."""
    return message("place-file")


class WrittenFile:
    """Takes values out of what was read, and refuses what cannot be meant.

    Args:
        path: of the file.
        example: the document that describes such a file.
    """

    def __init__(self, path: Path, example: str) -> None:
        self.path = path
        self._example = example

    def entry(self, content: object, where: Message, keys: set[str]) -> Entry:
        """A mapping with no other keys than these."""
        if not isinstance(content, Mapping):
            self.refuse(where, message("entry-not-a-mapping"))
        entry = cast(Entry, content)
        unknown = sorted(str(key) for key in entry if key not in keys)
        if unknown:
            names = ", ".join(unknown)
            self.refuse(where, message("entry-keys-unknown", names=names, known=", ".join(sorted(keys))))
        return entry

    def text(self, entry: Entry, key: str, where: Message) -> str:
        """A text, empty where there is none; numbers are taken as text."""
        value = entry.get(key, "")
        if value is None:
            return ""
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            self.refuse(where, message("entry-not-a-text", key=key))
        return str(value).strip()

    def texts(self, entry: Entry, key: str, where: Message) -> tuple[str, ...]:
        """A list of texts, each once; lists inside it only group them for the eye."""
        value = entry.get(key) or ()
        listed = [value] if isinstance(value, str) else value
        flat: list[object] = []
        for item in listed if isinstance(listed, Sequence) else [None]:
            flat.extend(item if isinstance(item, Sequence) and not isinstance(item, str) else [item])
        if not all(isinstance(item, str) and item.strip() for item in flat):
            self.refuse(where, message("entry-not-texts", key=key))
        return tuple(dict.fromkeys(str(item).strip() for item in flat))

    def flag(self, entry: Entry, key: str, where: Message) -> bool:
        """True or false; false where nothing is said."""
        value = entry.get(key, False)
        if not isinstance(value, bool):
            self.refuse(where, message("entry-not-a-flag", key=key))
        return bool(value)

    def refuse(self, where: Message, problem: Message) -> NoReturn:
        """Raise for what is wrong."""
        raise MappingError("entry-wrong", path=self.path, where=where, problem=problem, example=self._example)

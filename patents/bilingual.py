"""What a reader sees, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from patents.messages import Language

__all__ = ["NO_TEXT", "Language", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; false when there is none.

    Attributes:
        zh: Chinese.
        en: English.
    """

    zh: str
    en: str

    @classmethod
    def same(cls, name: str) -> Text:
        """A name, which is the same in both languages."""
        return cls(name, name)

    def of(self, language: Language) -> str:
        """The text in a language."""
        return self.en if language == "en" else self.zh

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def __add__(self, more: Text) -> Text:
        return Text(self.zh + more.zh, self.en + more.en)


#: Nothing to read.
NO_TEXT = Text("", "")

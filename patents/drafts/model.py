"""What a draft consists of."""

from __future__ import annotations

from dataclasses import dataclass

from patents.messages import Message


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """One claim.

    Attributes:
        number: as written, or counted where the file numbers them by itself.
        text: without its number.
        refers_to: numbers of other claims that it names, ascending.
    """

    number: int
    text: str
    refers_to: tuple[int, ...] = ()

    @property
    def independent(self) -> bool:
        """Whether it refers to no other claim (独立权利要求)."""
        return not self.refers_to


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentDraft:
    """A draft; what a file lacks is empty.

    Attributes:
        name: of the file.
        title: 发明名称.
        technical_field: 技术领域.
        abstract: 说明书摘要.
        claims: 权利要求书, in order.
        description: 说明书 with its headings' text, or everything when nothing was told apart.
        notes: what was guessed or is missing, one sentence each: reports print them.
    """

    name: str
    title: str = ""
    technical_field: str = ""
    abstract: str = ""
    claims: tuple[DraftClaim, ...] = ()
    description: str = ""
    notes: tuple[Message, ...] = ()

"""How wide the columns of a printed table are, so that nothing runs out of it."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 26.0
_LEAST = 4.4


def text_width(text: str) -> float:
    """Width of a text in Chinese characters; others take a little more than half of one."""
    return sum(1.0 if ord(sign) > 0x2E7F else 0.56 for sign in text)


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]], whole: int) -> list[int]:
    """Share a width among columns by what they hold.

    Args:
        heads: of the columns.
        rows: cells.
        whole: units to share, any.

    Returns:
        One width a column; they add up to `whole`.
    """
    wanted = []
    for place, head in enumerate(heads):
        cells = [text_width(row[place]) for row in rows] or [0.0]
        longest = max(cells)
        # Long texts wrap: what counts is rather their middle than their end.
        mean = sum(cells) / len(cells)
        needed = longest if longest <= 12 else min(_LONGEST, max(12.0, 1.4 * mean))
        wanted.append(max(_LEAST, needed + 1, min(text_width(head), 8.0) + 0.6))
    scale = whole / sum(wanted)
    widths = [int(width * scale) for width in wanted]
    widths[-1] += whole - sum(widths)
    return widths


def size_for(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Size of the text in half points: many columns take smaller letters."""
    longest = sum(
        max([min(text_width(row[place]), 12.0) for row in rows] + [min(text_width(head), 6.0)]) + 1.0
        for place, head in enumerate(heads)
    )
    return 18 if longest <= 46 else 16 if longest <= 56 else 14 if len(heads) <= 12 else 12

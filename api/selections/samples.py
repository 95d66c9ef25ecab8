"""查准率 by a judged random sample, 查全率 by a list of known patents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from api.live.snapshot import LiveSnapshot
from api.selections import tags
from api.selections.choosing import Chosen
from api.selections.shapes import PrecisionAnswer, RecallAnswer
from api.shapes import SelectionFacts
from documents.unfinished import aside
from patents.errors import InputError
from patents.messages import text
from selection.saved.samples import draw, read_sample, recall, write_sample
from selection.saved.tags import NOISE


def draw_sample(live: LiveSnapshot, chosen: Chosen, size: int, path: Path, *, seed: int = 0) -> int:
    """Draw patents at random into an xlsx for a reader to judge.

    Args:
        live: the snapshot.
        chosen: where from.
        size: how many; all when there are fewer.
        path: an .xlsx.
        seed: the same seed draws the same patents.

    Returns:
        How many were drawn.

    Raises:
        InputError: nothing can be drawn, or the file cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError("sample-not-xlsx", name=path.name)
    rows = draw(chosen.selection, size, seed=seed)
    with aside(path) as unfinished:
        write_sample(unfinished, chosen.selection, rows, lambda row: _described(live, row), seed=seed)
    return len(rows)


def read_judgements(path: Path) -> PrecisionAnswer:
    """Read a judged sample back: 查准率 with its 95 % interval.

    Raises:
        UnreadableFileError: it has no columns of numbers and judgements.
    """
    judged = read_sample(path)
    return PrecisionAnswer(
        precision=judged.precision,
        relevant=judged.relevant,
        noise=judged.noise,
        unjudged=judged.unjudged,
        unclear=judged.unclear,
    )


def tag_noise(live: LiveSnapshot, judged: PrecisionAnswer, *, note: str = "", who: str = "") -> int:
    """Tag the patents that were judged as noise 噪声; returns how many were not so before.

    Raises:
        LibraryLockedError: another process is writing.
    """
    if not judged.noise:
        return 0
    found = tags.named(live, numbers=judged.noise)
    return tags.change(live, NOISE, "put", found, note=note or text("sample-judged"), who=who).change.changed


def measure_recall(live: LiveSnapshot, chosen: Chosen, numbers: Sequence[str]) -> RecallAnswer:
    """How many of known relevant patents a study has, and which it misses.

    Raises:
        InputError: no number was given.
    """
    if not numbers:
        raise InputError("recall-without-numbers")
    found = recall(chosen.selection, numbers, lambda number: _rows(live, number))
    return RecallAnswer(
        selection=SelectionFacts.of(chosen.selection),
        noise=chosen.noise,
        share=found.share,
        missed=found.missed,
        unknown=found.unknown,
    )


def _rows(live: LiveSnapshot, number: str) -> list[int]:
    key = tags.key_of(live, number)
    row = None if key is None else live.rows_by_key.get(key)
    return [] if row is None else [row]


def _described(live: LiveSnapshot, row: int) -> tuple[str, ...]:
    """Key, number, title, abstract, applicants, IPC."""

    def cell(name: str) -> str:
        value = live.table.column(name)[row].as_py()
        return "; ".join(value) if isinstance(value, list) else value or ""

    texts = (cell(name) for name in ("title", "abstract", "applicants", "ipc"))
    return (live.keys[row], live.number_of(row), *texts)

"""A selection → a file: xlsx, csv, jsonl or parquet, with its 检索式."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from api.live.snapshot import LiveSnapshot
from api.selections.choosing import Chosen, ranked
from documents.book_files import require_kind
from documents.unfinished import aside
from patents.record import PatentRecord
from selection.exports import COMPACT, FULL, KINDS, ExportAbout, export_columns, export_records

_RECORDS_AT_ONCE = 2_000


def export(live: LiveSnapshot, chosen: Chosen, path: Path, *, columns: Sequence[str] = ()) -> int:
    """Write the patents of a study to a file; a file that is there is replaced when all is written.

    Args:
        live: the snapshot.
        chosen: the patents.
        path: its ending says the kind.
        columns: fields of the record; `compact` (also when empty) and `full` name sets of them.

    Returns:
        How many patents were written.

    Raises:
        InputError: a column or a kind that does not exist, or a folder that cannot be written to.
    """
    require_kind(path, KINDS)
    about = ExportAbout(
        query=chosen.selection.text,
        count=chosen.selection.count,
        library=live.library.settings["name"] or live.library.path.name,
        snapshot=live.number,
        as_of=live.as_of.isoformat() if live.as_of else "",
        noise=chosen.noise,
    )
    named = export_columns(_named(columns))
    with aside(path) as unfinished:
        return export_records(_records(live, chosen), unfinished, columns=named, about=about)


def _named(columns: Sequence[str]) -> list[str]:
    sets = {"compact": COMPACT, "full": FULL}
    names = [name for column in columns or ("compact",) for name in sets.get(column, (column,))]
    return list(dict.fromkeys(names))


def _records(live: LiveSnapshot, chosen: Chosen) -> Iterator[PatentRecord]:
    """Records in the order of the selection; those that left the library since are not there."""
    rows = ranked(chosen.selection)
    for start in range(0, len(rows), _RECORDS_AT_ONCE):
        keys = [live.keys[row] for row in rows[start : start + _RECORDS_AT_ONCE]]
        found = live.library.store.get_many(keys)
        yield from (found[key] for key in keys if key in found)

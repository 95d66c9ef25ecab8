"""The themes of a snapshot: found anew by a build, taken over by an import; patents are placed in both."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from library.progress import Report
from patents.messages import text

if TYPE_CHECKING:
    import pyarrow as pa

    from library.folder import Library
    from library.snapshot import Snapshot
    from library.snapshot_writer import SnapshotWriter
    from terms.library_terms import LibraryTerms
    from themes.model_names import LanguageModel
    from themes.part.building import BuildOptions
    from themes.part.source import Rows, ThemeSource

#: Holds the key of the language model that names themes; kept out of the library.
NAMER_KEY = "PATLAS_NAMER_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenThemes:
    """What was written.

    Attributes:
        themes: over all scopes.
        notes: what the user should know.
    """

    themes: int
    notes: list[str]


def write_themes(
    library: Library,
    writer: SnapshotWriter,
    table: pa.Table,
    *,
    rebuild: bool,
    old_rows: Rows | None = None,
    stability: bool = False,
    report: Report,
) -> WrittenThemes:
    """Write the parts `terms`, `themes`, `theme-ids` and `maps` and the columns of themes.

    Args:
        library: whose theme scheme says what the scopes are.
        writer: of the new snapshot; its part `dense` is there.
        table: the columns, with `industries`.
        rebuild: find themes anew; else place patents in those of the snapshot before.
        old_rows: int64 of shape (n,): the row of the same record in the snapshot before, −1 for none.
        stability: of a rebuild: fit again on subsamples, to tell how firm each theme is.
        report: of progress.
    """
    from themes.part import ids
    from themes.part.building import build_themes
    from themes.part.format import read_part
    from themes.part.seats import Seats, place_patents, write_maps
    from themes.part.source import HeadVectors, ThemeSource

    rebuild = rebuild or not _usable(writer)
    terms = _terms(writer, table, rebuild=rebuild)
    heads = HeadVectors(writer.path / "dense", table.num_rows)
    source = ThemeSource(table, heads, library.settings["theme_scheme"], lambda: terms)
    if rebuild:
        before = ids.ThemeIds.of_snapshots(writer.earlier())
        folder = writer.part("themes")
        build_themes(source, folder, before, options_of(library, stability=stability), report)
    else:
        folder = writer.share("themes")
    if not rebuild and writer.can_share(ids.PART):
        writer.share(ids.PART)
    else:
        ids.ThemeIds.of_part(folder).write(writer.part(ids.PART))
    seats = None
    if not rebuild and old_rows is not None and writer.current is not None:
        seats = Seats.of(writer.current.table, table, old_rows)
    columns, notes = place_patents(source, folder, seats)
    for name, values in columns.items():
        writer.write_column(name, values)
    write_maps(source, folder, writer.part("maps"))
    scopes = read_part(folder).scopes
    notes += [
        text("theme-edit-without-theme", scope=scope.id or "全库", number=number)
        for scope in scopes
        for number in scope.skipped
    ]
    return WrittenThemes(themes=sum(len(scope.themes) for scope in scopes), notes=notes)


def options_of(library: Library, *, stability: bool = False) -> BuildOptions:
    """How the themes of a library are built: with its users' edits and its language model, if it has one."""
    from themes.edit_log import EditLog
    from themes.part.building import BuildOptions

    log = EditLog(library.store)
    return BuildOptions(
        edits=log.standing(), next_id=log.next_id(), stability=stability, namer=_namer(library)
    )


def source_of(library: Library, snapshot: Snapshot) -> ThemeSource:
    """What the themes of a published snapshot are made of."""
    from terms.library_terms import LibraryTerms
    from themes.part.source import HeadVectors, ThemeSource

    return ThemeSource(
        snapshot.table,
        HeadVectors(snapshot.part("dense"), snapshot.count),
        library.settings["theme_scheme"],
        lambda: LibraryTerms.load(snapshot.part("terms")),
    )


def _terms(writer: SnapshotWriter, table: pa.Table, *, rebuild: bool) -> LibraryTerms:
    """Count the terms of all patents at a build, those of new texts at an import."""
    from terms.library_terms import LibraryTerms
    from themes.part.source import subclasses, texts_of

    if rebuild or writer.current is None or not writer.can_share("terms"):
        terms = LibraryTerms.of(texts_of(table), subclasses(table))
    else:
        known = LibraryTerms.load(writer.current.part("terms"))
        terms = known.extended(texts_of(table))
        if terms is known:
            return LibraryTerms.load(writer.share("terms"))
    folder = writer.part("terms")
    terms.save(folder)
    return LibraryTerms.load(folder)  # from disk, so that what is not looked at takes no memory


def _namer(library: Library) -> LanguageModel | None:
    from themes.model_names import LanguageModel

    url, model = library.settings["namer_url"], library.settings["namer_model"]
    return LanguageModel(url, model, os.environ.get(NAMER_KEY, "")) if url else None


def _usable(writer: SnapshotWriter) -> bool:
    """Whether an import can go on with the themes of the snapshot before."""
    from themes.part.format import FORMAT, read_part

    if writer.current is None or not writer.can_share("themes"):
        return False
    return read_part(writer.current.part("themes")).format == FORMAT

"""Is everything of a library on disk as it was written, and what of it can be made again?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from api.libraries import publishing
from api.libraries.shapes import CheckedPart, VerifyAnswer
from embed.cache import CacheFacts, VectorCache
from embed.of_library import encoder_of_library, resolved
from embed.passages import character_limit, passages
from library.current import CURRENT, Current, read_current, write_current
from library.folder import Library
from library.identity import read_about
from library.manifest import MANIFEST
from library.progress import Report, silent
from library.schema import snapshot_pin
from library.snapshot import Snapshot, remove_unless_held
from library.store_check import check_store, reindex
from patents.errors import EncoderError, LibraryError, SnapshotError
from patents.messages import text


def verify(path: Path, *, repair: bool = False, report: Report = silent) -> VerifyAnswer:
    """Compare everything of a library with its checksums.

    Args:
        path: of the library.
        repair: make again what can be made again.
        report: of progress.

    Raises:
        LibraryNotFoundError: there is no library at the path.
        LibraryLockedError: it is to be repaired and another process is writing.
    """
    start = time.perf_counter()
    # Not `open`, which refuses a library whose database is damaged.
    library = Library(path.absolute(), read_about(path.absolute()))
    try:
        parts = list(_checked(library, report))
        done: list[str] = []
        if repair and not all(part.whole for part in parts):
            with library.lock():
                done = list(_repaired(library, parts, report))
            parts = list(_checked(library, report))
    finally:
        library.close()
    return VerifyAnswer(
        whole=all(part.whole for part in parts),
        bytes=sum(part.bytes for part in parts),
        seconds=round(time.perf_counter() - start, 2),
        parts=[_advised(part) for part in parts],
        repaired=done,
    )


def _checked(library: Library, report: Report) -> Iterator[CheckedPart]:
    report(text("progress-verify"), 0, 4)
    yield _database(library)
    report(text("progress-verify"), 1, 4)
    yield from _encoder(library)
    report(text("progress-verify"), 2, 4)
    yield from _current(library)
    for folder in library.written_snapshots():
        yield from _snapshot(folder)
    report(text("progress-verify"), 3, 4)
    for facts in VectorCache(library.vectors).check():
        yield _cache(facts)
    report(text("progress-verify"), 4, 4)


def _database(library: Library) -> CheckedPart:
    part = CheckedPart(kind="database", name=library.store.name, checked=0, bytes=0, whole=False, problems=[])
    try:
        library.store.open(library.about.library_id)
        facts = check_store(library.store)
    except LibraryError as error:
        return replace(part, problems=[error.what], next=error.help)
    problems = [problem.lines()[0] for problem in facts.problems]
    return replace(part, checked=facts.records, bytes=facts.size, whole=not problems, problems=problems)


def _encoder(library: Library) -> Iterator[CheckedPart]:
    """The encoder, where it is a folder with checksums."""
    from embed.default import DefaultEncoder, default_folder
    from embed.loader import DEFAULT
    from embed.static_folder import TOKENIZER_FILE, WEIGHTS_FILE, is_static_folder

    with suppress(LibraryError):
        name = resolved(library, library.settings["encoder"])
        folder = default_folder() if name == DEFAULT else Path(name)
        if is_static_folder(folder):
            files = [folder / WEIGHTS_FILE, folder / TOKENIZER_FILE]
            part = CheckedPart(
                kind="encoder",
                name=name,
                checked=len(files),
                bytes=sum(path.stat().st_size for path in files if path.is_file()),
                whole=True,
                problems=[],
            )
            try:
                DefaultEncoder(folder)
            except EncoderError as error:
                part = replace(part, whole=False, problems=[error.what], next=error.help)
            yield part


def _current(library: Library) -> Iterator[CheckedPart]:
    """CURRENT and the manifest that it names, where they are not as they should be."""
    part = CheckedPart(kind="snapshot", name=CURRENT, checked=1, bytes=0, whole=False, problems=[])
    try:
        if library.current(checked=False) is None and library.written_snapshots():
            yield replace(part, problems=[text("file-gone", path=library.path / CURRENT)])
    except SnapshotError as error:
        yield replace(part, problems=[error.what])


def _snapshot(folder: Path) -> Iterator[CheckedPart]:
    path = folder / MANIFEST
    size = path.stat().st_size if path.exists() else 0
    manifest = CheckedPart(
        kind="snapshot", name=f"{folder.name}/{MANIFEST}", checked=1, bytes=size, whole=True, problems=[]
    )
    try:
        snapshot = Snapshot(folder, checked=False)
    except SnapshotError as error:
        yield replace(manifest, whole=False, problems=[error.what])
        return
    # Held, for an import may remove it meanwhile; of one that is gone there is nothing to say.
    with suppress(SnapshotError), snapshot.hold():
        yield manifest
        for name, files in snapshot.manifest.parts.items():
            misfit = snapshot.misfit(name)
            yield CheckedPart(
                kind="snapshot",
                name=f"{folder.name}/{name}",
                checked=len(files),
                bytes=snapshot.size(name),
                whole=misfit is None,
                problems=[] if misfit is None else [misfit.text()],
            )


def _cache(facts: CacheFacts) -> CheckedPart:
    problems = [text("file-of-other-checksum", path=path) for path in facts.unreadable]
    if facts.damaged:
        problems.append(text("cache-vectors-damaged", count=facts.damaged))
    return CheckedPart(
        kind="vectors",
        name=facts.folder.name,
        checked=facts.vectors + facts.damaged,
        bytes=facts.size,
        whole=not problems,
        problems=problems,
    )


def _repaired(library: Library, parts: list[CheckedPart], report: Report) -> Iterator[str]:
    """Make again what can be made again; says what was done, in order."""
    wrong = {part.kind for part in parts if not part.whole}
    if "database" in wrong:
        if not _indexes_mended(library):
            return
        yield text("verify-indexes-mended")
    if "encoder" in wrong:
        return
    if "vectors" in wrong:
        VectorCache(library.vectors).drop_damaged()
        yield text("verify-vectors-dropped")
    if "snapshot" in wrong:
        yield from _snapshots_mended(library, report)
    if "vectors" in wrong:
        yield from _vectors_encoded(library)


def _indexes_mended(library: Library) -> bool:
    if not check_store(library.store).indexes_only:
        return False
    reindex(library.store)
    return not check_store(library.store).problems


def _snapshots_mended(library: Library, report: Report) -> Iterator[str]:
    if _current_named_again(library):
        yield text("verify-current-named", number=library.current_number())
    if not _live_is_whole(library):
        answer = publishing.publish(library, rebuild=False, report=report)
        yield text("verify-published", number=answer.snapshot)
        yield from answer.notes
    with library.store.reading() as connection:
        pinned = set(connection.execute(select(snapshot_pin.c.snapshot)).scalars())
    for folder in library.written_snapshots():
        number = int(folder.name)
        if number == library.current_number() or number in pinned or _is_whole_at(folder):
            continue
        if remove_unless_held(folder):
            yield text("verify-removed", number=number)


def _current_named_again(library: Library) -> bool:
    """Where only CURRENT is damaged, name the newest snapshot, which it named before."""
    with suppress(SnapshotError):
        if read_current(library.path) is not None:
            return False
    folders = library.written_snapshots()
    if not folders or not _is_whole_at(folders[-1]):
        return False
    manifest = Snapshot(folders[-1]).manifest
    write_current(library.path, Current(manifest.snapshot, manifest.checksum))
    return True


def _vectors_encoded(library: Library) -> Iterator[str]:
    """Encode anew what the live snapshot needs and the cache has no more."""
    snapshot = library.current()
    if snapshot is not None:
        encoder = encoder_of_library(library)
        cache = VectorCache(library.vectors)
        before = cache.count(encoder)
        cache.vectors(encoder, passages(snapshot.table, limit=character_limit(encoder)).texts)
        yield text("verify-vectors-encoded", count=cache.count(encoder) - before)


def _live_is_whole(library: Library) -> bool:
    with suppress(SnapshotError):
        snapshot = library.current(checked=False)
        return not library.written_snapshots() if snapshot is None else _all_whole(snapshot)
    return False


def _is_whole_at(folder: Path) -> bool:
    with suppress(SnapshotError):
        return _all_whole(Snapshot(folder, checked=False))
    return False


def _all_whole(snapshot: Snapshot) -> bool:
    return all(snapshot.misfit(name) is None for name in snapshot.manifest.parts)


def _advised(part: CheckedPart) -> CheckedPart:
    """What to do about a part that is not whole, where the error itself does not say."""
    if part.whole or part.next:
        return part
    if part.kind == "database":
        return replace(part, next=text("verify-restore-database", name=part.name))
    return replace(part, next=text("verify-repair"))

"""Which queries the floor of scores keeps and which it refuses: held-out patents against nonsense.

    python benchmarks/search/floor.py split patents.parquet library.csv --thousandths 20 190
    patlas import library.csv --library LIBRARY
    python benchmarks/search/floor.py measure patents.parquet LIBRARY … --out results/search-floor.json

`split` writes the patents whose number hashes into some thousandths; those of the first twenty stay out
of every library and are asked for: titles, a clause of each abstract, abstracts, first claims. With
`--ipc H01M` a library of one field is written; queries of that field are "real" for it, all others "of
other fields". The baseline is one cut-off of the cosine of the first hit, for short and long texts alike,
chosen afterwards so that it keeps as many real queries as the floor does: what it refuses then is the most
that it could. A library of invented patents (`none=FOLDER`) has no real queries but its own, which its
scale states.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
from nonsense import EVERYDAY, LANGUAGES, random_han, random_latin

from api.live.library import open_live
from api.live.parts import scale_of
from api.live.snapshot import LiveSnapshot
from api.search.ranking import query_of_text, rank
from index.evaluation.report import Machine, this_machine

_HELD_OUT = 20
_QUERIES = 500
_HEADERS = {
    "publication_number": "公开(公告)号",
    "application_number": "申请号",
    "title": "标题",
    "abstract": "摘要",
    "first_claim": "首项权利要求",
    "ipc": "IPC分类号",
    "applicants": "申请人",
    "publication_date": "公开(公告)日",
    "filing_date": "申请日",
}


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of queries: the share kept, by the floor and by the baseline, and scores of first hits."""

    kind: str
    real: bool
    queries: int
    kept: float
    kept_by_cosine: float | None
    score_p5: float
    score_p50: float
    score_p95: float


class LibraryReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured on one library."""

    library: str
    patents: int
    ipc: str
    floor: float
    own_texts: int
    own_above: float
    chance_below: float
    cosine_cut: float | None
    kinds: list[Kind]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All libraries."""

    command: str
    machine: Machine
    libraries: list[LibraryReport]


def main() -> None:
    """Split or measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    split = commands.add_parser("split")
    split.add_argument("parquet", type=Path)
    split.add_argument("csv", type=Path)
    split.add_argument("--thousandths", type=int, nargs=2, default=(_HELD_OUT, 1_000))
    split.add_argument("--ipc", default="")
    measure = commands.add_parser("measure")
    measure.add_argument("parquet", type=Path)
    measure.add_argument("libraries", nargs="+", help="folder, or IPC=folder for a library of one field")
    measure.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.command == "split":
        _split(options.parquet, options.csv, *options.thousandths, options.ipc)
        return
    held = _part(pl.read_parquet(options.parquet), 0, _HELD_OUT)
    reports = [_measured(held, *_named(one)) for one in options.libraries]
    report = Report(command="benchmarks/search/floor.py measure", machine=this_machine(), libraries=reports)
    if options.out:
        options.out.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    _show(reports)


def _named(library: str) -> tuple[str, Path]:
    ipc, _, folder = library.rpartition("=")
    return ipc, Path(folder)


def _part(table: pl.DataFrame, first: int, stop: int) -> pl.DataFrame:
    """The patents whose number hashes into some thousandths."""
    places = [
        int(hashlib.sha256(str(number).encode()).hexdigest()[:8], 16) % 1_000
        for number in table["publication_number"]
    ]
    return table.filter(pl.Series(places).is_between(first, stop, closed="left"))


def _split(parquet: Path, csv: Path, first: int, stop: int, ipc: str) -> None:
    table = _part(pl.read_parquet(parquet), max(first, _HELD_OUT), stop)
    table = table.with_columns(pl.col(name).list.join(";") for name in ("ipc", "applicants"))
    if ipc:
        table = table.filter(pl.col("ipc").str.starts_with(ipc))
    table.select(pl.col(name).cast(pl.String).alias(head) for name, head in _HEADERS.items()).write_csv(
        csv, include_bom=True
    )


def _measured(held: pl.DataFrame, ipc: str, folder: Path) -> LibraryReport:
    own = pl.col("ipc").list.first().fill_null("").str.starts_with(ipc)
    sets = {name: (texts, True) for name, texts in _texts_of(held.filter(own)).items()}
    if ipc:
        others = _texts_of(held.filter(~own))
        sets |= {f"{name} of other fields": (texts, False) for name, texts in others.items()}
    sets |= {
        "everyday sentences": (EVERYDAY, False),
        "other languages": (LANGUAGES, False),
        "random Han characters": (random_han(100), False),
        "random Latin characters": (random_latin(100), False),
    }
    sets = {name: (texts, is_real) for name, (texts, is_real) in sets.items() if texts}
    with open_live(folder) as live:
        scale = scale_of(live)
        firsts = {name: _firsts(live, texts) for name, (texts, _) in sets.items()}
        real = [firsts[name] for name, (_, is_real) in sets.items() if is_real]
        cut = _cosine_keeping_as_many(np.concatenate(real), scale.floor) if real else None
        return LibraryReport(
            library=folder.name,
            patents=live.count,
            ipc=ipc,
            floor=round(scale.floor, 1),
            own_texts=scale.own_texts,
            own_above=round(scale.own_above, 3),
            chance_below=round(scale.chance_below, 3),
            cosine_cut=None if cut is None else round(cut, 3),
            kinds=[_kind(name, sets[name][1], found, scale.floor, cut) for name, found in firsts.items()],
        )


def _cosine_keeping_as_many(firsts: np.ndarray[tuple[int, int], np.dtype[np.float64]], floor: float) -> float:
    return float(np.quantile(firsts[:, 1], np.mean(firsts[:, 0] < floor)))


def _texts_of(held: pl.DataFrame) -> dict[str, list[str]]:
    generator = np.random.default_rng(0)
    sample = held[np.sort(generator.permutation(len(held))[:_QUERIES])]
    abstracts = [text for text in sample["abstract"].to_list() if text]
    clauses = [[one for one in re.split("[，。；]", text) if len(one) > 6] for text in abstracts]
    return {
        "titles": [text for text in sample["title"].to_list() if text],
        "clauses": [one[len(one) // 2] for one in clauses if one],
        "abstracts": abstracts,
        "first claims": [text for text in sample["first_claim"].to_list() if text],
    }


def _firsts(live: LiveSnapshot, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Score and cosine of the first hit of each text, shape (m, 2); zeros where there is none."""
    everything = np.ones(live.count, dtype=bool)
    firsts = np.zeros((len(texts), 2))
    for place, text in enumerate(texts):
        for hit in rank(live, query_of_text(live, text), 1, everything):
            firsts[place] = hit.score, hit.dense
    return firsts


def _kind(
    name: str,
    real: bool,
    firsts: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    floor: float,
    cut: float | None,
) -> Kind:
    low, middle, high = (round(float(at), 1) for at in np.quantile(firsts[:, 0], [0.05, 0.5, 0.95]))
    return Kind(
        kind=name,
        real=real,
        queries=len(firsts),
        kept=round(float(np.mean(firsts[:, 0] >= floor)), 3),
        kept_by_cosine=None if cut is None else round(float(np.mean(firsts[:, 1] >= cut)), 3),
        score_p5=low,
        score_p50=middle,
        score_p95=high,
    )


def _show(reports: Sequence[LibraryReport]) -> None:
    for report in reports:
        print(
            f"{report.library}: {report.patents} patents, floor {report.floor}; own texts above "
            f"{report.own_above:.1%}, random words below {report.chance_below:.1%}"
        )
        for kind in report.kinds:
            print(
                f"  {kind.kind:28s} {kind.queries:4d}  kept {kind.kept:.1%}  by cosine {kind.kept_by_cosine}"
                f"  scores {kind.score_p5} {kind.score_p50} {kind.score_p95}"
            )


if __name__ == "__main__":
    main()

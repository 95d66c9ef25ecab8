"""Ten real 检索式 over the public patents, each count checked by a plain scan written by hand.

python -m benchmarks.selection.real_queries
"""

from __future__ import annotations

import json
import time

import polars as pl

from benchmarks.selection.loading import RESULTS, load_frame, machine, table_of
from selection.evaluation import Corpus, evaluate
from selection.text.normal import normal_forms

TITLE, ABSTRACT, NAMES = pl.col("title"), pl.col("abstract"), pl.col("applicants")
CLASSES, DAY = pl.col("ipc"), pl.col("publication_date")


def either(pattern: str, *, literal: bool = True) -> pl.Expr:
    """A text in the title or the abstract."""
    return TITLE.str.contains(pattern, literal=literal) | ABSTRACT.str.contains(pattern, literal=literal)


def any_class(pattern: str) -> pl.Expr:
    """A classification that matches."""
    return CLASSES.list.eval(pl.element().str.contains(pattern)).list.any().fill_null(value=False)


def applicant(text: str) -> pl.Expr:
    """A name with a run of characters."""
    return NAMES.list.eval(pl.element().str.contains(text, literal=True)).list.any().fill_null(value=False)


def between(first: str, last: str) -> pl.Expr:
    """First publication within days, ISO 8601."""
    return ((first <= DAY) & (last >= DAY)).fill_null(value=False)


#: Query, and the same in Polars over normal forms (narrow, lower case, Latin words between spaces).
QUERIES: tuple[tuple[str, pl.Expr], ...] = (
    ("TIAB=(石墨烯 and (导热 or 散热))", either("石墨烯") & (either("导热") | either("散热"))),
    (
        "IPC=H01M and TIAB=锂 and PD=[20150101 to 20171231] not TI=方法",
        any_class("^H01M") & either("锂") & between("2015-01-01", "2017-12-31") & ~TITLE.str.contains("方法"),
    ),
    (
        "AP=(兰州大学 or 兰州理工大学 or 兰州交通大学) and TIAB=*",
        applicant("兰州大学") | applicant("兰州理工大学") | applicant("兰州交通大学"),
    ),
    (
        "IPC-MAIN=(C25C3 or C01F7) or TIAB=(电解铝 or 氧化铝 or 赤泥)",
        CLASSES.list.first().str.contains(r"^(C25C3|C01F7)(/|$)").fill_null(value=False)
        | either("电解铝")
        | either("氧化铝")
        | either("赤泥"),
    ),
    (
        "TA:(风力发电 OR 风电机组 OR 光伏组件) AND PBD:[20160101 TO 20181231]",
        (either("风力发电") | either("风电机组") | either("光伏组件")) & between("2016-01-01", "2018-12-31"),
    ),
    ("TIAB=(LED灯 (s) 散热) not AP=公司", pl.lit(value=True)),
    ("AB=(煤 (3w) 气化)", ABSTRACT.str.contains(r"煤(?:[^\pL\pN]*(?: [^ ]+ |[\pL\pN])){0,3}?[^\pL\pN]*气化")),
    ("TIAB=(机器人 (5f))", (TITLE.str.count_matches("机器人") + ABSTRACT.str.count_matches("机器人")) >= 5),
    ("AB=纳米*管 and IPC=B82Y", ABSTRACT.str.contains(r"纳米[\pL\pN ]*?管") & any_class("^B82Y")),
    (
        "TI=中药 and IPC=A61K36 and (pd>2012) not AB=(胶囊 or 颗粒)",
        TITLE.str.contains("中药")
        & any_class("^A61K36/")
        & (DAY > "2012-12-31").fill_null(value=False)
        & ~(ABSTRACT.str.contains("胶囊") | ABSTRACT.str.contains("颗粒")),
    ),
)


def scan_sentences(frame: pl.DataFrame) -> int:
    """The sixth query, sentence by sentence in Python."""
    count = 0
    for title, abstract, names in frame.select("title", "abstract", "applicants").iter_rows():
        texts = (title, abstract.replace("!", "。").replace("?", "。").replace("\n", "。"))
        pieces = [piece for text in texts for piece in text.split("。")]
        found = any(" led 灯" in piece and "散热" in piece for piece in pieces)
        count += found and not any("公司" in name for name in names or ())
    return count


def main() -> None:
    """Evaluate, scan, compare, write."""
    frame = load_frame()
    corpus = Corpus(table_of(frame))
    frame = frame.with_columns(normal_forms(frame[name]).alias(name) for name in ("title", "abstract"))
    rows = []
    for text, scan in QUERIES:
        evaluate(text, corpus)
        start = time.perf_counter()
        count = evaluate(text, corpus).count
        taken = time.perf_counter() - start
        scanned = scan_sentences(frame) if "(s)" in text else frame.filter(scan).height
        rows.append({"query": text, "count": count, "scan": scanned, "ms": round(taken * 1000, 1)})
        verdict = "same" if count == scanned else "DIFFERENT"
        print(f"{count:7} {scanned:7} {verdict:9} {taken * 1000:7.1f} ms  {text}")
    out = RESULTS / "selection-real-queries.json"
    out.write_text(
        json.dumps({"machine": machine(), "queries": rows}, ensure_ascii=False, indent=2) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()

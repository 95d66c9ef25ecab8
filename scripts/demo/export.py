"""The corpus as a PatSnap-like export: a row a publication, values joined by " | ", "-" for nothing."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, time
from pathlib import Path

import polars as pl
import xlsxwriter

from scripts.demo.applicants import Applicants
from scripts.demo.settings import AS_OF, MARK, SEPARATOR, stream

_DEEDS = {"转让": "权利转移", "许可": "许可", "质押": "质押"}
_PARTIES = {
    "转让": ("转让人", "受让人", "权利转移生效日", "权利转移次数"),
    "许可": ("许可人", "被许可人", "许可生效日", "许可次数"),
    "质押": ("质押人", "质权人", "质押生效日", "质押次数"),
}
_KINDS = {"企业": "公司", "高校": "院校/研究所", "科研院所": "院校/研究所", "医院": "医院", "个人": "个人"}


def export(corpus: pl.DataFrame, applicants: Applicants, seed: int) -> pl.DataFrame:
    """The rows of the export, the newest publication first; cells are text or int64."""
    rows = _publications(_with_relations(corpus, seed), applicants)
    columns = [expression.alias(header) for header, expression in _columns().items()]
    cells = rows.select(columns)
    blank = [pl.when(pl.col(name) == "").then(pl.lit("-")).otherwise(pl.col(name)).alias(name)
             for name, dtype in cells.schema.items() if dtype == pl.String]  # fmt: skip
    return cells.with_columns(pl.selectors.string().fill_null("-")).with_columns(blank)


def _with_relations(corpus: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Adds what depends on other patents (who is cited and citing, the twin's number) and chance facts."""
    generator, size = stream(seed, "facts"), len(corpus)
    numbers = corpus.select("published", "granted").rows()
    first = [published or granted for published, granted in numbers]
    last = [granted or published for published, granted in numbers]
    citing: list[list[int]] = [[] for _ in range(size)]
    cites = list[list[str]]()
    for row, (cited, letters) in enumerate(zip(corpus["cites"], corpus["letters"], strict=True)):
        cites.append([f"{first[other]}({letter})" for other, letter in zip(cited, letters, strict=True)])
        for other in cited:
            citing[other].append(row)
    filing = corpus["filing"].to_list()
    pairs: dict[int, list[str]] = {}
    for twin, number in zip(corpus["twin"], corpus["number"], strict=True):
        pairs.setdefault(twin, []).append(number)
    return corpus.with_columns(
        cite_texts=pl.Series(cites, dtype=pl.List(pl.String)),
        cited_by=pl.Series([[last[row] for row in rows] for rows in citing], dtype=pl.List(pl.String)),
        **{f"cited_{years}": pl.Series([
            sum((filing[row] - day).days <= 365 * years for row in rows)
            for day, rows in zip(corpus["first_publication"], citing, strict=True)]) for years in (3, 5)},
        other=pl.Series([next((n for n in pairs[twin] if n != number), "") if twin >= 0 else ""
                         for twin, number in zip(corpus["twin"], corpus["number"], strict=True)]),
        value=pl.Series((10 ** generator.normal(4.2, 0.6, size).clip(2.7, 6.5)).round(-2).astype(int)),
        pages=pl.Series(generator.integers(5, 20, size)),
        has_gb=pl.Series(generator.random(size) < 0.55),
        has_sei=pl.Series(generator.random(size) < 0.5),
    )  # fmt: skip


def _publications(corpus: pl.DataFrame, applicants: Applicants) -> pl.DataFrame:
    """One row a publication, with the place of the first applicant."""
    place = applicants.table.select("province", "city", "county", "address").with_row_index("applicant")
    facts = (("published", "publication", False), ("granted", "grant", True))
    both = [corpus.with_columns(granted_row=pl.lit(granted), number_row=pl.col(number), day=pl.col(day))
            for number, day, granted in facts]  # fmt: skip
    rows = pl.concat(both).filter(pl.col("number_row") != "")
    rows = rows.join(place.cast({"applicant": pl.Int64}), on="applicant", how="left", maintain_order="left")
    return rows.sort("day", "number_row", descending=True).with_row_index("serial", 1)


def _columns() -> dict[str, pl.Expr]:
    """Header → how its cell is made from a row of the corpus."""
    granted, invention = pl.col("granted_row"), pl.col("type") == "发明"
    is_first = ~(granted & (pl.col("published") != ""))
    is_last = granted | (pl.col("granted") == "")
    report = pl.when(is_last).then(pl.col("cite_texts")).otherwise([])
    citing = pl.when(is_first).then(pl.col("cited_by")).otherwise([])
    fewer = pl.max_horizontal(pl.col("claim_count") - pl.col("pages") % 3, 1)
    claims = pl.when(is_first | (pl.col("claim_count") == 0)).then(pl.col("claim_count")).otherwise(fewer)
    grants = pl.when(granted).then(pl.lit("授权发明")).otherwise(pl.lit("发明申请"))
    twin = pl.when(pl.col("twin") >= 0).then(pl.lit(SEPARATOR + "一案双申")).otherwise(pl.lit(""))
    kinds = pl.col("kinds").list.eval(pl.element().replace_strict(_KINDS, default="其他"))
    own = pl.concat_list("published", "granted").list.eval(pl.element().filter(pl.element() != ""))
    with_sei = pl.col("has_sei") & (pl.col("locarno") == "")
    history = [pl.col("history").list.first().str.slice(0, 10), pl.col("deed_days").list.max()]
    given = [pl.when(pl.col(f"{kind}_count") > 0).then(pl.lit(SEPARATOR + word)).otherwise(pl.lit(""))
             for kind, word in _DEEDS.items()]  # fmt: skip
    return {
        "序号": pl.col("serial").cast(pl.Int64),
        "公开(公告)号": pl.col("number_row"),
        "申请号": pl.col("number"),
        "标题": pl.col("title"),
        "摘要": pl.col("abstract"),
        "首项权利要求": pl.when(is_first).then(pl.col("claim")).otherwise(pl.col("granted_claim")),
        "权利要求数量": claims,
        "文献页数": pl.col("pages"),
        "专利类型": pl.when(invention).then(grants).otherwise(pl.col("type")),
        "受理局": pl.lit("中国"),
        "申请日": _day("filing"),
        "公开(公告)日": _day("day"),
        "实质审查生效日": _day("examination"),
        "授权日": pl.when(granted).then(_day("grant")).otherwise(pl.lit("")),
        "失效日": _day("lapse"),
        "预估到期日": _day("expiry"),
        "法律状态/事件": pl.concat_str(pl.col("words"), *given, twin),
        "简单法律状态": pl.col("state"),
        "法律状态更新日": pl.max_horizontal(history),
        "INPADOC法律状态": _joined("history"),
        "IPC主分类号": pl.col("classes").list.first(),
        "IPC分类号": _joined("classes"),
        "LOC分类号": pl.col("locarno"),
        "战略新兴产业分类": pl.when(with_sei).then(pl.col("sei")).otherwise(pl.lit("")),
        "国民经济行业分类号": pl.when(pl.col("has_gb")).then(pl.col("gb4754")).otherwise(pl.lit("")),
        "原始申请(专利权)人": _joined("applicants"),
        "[标]原始申请(专利权)人": _joined("applicants"),
        "[标]原始申请(专利权)人类型": kinds.list.join(SEPARATOR),
        "原始申请(专利权)人地址": pl.col("address"),
        "原始申请(专利权)人州/省": pl.col("province"),
        "原始申请(专利权)人地市": pl.col("city"),
        "原始申请(专利权)人区县": pl.col("county"),
        "当前申请(专利权)人": _joined("current"),
        "[标]当前申请(专利权)人": _joined("current"),
        "当前申请(专利权)人数量": pl.col("current").list.len().cast(pl.Int64),
        "发明人": _joined("inventors"),
        "发明人数量": pl.col("inventors").list.len().cast(pl.Int64),
        "代理机构": pl.col("agency"),
        "代理人": _joined("agents"),
        "审查员": pl.when(granted).then(pl.col("examiner")).otherwise(pl.lit("")),
        "引用专利": report.list.join(SEPARATOR),
        "引用专利数量": report.list.len().cast(pl.Int64),
        "被引用专利": citing.list.join(SEPARATOR),
        "被引用专利数量": citing.list.len().cast(pl.Int64),
        "3年内被引用次数": pl.when(is_first).then("cited_3").otherwise(0),
        "5年内被引用次数": pl.when(is_first).then("cited_5").otherwise(0),
        **{header: _deed(kind, place) for kind, own in _PARTIES.items() for place, header in enumerate(own)},
        "优先权号": pl.col("priority"),
        "优先权日": _day("priority_day"),
        "PCT国际申请号": pl.col("pct_application"),
        "PCT国际公布号": pl.col("pct_publication"),
        "PCT进入国家阶段日": _day("pct_entry"),
        "简单同族编号": pl.col("family"),
        "简单同族": pl.concat_list(own, "foreign").list.join(SEPARATOR),
        "简单同族专利申请数量": (pl.col("foreign").list.len() + 1).cast(pl.Int64),
        "一案双申": pl.col("other"),
        "专利价值": pl.col("value"),
        "备注": pl.concat_str(pl.lit(MARK), pl.col("industry"), pl.col("topic_name"), separator=SEPARATOR),
    }  # fmt: skip


def _day(name: str) -> pl.Expr:
    return pl.col(name).dt.strftime("%Y-%m-%d").fill_null("")


def _joined(name: str) -> pl.Expr:
    return pl.col(name).list.join(SEPARATOR)


def _deed(kind: str, place: int) -> pl.Expr:
    part = ("given", "taken", "days", "count")[place]
    return pl.col(f"{kind}_count") if part == "count" else _joined(f"{kind}_{part}")


HEADERS: tuple[str, ...] = tuple(_columns())


def write_table(
    path: Path, table: pl.DataFrame, *, title: str = "Patlas demo export", large: bool = False
) -> None:
    """Writes a table in the form that the file name asks for; the same table gives the same bytes.

    Raises:
        ValueError: a form that is not known.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.name.lower()
    if name.endswith(".xlsx"):
        _write_xlsx(path, table, title, large)
    elif name.endswith(".parquet"):
        table.cast(pl.String).write_parquet(path, compression="zstd")
    elif name.endswith(".csv"):
        table.write_csv(path, include_bom=True)
    elif name.endswith(".csv.gz"):
        path.write_bytes(gzip.compress(table.write_csv(include_bom=True).encode(), 9, mtime=0))
    else:
        raise ValueError(f"{path.name}: choose .xlsx, .csv, .csv.gz or .parquet")


def _write_xlsx(path: Path, table: pl.DataFrame, title: str, large: bool) -> None:
    options = {"constant_memory": large, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        created = datetime.combine(AS_OF, time(), UTC).replace(tzinfo=None)
        workbook.set_properties({"title": f"{title}, {MARK}", "comments": MARK, "created": created})
        sheet = workbook.add_worksheet("sheet1")
        sheet.freeze_panes(1, 2)
        for place, row in enumerate((table.columns, *table.iter_rows())):
            sheet.write_row(place, 0, row)

"""The corpus as a PatSnap-like export: a row a publication, values joined by " | ", "-" for nothing."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, time
from pathlib import Path

import polars as pl
import xlsxwriter

from scripts.demo.applicants import Applicants
from scripts.demo.settings import AS_OF, MARK, SEPARATOR, stream
from scripts.demo.vocabulary import load_toml

_DEEDS = {"转让": "权利转移", "许可": "许可", "质押": "质押"}
_KINDS = {"企业": "公司", "高校": "院校/研究所", "科研院所": "院校/研究所", "医院": "医院", "个人": "个人"}
HEADERS: tuple[str, ...] = tuple(load_toml("export"))


def export(corpus: pl.DataFrame, applicants: Applicants, seed: int) -> pl.DataFrame:
    """The rows of the export, the newest publication first; cells are text or int64."""
    rows = _publications(_with_relations(corpus, seed), applicants).with_columns(**_of_publication())
    cells = rows.select(**{header: _cell(name, rows.schema) for header, name in load_toml("export").items()})
    return cells.with_columns(pl.selectors.string().fill_null("-").replace("", "-"))


def _cell(name: str, schema: pl.Schema) -> pl.Expr:
    """Lists are joined or counted, days written as in ISO 8601."""
    if name.startswith("#"):
        return pl.col(name[1:]).list.len().cast(pl.Int64)
    column, kind = pl.col(name), schema[name]
    if isinstance(kind, pl.List):
        return column.list.join(SEPARATOR)
    if kind == pl.Date:
        return column.dt.strftime("%Y-%m-%d")
    return column.cast(pl.Int64) if kind.is_integer() else column


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


def _of_publication() -> dict[str, pl.Expr]:
    """What a row shows of its patent: the first publication who cites it, the last one whom it cites."""
    granted, columns = pl.col("granted_row"), ("history", "deed_days")
    is_first, is_last = ~granted | (pl.col("published") == ""), granted | (pl.col("granted") == "")
    fewer = pl.max_horizontal(pl.col("claim_count") - pl.col("pages") % 3, 1)
    grants = pl.when(granted).then(pl.lit("授权发明")).otherwise(pl.lit("发明申请"))
    events = [pl.when(pl.col(f"{kind}_count") > 0).then(pl.lit(word)) for kind, word in _DEEDS.items()]
    twin = pl.when(pl.col("twin") >= 0).then(pl.lit("一案双申"))
    own = pl.concat_list("published", "granted").list.eval(pl.element().filter(pl.element() != ""))
    return {
        "claim": pl.when(is_first).then("claim").otherwise("granted_claim"),
        "claim_count": pl.when(is_first | (pl.col("claim_count") == 0)).then("claim_count").otherwise(fewer),
        "type": pl.when(pl.col("type") == "发明").then(grants).otherwise("type"),
        "office": pl.lit("中国"),
        "grant": pl.when(granted).then("grant"),
        "words": pl.concat_str("words", *events, twin, separator=SEPARATOR, ignore_nulls=True),
        "updated": pl.max_horizontal(pl.col(columns).list.max().str.slice(0, 10)),
        "main_class": pl.col("classes").list.first(),
        "sei": pl.when(pl.col("has_sei") & (pl.col("locarno") == "")).then("sei"),
        "gb4754": pl.when("has_gb").then("gb4754"),
        "kinds": pl.col("kinds").list.eval(pl.element().replace_strict(_KINDS, default="其他")),
        "examiner": pl.when(granted).then("examiner"),
        "cite_texts": pl.when(is_last).then("cite_texts").otherwise([]),
        "cited_by": pl.when(is_first).then("cited_by").otherwise([]),
        "cited_3": pl.when(is_first).then("cited_3").otherwise(0),
        "cited_5": pl.when(is_first).then("cited_5").otherwise(0),
        "members": pl.concat_list(own, "foreign"),
        "family_size": pl.col("foreign").list.len() + 1,
        "remark": pl.concat_str(pl.lit(MARK), "industry", "topic_name", separator=SEPARATOR),
    }


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

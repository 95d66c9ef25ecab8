"""The columns of a snapshot: one described table that the docs are tested against.

A *row* is a patent; rows are sorted by key. What is absent looks as it does in the record: lists are
empty, title, abstract, claims and other running text are "", everything else is null; so lists and
running text are never null. Columns of other rooms (industries, theme, tags …) come behind these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from library import derived
from library.derived import Value
from library.patent_rows import chunks
from library.store import StoredPatent
from patents.merge import record_key
from patents.record import PatentRecord

# Few enough that the records of a batch stay in the processor's cache: a quarter faster than 16,384.
_ROWS_PER_BATCH = 2_048
_BATCHES_PER_CHUNK = 16
_ROWS_PER_TAKE = 65_536

_TEXT = pa.string()
_LONG_TEXT = pa.large_string()
_DATE = pa.date32()
_NUMBER = pa.int32()
_TEXTS = pa.list_(pa.string())


@dataclass(frozen=True, slots=True)
class LibraryColumn:
    """One column.

    Attributes:
        name: as used in code, queries and JSON.
        type: in Arrow.
        label: Chinese name, as users and reports say it.
        needed_for: what cannot be known without it; empty for what is only shown.
        value: reads or derives it from a record; None is absent.
    """

    name: str
    type: pa.DataType
    label: str
    needed_for: tuple[str, ...]
    value: Callable[[PatentRecord], Value]


def _of(name: str, type_: pa.DataType, label: str, *needed_for: str) -> LibraryColumn:
    """Describe a column that is a field of the record."""
    return LibraryColumn(name, type_, label, needed_for, attrgetter(name))


COLUMNS: tuple[LibraryColumn, ...] = (
    LibraryColumn("key", _TEXT, "专利主键", (), record_key),
    _of("application_number", _TEXT, "申请号", "A、B 文献合并"),
    _of("publication_number", _TEXT, "公开(公告)号"),
    _of("grant_number", _TEXT, "授权公告号"),
    _of("kind_code", _TEXT, "文献种类"),
    _of("country", _TEXT, "受理局"),
    _of("language", _TEXT, "语种"),
    LibraryColumn("patent_type", _TEXT, "专利类型", ("专利类型构成",), derived.patent_type),
    _of("title", _TEXT, "标题", "相似检索", "主题"),
    _of("abstract", _LONG_TEXT, "摘要", "相似检索", "主题"),
    _of("first_claim", _LONG_TEXT, "首项权利要求", "权利要求检索"),
    _of("claims", _LONG_TEXT, "权利要求"),
    _of("claim_count", _NUMBER, "权利要求数量"),
    _of("title_en", _TEXT, "英文标题"),
    _of("abstract_en", _LONG_TEXT, "英文摘要"),
    _of("filing_date", _DATE, "申请日", "申请日检索"),
    LibraryColumn("filing_year", pa.int16(), "申请年", ("年申请量", "授权率", "增长率"), derived.filing_year),
    LibraryColumn("filing_year_derived", pa.bool_(), "申请年由申请号推得", (), derived.filing_year_derived),
    _of("publication_date", _DATE, "公开(公告)日", "年公开量", "现有技术截止日"),
    _of("grant_date", _DATE, "授权公告日", "授权量", "授权率", "维持年限"),
    _of("priority_date", _DATE, "优先权日"),
    _of("examination_date", _DATE, "实质审查生效日"),
    _of("pct_entry_date", _DATE, "进入国家阶段日"),
    _of("lapse_date", _DATE, "失效日", "维持年限"),
    _of("expiry_date", _DATE, "预估到期日"),
    _of("ipc_main", _TEXT, "IPC主分类号", "IPC 分布", "按 IPC 划分产业"),
    _of("ipc", _TEXTS, "IPC分类号"),
    _of("cpc", _TEXTS, "CPC分类号"),
    _of("locarno", _TEXTS, "洛迦诺分类号"),
    _of("applicants", _TEXTS, "申请人", "申请人排名", "合作研发"),
    LibraryColumn("applicant_kinds", _TEXTS, "申请人类型", ("申请人类型构成",), derived.applicant_kinds),
    _of("current_applicants", _TEXTS, "当前权利人"),
    _of("standard_applicants", _TEXTS, "标准化申请人"),
    _of("inventors", _TEXTS, "发明人", "发明人排名"),
    _of("agents", _TEXTS, "代理人"),
    _of("agency", _TEXT, "代理机构"),
    _of("examiner", _TEXT, "审查员"),
    _of("address", _TEXT, "申请人地址"),
    LibraryColumn("province", _TEXT, "省", ("地区分布",), derived.province),
    LibraryColumn("city", _TEXT, "地级市", ("城市分布",), derived.city),
    LibraryColumn("county", _TEXT, "区县", ("区县分布",), derived.county),
    LibraryColumn("legal_state", _TEXT, "简单法律状态", ("有效量", "失效量"), derived.legal_state),
    _of("legal_text", _TEXT, "法律状态"),
    _of("lapse_reason", _TEXT, "失效原因", "失效原因占比"),
    LibraryColumn("event_kinds", _TEXTS, "法律事件", ("法律事件",), derived.event_kinds),
    LibraryColumn("event_dates", pa.list_(pa.date32()), "法律事件日", (), derived.event_dates),
    LibraryColumn("transfer_count", _NUMBER, "转让次数", ("转让量",), derived.transfer_count),
    LibraryColumn("licence_count", _NUMBER, "许可次数", ("许可量",), derived.licence_count),
    LibraryColumn("pledge_count", _NUMBER, "质押次数", ("质押量",), derived.pledge_count),
    LibraryColumn("cites", _TEXTS, "引证专利", ("引证分析",), derived.cites),
    _of("cited_by", _TEXTS, "被引证专利"),
    LibraryColumn("cites_count", _NUMBER, "引证次数", (), derived.cites_count),
    LibraryColumn("cited_by_count", _NUMBER, "被引证次数", ("被引次数",), derived.cited_by_count),
    _of("family_id", _TEXT, "同族编号"),
    _of("family", _TEXTS, "同族", "同族合并"),
    _of("priority_numbers", _TEXTS, "优先权号"),
    _of("pct_application_number", _TEXT, "PCT申请号"),
    _of("pct_publication_number", _TEXT, "PCT公开号", "PCT 申请量"),
    _of("page_count", _NUMBER, "页数"),
    _of("keywords", _TEXTS, "关键词"),
    LibraryColumn("portal_industries", _TEXTS, "产业分类(来源数据)", (), derived.portal_industries),
)

SCHEMA: pa.Schema = pa.schema([pa.field(column.name, column.type) for column in COLUMNS])


def build_table(patents: Iterable[StoredPatent]) -> pa.Table:
    """Lay patents out in columns.

    Args:
        patents: as `Store.records` gives them; read once, a batch at a time.

    Returns:
        A table of `SCHEMA`, sorted by key, one row a patent.

    Raises:
        ValueError: a key comes twice.
    """
    table = pa.concat_tables(list(_chunked(_batches(patents))) or [SCHEMA.empty_table()])
    keys = [str(key) for key in table.column("key").to_pylist()]
    if any(first >= second for first, second in pairwise(keys)):
        if len(set(keys)) < len(keys):
            raise ValueError("a key comes twice in the patents of a table")
        table = table.sort_by("key")
    return table


def carried_over(old: pa.Table, old_rows: npt.NDArray[np.int64], fresh: pa.Table) -> pa.Table:
    """The table of some patents of which most are laid out in another already.

    Args:
        old: with the columns of `SCHEMA`.
        old_rows: int64 of shape (n,): the row of the same record there, −1 for what `fresh` has.
        fresh: the others in their order, as `build_table` gives them.

    Returns:
        What `build_table` would give for all n.
    """
    places = np.where(old_rows >= 0, old_rows, old.num_rows + np.cumsum(old_rows < 0) - 1)
    both = pa.concat_tables([old.select(SCHEMA.names), fresh])
    # In parts, so that no chunk of text outgrows the 2 GB that its offsets can count.
    parts = [
        both.take(places[start : start + _ROWS_PER_TAKE]).combine_chunks()
        for start in range(0, len(places), _ROWS_PER_TAKE)
    ]
    return pa.concat_tables(parts or [fresh])


def table_of(records: Iterable[PatentRecord]) -> pa.Table:
    """Lay records out in columns, in order of their keys; `build_table` for what is not in a store."""
    return build_table(StoredPatent(record_key(record), record) for record in records)


def append_column(table: pa.Table, name: str, values: pa.Array[Any] | pa.ChunkedArray[Any]) -> pa.Table:
    """Add a column that another room computed; one of that name is replaced.

    Args:
        table: n rows.
        name: of the column.
        values: n values in the order of the table.

    Raises:
        ValueError: the number of values differs.
    """
    if len(values) != table.num_rows:
        raise ValueError(f"column {name!r} has {len(values)} values, the table {table.num_rows} rows")
    place = table.schema.get_field_index(name)
    if place >= 0:
        return table.set_column(place, name, values)
    return table.append_column(name, values)


def describe_columns() -> str:
    """Write `COLUMNS` as the Markdown table of docs/columns.md."""
    head = "| column | Arrow type | 名称 | needed for |\n|---|---|---|---|\n"
    return head + "".join(
        f"| {column.name} | {column.type} | {column.label} | {'、'.join(column.needed_for)} |\n"
        for column in COLUMNS
    )


def _chunked(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Join small batches to tables of one chunk each, without holding everything twice."""
    for group in chunks(batches, _BATCHES_PER_CHUNK):
        yield pa.Table.from_batches(group, SCHEMA).combine_chunks()


def _batches(patents: Iterable[StoredPatent]) -> Iterator[pa.RecordBatch]:
    for chunk in chunks(patents, _ROWS_PER_BATCH):
        records = [patent.record for patent in chunk]
        arrays: list[pa.Array[Any]] = [pa.array([patent.key for patent in chunk], _TEXT)]
        for column in COLUMNS[1:]:
            arrays.append(pa.array([column.value(record) for record in records], column.type))
        yield pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)

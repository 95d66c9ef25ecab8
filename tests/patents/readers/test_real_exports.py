"""Real export files, where the public patent data lies beside the checkout; only counts are stated."""

from collections import Counter
from datetime import date
from itertools import islice

import pytest

from patents.readers import RowRead, open_export

pytestmark = pytest.mark.shared

# file: (format, kind of file, rows, warnings)
FILES = {
    "cnipa_gazette/Target__CN_patent_appearance_designed_712.csv": ("cnipa_gazette", "text", 5299, 0),
    "cnipa_gazette/Target__CN_patent_utility_new_712.csv": ("cnipa_gazette", "text", 16183, 0),
    "cnipa_search/crawl.xls": ("cnipa_search", "spreadsheet", 744, 0),
    "cnipr/export_25_columns.xlsx": ("cnipr_25", "spreadsheet", 199, 0),
    "cnipr/export_45_columns.xls": ("cnipr_45", "spreadsheet", 113, 0),
    "cnki/专利数据__一般化学工业__CNKI-20250409230302312.xls": ("cnki", "html", 57, 0),
    "cnki/专利数据__临床医学__CNKI-20250409224248644.xls": ("cnki", "html", 34, 0),
    "cnki/专利数据__工业通用技术及设备__CNKI-20250409225340308.xls": ("cnki", "html", 154, 0),
    "patsnap/export_2024.xlsx": ("patsnap", "spreadsheet", 1999, 0),
    "portal_api/15c43760_csv_from_api__s_port-13-21.csv": ("portal_api", "text", 450, 0),
}


def read(shared_data, name):
    export = open_export(shared_data / "exports" / name)
    return export, list(export)


@pytest.mark.parametrize("name", FILES)
def test_a_real_export_is_read_whole(shared_data, name):
    format_name, container, count, warnings = FILES[name]
    export, rows = read(shared_data, name)
    assert (export.format, export.container) == (format_name, container)
    assert [row for row in rows if not isinstance(row, RowRead)] == []
    assert len(rows) == count
    assert sum(len(row.warnings) for row in rows) == warnings
    assert export.unread_columns == ()
    assert export.notes == ()
    assert export.empty_rows == 0


def test_every_real_file_is_in_the_list(shared_data):
    found = {
        path.relative_to(shared_data / "exports").as_posix()
        for path in (shared_data / "exports").rglob("*")
        if path.is_file() and path.suffix != ".md"
    }
    assert found == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_a_real_export_has_title_number_type_and_class(shared_data, name):
    _, rows = read(shared_data, name)
    records = [row.record for row in rows]
    assert all(record.title for record in records)
    assert all(record.application_number or record.publication_number for record in records)
    assert all(record.patent_type for record in records if record.country == "CN")
    classed = sum(bool(record.ipc or record.locarno) for record in records)
    assert classed > 0.95 * len(records) if name != "cnipa_search/crawl.xls" else classed == 0
    assert all(record.ipc_main == record.ipc[0] for record in records if record.ipc)


def test_no_cell_of_a_real_export_is_lost(shared_data):
    """Each cell of the PatSnap and CNIPR files is found in its record, in a field or beside it."""
    for name in ("cnipr/export_45_columns.xls", "portal_api/15c43760_csv_from_api__s_port-13-21.csv"):
        export, rows = read(shared_data, name)
        (part,) = export.parts
        kept = {row.row: "".join(repr(row.record).split()) for row in rows}
        for table_row in part.table.read():
            for bound in part.bound if table_row.number > 1 else ():
                cell = table_row.cells[bound.position] if bound.position < len(table_row.cells) else ""
                if cell and bound.field in ("portal_value", "title", "applicants", "inventors", "agents"):
                    first = "".join(repr(cell.split(";")[0].strip())[1:-1].split())
                    assert first in kept[table_row.number], (name, table_row.number, bound.column)


def test_offices_and_languages_of_the_patsnap_export_are_marked(shared_data):
    _, rows = read(shared_data, "patsnap/export_2024.xlsx")
    offices = Counter(row.record.country for row in rows)
    assert (offices["CN"], offices["RU"], offices["FR"], offices["JP"]) == (1327, 136, 126, 109)
    states = Counter(row.record.legal_state for row in rows)
    assert states["未知"] == 16
    assert all(row.record.title_en and row.record.abstract_en for row in rows)


def test_grants_of_the_patsnap_export_know_their_first_publication(shared_data):
    _, rows = read(shared_data, "patsnap/export_2024.xlsx")
    grants = [row.record for row in rows if row.record.country == "CN" and row.record.kind_code == "B"]
    earlier = [record for record in grants if record.publication_date < record.grant_date]
    assert len(grants) == 230
    assert len(earlier) > 200


def test_the_gazette_of_one_day_has_one_grant_date(shared_data):
    _, rows = read(shared_data, "cnipa_gazette/Target__CN_patent_appearance_designed_712.csv")
    assert {row.record.grant_date for row in rows} == {date(2019, 7, 12)}
    assert all(row.record.locarno and row.record.application_number for row in rows)


def test_the_parquet_of_patents_is_read_without_a_mapping(shared_data):
    export = open_export(shared_data / "data" / "patents.parquet")
    rows = list(islice(export, 20_000))
    assert export.format == "patlas"
    assert export.unread_columns == ("cnki_domain", "source")
    assert len(rows) == 20_000
    assert all(isinstance(row, RowRead) and not row.warnings for row in rows)

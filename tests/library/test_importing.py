import json
import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from library.folder import Library
from library.import_runs import import_runs
from library.imports import import_files
from library.matches import match_rows
from library.report import Counts, read_report
from library.stage import staged
from patents.errors import InputError, LibraryError, NumberError, UnreadableFileError
from patents.merge import AsOf
from patents.messages import in_language
from patents.numbers import check_digit
from patents.readers import RowRead
from patents.record import LegalEvent, PatentRecord
from tests.library.rows import application, granted, row, without, write_rows
from tests.library.taking import DAY, stored_places, take


def test_every_row_ends_in_exactly_one_outcome(library, tmp_path):
    take(library, tmp_path, [row(1), row(2)])
    changed = row(2, title="一种改了名字的石墨烯导热膜及其制备方法和应用2")
    nameless = without(row(4), "application_number", "publication_number")
    report = take(library, tmp_path, [row(1), changed, granted(1), row(3), nameless])
    assert report.counts == Counts(new=1, updated=1, unchanged=1, merged=1, rejected=1)
    assert report.counts.rows == 5
    assert report.patents == library.store.count() == 3
    assert report.files[0].counts == report.counts


def test_the_two_publications_of_a_patent_become_one_with_both_numbers(library, tmp_path):
    report = take(library, tmp_path, [granted(1), row(1)])
    assert report.counts == Counts(new=1, merged=1)
    for number in (
        application(1),
        "CN100000001A",
        "cn 100000001 b",
        "２０２０１００００００１",
        "CN202010000001",
    ):
        record = library.store.get(number)
        assert (record.publication_number, record.grant_number) == ("CN100000001A", "CN100000001B")
    assert record.grant_date == date(2023, 1, 3)
    assert library.store.get("CN999999999A") is None
    assert library.store.get("no number at all") is None


def test_importing_the_same_file_again_writes_no_row(library, tmp_path):
    rows = [row(1), granted(1), row(2), granted(3)]
    take(library, tmp_path, rows)
    before, state = stored_places(library), library.store.corpus_hash()
    report = take(library, tmp_path, rows)
    assert report.counts == Counts(unchanged=4)
    assert stored_places(library) == before
    assert library.store.corpus_hash() == state
    assert len(import_runs(library.store)) == 2


def test_a_later_date_for_the_same_values_counts_against_exports_in_between(library, tmp_path):
    active, lapsed = row(1, legal_state="有效"), row(1, legal_state="失效")
    take(library, tmp_path, [active], as_of=date(2024, 1, 1))
    assert take(library, tmp_path, [active], as_of=date(2024, 9, 1)).counts == Counts(unchanged=1)
    take(library, tmp_path, [lapsed], as_of=date(2024, 6, 1))
    assert library.store.get(application(1)).legal_state == "有效"


def test_last_years_export_changes_no_status_and_fills_gaps(library, tmp_path):
    take(library, tmp_path, [row(1, legal_state="失效")], as_of=date(2024, 6, 1))
    older = row(1, legal_state="有效", agency="兰州某某专利代理")
    take(library, tmp_path, [older], as_of=date(2023, 6, 1))
    record = library.store.get(application(1))
    assert (record.legal_state, record.agency) == ("失效", "兰州某某专利代理")


def test_an_application_number_that_comes_later_gives_the_patent_its_key(library, tmp_path):
    take(library, tmp_path, [without(row(1), "application_number")])
    assert [patent.key for patent in library.store.records()] == ["CN100000001"]
    assert take(library, tmp_path, [row(1)]).counts == Counts(updated=1)
    assert [patent.key for patent in library.store.records()] == ["CN202010000001"]
    assert library.store.find("CN100000001").key == "CN202010000001"


def test_a_row_that_bears_both_numbers_makes_one_patent_of_two(library, tmp_path):
    other = {"publication_number": "CN1303169A", "title": "石墨烯", "abstract": "一九九九年的申请"}
    take(library, tmp_path, [without(row(1), "publication_number"), other])
    assert library.store.count() == 2
    report = take(library, tmp_path, [row(1, publication_number="CN1303169A")])
    assert report.counts == Counts(merged=1)
    assert {finding.column for finding in report.findings} == {"title", "abstract"}
    assert library.store.count() == 1
    assert library.store.get("CN1303169A") == library.store.get(application(1))


def test_two_applications_under_one_publication_number_stay_two_with_a_warning(library, tmp_path):
    report = take(library, tmp_path, [row(1), row(2, publication_number="CN100000001A")])
    assert report.counts == Counts(new=2)
    (finding,) = report.findings
    assert (finding.kind, finding.row, finding.column) == ("warning", 2, "publication_number")
    assert "CN202010000001" in finding.reason
    with pytest.raises(NumberError, match="that of 2 patents"):
        library.store.get("CN100000001A")


def test_days_to_come_and_publications_before_the_filing_are_taken_with_a_warning(library, tmp_path):
    rows = [
        row(1, filing_date="2090-01-01", publication_date=""),
        row(2, filing_date="2021-09-08"),
        row(3),
        row(4, expiry_date="2040-03-05"),
    ]
    report = take(library, tmp_path, rows)
    assert report.counts == Counts(new=4)
    assert [(each.row, each.column, each.value) for each in report.findings] == [
        (1, "filing_date", "2090-01-01"),
        (1, "filing_date", "2090-01-01"),
        (2, "filing_date", "2021-09-08"),
        (2, "publication_date", "2021-09-07"),
    ]
    reasons = [finding.reason for finding in report.findings]
    assert "2023-05-01" in reasons[0] and "2020" in reasons[1] and "2021-09-08" in reasons[3]
    assert library.store.get(application(1)).filing_date == date(2090, 1, 1)


def test_a_file_whose_name_is_gbk_is_imported_and_named_readably(library, tmp_path):
    name = os.fsdecode("导出.jsonl".encode("gb18030"))
    report = take(library, tmp_path, [row(1), row(2, filing_date="不明")], name=name)
    assert report.counts == Counts(new=2)
    assert Path(report.files[0].path).name == "导出.jsonl" == Path(report.findings[0].file).name
    assert import_runs(library.store)[0].files == (report.files[0].path,)


def test_a_wrong_check_digit_is_the_same_patent(library, tmp_path):
    number = application(1)
    wrong = number[:-1] + ("1" if number[-1] == "0" else "0")
    take(library, tmp_path, [row(1), row(1, application_number=wrong)])
    assert library.store.count() == 1
    assert library.store.get(number).application_number == number


def test_a_file_that_cannot_be_read_changes_nothing_at_all(library, tmp_path):
    take(library, tmp_path, [row(1)])
    state = library.store.corpus_hash()
    good = write_rows(tmp_path / "good.jsonl", [row(2)])
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 this is no workbook")
    with pytest.raises(UnreadableFileError, match=r"bad\.xlsx"):
        import_files(library, [good, bad])
    with pytest.raises(UnreadableFileError, match=r"missing\.csv"):
        import_files(library, [good, tmp_path / "missing.csv"])
    assert library.store.corpus_hash() == state
    assert len(import_runs(library.store)) == len(list(library.imports.iterdir())) == 1


@pytest.mark.parametrize("stage", ["reading", "writing"])
def test_ctrl_c_leaves_the_library_as_it_was(library, tmp_path, stage):
    take(library, tmp_path, [row(1)])
    state = library.store.corpus_hash()

    def interrupt(progress):
        if progress.stage == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files(library, [write_rows(tmp_path / "x.jsonl", [row(2)])], progress=interrupt)
    assert library.store.corpus_hash() == state
    assert len(list(library.imports.iterdir())) == 1
    assert take(library, tmp_path, [row(2)]).counts == Counts(new=1)


def test_readers_and_small_writes_do_not_wait_for_the_reading_of_files(library, tmp_path):
    seen = []

    def look(progress):
        if progress.stage == "reading":
            library.settings.set("home", "甘肃省")
        seen.append((progress.stage, progress.done, library.store.count()))

    import_files(library, [write_rows(tmp_path / "x.jsonl", [row(1), row(2)])], progress=look)
    assert seen == [("reading", 2, 0), ("writing", 2, 0)]
    assert library.settings["home"] == "甘肃省"


def test_a_full_disk_changes_nothing_and_is_named(library, tmp_path, monkeypatch):
    def fill(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("library.import_work.write_report", fill)
    with pytest.raises(LibraryError, match="No space left on device"):
        take(library, tmp_path, [row(1)])
    assert library.store.count() == 0
    assert list(library.imports.iterdir()) == []
    with pytest.raises(InputError, match="no file"):
        import_files(library, [])


def test_the_as_of_date_is_the_arguments_else_the_files_own(library, tmp_path):
    path = write_rows(tmp_path / "x.jsonl", [row(1)])
    assert import_files(library, [path], as_of=DAY).files[0].as_of_source == "argument"
    with pytest.raises(InputError, match="lies in the future"):
        import_files(library, [path], as_of=date(2999, 1, 1))


def test_each_file_of_a_command_has_its_own_as_of_date(library, tmp_path):
    line = "检索截止日：2022-02-03,\n申请号,标题,申请日\nCN202010000003.1,一种膜,2020-03-05\n"
    (tmp_path / "x-20220909.csv").write_text(line, "utf-8")
    bare = without(row(4), "filing_date", "publication_date")
    files = [
        tmp_path / "x-20220909.csv",
        write_rows(tmp_path / "CNKI-20220409224248644.jsonl", [row(1)]),
        write_rows(tmp_path / "b.jsonl", [row(2), row(3, filing_date="2090-01-01")]),
        write_rows(tmp_path / "c.jsonl", [bare]),
    ]
    report = import_files(library, files)
    assert [(file.as_of, file.as_of_source) for file in report.files] == [
        (date(2022, 2, 3), "file"),
        (date(2022, 4, 9), "name"),
        (date(2021, 9, 7), "events"),
        (date.today(), "today"),
    ]


def test_a_file_whose_newest_event_lies_years_before_its_as_of_date_is_told(library, tmp_path):
    report = take(library, tmp_path, [row(1)], as_of=date(2024, 5, 1))
    assert [(finding.row, finding.value) for finding in report.findings] == [(0, "2021-09-07")]
    assert "2024-05-01" in report.findings[0].reason
    assert take(library, tmp_path, [row(2)], as_of=DAY).findings == ()


def test_the_report_names_file_row_column_value_and_reason(library, tmp_path):
    rows = [
        row(1, filing_date="=2+3", colour="red"),
        {"title": "=cmd|' /C calc'!A0", "publication_number": "??"},
    ]
    report = take(library, tmp_path, rows)
    kinds = {finding.kind: finding for finding in report.findings}
    assert (kinds["warning"].row, kinds["warning"].column, kinds["warning"].value) == (
        1,
        "filing_date",
        "=2+3",
    )
    assert kinds["rejection"].row == 2
    assert all(finding.file.endswith("export.jsonl") and finding.reason for finding in report.findings)
    assert report.files[0].unread_columns == ("colour",)
    assert report.files[0].format == "patlas"
    assert read_report(Path(report.path_json)) == report
    assert Path(report.path_json).parent == library.imports / report.run
    book = openpyxl.load_workbook(report.path_xlsx)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert "=2+3" in {cell.value for cell in cells}
    assert [book["Summary"].cell(2, place).value for place in range(5, 10)] == [1, 0, 0, 0, 1]


def test_the_sheet_of_an_import_gives_its_reasons_in_the_readers_language(library, tmp_path):
    right = check_digit("202010000001")
    wrong = "3" if right == "2" else "2"
    rows = [row(1, application_number=f"CN202010000001.{wrong}", filing_date="2020-13-01"), {"title": "无号"}]
    expected = {
        "zh": {
            f"校验位错误：应为 {right}，实为 {wrong}",
            "“2020-13-01”是不存在的日期。请在导出文件中更正",
            "该行既无申请号，也无公开(公告)号",
        },
        "en": {
            f"Wrong check digit: {wrong} should be {right}",
            "'2020-13-01' is a day that does not exist. Correct it in the export",
            "The row has neither an application number nor a publication number",
        },
    }
    for language, sheet, column in (("zh", "明细", "原因"), ("en", "Findings", "Reason")):
        with in_language(language):
            report = take(library, tmp_path, rows)
        head, *lines = openpyxl.load_workbook(report.path_xlsx)[sheet].iter_rows(values_only=True)
        assert head[-1] == column
        assert expected[language] <= {line[-1] for line in lines}
        assert all(found.code and found.reason for found in report.findings)


def test_reports_of_earlier_versions_show_their_sentences(library, tmp_path):
    report = take(library, tmp_path, [{"title": "无号", "publication_number": ""}, row(1)])
    stored = json.loads(Path(report.path_json).read_text("utf-8"))
    for found in stored["findings"]:
        del found["code"], found["values"]
        found["reason"] = "neither number in this row"
    path = tmp_path / "report.json"
    path.write_text(json.dumps(stored), "utf-8")
    assert [found.explained() for found in read_report(path).findings] == ["neither number in this row"]


def test_the_report_goes_where_the_caller_says(library, tmp_path):
    report = import_files(
        library, [write_rows(tmp_path / "x.jsonl", [row(1)])], report_folder=tmp_path / "a" / "reports"
    )
    assert json.loads((tmp_path / "a" / "reports" / "report.json").read_text())["run"] == report.run
    assert sorted(path.name for path in (tmp_path / "a" / "reports").iterdir()) == [
        "report.json",
        "report.xlsx",
    ]
    assert list(library.imports.iterdir()) == []


def test_the_log_knows_who_imported_what(library, tmp_path):
    first = take(library, tmp_path, [row(1)], name="a.jsonl")
    second = take(library, tmp_path, [row(2)], name="b.jsonl")
    runs = import_runs(library.store)
    assert [run.run for run in runs] == [first.run, second.run]
    assert runs[1].files == (str(tmp_path / "b.jsonl"),)
    assert "@" in runs[1].who
    assert runs[1].counts == Counts(new=1)


def test_characters_that_no_database_keeps_are_removed_with_a_warning(library, tmp_path):
    event = LegalEvent(kind="转让", text="转\x00让", parties_to=("甲\ud800乙",))
    record = PatentRecord(publication_number="CN100000001A", title="石墨\x00烯", events=(event,))
    with staged(tmp_path, library.store) as stage:
        (matched,) = match_rows(stage, [RowRead(1, record)], AsOf(DAY))
        assert [doubt.column for doubt in matched.doubts] == ["title", "events"]
        (again,) = match_rows(stage, [RowRead(2, record)], AsOf(DAY))
        with library.store.transaction() as connection:
            stage.move_into(connection, lambda done: None)
    assert (matched.outcome, again.outcome) == ("new", "unchanged")
    stored = library.store.get("CN100000001A")
    assert stored.title == "石墨烯"
    assert stored.events[0].text == "转让"
    assert stored.events[0].parties_to == ("甲乙",)


@pytest.mark.postgres
def test_both_databases_come_to_the_same_state(postgres_url, tmp_path):
    states = []
    for name, url in (("one", None), ("two", postgres_url)):
        with Library.create(tmp_path / name, database_url=url) as library:
            take(library, tmp_path, [row(3), granted(1), without(row(2), "application_number")])
            take(library, tmp_path, [row(2), row(1), row(20), row(19, legal_state="失效")])
            states.append((library.store.corpus_hash(), list(library.store.records())))
    assert states[0] == states[1]

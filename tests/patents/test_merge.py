from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from patents.errors import NumberError
from patents.merge import AsOf, Dated, merge, record_key, record_numbers
from patents.numbers import number_variants
from patents.record import LegalEvent, PatentRecord

LAST_YEAR, THIS_YEAR = AsOf(date(2023, 12, 31)), AsOf(date(2024, 12, 31))

APPLICATION = PatentRecord(
    application_number="CN201710601862.3",
    publication_number="CN107000001A",
    publication_date=date(2018, 1, 5),
    filing_date=date(2017, 7, 21),
    title="一种石墨烯散热膜",
    abstract="申请公布的摘要",
    first_claim="申请公布的权利要求",
    claim_count=10,
    applicants=("甲大学",),
    legal_state="审中",
    legal_text="实质审查",
)
GRANT = PatentRecord(
    application_number="CN201710601862.3",
    publication_number="CN107000001B",
    publication_date=date(2020, 3, 6),
    title="石墨烯散热膜",
    abstract="授权公告的摘要",
    first_claim="授权公告的权利要求",
    applicants=("甲大学", "乙有限公司"),
    legal_state="有效",
    legal_text="授权",
)


def merged(*rows):
    state = None
    for row in rows:
        result = merge(state, row)
        state = result.dated
    return result


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (
            PatentRecord(application_number="CN201710601862.3", publication_number="CN107000001A"),
            "CN201710601862",
        ),
        (PatentRecord(application_number="CN95115608.X"), "CN95115608"),
        (PatentRecord(application_number="US15/123456", country="US"), "US15/123456"),
        (PatentRecord(application_number="EP17123456.7", country="EP"), "EP17123456.7"),
        (PatentRecord(publication_number="CN111534432A"), "CN111534432"),
        (PatentRecord(publication_number="CN111534432B"), "CN111534432"),
        (PatentRecord(grant_number="CN111534432B"), "CN111534432"),
        (PatentRecord(publication_number="CN85108154B"), "CN85108154"),
        (PatentRecord(application_number="CN85108154.1"), "CN85108154"),
        (PatentRecord(publication_number="CN1303169C"), "CN1303169C"),
        (PatentRecord(publication_number="US10123456B2", country="US"), "US10123456"),
    ],
)
def test_a_patent_is_keyed_by_application_number_else_by_publication(record, key):
    assert record_key(record) == key


def test_a_record_without_any_number_has_no_key():
    with pytest.raises(NumberError, match="neither"):
        record_key(PatentRecord(title="无号"))


@pytest.mark.parametrize(
    "typed",
    ["201710601862.3", "ZL201710601862", "CN107000001A", "CN107000001B", "107000001", "cn 107000001 b"],
)
def test_every_number_of_a_patent_finds_it(typed):
    record = merged(Dated(APPLICATION, LAST_YEAR), Dated(GRANT, THIS_YEAR)).record
    assert set(number_variants(typed)) & set(record_numbers(record))
    assert record_numbers(record)[0] == record_key(record)


def test_a_new_patent_is_new_and_knows_what_its_number_says():
    result = merge(None, Dated(GRANT, THIS_YEAR))
    assert result.outcome == "new"
    assert (result.record.kind_code, result.record.patent_type) == ("B", "发明")
    assert (result.record.grant_number, result.record.grant_date) == ("CN107000001B", date(2020, 3, 6))
    assert result.needs_write


def test_the_same_row_twice_is_unchanged_and_needs_no_writing():
    for row in (Dated(APPLICATION, LAST_YEAR), Dated(GRANT, THIS_YEAR)):
        result = merged(row, row)
        assert (result.outcome, result.changes, result.warnings, result.needs_write) == (
            "unchanged",
            (),
            (),
            False,
        )


def test_the_same_row_at_a_later_date_is_unchanged_and_moves_the_date():
    result = merged(Dated(APPLICATION, LAST_YEAR), Dated(APPLICATION, THIS_YEAR))
    assert (result.outcome, result.needs_write) == ("unchanged", True)
    assert result.as_of == THIS_YEAR


@pytest.mark.parametrize(
    "rows",
    [
        [Dated(APPLICATION, LAST_YEAR), Dated(GRANT, THIS_YEAR)],
        [Dated(GRANT, THIS_YEAR), Dated(APPLICATION, LAST_YEAR)],
        [Dated(APPLICATION, THIS_YEAR), Dated(GRANT, THIS_YEAR)],
        [Dated(GRANT, THIS_YEAR), Dated(APPLICATION, THIS_YEAR)],
    ],
)
def test_a_and_b_are_one_patent_in_either_order(rows):
    result = merged(*rows)
    record = result.record
    assert result.outcome == "merged"
    assert (record.publication_number, record.publication_date) == ("CN107000001A", date(2018, 1, 5))
    assert (record.grant_number, record.grant_date) == ("CN107000001B", date(2020, 3, 6))
    assert record.kind_code == "B"
    assert (record.title, record.abstract) == ("石墨烯散热膜", "授权公告的摘要")
    assert record.first_claim == "授权公告的权利要求"
    assert (record.filing_date, record.claim_count) == (date(2017, 7, 21), 10)
    assert (record.legal_state, record.applicants) == ("有效", ("甲大学", "乙有限公司"))
    assert not result.warnings


def test_the_text_of_the_grant_stays_when_a_newer_export_has_the_application():
    newer = AsOf(date(2025, 6, 30))
    result = merged(Dated(APPLICATION, LAST_YEAR), Dated(GRANT, LAST_YEAR), Dated(APPLICATION, newer))
    assert result.record.abstract == "授权公告的摘要"
    assert result.record.legal_text == "实质审查"


def test_the_text_of_the_grant_comes_even_from_an_older_export():
    assert merged(Dated(APPLICATION, THIS_YEAR), Dated(GRANT, LAST_YEAR)).record.title == "石墨烯散热膜"


def test_a_and_b_again_in_one_file_are_unchanged():
    first = merged(Dated(APPLICATION, THIS_YEAR), Dated(GRANT, THIS_YEAR))
    for row in (APPLICATION, GRANT):
        again = merge(first.dated, Dated(row, THIS_YEAR))
        assert (again.outcome, again.needs_write, again.warnings) == ("unchanged", False, ())


def test_a_correction_of_the_grant_does_not_take_its_place():
    correction = replace(GRANT, publication_number="CN107000001B9", publication_date=date(2021, 1, 1))
    rows = [Dated(GRANT, THIS_YEAR), Dated(correction, THIS_YEAR)]
    for result in (merged(*rows), merged(*reversed(rows))):
        assert (result.record.grant_number, result.record.grant_date) == ("CN107000001B", date(2020, 3, 6))
        assert result.outcome == "updated"


def test_an_examined_application_of_the_eighties_comes_between_application_and_grant():
    a = PatentRecord(publication_number="CN85108154A", publication_date=date(1986, 5, 1), title="甲")
    b = PatentRecord(publication_number="CN85108154B", publication_date=date(1988, 5, 1), title="乙")
    for result in (
        merged(Dated(a, THIS_YEAR), Dated(b, THIS_YEAR)),
        merged(Dated(b, THIS_YEAR), Dated(a, THIS_YEAR)),
    ):
        assert (result.record.publication_number, result.record.publication_date) == (
            "CN85108154A",
            date(1986, 5, 1),
        )
        assert result.record.grant_number is None
        assert result.record.title == "乙"


def test_a_c_of_before_2010_joins_its_application_by_application_number():
    a = replace(
        APPLICATION,
        application_number="CN200310101234.2",
        publication_number="CN1530000A",
        publication_date=date(2004, 9, 15),
    )
    c = replace(
        GRANT,
        application_number="CN200310101234.2",
        publication_number="CN100330001C",
        publication_date=date(2007, 9, 5),
    )
    record = merged(Dated(c, LAST_YEAR), Dated(a, LAST_YEAR)).record
    assert (record.publication_number, record.grant_number) == ("CN1530000A", "CN100330001C")
    assert (record.publication_date, record.grant_date) == (date(2004, 9, 15), date(2007, 9, 5))


def test_the_first_publication_has_no_day_when_only_the_grants_is_known():
    undated = replace(APPLICATION, publication_date=None)
    record = merged(Dated(GRANT, THIS_YEAR), Dated(undated, THIS_YEAR)).record
    assert (record.publication_number, record.publication_date) == ("CN107000001A", None)
    assert record.grant_date == date(2020, 3, 6)


def test_a_number_without_kind_is_the_same_publication():
    bare = replace(APPLICATION, publication_number="CN107000001")
    result = merged(Dated(bare, THIS_YEAR), Dated(replace(APPLICATION, publication_date=None), THIS_YEAR))
    assert result.outcome == "updated"
    assert (result.record.publication_number, result.record.publication_date) == (
        "CN107000001A",
        date(2018, 1, 5),
    )


def test_an_older_export_fills_gaps_and_rolls_no_status_back():
    new = replace(GRANT, abstract="", legal_state="失效", legal_text="未缴年费", lapse_reason="未缴年费")
    old = replace(GRANT, address="某市某路1号")
    for result in (
        merged(Dated(new, THIS_YEAR), Dated(old, LAST_YEAR)),
        merged(Dated(old, LAST_YEAR), Dated(new, THIS_YEAR)),
    ):
        assert (result.record.legal_state, result.record.lapse_reason) == ("失效", "未缴年费")
        assert (result.record.abstract, result.record.address) == ("授权公告的摘要", "某市某路1号")
        assert result.as_of.of("address") == date(2023, 12, 31)
        assert result.as_of.of("legal_state") == date(2024, 12, 31)


def test_an_empty_value_never_takes_the_place_of_a_value():
    empty = PatentRecord(application_number="CN201710601862.3", publication_number="CN107000001A")
    result = merged(Dated(APPLICATION, LAST_YEAR), Dated(empty, THIS_YEAR))
    assert result.outcome == "unchanged"
    assert result.record.abstract == "申请公布的摘要"
    assert result.as_of.of("abstract") == date(2023, 12, 31)


def test_zero_is_a_value():
    counted = replace(APPLICATION, transfer_count=2)
    result = merged(Dated(counted, LAST_YEAR), Dated(replace(APPLICATION, transfer_count=0), THIS_YEAR))
    assert result.record.transfer_count == 0


def test_a_patent_that_lives_again_has_no_lapse():
    dead = replace(
        GRANT, legal_state="失效", legal_text="未缴年费", lapse_reason="未缴年费", lapse_date=date(2022, 1, 1)
    )
    alive = replace(GRANT, legal_state="有效", legal_text="")
    record = merged(Dated(dead, LAST_YEAR), Dated(alive, THIS_YEAR)).record
    assert (record.legal_state, record.legal_text, record.lapse_reason, record.lapse_date) == (
        "有效",
        "",
        None,
        None,
    )


def test_a_newer_lapse_without_reason_keeps_the_reason_that_is_known():
    why = replace(GRANT, legal_state="失效", legal_text="未缴年费", lapse_reason="未缴年费")
    plain = replace(GRANT, legal_state="失效", legal_text="失效")
    record = merged(Dated(why, LAST_YEAR), Dated(plain, THIS_YEAR)).record
    assert (record.legal_text, record.lapse_reason) == ("失效", "未缴年费")


def test_a_lapse_of_before_a_restoration_gives_no_reason_to_a_later_one():
    dates = [AsOf(date(year, 1, 1)) for year in (2021, 2022, 2023)]
    first = replace(GRANT, legal_state="失效", lapse_reason="未缴年费", lapse_date=date(2020, 5, 5))
    restored = replace(GRANT, legal_state="有效")
    again = replace(GRANT, legal_state="失效", legal_text="失效")
    rows = [Dated(record, day) for record, day in zip((first, restored, again), dates, strict=True)]
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    results = [merged(*(rows[place] for place in order)) for order in orders]
    assert {(result.record.legal_state, result.record.lapse_reason) for result in results} == {("失效", None)}
    assert all(result.record == results[0].record and result.as_of == results[0].as_of for result in results)


def test_equal_dates_and_two_values_the_same_one_counts_in_either_order_and_is_reported():
    other = replace(APPLICATION, title="另一个名称")
    rows = [Dated(APPLICATION, THIS_YEAR), Dated(other, THIS_YEAR)]
    for result in (merged(*rows), merged(*reversed(rows))):
        assert result.record.title == "一种石墨烯散热膜"
        (conflict,) = result.warnings
        assert (conflict.field, conflict.kept, conflict.dropped) == (
            "title",
            "一种石墨烯散热膜",
            "另一个名称",
        )
    assert [change.field for change in result.changes] == ["title"]
    assert result.outcome == "updated"


def test_a_corrected_export_counts_from_a_later_date():
    corrected = replace(APPLICATION, title="膜")
    assert merged(Dated(APPLICATION, LAST_YEAR), Dated(corrected, THIS_YEAR)).record.title == "膜"


def test_a_filing_date_that_differs_is_reported_at_any_date():
    other = replace(APPLICATION, filing_date=date(2016, 7, 21))
    result = merged(Dated(APPLICATION, LAST_YEAR), Dated(other, THIS_YEAR))
    assert [conflict.field for conflict in result.warnings] == ["filing_date"]
    assert result.record.filing_date == date(2016, 7, 21)


def test_a_wrong_check_digit_gives_way_to_the_right_one_with_a_warning():
    wrong = replace(APPLICATION, application_number="CN201710601862.4")
    for rows in (
        [Dated(wrong, THIS_YEAR), Dated(APPLICATION, LAST_YEAR)],
        [Dated(APPLICATION, LAST_YEAR), Dated(wrong, THIS_YEAR)],
    ):
        result = merged(*rows)
        assert result.record.application_number == "CN201710601862.3"
        assert [conflict.field for conflict in result.warnings] == ["application_number"]
        assert record_key(rows[0].record) == record_key(rows[1].record)


def test_a_row_with_an_application_number_gives_it_to_a_record_without():
    bare = replace(APPLICATION, application_number=None)
    result = merged(Dated(bare, LAST_YEAR), Dated(APPLICATION, LAST_YEAR))
    assert record_key(bare) == "CN107000001"
    assert record_key(result.record) == "CN201710601862"
    assert set(record_numbers(bare)) & set(record_numbers(APPLICATION))


def test_columns_of_several_portals_stay_side_by_side():
    one = replace(APPLICATION, raw=(("专利度", "5"), ("特征度", "3")), portal_values=(("价值", "80"),))
    two = replace(
        APPLICATION, raw=(("合享价值度", "9"), ("专利度", "6")), industries=(("sei", "1.1"), ("sei", "1.2"))
    )
    for result in (
        merged(Dated(one, LAST_YEAR), Dated(two, THIS_YEAR)),
        merged(Dated(two, THIS_YEAR), Dated(one, LAST_YEAR)),
    ):
        assert result.record.raw == (("专利度", "6"), ("合享价值度", "9"), ("特征度", "3"))
        assert result.record.portal_values == (("价值", "80"),)
        assert result.record.industries == (("sei", "1.1"), ("sei", "1.2"))
        assert result.as_of.of("raw:特征度") == date(2023, 12, 31)
        assert result.as_of.of("raw:专利度") == date(2024, 12, 31)


def test_the_main_class_leads_and_the_list_of_an_older_export_stays():
    old = replace(APPLICATION, ipc_main="C01B32/184", ipc=("C01B32/184", "H01M4/58", "B82Y30/00"))
    new = replace(APPLICATION, ipc_main="H01M4/58", ipc=("H01M4/58",))
    record = merged(Dated(old, LAST_YEAR), Dated(new, THIS_YEAR)).record
    assert (record.ipc_main, record.ipc) == ("H01M4/58", ("H01M4/58", "B82Y30/00"))


def test_a_city_does_not_stay_with_another_province():
    old = replace(APPLICATION, province="广东省", city="深圳市", county="南山区")
    moved = replace(APPLICATION, province="浙江省")
    same = replace(APPLICATION, province="广东省")
    record = merged(Dated(old, LAST_YEAR), Dated(moved, THIS_YEAR)).record
    assert (record.province, record.city, record.county) == ("浙江省", None, None)
    assert merged(Dated(old, LAST_YEAR), Dated(same, THIS_YEAR)).record.city == "深圳市"


def test_record_and_dates_go_through_json():
    event = LegalEvent(kind="转让", date=date(2021, 1, 1), parties_to=("乙公司",))
    full = replace(
        APPLICATION, events=(event,), raw=(("专利度", "5"),), ipc=("C01B32/184",), ipc_main="C01B32/184"
    )
    result = merged(Dated(full, LAST_YEAR), Dated(GRANT, THIS_YEAR))
    record = msgspec.json.decode(msgspec.json.encode(result.record), type=PatentRecord)
    as_of = msgspec.json.decode(msgspec.json.encode(result.as_of), type=AsOf)
    assert (record, as_of) == (result.record, result.as_of)
    assert merge(Dated(record, as_of), Dated(GRANT, THIS_YEAR)).outcome == "unchanged"


def test_the_dates_of_an_untouched_import_are_one_date():
    result = merge(None, Dated(APPLICATION, THIS_YEAR))
    assert result.as_of == AsOf(date(2024, 12, 31))

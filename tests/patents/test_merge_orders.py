"""Whatever the order of the imports, the library ends the same."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from library.codec import decode_as_of, decode_record, encode_as_of, encode_record
from patents.merge import AsOf, Dated, fold, merge
from patents.record import PatentRecord
from tests.patents.wild_rows import wild_rows

SOME = settings(max_examples=50)
MANY = settings(max_examples=300)
A_DAY, B_DAY = date(2018, 1, 5), date(2020, 3, 6)
STATES = st.sampled_from(
    [
        {},
        {"legal_state": "审中", "legal_text": "实质审查"},
        {"legal_state": "有效", "legal_text": "授权"},
        {"legal_state": "有效"},
        {"legal_state": "失效"},
        {"legal_state": "失效", "legal_text": "未缴年费", "lapse_reason": "未缴年费"},
        {"legal_state": "失效", "lapse_reason": "期限届满", "lapse_date": date(2022, 2, 2)},
    ]
)
PAIRS = st.lists(st.tuples(st.sampled_from(["甲", "乙", "丙"]), st.sampled_from("123")), max_size=3).map(
    tuple
)


def optional(values, nothing=None):
    return st.sampled_from([nothing, *values])


@st.composite
def rows(draw, publications=("A", "B")):
    """A row of an export of one patent: some of its columns, with values that differ by export."""
    kind = draw(st.sampled_from(publications))
    main = draw(optional(["C01B32/184", "C01B32/19"]))
    others = draw(st.sampled_from([(), ("H01M4/58",), ("H01M4/58", "B82Y30/00")]))
    return PatentRecord(
        application_number=draw(optional(["CN201710601862.3"])),
        publication_number=f"CN107000001{kind}",
        publication_date=A_DAY if kind == "A" else B_DAY,
        filing_date=draw(optional([date(2017, 7, 21), date(2017, 7, 22)])),
        priority_date=draw(optional([date(2016, 7, 21)])),
        title=draw(st.sampled_from(["", "名称一", "名称二"])),
        abstract=draw(st.sampled_from(["", "摘要一", "摘要二"])),
        claim_count=draw(optional([0, 3])),
        applicants=draw(st.sampled_from([(), ("甲大学",), ("乙有限公司", "甲大学")])),
        ipc_main=main,
        ipc=((main,) if main else ()) + others,
        province=draw(optional(["广东省"])),
        city=draw(optional(["深圳市"])),
        raw=draw(PAIRS),
        industries=draw(PAIRS),
        **draw(STATES),
    )


def dated_rows(**arguments):
    """Rows of distinct as-of dates, in any order."""
    pairs = st.lists(
        st.tuples(rows(**arguments), st.integers(0, 60)),
        min_size=1,
        max_size=5,
        unique_by=lambda pair: pair[1],
    )
    return pairs.map(
        lambda listed: [Dated(row, AsOf(date(2024, 1 + day // 28, 1 + day % 28))) for row, day in listed]
    )


def merged(listed, state=None):
    for row in listed:
        state = merge(state, row).dated
    return state


@SOME
@given(dated_rows(), st.randoms(use_true_random=False))
def test_the_order_of_imports_does_not_matter(listed, random):
    shuffled = list(listed)
    random.shuffle(shuffled)
    assert merged(shuffled) == merged(listed)


@SOME
@given(dated_rows())
def test_importing_everything_again_changes_nothing(listed):
    state = merged(listed)
    for row in listed:
        again = merge(state, row)
        assert (again.outcome, again.needs_write, again.changes) == ("unchanged", False, ())


@SOME
@given(dated_rows())
def test_nothing_that_was_known_is_lost(listed):
    state = merged(listed)
    told_by_state = {"legal_text", "lapse_reason", "lapse_date"}
    for field in fields(PatentRecord):
        values = [getattr(row.record, field.name) for row in listed]
        is_known = any(value not in (None, "", (), "未知") for value in values)
        if is_known and field.name not in told_by_state:
            assert getattr(state.record, field.name) not in (None, "", (), "未知")


@SOME
@given(dated_rows(publications=("A",)))
def test_the_newest_statement_of_each_field_counts(listed):
    state = merged(listed)
    newest_first = sorted(listed, key=lambda row: row.as_of.base, reverse=True)
    for name in ("title", "abstract", "claim_count", "applicants", "filing_date", "legal_state", "ipc_main"):
        values = [getattr(row.record, name) for row in newest_first]
        known = [value for value in values if value not in (None, "", (), "未知")]
        assert getattr(state.record, name) == (known[0] if known else values[0])


@SOME
@given(dated_rows())
def test_texts_are_the_grants_wherever_the_grant_has_them(listed):
    state = merged(listed)
    for name in ("title", "abstract", "claim_count"):
        grants = [row for row in listed if row.record.publication_number.endswith("B")]
        stated = [row for row in grants if getattr(row.record, name) not in (None, "")]
        if stated:
            newest = max(stated, key=lambda row: row.as_of.base)
            assert getattr(state.record, name) == getattr(newest.record, name)


CHINESE, ENGLISH = ("一种膜", "一种更长的石墨烯散热膜"), ("Film", "A graphene film for the removal of heat")
DAYS = st.integers(1, 28).map(lambda day: AsOf(date(2024, 1, day)))
BOTH_LANGUAGES = st.builds(
    lambda words, kind, as_of: Dated(
        PatentRecord(
            publication_number=f"CN107000001{kind}",
            title=words,
            abstract=words * 2,
            title_en="" if words in CHINESE else words,
            language="zh" if words in CHINESE else "en",
        ),
        as_of,
    ),
    st.sampled_from([*CHINESE, *ENGLISH]),
    st.sampled_from("AB"),
    DAYS,
)


@MANY
@given(st.lists(BOTH_LANGUAGES, min_size=1, max_size=5), st.data())
def test_a_chinese_title_stays_whatever_english_ones_come_and_in_every_order(listed, data):
    state = merged(listed)
    record = state.record
    titles = {row.record.title for row in listed}
    is_chinese = not titles.isdisjoint(CHINESE)
    assert (record.title in CHINESE) == (record.abstract in [2 * words for words in CHINESE]) == is_chinese
    assert record.language == ("zh" if is_chinese else "en")
    assert (record.title_en in ENGLISH) == (not titles.isdisjoint(ENGLISH))
    assert merged(data.draw(st.permutations(listed))) == state


@SOME
@given(st.lists(rows(), min_size=1, max_size=4))
def test_one_file_with_rows_that_disagree_ends_the_same_when_imported_again(records):
    listed = [Dated(record, AsOf(date(2024, 1, 1))) for record in records]
    once = merged(listed)
    assert merged(listed, once) == once


@SOME
@given(rows(), st.integers(0, 50))
def test_a_date_alone_changes_no_record(record, days):
    first = merge(None, Dated(record, AsOf(date(2024, 1, 1)))).dated
    later = merge(first, Dated(replace(record), AsOf(date(2024, 1, 1 + days % 28))))
    assert later.outcome == "unchanged"
    assert later.record == first.record
    assert later.as_of.base == date(2024, 1, 1 + days % 28)
    assert not later.as_of.fields


def text_of(state):
    return encode_record(state.record), encode_as_of(state.as_of)


@MANY
@given(st.lists(wild_rows(), min_size=1, max_size=5), st.data())
def test_rows_merged_again_change_nothing_whatever_they_say(listed, data):
    state = merged(listed)
    for row in data.draw(st.permutations(listed)):
        again = merge(state, row)
        assert (again.outcome, again.needs_write, again.changes) == ("unchanged", False, ())
        assert text_of(again.dated) == text_of(state)


@MANY
@given(st.lists(wild_rows(), min_size=2, max_size=5), st.data())
def test_every_order_of_rows_gives_the_same_bytes_whatever_they_say(listed, data):
    shuffled = data.draw(st.permutations(listed))
    one, other = merged(listed), merged(shuffled)
    assert one == other
    assert text_of(one) == text_of(other)


@MANY
@given(st.lists(wild_rows(), min_size=2, max_size=6), st.data())
def test_every_grouping_of_rows_gives_the_same_patent(listed, data):
    """As when a later row shows that two patents of a library are one."""
    cut = data.draw(st.integers(1, len(listed) - 1))
    halves = merged(listed[:cut]), merged(listed[cut:])
    assert fold(*halves).dated == merged(listed) == fold(*reversed(halves)).dated


@MANY
@given(st.lists(wild_rows(), min_size=1, max_size=4))
def test_a_patent_that_was_stored_and_read_merges_as_the_one_in_memory(listed):
    state = None
    for row in listed:
        found = merge(state, row)
        record, as_of = text_of(found.dated)
        state = Dated(decode_record(record), decode_as_of(as_of))
        assert state == found.dated
    assert state == merged(listed)

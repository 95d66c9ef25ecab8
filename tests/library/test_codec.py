from dataclasses import fields, is_dataclass, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from library.codec import decode_as_of, decode_record, digest_of, encode_as_of, encode_record
from library.storable_text import clean_record, clean_text
from patents.merge import AsOf
from patents.record import Citation, LegalEvent, PatentRecord

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DATES = st.dates(date(1985, 4, 1), date(2030, 1, 1))
EVENTS = st.builds(
    LegalEvent,
    kind=st.sampled_from(["授权", "转让"]),
    date=st.none() | DATES,
    parties_to=st.lists(TEXT, max_size=2).map(tuple),
    text=TEXT,
)
CITATIONS = st.builds(Citation, number=TEXT, by_examiner=st.none() | st.booleans())
RECORDS = st.builds(
    PatentRecord,
    application_number=st.none() | TEXT,
    publication_number=TEXT,
    title=TEXT,
    filing_date=st.none() | DATES,
    ipc=st.lists(TEXT, max_size=3).map(tuple),
    legal_state=st.sampled_from(["有效", "失效", "审中", "未知"]),
    events=st.lists(EVENTS, max_size=3).map(tuple),
    cites=st.lists(st.builds(Citation, number=TEXT, by_examiner=st.none() | st.booleans()), max_size=2).map(
        tuple
    ),
    transfer_count=st.none() | st.integers(0, 9),
    raw=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    reader=TEXT,
)


@given(RECORDS)
def test_a_record_comes_back_as_it_was(record):
    text = encode_record(record)
    back = decode_record(text)
    assert back == record
    assert back.reader == record.reader
    assert digest_of(encode_record(back)) == digest_of(text)


def test_what_is_absent_takes_no_room():
    assert encode_record(PatentRecord()) == "{}"
    assert encode_record(PatentRecord(title="膜", transfer_count=0)) == '{"title":"膜","transfer_count":0}'


@given(
    st.builds(
        AsOf,
        base=DATES,
        fields=st.dictionaries(TEXT, DATES, max_size=3),
        grant_text=st.lists(TEXT, max_size=2).map(tuple),
    )
)
def test_as_of_dates_come_back_as_they_were(as_of):
    assert decode_as_of(encode_as_of(as_of)) == as_of


def texts_of(value: object) -> list[str]:
    """Every text in a record, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in texts_of(each)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts_of(getattr(value, field.name))]
    return []


@given(RECORDS)
def test_cleaning_takes_out_exactly_what_no_database_keeps(record):
    cleaned, changed = clean_record(record)
    assert texts_of(cleaned) == [clean_text(text) for text in texts_of(record)]
    assert bool(changed) == (cleaned is not record) == any("\x00" in text for text in texts_of(record))


@given(TEXT)
def test_a_dirty_title_is_named_and_cleaned(title):
    dirty = replace(PatentRecord(), title=f"{title}\x00", inventors=("王\ud800小明",))
    cleaned, changed = clean_record(dirty)
    assert changed == ("title", "inventors")
    assert cleaned.title == clean_text(title)
    assert cleaned.inventors == ("王小明",)

"""Rows that disagree in every way that exports of one patent do, and in some that none has done yet."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from patents.as_of import AsOf, Dated
from patents.record import Citation, LegalEvent, PatentRecord

DAYS = st.sampled_from([date(1988, 5, 1), date(1994, 3, 2), date(2018, 1, 5), date(2020, 3, 6)])
#: Documents of one application and, at the end, of others: no kind, corrections, seven and eight digits.
NUMBERS = (
    *(f"CN107000001{kind}" for kind in ("", "A", "A8", "A9", "B", "B8", "B9", "U")),
    *(f"CN1530000{kind}" for kind in ("", "A", "B", "C")),
    *(f"CN1010000{kind}" for kind in ("A", "B", "C")),
    *(f"CN85108154{kind}" for kind in ("", "A", "B")),
    *("CN107000002A", "CN107000002B", "CN107000002", "US10123456B2", "US10123456A1", "EP1000000A1", "x 1"),
)
APPLICATIONS = ("CN201710601862.3", "CN201710601862.4", "CN201410400822.9", "US15/123456")
TEXTS = ("甲", "乙", "一种石墨烯散热膜", "graphene film")
PAIRS = st.lists(st.tuples(st.sampled_from(["甲", "乙:丙"]), st.sampled_from("123")), max_size=3).map(tuple)
NAMES = st.sampled_from([(), ("甲大学",), ("乙有限公司", "甲大学"), ("丙研究院", "甲大学")])
CLASSES = st.lists(st.sampled_from(["C01B32/184", "H01M4/58", "B82Y30/00"]), max_size=3, unique=True)
EVENTS = st.lists(
    st.builds(
        LegalEvent,
        kind=st.sampled_from(["授权", "转让"]),
        date=st.none() | DAYS,
        text=st.sampled_from("甲乙"),
    ),
    max_size=2,
).map(tuple)
CITATIONS = st.lists(
    st.builds(Citation, number=st.sampled_from("12"), category=st.sampled_from("XY")), max_size=2
)


def maybe(*values):
    return st.sampled_from([None, *values])


def text(*values):
    return st.sampled_from(["", *values])


@st.composite
def wild_records(draw, numbers=NUMBERS, applications=APPLICATIONS):
    """One row: any field may be missing, also all numbers."""
    main = draw(maybe("C01B32/184", "H01M4/58"))
    classes = tuple(draw(CLASSES))
    return PatentRecord(
        application_number=draw(maybe(*applications)),
        publication_number=draw(maybe(*numbers)),
        publication_date=draw(st.none() | DAYS),
        grant_number=draw(maybe(*numbers)),
        grant_date=draw(st.none() | DAYS),
        kind_code=draw(maybe("A", "B", "B9", "U")),
        patent_type=draw(maybe("发明", "实用新型")),
        filing_date=draw(st.none() | DAYS),
        priority_date=draw(st.none() | DAYS),
        title=draw(text(*TEXTS)),
        abstract=draw(text(*TEXTS)),
        first_claim=draw(text(*TEXTS)),
        title_en=draw(text("a", "bb")),
        language=draw(st.sampled_from(["zh", "en"])),
        claim_count=draw(maybe(0, 3)),
        ipc_main=main,
        ipc=((main,) if main else ()) + tuple(each for each in classes if each != main),
        applicants=draw(NAMES),
        agency=draw(maybe("某代理", "另一代理")),
        province=draw(maybe("广东省", "浙江省")),
        city=draw(maybe("深圳市", "杭州市")),
        county=draw(maybe("南山区")),
        legal_state=draw(st.sampled_from(["未知", "审中", "有效", "失效"])),
        legal_text=draw(text("授权", "未缴年费")),
        lapse_reason=draw(maybe("未缴年费", "期限届满")),
        lapse_date=draw(st.none() | DAYS),
        transfer_count=draw(maybe(0, 1)),
        events=draw(EVENTS),
        cites=tuple(draw(CITATIONS)),
        raw=draw(PAIRS),
        portal_values=draw(PAIRS),
        industries=draw(PAIRS),
    )


def wild_rows(**arguments):
    """Rows with as-of dates, often equal ones."""
    days = st.sampled_from([AsOf(date(2024, 1, 1)), AsOf(date(2024, 1, 1)), AsOf(date(2023, 6, 30))])
    return st.builds(Dated, wild_records(**arguments), days)

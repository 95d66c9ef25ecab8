"""What holds whatever the patents: shares sum, R and R − 1 agree, merging A and B changes no count."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directions.indicators.applicants import applicant_kinds, hhi, top_applicants
from directions.indicators.cooperation import cooperation_kinds
from directions.indicators.filings import filings, filings_by_year, patent_types
from directions.indicators.grants import grant_rate, grants, grants_by_year
from directions.indicators.growth import growth_by_year, growth_rate, increment, multiple
from directions.indicators.industries import industry_table
from directions.indicators.ipc import top_ipc
from directions.indicators.lapses import lapse_reasons
from directions.indicators.legal import in_force, in_force_share, lapse_share, lapsed, legal_states
from directions.indicators.maintenance import maintenance_bands, maintenance_years, survival
from directions.indicators.operation import operated, operation_by_year, operation_kinds
from directions.indicators.pct import pct_filings
from directions.indicators.regions import region_table
from directions.indicators.shares import wilson
from directions.study import Period
from patents.merge import AsOf, Dated, merge
from tests.directions.hand_made import (
    BING,
    DING,
    GUIYANG,
    JIA,
    LV,
    YI,
    ZUNYI,
    column,
    event,
    patent,
    records,
    study,
)

days = st.dates(date(2012, 1, 1), date(2021, 6, 30))
symbols = st.sampled_from(("C22B1/00", "H01M10/05", "E21B7/00", "G06F17/00"))
states = st.sampled_from(("有效", "失效", "审中", "未知"))
reasons = st.sampled_from(("未缴年费", "期限届满", "驳回", "视为撤回", None))
names = st.lists(st.sampled_from((JIA, LV, YI, BING, DING, "张三")), min_size=1, max_size=3, unique=True)
deeds = st.lists(st.sampled_from(("转让", "许可", "质押")), max_size=2)


@st.composite
def one_patent(draw, number):
    """A patent that need not make sense: granted and refused, lapsed before it was filed."""
    state = draw(states)
    return patent(
        number,
        draw(st.sampled_from(("发明", "实用新型", "外观设计"))),
        draw(days),
        tuple(draw(names)),
        draw(st.sampled_from((GUIYANG, ZUNYI, None))),
        tuple(draw(st.lists(symbols, min_size=1, max_size=3, unique=True))),
        draw(st.none() | days),
        state,
        lapse_reason=draw(reasons) if state == "失效" else None,
        lapse_date=draw(st.none() | days) if state == "失效" else None,
        events=tuple(event(kind, 2019, 9, 9) for kind in draw(deeds)),
        now=tuple(draw(names)),
    )


@st.composite
def libraries(draw):
    size = draw(st.integers(1, 12))
    made = [draw(one_patent(number + 1)) for number in range(size)]
    kept = replace(made[0], patent_type="发明")  # designs alone make no study
    return [kept, *made[1:]]


few = settings(max_examples=15)


@few
@given(libraries(), st.sampled_from(("main", "any")), st.sampled_from(("all", "first")))
def test_shares_sum_to_one_where_they_should_and_never_exceed_it(found, classification, applicants):
    made = study(found, classification=classification, applicants=applicants, shares="overlapping")
    for table in (
        patent_types(made),
        legal_states(made),
        lapse_reasons(made),
        maintenance_years(made),
        cooperation_kinds(made),
        industry_table(made, "x"),
        region_table(made),
    ):
        if not table.empty and sum(column(table, "count")):
            assert sum(column(table, "share")) == pytest.approx(1), table.id
    for table in (top_ipc(made), applicant_kinds(made), top_applicants(made), operation_kinds(made)):
        shares = [] if table.empty else [share for share in column(table, "share") if share is not None]
        assert all(0 <= share <= 1 for share in shares), table.id
    if classification == "main":
        assert sum(column(top_ipc(made), "share")) == pytest.approx(1)
    if applicants == "first":
        assert sum(column(applicant_kinds(made), "share")) == pytest.approx(1)
    assert 0 < hhi(made).value <= 1


@few
@given(libraries())
def test_counts_agree_with_each_other(found):
    made = study(found)
    assert filings(made).value == made.count
    years = filings_by_year(made)
    within = filings(made, made.period).value
    assert sum(column(years, "count")) == within
    assert sum(column(years, "invention")) <= within
    everything = study(found, lapsed="all")
    if in_force(made).value is not None:
        assert lapsed(made).value <= lapsed(everything).value
    whole, share = in_force_share(made).value, lapse_share(made).value
    assert (whole is None) == (share is None)
    if whole is not None:
        assert whole + share == pytest.approx(1)
    bands = maintenance_bands(made)
    if not bands.empty:
        first, second, third, _ = column(bands, "count")
        assert first <= second <= third


@few
@given(libraries())
def test_operated_patents_are_never_more_than_their_events(found):
    patents, events = operated(study(found)), operated(study(found, operation="events"))
    every = operated(study(found, within_group=True))
    if patents.value is not None:
        assert patents.value <= events.value
        assert patents.value <= every.value


@few
@given(libraries())
def test_survival_only_falls_and_stays_within_its_interval(found):
    table = survival(study(found))
    if not table.empty:
        shares = column(table, "share")
        assert shares == sorted(shares, reverse=True)
        for low, share, high in zip(column(table, "low"), shares, column(table, "high"), strict=True):
            assert 0 <= low <= share <= high <= 1


@few
@given(libraries(), st.integers(2012, 2016), st.integers(2017, 2019))
def test_r_and_r_less_one_differ_by_one(found, middle, last):
    earlier, later = Period(2012, middle), Period(middle + 1, last)
    whole = multiple(study(found), earlier, later)
    more = multiple(study(found, multiple="R-1"), earlier, later)
    assert (whole.value is None) == (more.value is None)
    assert whole.missing == more.missing
    if whole.value is not None:
        assert whole.value - more.value == pytest.approx(1)
        assert whole.value * filings(study(found), earlier).value == pytest.approx(
            filings(study(found), later).value
        )


@few
@given(libraries())
def test_increments_and_rates_agree_in_sign(found):
    rate, step = growth_rate(study(found)), increment(study(found))
    wider = increment(study(found, increment="T"))
    if step.value is not None:
        assert abs(wider.value) <= abs(step.value)
    if rate.value is not None:
        assert (rate.value > 0) == (step.value > 0)
        assert rate.low is None or rate.low <= rate.value <= rate.high


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_share(whole, data):
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-9 and part / whole - 1e-9 <= high <= 1


def as_application(record):
    """The A publication of a patent, as an export of that year had it."""
    return replace(
        record,
        grant_number=None,
        grant_date=None,
        kind_code="A",
        legal_state="审中",
        lapse_reason=None,
        lapse_date=None,
        events=record.events[:1],
        current_applicants=record.applicants,
    )


def as_grant(record):
    """The B publication of a patent as its own row; what was never granted comes as A again, newer."""
    if record.grant_date is None:
        return record
    return replace(
        record,
        publication_number=record.grant_number,
        publication_date=record.grant_date,
        kind_code="B",
    )


@given(st.sets(st.integers(0, 15), min_size=1))
@settings(max_examples=10)
def test_merging_a_and_b_changes_no_count(both):
    """Patents that came as A and later as B count as those that came once."""
    once = list(records())
    merged = [
        merge(
            Dated(as_application(one), AsOf(date(2015, 1, 1))), Dated(as_grant(one), AsOf(date(2021, 12, 31)))
        ).record
        if place in both
        else one
        for place, one in enumerate(once)
    ]
    first, second = study(once), study(merged)
    for indicator in (filings, grants, grant_rate, in_force, lapsed, operated, pct_filings, growth_rate):
        assert indicator(first).value == indicator(second).value, indicator.__name__
    for table in (
        filings_by_year,
        grants_by_year,
        growth_by_year,
        legal_states,
        lapse_reasons,
        maintenance_years,
        operation_by_year,
        top_ipc,
        top_applicants,
        region_table,
    ):
        assert table(first).rows.equals(table(second).rows), table.__name__

"""What every indicator keeps to, on libraries that need not make sense and under every 口径."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from directions.facts import Indicator, Table
from directions.indicators import (
    applicants,
    cooperation,
    filings,
    grants,
    groups,
    growth,
    high_value,
    industries,
    ipc,
    lapses,
    legal,
    local_gaps,
    maintenance,
    operation,
    pct,
    phases,
    regions,
    sei,
    themes,
    transfers,
    who,
)
from directions.study import Period
from tests.directions.hand_made import JIA, YI, patent, study, themes_of

INDICATORS = (
    filings.filings,
    grants.grants,
    grants.grant_rate,
    legal.in_force,
    legal.in_force_share,
    legal.lapsed,
    legal.lapse_share,
    maintenance.mean_maintenance,
    maintenance.mean_age,
    operation.operated,
    operation.operation_share,
    growth.growth_rate,
    growth.increment,
    lambda made: growth.year_on_year(made, 2018),
    lambda made: growth.multiple(made, Period(2014, 2016), Period(2017, 2019)),
    lambda made: industries.industry_within(made, "x:高端", "x:电池"),
    ipc.ipc_concentration,
    applicants.cr10,
    applicants.hhi,
    cooperation.cooperation,
    cooperation.industry_university,
    cooperation.cooperation_share,
    pct.pct_filings,
    pct.pct_share,
    high_value.high_value,
    high_value.high_value_share,
)
TABLES = (
    filings.filings_by_year,
    filings.filings_by_period,
    filings.patent_types,
    grants.grants_by_year,
    grants.grants_by_type,
    legal.legal_states,
    lapses.lapse_reasons,
    lapses.lapses_by_year,
    maintenance.maintenance_bands,
    maintenance.maintenance_years,
    maintenance.survival,
    operation.operation_kinds,
    operation.operation_by_year,
    transfers.transfers_by_applicant,
    growth.growth_by_year,
    growth.plan_multiples,
    growth.peak_years,
    phases.growth_phases,
    lambda made: industries.industry_table(made, "x"),
    lambda made: industries.industries_by_year(made, "x"),
    lambda made: industries.industry_overlaps(made, "x"),
    ipc.top_ipc,
    ipc.most_active_ipc,
    ipc.ipc_by_operation,
    ipc.ipc_by_year,
    sei.top_sei,
    sei.most_active_sei,
    applicants.top_applicants,
    applicants.applicant_kinds,
    groups.applicant_groups,
    groups.holder_table,
    lambda made: groups.group_members(made, "甲集团"),
    cooperation.cooperation_kinds,
    cooperation.cooperation_by_year,
    cooperation.partners,
    regions.region_table,
    regions.regions_by_year,
    pct.pct_by_year,
    high_value.high_value_criteria,
    themes.theme_table,
    themes.emerging_themes,
    themes.fading_themes,
    themes.themes_by_year,
    who.theme_holders,
    lambda made: who.theme_gaps(made, JIA),
    who.white_space,
    local_gaps.local_gaps,
)
COUNTINGS = st.fixed_dictionaries(
    {
        "year_by": st.sampled_from(("filing", "publication", "grant")),
        "classification": st.sampled_from(("main", "any")),
        "grant_rate": st.sampled_from(("cohort", "year")),
        "growth": st.sampled_from(("cagr", "mean")),
        "increment": st.sampled_from(("T", "T-1")),
        "multiple": st.sampled_from(("R", "R-1")),
        "shares": st.sampled_from(("unique", "overlapping")),
        "operation": st.sampled_from(("patents", "events")),
        "within_group": st.booleans(),
        "lapsed": st.sampled_from(("after_grant", "all")),
        "term_from": st.sampled_from(("filing", "grant")),
        "applicants": st.sampled_from(("all", "first")),
    }
)
days = st.dates(date(2012, 1, 1), date(2021, 6, 30))


@st.composite
def sparse(draw, number):
    """A patent of which little may be known, and that little need not make sense."""
    full = patent(
        number,
        "发明",
        draw(days),
        draw(st.sampled_from(((), (JIA,), (YI, JIA)))),
        draw(st.sampled_from((None, ("贵州省", "贵阳市")))),
        (draw(st.sampled_from(("C22B1/00", "H01M10/05", None))),),
        draw(st.none() | days),
        draw(st.sampled_from(("有效", "失效", "未知"))),
        lapse_date=draw(st.none() | days),
        transfer_count=draw(st.none() | st.integers(0, 2)),
    )
    known = full.ipc_main is not None
    return replace(
        full,
        patent_type=draw(st.sampled_from(("发明", "实用新型", None))),
        publication_date=draw(st.none() | days),
        ipc=full.ipc if known else (),
        events=draw(st.sampled_from((full.events, ()))),
    )


@st.composite
def libraries(draw):
    return [draw(sparse(number + 1)) for number in range(draw(st.integers(1, 8)))]


@given(libraries(), COUNTINGS, st.booleans())
@settings(max_examples=15)
def test_an_indicator_has_a_value_or_says_why_not_and_never_more_known_than_there_is(
    found, counting, grouped
):
    made = study(found, groups=((JIA, "甲集团"),) if grouped else (), **counting)
    made = replace(made, themes=themes_of(made))
    for indicator in INDICATORS:
        told = indicator(made)
        assert isinstance(told, Indicator)
        assert (told.value is None) == bool(told.missing), told.definition.id
        assert 0 <= told.coverage.known <= told.coverage.of, told.definition.id
        if told.value is not None and told.low is not None and told.high is not None:
            assert told.low <= told.value + 1e-9 and told.value <= told.high + 1e-9, told.definition.id
    for table in TABLES:
        told = table(made)
        assert isinstance(told, Table)
        assert told.definitions and told.title.zh and told.title.en, told.id
        assert all(note.zh and note.en for note in told.notes), told.id
        assert {column.name for column in told.columns} <= set(told.rows.columns), told.id
        assert 0 <= told.coverage.known <= told.coverage.of, told.id
        assert all(column.label.zh and column.label.en for column in told.columns), told.id

"""法律状态: in force and lapsed, why rights lapsed, how long they were maintained."""

from __future__ import annotations

from directions.chapters.sentences import (
    bracketed,
    enumeration,
    indicator_table,
    listed,
    present,
    sentence,
    written,
)
from directions.facts import Chapter, Finding, Indicator, Table, figure
from directions.indicators.grants import grant_rate, grants, grants_by_type
from directions.indicators.lapses import lapse_reasons, lapses_by_year
from directions.indicators.legal import in_force, in_force_share, lapse_share, lapsed, legal_states
from directions.indicators.maintenance import maintenance_bands, mean_age, mean_maintenance, survival
from directions.study import Study
from patents.bilingual import Text


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    state = (in_force(study), in_force_share(study), lapsed(study), lapse_share(study))
    mean = mean_maintenance(study)
    numbers = (grants(study), grant_rate(study), *state, mean, mean_age(study))
    title = Text("授权、有效与失效", "Granted, in force, lapsed")
    main = indicator_table(study, "legal_indicators", title, numbers)
    states, reasons, years = legal_states(study), lapse_reasons(study), lapses_by_year(study)
    types, bands, lasting = grants_by_type(study), maintenance_bands(study), survival(study)
    return Chapter(
        id="legal",
        title=Text("法律状态与维持", "Legal state and maintenance"),
        findings=present(_state(main, *state), _reasons(reasons), _years(main, bands, mean)),
        tables=(main, types, states, reasons, bands, lasting),
        figures=(
            figure("pie", states, "state", "count"),
            figure("pie", reasons, "reason", "count", in_parts=True),
            figure("bar", years, "year", "count"),
            figure("line", lasting, "age", "share"),
        ),
        slides=(main,),
    )


def _state(
    main: Table, force: Indicator, share: Indicator, lapses: Indicator, rate: Indicator
) -> Finding | None:
    if force.value is None:
        return None
    clauses = (
        bracketed(force, "有效专利{}", "{} patents are in force"),
        bracketed(share, "有效率为{}", "{} of the rights granted"),
        bracketed(lapses, "失效{}", "{} lapsed"),
        bracketed(rate, "失效占比{}", "{} of them all"),
    )
    text = enumeration(filter(None, clauses), "，")
    return sentence("{text}。", "{text}.", main, force, share, lapses, rate, text=text)


def _reasons(reasons: Table) -> Finding | None:
    if reasons.empty:
        return None
    return sentence(
        "失效原因以{reasons}为主。",
        "The main reasons of lapse: {reasons}.",
        reasons,
        reasons=listed(reasons, "reason", "count", 3, bracket="share"),
    )


def _years(main: Table, bands: Table, mean: Indicator) -> Finding | None:
    if mean.value is None or bands.empty:
        return None
    return sentence(
        "已失效专利平均维持{mean}。",
        "Lapsed patents were maintained for {mean} on average.",
        main,
        mean,
        mean=written(mean),
    )

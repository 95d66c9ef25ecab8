"""法律状态: in force and lapsed, why rights lapsed, how long they were maintained."""

from __future__ import annotations

from directions.chapters.sentences import (
    bracketed,
    enumeration,
    indicator_table,
    leaders,
    present,
    sentence,
    valued,
)
from directions.facts import Chapter, Figure, Finding, Indicator, Table
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
        findings=present(
            _state(main, *state),
            leaders(
                reasons,
                "reason",
                "count",
                "失效原因以{leading}为主。",
                "The main reasons for lapse are {leading}.",
                bracket="share",
            ),
            None
            if bands.empty
            else valued(
                "已失效专利平均维持{count}。",
                "Lapsed patents were maintained for {count} on average.",
                main,
                mean,
            ),
        ),
        tables=(main, types, states, reasons, bands, lasting),
        figures=(
            Figure("pie", states, "state", ("count",)),
            Figure("pie", reasons, "reason", ("count",), in_parts=True),
            Figure("bar", years, "year", ("count",)),
            Figure("line", lasting, "age", ("share",)),
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
        bracketed(share, "有效率为{}", "{} of those granted"),
        bracketed(lapses, "失效{}", "{} have lapsed"),
        bracketed(rate, "失效占比{}", "{} of all"),
    )
    text = enumeration(filter(None, clauses), "，")
    return sentence("{text}。", "{text}.", main, force, share, lapses, rate, text=text)

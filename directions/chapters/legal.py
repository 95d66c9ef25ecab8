"""法律状态: in force and lapsed, why rights lapsed, how long they were maintained."""

from __future__ import annotations

from directions.chapters.wording import indicator_table, kept, listed, said, written
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.grants import grant_rate, grants, grants_by_type
from directions.indicators.lapses import lapse_reasons, lapses_by_year
from directions.indicators.legal import in_force, in_force_share, lapse_share, lapsed, legal_states
from directions.indicators.maintenance import maintenance_bands, mean_age, mean_maintenance, survival
from directions.study import Study


def chapter(study: Study) -> Chapter:
    """Compose the chapter."""
    numbers = (
        grants(study),
        grant_rate(study),
        in_force(study),
        in_force_share(study),
        lapsed(study),
        lapse_share(study),
        mean_maintenance(study),
        mean_age(study),
    )
    main = indicator_table(
        study, "legal_indicators", ("授权、有效与失效", "Granted, in force, lapsed"), numbers
    )
    states, reasons, years = legal_states(study), lapse_reasons(study), lapses_by_year(study)
    types, bands, kept_up = grants_by_type(study), maintenance_bands(study), survival(study)
    return Chapter(
        id="legal",
        title="法律状态与维持",
        title_en="Legal state and maintenance",
        findings=kept((_state(main, numbers), _reasons(reasons), _years(main, bands, numbers[6]))),
        tables=(main, types, states, reasons, bands, kept_up),
        figures=_figures(states, reasons, years, kept_up),
    )


def _figures(states: Table, reasons: Table, years: Table, kept_up: Table) -> tuple[Figure, ...]:
    return (
        Figure(
            id="legal_states",
            title="法律状态构成",
            title_en="Legal states",
            kind="pie",
            table=states,
            x="state",
            y=("count",),
        ),
        Figure(
            id="lapse_reasons",
            title="失效原因构成",
            title_en="Reasons of lapse",
            kind="pie",
            table=reasons,
            x="reason",
            y=("count",),
        ),
        Figure(
            id="lapses_by_year",
            title="年度失效量",
            title_en="Lapses by year",
            kind="bar",
            table=years,
            x="year",
            y=("count",),
        ),
        Figure(
            id="survival",
            title="授权后维持率",
            title_en="Share maintained after grant",
            kind="line",
            table=kept_up,
            x="age",
            y=("share",),
        ),
    )


def _state(main: Table, numbers: tuple[Indicator, ...]) -> Finding | None:
    force, share, gone, rate = numbers[2], numbers[3], numbers[4], numbers[5]
    if force.value is None:
        return None
    zh, en = [f"有效专利{written(force)}"], [f"{written(force, 'en')} patents are in force"]
    if share.value is not None:
        zh.append(f"有效率为{written(share)}")
        en.append(f"{written(share, 'en')} of the rights granted")
    if gone.value is not None:
        zh.append(f"失效{written(gone)}")
        en.append(f"{written(gone, 'en')} lapsed")
    if rate.value is not None:
        zh.append(f"失效占比{written(rate)}")
        en.append(f"{written(rate, 'en')} of them all")
    return said("，".join(zh) + "。", ", ".join(en) + ".", main, force, share, gone, rate)


def _reasons(reasons: Table) -> Finding | None:
    if reasons.empty:
        return None
    from directions.printing import TERMS_EN, joined, percent

    en = joined(
        (
            f"{TERMS_EN.get(reason, reason)} {count:,} ({percent(share, 'en')})"
            for reason, count, share in reasons.rows.head(3).select("reason", "count", "share").iter_rows()
        ),
        "en",
    )
    return said(
        f"失效原因以{listed(reasons, 'reason', 'count', 3, bracket='share')}为主。",
        f"The main reasons of lapse: {en}.",
        reasons,
    )


def _years(main: Table, bands: Table, mean: Indicator) -> Finding | None:
    if mean.value is None or bands.empty:
        return None
    return said(
        f"已失效专利平均维持{written(mean)}。",
        f"Lapsed patents were maintained for {written(mean, 'en')} on average.",
        main,
        mean,
    )

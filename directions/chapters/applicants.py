"""申请人: who files, of which kind, groups with their members, universities, cooperation, transfers."""

from __future__ import annotations

from directions.chapters.wording import cell, indicator_table, kept, listed, said, written
from directions.facts import Chapter, Figure, Finding, Indicator, Table
from directions.indicators.applicants import applicant_kinds, cr10, hhi, top_applicants
from directions.indicators.cooperation import (
    cooperation,
    cooperation_by_year,
    cooperation_kinds,
    cooperation_share,
    industry_university,
    partners,
)
from directions.indicators.filings import lacking_year
from directions.indicators.groups import applicant_groups, holder_table
from directions.indicators.transfers import transfers_by_applicant
from directions.study import Study

_LINES = 15


def chapter(study: Study) -> Chapter:
    """Compose the chapter with its sections."""
    return Chapter(
        id="applicants",
        title="申请人",
        title_en="Applicants",
        chapters=(_leading(study), _groups(study), _together(study)),
    )


def _leading(study: Study) -> Chapter:
    top, kinds = top_applicants(study, count=_LINES), applicant_kinds(study)
    numbers = (cr10(study), hhi(study))
    main = indicator_table(
        study, "applicant_concentration", ("申请人集中度", "Concentration of applicants"), numbers
    )
    figures = (
        Figure(
            id="top_applicants",
            title="主要申请人",
            title_en="Leading applicants",
            kind="bar_horizontal",
            table=top,
            x="applicant",
            y=("count",),
        ),
        Figure(
            id="applicant_kinds",
            title="申请人类型构成",
            title_en="Kinds of applicants",
            kind="pie",
            table=kinds,
            x="kind",
            y=("count",),
        ),
    )
    return Chapter(
        id="top_applicants",
        title="申请人排名与类型",
        title_en="Ranking and kinds",
        findings=kept((_top(top), _kinds(kinds), _concentration(main, numbers[0]))),
        tables=(top, kinds, main),
        figures=figures,
    )


def _top(top: Table) -> Finding | None:
    if top.empty:
        return None
    return said(
        f"专利量居前的申请人为{listed(top, 'applicant', 'count', 3, bracket='share')}。",
        f"The leading applicants are {listed(top, 'applicant', 'count', 3, 'en', bracket='share')}.",
        top,
    )


def _kinds(kinds: Table) -> Finding | None:
    if kinds.empty:
        return None
    places = sorted(range(kinds.rows.height), key=lambda place: -(kinds.rows["count"][place] or 0))[:3]
    places = [place for place in places if kinds.rows["count"][place]]
    from directions.printing import TERMS_EN

    zh = "、".join(
        f"{kinds.rows['kind'][place]}{cell(kinds, 'count', place)}（{cell(kinds, 'share', place)}）"
        for place in places
    )
    en = ", ".join(
        f"{TERMS_EN.get(kinds.rows['kind'][place], kinds.rows['kind'][place])} "
        f"{cell(kinds, 'count', place, 'en')} ({cell(kinds, 'share', place, 'en')})"
        for place in places
    )
    return said(f"按申请人类型分，{zh}。", f"By kind of applicant: {en}.", kinds)


def _concentration(main: Table, share: Indicator) -> Finding | None:
    if share.value is None:
        return None
    return said(
        f"前10位申请人占{written(share)}。",
        f"The ten largest applicants hold {written(share, 'en')}.",
        main,
        share,
    )


def _groups(study: Study) -> Chapter:
    groups, research = applicant_groups(study), holder_table(study, count=_LINES)
    return Chapter(
        id="groups",
        title="集团与高校、科研院所",
        title_en="Groups, universities and institutes",
        findings=kept((_group(groups), _research(research))),
        tables=(groups, research),
    )


def _group(groups: Table) -> Finding | None:
    if groups.empty:
        return None
    row = groups.rows.row(0, named=True)
    heading = "、".join(row["directions"] or [])
    where = f"，发展方向集中在{heading}" if heading else ""
    where_en = f", rising in {', '.join(row['directions'])}" if heading else ""
    return said(
        f"专利量最多的集团为{row['group']}，成员中有专利的{len(row['members'])}个，"
        f"共{cell(groups, 'count', 0)}，最关注{row['ipc_most'] or '—'}{where}。",
        f"The largest group is {row['group']}: {len(row['members'])} members with "
        f"{cell(groups, 'count', 0, 'en')} patents, most in {row['ipc_most'] or '—'}{where_en}.",
        groups,
    )


def _research(research: Table) -> Finding | None:
    if research.empty:
        return None
    return said(
        f"高校、科研院所中居前的为{listed(research, 'applicant', 'count', 3)}。",
        f"Of universities and institutes {listed(research, 'applicant', 'count', 3, 'en')} lead.",
        research,
    )


def _together(study: Study) -> Chapter:
    numbers = (cooperation(study), cooperation_share(study), industry_university(study))
    main = indicator_table(study, "cooperation", ("合作研发", "Cooperation"), numbers)
    years, kinds = cooperation_by_year(study), cooperation_kinds(study)
    pairs, moved = partners(study, count=_LINES), transfers_by_applicant(study, count=_LINES)
    figures = []
    if not lacking_year(study):
        figures.append(
            Figure(
                id="cooperation_by_year",
                title="年度合作研发量",
                title_en="Joint patents by year",
                kind="bar",
                table=years,
                x="year",
                y=("count", "industry_university"),
                incomplete_from=study.incomplete_from,
            )
        )
    return Chapter(
        id="cooperation",
        title="合作研发与专利转让",
        title_en="Cooperation and transfers",
        findings=kept((_joint(main, numbers), _pair(pairs), _moved(moved))),
        tables=(main, kinds, pairs, moved),
        figures=tuple(figures),
    )


def _joint(main: Table, numbers: tuple[Indicator, ...]) -> Finding | None:
    count, share, research = numbers
    if count.value is None:
        return None
    more = f"，其中产学研合作{written(research)}" if research.value is not None else ""
    more_en = f", {written(research, 'en')} of them firms with research" if more else ""
    return said(
        f"合作研发专利{written(count)}，占{written(share)}{more}。",
        f"{written(count, 'en')} patents are joint ({written(share, 'en')}){more_en}.",
        main,
        *numbers,
    )


def _pair(pairs: Table) -> Finding | None:
    if pairs.empty:
        return None
    row = pairs.rows.row(0, named=True)
    return said(
        f"合作最多的是{row['applicant']}与{row['partner']}，共{cell(pairs, 'count', 0)}。",
        f"{row['applicant']} and {row['partner']} share most: {cell(pairs, 'count', 0, 'en')}.",
        pairs,
    )


def _moved(moved: Table) -> Finding | None:
    if moved.empty:
        return None
    ways = []
    for column, zh, en in (("out", "转出", "gave"), ("into", "转入", "took over")):
        place = int(moved.rows[column].arg_max() or 0)
        if moved.rows[column][place]:
            ways.append((moved.rows["applicant"][place], cell(moved, column, place), zh, en))
    if not ways:
        return None
    zh = "，".join(f"{way}最多的是{name}（{count}）" for name, count, way, _ in ways)
    en = ", ".join(f"{name} {way} most ({count.removesuffix('件')})" for name, count, _, way in ways)
    return said(f"专利转让中，{zh}。", f"Of transfers, {en}.", moved)

"""申请人: who files, of which kind, groups with their members, universities, cooperation, transfers."""

from __future__ import annotations

from directions.chapters.sentences import (
    bracketed,
    cell,
    enumeration,
    indicator_table,
    leaders,
    of_row,
    present,
    sentence,
    valued,
    written,
)
from directions.facts import Chapter, Figure, Finding, Table
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
from directions.notation import term
from directions.study import Study
from patents.bilingual import NO_TEXT, Text

_LINES = 15


def chapter(study: Study) -> Chapter:
    """Compose the chapter with its sections."""
    return Chapter(
        id="applicants",
        title=Text("申请人", "Applicants"),
        chapters=(_leading(study), _groups(study), _together(study)),
    )


def _leading(study: Study) -> Chapter:
    top, kinds = top_applicants(study, count=_LINES), applicant_kinds(study)
    share = cr10(study)
    title = Text("申请人集中度", "Concentration of applicants")
    main = indicator_table(study, "applicant_concentration", title, (share, hhi(study)))
    return Chapter(
        id="top_applicants",
        title=Text("申请人排名与类型", "Ranking and kinds"),
        findings=present(
            leaders(
                top,
                "applicant",
                "count",
                "专利量居前的申请人为{leading}。",
                "The leading applicants are {leading}.",
                bracket="share",
            ),
            _kinds(kinds),
            valued("前10位申请人占{count}。", "The ten largest applicants hold {count}.", main, share),
        ),
        tables=(top, kinds, main),
        figures=(
            Figure("bar_horizontal", top, "applicant", ("count",), in_parts=True),
            Figure("pie", kinds, "kind", ("count",), in_parts=True),
        ),
    )


def _kinds(kinds: Table) -> Finding | None:
    if kinds.empty:
        return None
    counts = kinds.rows["count"].to_list()
    largest = sorted(range(len(counts)), key=lambda place: -(counts[place] or 0))[:3]
    parts = []
    for place in largest:
        if not counts[place]:
            continue
        kind, count, share = (
            kinds.rows["kind"][place],
            cell(kinds, "count", place),
            cell(kinds, "share", place),
        )
        english = f"{term(kind, 'en')} {count.en} ({share.en})"
        parts.append(Text(f"{kind}{count.zh}（{share.zh}）", english))
    return sentence(
        "按申请人类型分，{kinds}。", "By kind of applicant: {kinds}.", kinds, kinds=enumeration(parts)
    )


def _groups(study: Study) -> Chapter:
    groups, research = applicant_groups(study), holder_table(study, count=_LINES)
    return Chapter(
        id="groups",
        title=Text("集团与高校、科研院所", "Groups, universities and institutes"),
        findings=present(
            _group(groups),
            leaders(
                research,
                "applicant",
                "count",
                "高校、科研院所中居前的为{leading}。",
                "Among universities and institutes, {leading} lead.",
            ),
        ),
        tables=(groups, research),
        slides=(groups, research),
    )


def _group(groups: Table) -> Finding | None:
    if groups.empty:
        return None
    row = groups.rows.row(0, named=True)
    directions = row["directions"] or []
    where = Text(f"，发展方向集中在{'、'.join(directions)}", f", rising in {', '.join(directions)}")
    return of_row(
        "专利量最多的集团为{group}，成员中有专利的{members}个，共{count}，最关注{ipc}{where}。",
        "The largest group is {group}: {members} members with {count} patents, most in {ipc}{where}.",
        groups,
        members=len(row["members"]),
        ipc=row["ipc_most"] or "—",
        where=where if directions else NO_TEXT,
    )


def _together(study: Study) -> Chapter:
    numbers = (cooperation(study), cooperation_share(study), industry_university(study))
    _, share, research = numbers
    main = indicator_table(study, "cooperation", Text("合作研发", "Cooperation"), numbers)
    years, kinds = cooperation_by_year(study), cooperation_kinds(study)
    pairs, moved = partners(study, count=_LINES), transfers_by_applicant(study, count=_LINES)
    drawn = Figure(
        "bar", years, "year", ("count", "industry_university"), incomplete_from=study.incomplete_from
    )
    return Chapter(
        id="cooperation",
        title=Text("合作研发与专利转让", "Cooperation and transfers"),
        findings=present(
            valued(
                "合作研发专利{count}，占{share}{more}。",
                "{count} patents are joint ({share}){more}.",
                main,
                *numbers,
                share=written(share),
                more=bracketed(
                    research,
                    "，其中产学研合作{}",
                    ", {} of them between firms and universities or institutes",
                ),
            ),
            of_row(
                "合作最多的是{applicant}与{partner}，共{count}。",
                "{applicant} and {partner} share the most patents: {count}.",
                pairs,
            ),
            _moved(moved),
        ),
        tables=(main, kinds, pairs, moved),
        figures=() if lacking_year(study) else (drawn,),
    )


def _moved(moved: Table) -> Finding | None:
    if moved.empty:
        return None
    ways = []
    for column, way in (
        ("out", Text("转出", "transferred the most patents")),
        ("into", Text("转入", "acquired the most")),
    ):
        place = int(moved.rows[column].arg_max() or 0)
        if moved.rows[column][place]:
            name, count = moved.rows["applicant"][place], cell(moved, column, place)
            ways.append(Text(f"{way.zh}最多的是{name}（{count.zh}）", f"{name} {way.en} ({count.en})"))
    if not ways:
        return None
    return sentence("专利转让中，{ways}。", "{ways}.", moved, ways=enumeration(ways, "，"))

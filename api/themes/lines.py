"""Answers on themes as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from api.themes.shapes import (
    EditLine,
    GrowthFacts,
    IndustriesAnswer,
    ThemeAnswer,
    ThemeHistoryAnswer,
    ThemeInSnapshot,
    ThemesAnswer,
    ThemeTreeAnswer,
    ThemeTrend,
    TrendsAnswer,
)
from patents.messages import text


def industry_lines(answer: IndustriesAnswer) -> list[str]:
    """Industries, scheme by scheme."""
    lines = [text("industries-counted", count=answer.count, where=answer.where)]
    if answer.tagged_noise:
        lines.append(text("noise-left-out", count=answer.tagged_noise))
    for industry in answer.industries:
        themes = "  " + text("themes-of-industry", count=industry.themes) if industry.themes else ""
        lines.append(f"{industry.id}  {industry.count} ({industry.share:.1%}){themes}")
    return lines


def themes_lines(answer: ThemesAnswer) -> list[str]:
    """The themes of an industry."""
    heading = text(
        "themes-heading",
        scope=answer.scope,
        patents=answer.count,
        themes=len(answer.themes),
        core=answer.core,
        assigned=answer.assigned,
        unplaced=answer.unplaced,
    )
    lines = [heading, *_left_out(answer)]
    for theme in answer.themes:
        lines += _theme_in_list(theme, answer.incomplete_from_year)
    years = {year for theme in answer.themes for year in theme.counts_by_year}
    if any(year >= answer.incomplete_from_year for year in years):
        lines.append(text("themes-incomplete-years"))
    return lines


def _left_out(answer: ThemesAnswer) -> list[str]:
    lines = []
    if answer.where != "*":
        lines.append(text("themes-counted", where=answer.where))
    if answer.tagged_noise:
        lines.append(text("noise-left-out", count=answer.tagged_noise))
    if answer.left_out:
        lines.append(text("themes-unplaced-left-out", count=answer.left_out))
    if answer.hidden:
        lines.append(text("themes-hidden-count", count=answer.hidden))
    return [*lines, answer.note] if answer.note else lines


def _theme_in_list(theme: ThemeInSnapshot, incomplete_from: int) -> list[str]:
    figures = text("theme-figures", core=theme.core_size, share=f"{theme.share:.1%}")
    if theme.stability is not None:
        figures += text("theme-stability", stability=f"{theme.stability:.2f}")
    hidden = " " + text("theme-is-hidden") if theme.hidden else ""
    years = " ".join(
        f"{year}:{count}{'*' if year >= incomplete_from else ''}"
        for year, count in sorted(theme.counts_by_year.items())
    )
    return [
        f"{theme.id or '-':<7}  {theme.name}{hidden}  {theme.size} ({figures})",
        f"      {'、'.join(theme.keywords)}",
        f"      {years}",
    ]


def tree_lines(answer: ThemeTreeAnswer) -> list[str]:
    """A tree, indented by depth."""
    layers = "、".join(map(str, answer.layers or [0]))
    heading = text(
        "themes-tree-heading",
        scope=answer.scope,
        patents=answer.count,
        unplaced=answer.unplaced,
        layers=layers,
    )
    lines = [heading]
    stack = [(node.place, 0) for node in reversed(answer.nodes) if node.parent < 0]
    while stack:
        place, depth = stack.pop()
        node = answer.nodes[place]
        id_ = f"  {node.id}" if node.id else ""
        lines.append(f"{'  ' * depth}{node.name}  {node.size}{id_}")
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return lines


def trends_lines(answer: TrendsAnswer) -> list[str]:
    """Growth and emergence of every theme."""
    later, earlier = "、".join(answer.later_span), "、".join(answer.earlier_span)
    lines = [
        text("trends-heading", scope=answer.scope, count=answer.count),
        text("trends-spans", later=later, earlier=earlier),
    ]
    if answer.note:
        lines.append(answer.note)
    if answer.plan_pair:
        lines.append(text("trends-plans", later=answer.plan_pair[1], earlier=answer.plan_pair[0]))
    for trend in answer.themes:
        lines += _trend(trend, answer)
    return [*lines, text("themes-incomplete-years")]


def _trend(trend: ThemeTrend, answer: TrendsAnswer) -> list[str]:
    score = f"{trend.emergence.score:.2f}"
    growth = text("trend-growth", years=_growth(trend.growth), share=_growth(trend.share_growth))
    lines = [
        f"{trend.id}  {trend.name}  " + text("trend-emergence", score=score),
        f"      {growth}",
    ]
    if trend.plan_growth is not None:
        lines.append("      " + text("trend-plan", growth=_growth(trend.plan_growth)))
    years = zip(answer.years.periods, trend.counts, answer.years.incomplete, strict=True)
    counts = " ".join(f"{year}:{count}{'*' if open_ else ''}" for year, count, open_ in years if count)
    return [*lines, f"      {counts}"]


def theme_lines(answer: ThemeAnswer) -> list[str]:
    """All that is known of a theme."""
    own = " " + text("theme-own-name", name=answer.own_name) if answer.own_name != answer.name else ""
    figures = text(
        "theme-patents",
        size=answer.size,
        core=answer.core_size,
        share=f"{answer.share:.1%}",
        count=answer.count,
    )
    if answer.stability is not None:
        figures += text("theme-stability", stability=f"{answer.stability:.2f}")
    lines = [f"{answer.id}  {answer.name}{own}  {answer.scope}"]
    if answer.above:
        lines.append("  " + text("theme-part-of", names=" › ".join(answer.above)))
    lines += [f"  {figures}", text("theme-keywords"), *_keywords(answer), text("theme-representatives")]
    lines += [f"  {patent.number}  {patent.title}" for patent in answer.representatives]
    lines += _development(answer)
    lines.append(text("theme-neighbours"))
    lines += [f"  {near.id}  {near.name}  {near.cosine:.3f}" for near in answer.neighbours]
    return lines + [
        text("theme-event", kind=event.kind, id=event.id, other=event.other).rstrip()
        for event in answer.events
    ]


def _keywords(answer: ThemeAnswer) -> list[str]:
    lines = []
    for word in answer.keywords:
        counts = text("theme-keyword", count=word.patents, elsewhere=word.elsewhere)
        pinned = text("theme-keyword-pinned") if word.pinned else ""
        lines.append(f"  {word.text}  {counts}{pinned}")
        if word.evidence is not None:
            lines.append(f"      {word.evidence.number}: {word.sentence}")
    return lines


def _development(answer: ThemeAnswer) -> list[str]:
    lines = []
    if answer.trend is not None:
        score = f"{answer.trend.emergence.score:.2f}"
        lines.append(text("theme-trend", score=score, years=_growth(answer.trend.growth)))
        plans = zip(answer.plans.periods, answer.trend.plan_counts, answer.trend.plan_shares, strict=True)
        lines.append(
            "  " + "  ".join(f"{plan} {count} ({share:.1%})" for plan, count, share in plans if count)
        )
    for plan in answer.plan_terms:
        lines.append(f"  {plan.plan}: {'、'.join(term.text for term in plan.terms)}")
    return lines


def history_lines(answer: ThemeHistoryAnswer) -> list[str]:
    """What the last build did to the themes of an industry."""
    return [
        text(
            "theme-event-line",
            kind=f"{event.kind:<6}",
            id=f"{event.id} {event.other}".strip(),
            before=event.before,
            after=event.after,
            shared=event.shared,
        )
        for event in answer.events
    ]


def edit_lines(edits: Iterable[EditLine]) -> list[str]:
    """The log of users' changes."""
    return [_edit(line) for line in edits]


def _edit(line: EditLine) -> str:
    what = " ".join(filter(None, [line.kind, line.id, *line.ids, line.name, *line.words]))
    parts = [str(line.number), line.at, line.who, what + _state(line), line.note]
    return "  ".join(filter(None, parts))


def _state(line: EditLine) -> str:
    if line.undoes is not None:
        return " " + text("edit-undoes", number=line.undoes)
    if line.undone:
        return " " + text("edit-undone")
    return "" if line.in_force else " " + text("edit-without-theme")


def _growth(growth: GrowthFacts | None) -> str:
    if growth is None:
        return text("growth-not-known")
    high = "∞" if growth.high is None else f"{growth.high:.2f}"
    ratio = text("growth-new") if growth.ratio is None else f"R {growth.ratio:.2f}"
    return f"{ratio} [{growth.low:.2f}, {high}] ({growth.earlier} → {growth.later})"

"""How themes are printed on a terminal."""

from __future__ import annotations

import typer

from api.themes.shapes import (
    EditLineShape,
    GrowthShape,
    IndustriesAnswer,
    ThemeAnswer,
    ThemesAnswer,
    ThemeTreeAnswer,
    TrendsAnswer,
)

_INCOMPLETE = "* incomplete: patents are published up to 18 months after filing"


def print_industries(answer: IndustriesAnswer) -> None:
    """Print the industries, scheme by scheme."""
    typer.echo(f"{answer.count} patents; counted: {answer.where}")
    if answer.tagged_noise:
        typer.echo(f"{answer.tagged_noise} patents tagged 噪声 are left out")
    for one in answer.industries:
        themes = f"  {one.themes} themes" if one.themes else ""
        typer.echo(f"{one.id}  {one.count} ({one.share:.1%}){themes}")


def print_themes(answer: ThemesAnswer) -> None:
    """Print the themes of an industry."""
    typer.echo(
        f"{answer.scope}: {answer.count} patents, {len(answer.themes)} themes; "
        f"core {answer.core}, assigned {answer.assigned}, unplaced {answer.unplaced}"
    )
    said = [
        f"counted: {answer.where}" if answer.where != "*" else "",
        f"{answer.tagged_noise} patents tagged 噪声 are left out" if answer.tagged_noise else "",
        f"{answer.left_out} patents that no theme takes are left out" if answer.left_out else "",
        f"{answer.hidden} themes are hidden" if answer.hidden else "",
        answer.note,
    ]
    for sentence in filter(None, said):
        typer.echo(sentence)
    for theme in answer.themes:
        firm = "" if theme.stability is None else f", stability {theme.stability:.2f}"
        hidden = " (hidden)" if theme.hidden else ""
        typer.echo(
            f"{theme.id or '-':<7}  {theme.name}{hidden}  "
            f"{theme.size} ({theme.core_size} core, {theme.share:.1%}{firm})"
        )
        typer.echo(f"      {'、'.join(theme.keywords)}")
        typer.echo(f"      {_years(theme.counts_by_year, answer.incomplete_from_year)}")
    if any(year >= answer.incomplete_from_year for theme in answer.themes for year in theme.counts_by_year):
        typer.echo(_INCOMPLETE)


def print_tree(answer: ThemeTreeAnswer) -> None:
    """Print a tree, indented by depth."""
    layers = "、".join(map(str, answer.layers))
    typer.echo(
        f"{answer.scope}: {answer.count} patents, {answer.unplaced} unplaced; layers of {layers} themes"
    )
    depth: list[int] = []
    children = {node.place: node.children for node in answer.nodes}
    order: list[int] = []
    stack = [node.place for node in reversed(answer.nodes) if node.parent < 0]
    while stack:
        place = stack.pop()
        order.append(place)
        stack.extend(reversed(children[place]))
    depth = [0] * len(answer.nodes)
    for place in order:
        node = answer.nodes[place]
        depth[place] = depth[node.parent] + 1 if node.parent >= 0 else 0
        typer.echo(f"{'  ' * depth[place]}{node.name}  {node.size}{f'  {node.id}' if node.id else ''}")


def print_trends(answer: TrendsAnswer) -> None:
    """Print growth and emergence of every theme."""
    typer.echo(f"{answer.scope}: {answer.count} patents")
    typer.echo(f"later span {'、'.join(answer.later_span)} against {'、'.join(answer.earlier_span)}")
    if answer.note:
        typer.echo(answer.note)
    if answer.plan_pair:
        typer.echo(f"plans compared: {answer.plan_pair[1]} against {answer.plan_pair[0]}")
    for trend in answer.themes:
        typer.echo(f"{trend.id}  {trend.name}  emergence {trend.emergence.score:.2f}")
        typer.echo(f"      per year {_growth(trend.growth)}; share {_growth(trend.share_growth)}")
        if trend.plan_growth is not None:
            typer.echo(f"      plan {_growth(trend.plan_growth)}")
        pairs = zip(answer.years.periods, trend.counts, answer.years.incomplete, strict=True)
        typer.echo(f"      {' '.join(f'{y}:{n}{chr(42) if open_ else str()}' for y, n, open_ in pairs if n)}")
    typer.echo(_INCOMPLETE)


def print_theme(answer: ThemeAnswer) -> None:
    """Print all that is known of a theme."""
    own = f" (own name: {answer.own_name})" if answer.own_name != answer.name else ""
    typer.echo(f"{answer.id}  {answer.name}{own}  in {answer.scope}")
    if answer.above:
        typer.echo(f"  part of {' › '.join(answer.above)}")
    firm = "" if answer.stability is None else f"; stability {answer.stability:.2f}"
    typer.echo(
        f"  {answer.size} patents, {answer.core_size} core, {answer.share:.1%} of {answer.count}{firm}"
    )
    _print_keywords(answer)
    typer.echo("representatives")
    for patent in answer.representatives:
        typer.echo(f"  {patent.number}  {patent.title}")
    if answer.trend is not None:
        trend = answer.trend
        typer.echo(f"trend: emergence {trend.emergence.score:.2f}; per year {_growth(trend.growth)}")
        plans = zip(answer.plans.periods, trend.plan_counts, trend.plan_shares, strict=True)
        typer.echo(f"  {'  '.join(f'{plan} {count} ({share:.1%})' for plan, count, share in plans if count)}")
    for plan_terms in answer.plan_terms:
        typer.echo(f"  {plan_terms.plan}: {'、'.join(term.text for term in plan_terms.terms)}")
    typer.echo("neighbours")
    for near in answer.neighbours:
        typer.echo(f"  {near.id}  {near.name}  {near.cosine:.3f}")
    for event in answer.events:
        typer.echo(f"last build: {event.kind} {event.id} {event.other}".rstrip())


def _print_keywords(answer: ThemeAnswer) -> None:
    typer.echo("keywords")
    for word in answer.keywords:
        pinned = ", pinned" if word.pinned else ""
        typer.echo(f"  {word.text}  {word.patents} patents, {word.elsewhere} elsewhere{pinned}")
        if word.evidence is not None:
            typer.echo(f"      {word.evidence.number}: {word.sentence}")


def edit_line(line: EditLineShape) -> str:
    """One line of the log of users' changes."""
    what = " ".join(filter(None, [line.kind, line.id, *line.ids, line.name, *line.words]))
    state = (
        f" (undoes {line.undoes})"
        if line.undoes is not None
        else " (undone)"
        if line.undone
        else ""
        if line.in_force
        else " (its theme is no longer there)"
    )
    who = f"  {line.who}" if line.who else ""
    return f"{line.number}  {line.at}{who}  {what}{state}{f'  {line.note}' if line.note else ''}"


def _years(counts: dict[int, int], incomplete_from: int) -> str:
    return " ".join(
        f"{year}:{count}{'*' if year >= incomplete_from else ''}" for year, count in sorted(counts.items())
    )


def _growth(growth: GrowthShape | None) -> str:
    if growth is None:
        return "not known"
    high = "∞" if growth.high is None else f"{growth.high:.2f}"
    ratio = "new" if growth.ratio is None else f"R {growth.ratio:.2f}"
    return f"{ratio} [{growth.low:.2f}, {high}] ({growth.earlier} → {growth.later})"

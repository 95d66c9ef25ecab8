"""Coarser and finer themes of a scope: any number of themes is a cut of its tree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from api.live.parts import themes_of
from api.live.snapshot import LiveSnapshot
from api.themes.counting import ALL_PATENTS, EVERYTHING, Within, by_year, counted, numbers_of, scope_named
from api.themes.shapes import ThemeInSnapshot, ThemeTreeAnswer, TreeNode
from themes.layers import grouped, name_groups, nearest_layer
from themes.part.format import Scope
from themes.part.opened import Seats

Labels = npt.NDArray[np.int64]


def tree(live: LiveSnapshot, industry: str = "", *, within: Within = EVERYTHING) -> ThemeTreeAnswer:
    """The themes of an industry, coarse to fine.

    Raises:
        NotFoundError: there is no such industry, or it has no themes.
    """
    scope = scope_named(live, industry)
    seats, _ = counted(live, scope, within)
    nodes = themes_of(live).layers(scope)
    sizes = np.bincount(seats.leaf[seats.leaf >= 0], minlength=themes_of(live).base(scope).tree.leaves)
    return ThemeTreeAnswer(
        scope=scope.id or ALL_PATENTS,
        layers=sorted({layer for node in nodes for layer in node.layers}),
        default_layer=themes_of(live).base(scope).themes,
        count=len(seats.rows),
        unplaced=int((seats.theme < 0).sum()),
        nodes=[
            TreeNode(
                place=place,
                parent=node.parent,
                children=node.children,
                layers=node.layers,
                id=node.theme,
                name=_shown_name(live, node.theme, node.name),
                keywords=node.keywords,
                size=int(sizes[list(node.leaves)].sum()),
            )
            for place, node in enumerate(nodes)
        ],
    )


def themes_of_layer(live: LiveSnapshot, scope: Scope, seats: Seats, wanted: int) -> list[ThemeInSnapshot]:
    """The themes of another layer than the default one.

    Args:
        live: the snapshot.
        scope: whose tree is cut.
        seats: patents counted.
        wanted: about how many themes; a layer that the build named is taken where one is near.
    """
    base = themes_of(live).base(scope)
    if not base.themes:
        return []
    nodes = themes_of(live).layers(scope)
    layer = nearest_layer(wanted, base.tree.leaves, sorted({one for node in nodes for one in node.layers}))
    groups = base.tree.cut(layer)
    number = int(groups.max()) + 1
    called = themes_of(live).once(("layer", scope.id, layer), lambda: _called(live, scope, layer, groups))
    labels = grouped(groups, seats.leaf)
    years = by_year(live, seats, labels, number)
    sizes = np.bincount(labels[labels >= 0], minlength=number)
    cores = np.bincount(labels[(labels >= 0) & seats.core], minlength=number)
    central = themes_of(live).once(("central", scope.id, layer), lambda: _central(live, scope, groups))
    return [
        ThemeInSnapshot(
            id=id_,
            name=name,
            keywords=keywords,
            size=int(sizes[group]),
            core_size=int(cores[group]),
            share=int(sizes[group]) / len(seats.rows) if len(seats.rows) else 0.0,
            representatives=central[group],
            counts_by_year=years[group],
        )
        for group, (id_, name, keywords) in enumerate(called)
    ]


def _called(
    live: LiveSnapshot, scope: Scope, layer: int, groups: Labels
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Id, name and keywords of each theme of a layer: the build's where it named the layer."""
    found: dict[int, tuple[str, str, tuple[str, ...]]] = {}
    for node in themes_of(live).layers(scope):
        if layer in node.layers:
            name = _shown_name(live, node.theme, node.name)
            found[int(groups[node.leaves[0]])] = node.theme, name, node.keywords
    if found:
        return [found[group] for group in sorted(found)]
    base, source = themes_of(live).base(scope), themes_of(live).source
    rows = np.array([live.rows_by_key.get(key, -1) for key in base.keys], dtype=np.int64)
    core = np.where(rows >= 0, grouped(groups, base.core_leaf), -1)
    named = name_groups(source.words(np.maximum(rows, 0)), core, int(groups.max()) + 1)
    return [("", name, tuple(keyword.text for keyword in keywords)) for name, keywords in named]


def _central(live: LiveSnapshot, scope: Scope, groups: Labels) -> list[list[str]]:
    """Numbers of the representatives of each group's largest themes, three at most."""
    base = themes_of(live).base(scope)
    found: list[list[str]] = [[] for _ in range(int(groups.max()) + 1)]
    shown = {theme.id: theme.representatives for theme in scope.themes}
    for leaf, theme in enumerate(base.leaf_theme.tolist()):
        keys = shown.get(scope.base_ids[theme], ())[:1] if theme >= 0 else ()
        for number in numbers_of(live, keys):
            own = found[int(groups[leaf])]
            if number not in own and len(own) < 3:
                own.append(number)
    return found


def _shown_name(live: LiveSnapshot, theme: str, name: str) -> str:
    """What users call a theme of the default layer that is also one of another layer."""
    if theme in themes_of(live).by_id:
        scope, number = themes_of(live).by_id[theme]
        return scope.themes[number].name
    return name

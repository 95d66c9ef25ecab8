"""Coarser and finer themes: the tree of layers, each node with a name and keywords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from themes.keywords import Keyword, theme_keywords
from themes.model import ThemeModel
from themes.names import ThemeTerms, theme_names
from themes.tree import Node

__all__ = ["NamedNode", "grouped", "name_groups", "named_layers", "nearest_layer"]

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NamedNode:
    """A node of the tree with what it is called.

    Attributes:
        node: its place in the tree.
        name: unique among its siblings.
        keywords: best first.
        theme: number of the theme of the default layer that it is, −1 for none.
    """

    node: Node
    name: str
    keywords: tuple[Keyword, ...]
    theme: int


def grouped(groups: Labels, leaves: Labels) -> Labels:
    """Map leaves to their groups, −1 staying −1.

    Args:
        groups: int64 of shape (L,): group of each leaf.
        leaves: int64 of any shape: leaf numbers.
    """
    return np.append(groups, -1)[leaves]


def nearest_layer(wanted: int, leaves: int, layers: Sequence[int]) -> int:
    """The layer that "about so many" means: one that is there within a tenth, else the number itself.

    Args:
        wanted: number of themes asked for, at least 1.
        leaves: the most there are.
        layers: numbers of themes of the layers at hand.
    """
    wanted = max(1, min(wanted, leaves))
    near = [layer for layer in layers if abs(layer - wanted) <= 0.1 * wanted]
    return min(near, key=lambda layer: (abs(layer - wanted), layer), default=wanted)


def name_groups(
    terms: ThemeTerms, core: Labels, themes: int, *, keywords: int = 10
) -> list[tuple[str, tuple[Keyword, ...]]]:
    """Names and keywords of the themes of one layer.

    Args:
        terms: of n patents.
        core: int64 of shape (n,): theme of the core members, −1 for others.
        themes: number of themes K.
        keywords: per theme.
    """
    listed = theme_keywords(terms.counts, core, themes, stop=terms.stop, keywords=keywords)
    return list(zip(theme_names(terms, core, themes, listed), listed, strict=True))


def named_layers(
    model: ThemeModel,
    terms: ThemeTerms,
    *,
    layers: Sequence[int] = (),
    keywords: int = 10,
    default: Sequence[tuple[str, tuple[Keyword, ...]]] | None = None,
) -> tuple[NamedNode, ...]:
    """Name the themes of several layers.

    Args:
        model: a build.
        terms: of its n patents.
        layers: wanted numbers of themes; the default layer's is added. None given: those
            of the model's settings.
        keywords: per theme.
        default: names and keywords of the themes of the default layer where they are at hand.

    Returns:
        Nodes, parents before children, none with a single child; () for a build without themes. A
        node is named among the themes of its coarsest layer, so that siblings differ.
    """
    if not model.themes:
        return ()
    wanted = {
        max(1, min(layer, model.tree.leaves)) for layer in (*(layers or model.settings.layers), model.themes)
    }
    nodes = model.tree.layered(tuple(sorted(wanted)))
    called: dict[tuple[int, int], tuple[str, tuple[Keyword, ...]]] = {}
    for layer in sorted({node.layers[0] for node in nodes}):
        groups = model.tree.cut(layer)
        if layer == model.themes and default is not None:
            called |= {
                (layer, int(groups[leaf])): default[theme]
                for leaf, theme in enumerate(model.leaf_theme.tolist())
            }
            continue
        core = grouped(groups, model.core_leaf)
        texts = name_groups(terms, core, int(groups.max()) + 1, keywords=keywords)
        called |= {(layer, number): text for number, text in enumerate(texts)}
    cuts = {layer: model.tree.cut(layer) for layer in wanted}
    return tuple(
        NamedNode(
            node,
            *called[node.layers[0], int(cuts[node.layers[0]][node.leaves[0]])],
            int(model.leaf_theme[node.leaves[0]]) if model.themes in node.layers else -1,
        )
        for node in nodes
    )

"""What a chain is: a tree of nodes, each with a 检索式."""

from __future__ import annotations

from dataclasses import dataclass

from patents.bilingual import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node (环节) of a chain.

    Attributes:
        name: unique in its chain.
        title: as printed.
        query: 检索式; empty for a node that holds what those below it hold and nothing else.
        parent: name of the node above it; empty at the top.
        beside: name of the node it stands beside (赤泥 beside 氧化铝); empty for a link of the chain.
        stage: 上游, 中游, 下游, or whatever the chain calls it.
        ipc: beginnings of main classifications that mean about the same; for references that are counts
            by class.
        notes: for readers of the file.
    """

    name: str
    title: Text
    query: str = ""
    parent: str = ""
    beside: str = ""
    stage: str = ""
    ipc: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A chain (产业链).

    Attributes:
        name: short and stable: `aluminium`.
        title: for reports.
        nodes: in order, parents before children.
        source: where the chain comes from.
    """

    name: str
    title: Text
    nodes: tuple[Node, ...]
    source: str = ""

    def node(self, name: str) -> Node:
        """The node of a name.

        Raises:
            KeyError: there is none.
        """
        return {node.name: node for node in self.nodes}[name]

    def below(self, name: str) -> tuple[Node, ...]:
        """Nodes directly below one; those at the top for ''."""
        return tuple(node for node in self.nodes if node.parent == name)

    def links(self) -> tuple[Node, ...]:
        """Nodes at the top that follow each other, without those that stand beside one."""
        return tuple(node for node in self.below("") if not node.beside)

    def level(self, node: Node) -> int:
        """1 at the top."""
        return 1 if not node.parent else 1 + self.level(self.node(node.parent))

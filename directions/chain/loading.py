"""Chain files: YAML, one list of nodes, children inside their parents; see docs/chains.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn, cast

from directions.chain.model import Chain, Node
from patents.errors import MappingError, NotFoundError, QueryError, UnreadableFileError
from selection.language import parse

SHIPPED = Path(__file__).with_name("chains")
#: In the library's folder.
FOLDER = "chains"
_CHAIN_KEYS = {"name", "title", "title_en", "source", "nodes"}
_NODE_KEYS = {"name", "name_en", "query", "stage", "beside", "ipc", "notes", "children"}
_HELP = "docs/chains.md shows how a chain file is written"
Entry = Mapping[str, object]


def load_chain(path_or_name: str | Path, *, folder: Path | None = None) -> Chain:
    """Load a chain.

    Args:
        path_or_name: the name of a shipped chain or of one in the library's folder, or a YAML file.
        folder: of the library, whose `chains/` come before the shipped ones.

    Raises:
        NotFoundError: there is no such chain; the message names those there are.
        UnreadableFileError, MappingError: its file is wrong; see `read_chain`.
    """
    path = Path(path_or_name)
    if path.suffix in {".yaml", ".yml"}:
        return read_chain(path)
    files = _files(folder)
    if file := files.get(str(path_or_name)):
        return read_chain(file)
    raise NotFoundError(
        f"there is no chain {str(path_or_name)!r}", help=f"use {', '.join(sorted(files))}, or a YAML file"
    )


def known_chains(folder: Path | None = None) -> tuple[Chain, ...]:
    """Every chain of a library: its own and the shipped ones, by name."""
    return tuple(read_chain(path) for _, path in sorted(_files(folder).items()))


def read_chain(path: Path) -> Chain:
    """Read a chain file.

    Raises:
        UnreadableFileError: there is no such file, or it is no YAML.
        MappingError: it says something that a chain cannot say; names the node and the key.
    """
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableFileError(f"chain file {path} cannot be read: {error}", help=_HELP) from error
    return _Reader(path).chain(content)


def _files(folder: Path | None) -> dict[str, Path]:
    folders = [SHIPPED, *([folder / FOLDER] if folder else [])]
    return {path.stem: path for one in folders for path in sorted(one.glob("*.yaml"))}


class _Reader:
    """Checks and converts one file; every complaint names the file and the node."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def chain(self, content: object) -> Chain:
        entry = self._entry(content, "the file", _CHAIN_KEYS)
        name = self._text(entry, "name", "the file") or self._path.stem
        nodes = tuple(self._nodes(entry.get("nodes"), "the file", "nodes", parent=""))
        self._check(nodes)
        return Chain(
            name=name,
            title=self._text(entry, "title", "the file") or name,
            title_en=self._text(entry, "title_en", "the file"),
            source=self._text(entry, "source", "the file"),
            nodes=nodes,
        )

    def _nodes(self, listed: object, where: str, key: str, *, parent: str) -> Iterator[Node]:
        if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
            self._refuse(where, f"needs a list `{key}`")
        for one in listed:
            yield from self._node(one, parent)

    def _node(self, content: object, parent: str) -> Iterator[Node]:
        entry = self._entry(content, f"a node under {parent}" if parent else "a node", _NODE_KEYS)
        name = self._text(entry, "name", "a node")
        if not name:
            self._refuse(f"a node under {parent or 'the file'}", "has no `name`")
        where = f"node {name}"
        query, children = self._text(entry, "query", where), entry.get("children")
        if not query and not children:
            self._refuse(where, "has neither `query` nor `children`")
        if parent and entry.get("beside"):
            self._refuse(where, "is below another node: only nodes at the top stand `beside` one")
        yield Node(
            name=name,
            query=self._query(query, where),
            parent=parent,
            beside=self._text(entry, "beside", where),
            stage=self._text(entry, "stage", where),
            ipc=self._texts(entry, "ipc", where),
            name_en=self._text(entry, "name_en", where),
            notes=self._text(entry, "notes", where),
        )
        if children:
            yield from self._nodes(children, where, "children", parent=name)

    def _query(self, text: str, where: str) -> str:
        if text:
            try:
                parse(text)
            except QueryError as error:
                raise MappingError(
                    f"{self._path}: {where}, `query`: {error.what}", help=error.help
                ) from error
        return text

    def _check(self, nodes: Sequence[Node]) -> None:
        names = [node.name for node in nodes]
        for name in names:
            if names.count(name) > 1:
                self._refuse(f"node {name}", "is there twice")
        links = {node.name for node in nodes if not node.parent and not node.beside}
        if not links:
            self._refuse("the file", "has only nodes that stand beside others")
        for node in nodes:
            if node.beside and node.beside not in links:
                self._refuse(
                    f"node {node.name}", f"stands beside {node.beside!r}, which is no link of the chain"
                )

    def _entry(self, content: object, where: str, keys: set[str]) -> Entry:
        if not isinstance(content, Mapping):
            self._refuse(where, "is no mapping of keys to values")
        entry = cast(Entry, content)
        unknown = sorted(str(key) for key in entry if key not in keys)
        if unknown:
            known = ", ".join(sorted(keys))
            self._refuse(where, f"has unknown keys {', '.join(unknown)}; known are {known}")
        return entry

    def _text(self, entry: Entry, key: str, where: str) -> str:
        value = entry.get(key, "")
        if value is None:
            return ""
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            self._refuse(where, f"`{key}` is no text")
        return str(value).strip()

    def _texts(self, entry: Entry, key: str, where: str) -> tuple[str, ...]:
        value = entry.get(key) or ()
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, Sequence) or not all(isinstance(one, str) for one in listed):
            self._refuse(where, f"`{key}` is no list of texts")
        return tuple(str(one).strip() for one in listed)

    def _refuse(self, where: str, why: str) -> NoReturn:
        raise MappingError(f"{self._path}: {where} {why}", help=_HELP)

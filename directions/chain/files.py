"""Chain files: YAML, one list of nodes, children inside their parents; see docs/chains.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from directions.chain.model import Chain, Node
from patents.bilingual import Text
from patents.errors import MappingError, NotFoundError, QueryError
from patents.messages import Message, message
from patents.written_files import WrittenFile, in_file, read_yaml
from selection.language import parse

SHIPPED = Path(__file__).with_name("chains")
#: In the library's folder.
FOLDER = "chains"
_CHAIN_KEYS = {"name", "title", "title_en", "source", "nodes"}
_NODE_KEYS = {"name", "name_en", "query", "stage", "beside", "ipc", "notes", "children"}
_EXAMPLE = "docs/chains.md"


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
    raise NotFoundError("chain-not-found", name=str(path_or_name), names=", ".join(sorted(files)))


def known_chains(folder: Path | None = None) -> tuple[Chain, ...]:
    """Every chain of a library: its own and the shipped ones, by name."""
    return tuple(read_chain(path) for _, path in sorted(_files(folder).items()))


def read_chain(path: Path) -> Chain:
    """Read a chain file.

    Raises:
        UnreadableFileError: there is no such file, or it is not YAML.
        MappingError: it says something that a chain cannot say; names the node and the key.
    """
    return _Reader(path, _EXAMPLE).chain(read_yaml(path, _EXAMPLE))


def _files(folder: Path | None) -> dict[str, Path]:
    folders = [SHIPPED, *([folder / FOLDER] if folder else [])]
    return {path.stem: path for home in folders for path in sorted(home.glob("*.yaml"))}


class _Reader(WrittenFile):
    """Checks and converts one file."""

    def chain(self, content: object) -> Chain:
        entry = self.entry(content, in_file(), _CHAIN_KEYS)
        name = self.text(entry, "name", in_file()) or self.path.stem
        nodes = tuple(self._nodes(entry.get("nodes"), in_file(), "nodes", parent=""))
        self._check(nodes)
        return Chain(
            name=name,
            title=Text(
                self.text(entry, "title", in_file()) or name,
                self.text(entry, "title_en", in_file()) or name,
            ),
            source=self.text(entry, "source", in_file()),
            nodes=nodes,
        )

    def _nodes(self, listed: object, where: Message, key: str, *, parent: str) -> Iterator[Node]:
        if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
            self.refuse(where, message("entry-list-needed", key=key))
        for entry in listed:
            yield from self._node(entry, parent)

    def _node(self, content: object, parent: str) -> Iterator[Node]:
        somewhere = message("place-node-under", name=parent) if parent else message("place-some-node")
        entry = self.entry(content, somewhere, _NODE_KEYS)
        name = self.text(entry, "name", somewhere)
        if not name:
            self.refuse(somewhere, message("entry-name-needed"))
        where = message("place-node", name=name)
        query, children = self.text(entry, "query", where), entry.get("children")
        if not query and not children:
            self.refuse(where, message("node-empty"))
        if parent and entry.get("beside"):
            self.refuse(where, message("node-beside-below"))
        yield Node(
            name=name,
            title=Text(name, self.text(entry, "name_en", where) or name),
            query=self._query(query, where),
            parent=parent,
            beside=self.text(entry, "beside", where),
            stage=self.text(entry, "stage", where),
            ipc=self.texts(entry, "ipc", where),
            notes=self.text(entry, "notes", where),
        )
        if children:
            yield from self._nodes(children, where, "children", parent=name)

    def _query(self, text: str, where: Message) -> str:
        if text:
            try:
                parse(text)
            except QueryError as error:
                raise MappingError("chain-query-wrong", path=self.path, where=where, problem=error) from error
        return text

    def _check(self, nodes: Sequence[Node]) -> None:
        names = [node.name for node in nodes]
        for name in names:
            if names.count(name) > 1:
                self.refuse(message("place-node", name=name), message("entry-twice"))
        links = {node.name for node in nodes if not node.parent and not node.beside}
        if not links:
            self.refuse(in_file(), message("chain-without-links"))
        for node in nodes:
            if node.beside and node.beside not in links:
                self.refuse(
                    message("place-node", name=node.name), message("node-beside-unknown", name=node.beside)
                )

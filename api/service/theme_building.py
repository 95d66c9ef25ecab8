"""Finding themes for every scope of a library, and placing patents in those that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from api.service.reporting import Report
from api.service.theme_scopes import WHOLE_LIBRARY, Scope, ThemeFacts, ThemesPart, read_part, write_part

if TYPE_CHECKING:
    import pyarrow as pa

    from terms.ngrams import TermCounts
    from themes.describe import ThemeText
    from themes.identity import CarriedOver, Membership
    from themes.model import ThemeModel

# Fewer patents have no themes worth the name; they are listed instead.
FEWEST_PATENTS = 30
_KEYWORDS = 10


@dataclass(frozen=True)
class ThemeSource:
    """What themes are made of.

    Attributes:
        table: the columns, n rows, with `industries`.
        vectors: float32 of shape (n, d), the first passage of each patent; zero without text.
        scheme: whose industries are scopes.
    """

    table: pa.Table
    vectors: npt.NDArray[np.float32]
    scheme: str

    @cached_property
    def keys(self) -> list[str]:
        """Key of each row."""
        return [str(key) for key in self.table.column("key").to_pylist()]

    @cached_property
    def texts(self) -> list[str]:
        """Title and abstract of each row."""
        titles, abstracts = (self.table.column(name).to_pylist() for name in ("title", "abstract"))
        return [f"{title}。{abstract}" for title, abstract in zip(titles, abstracts, strict=True)]

    @cached_property
    def counts(self) -> TermCounts:
        """Terms of the whole library, its mined compounds among them."""
        from terms.lexicon import mine
        from terms.ngrams import count_terms
        from terms.stopwords import roles
        from terms.tokens import tokenize

        tokens = tokenize(self.texts)
        parts = roles(tokens.vocabulary)
        return count_terms(tokens, parts, allowed=mine(tokens, parts).texts())

    @cached_property
    def stop(self) -> npt.NDArray[np.bool_]:
        """Terms that are spread over all technologies and name none."""
        from terms.informative import uninformative

        subclasses = [
            str(symbol)[:4] if symbol else "" for symbol in self.table.column("ipc_main").to_pylist()
        ]
        numbers = {subclass: number for number, subclass in enumerate(sorted(set(subclasses) - {""}))}
        labels = np.array([numbers.get(subclass, -1) for subclass in subclasses], dtype=np.int64)
        return uninformative(self.counts.matrix, labels)

    def scopes(self) -> Iterator[tuple[str, npt.NDArray[np.int64]]]:
        """The whole library, then the industries of the scheme in the order of their names, with rows."""
        import polars as pl

        yield WHOLE_LIBRARY, np.arange(self.table.num_rows, dtype=np.int64)
        industries = pl.Series("industry", pl.from_arrow(self.table.column("industries")))
        listed = pl.DataFrame([industries]).with_row_index("row").explode("industry")
        own = listed.filter(pl.col("industry").str.starts_with(f"{self.scheme}:"))
        for (industry,), rows in own.sort("industry", "row").group_by("industry", maintain_order=True):
            yield str(industry), rows["row"].to_numpy().astype(np.int64)


def build_themes(source: ThemeSource, folder: Path, before: Path | None, report: Report) -> None:
    """Find the themes of every scope and write the part.

    Args:
        source: what they are made of.
        folder: of the new part.
        before: the part of the snapshot before, whose theme ids are carried over.
        report: of progress.
    """
    from terms.ngrams import TermCounts
    from themes.describe import describe
    from themes.fit import fit_themes

    identities = _Identities(before)
    wanted = [(scope, rows) for scope, rows in source.scopes() if len(rows) >= FEWEST_PATENTS]
    scopes: list[Scope] = []
    for number, (scope, rows) in enumerate(wanted):
        report("themes", number, len(wanted))
        vectors = source.vectors[rows]
        model = fit_themes(vectors, [source.keys[row] for row in rows.tolist()])
        texts = describe(
            vectors,
            model.clustering.core_label,
            model.themes,
            TermCounts(source.counts.terms, source.counts.matrix[rows]),
            _text_of(source, rows),
            stop=source.stop,
            keywords=_KEYWORDS,
        )
        place = folder / str(number)
        place.mkdir()
        model.save(place)
        carried = identities.carried_over(scope, model)
        facts = _facts(source, rows, model, texts, carried.ids)
        scopes.append(Scope(id=scope, folder=str(number), themes=facts, events=carried.events))
    report("themes", len(wanted), len(wanted))
    write_part(folder, ThemesPart(scopes=tuple(scopes), next_id=identities.next))


def _text_of(source: ThemeSource, rows: npt.NDArray[np.int64]) -> Callable[[int], str]:
    return lambda row: source.texts[rows[row]]


def place_patents(source: ThemeSource, folder: Path) -> list[list[str]]:
    """The ids of the themes that each patent sits in, by the one placing rule.

    Args:
        source: of the patents; those that the themes were made of keep their place.
        folder: the part.

    Returns:
        n lists, the theme of the whole library first.
    """
    from themes.model import ThemeModel

    rows_of = dict(source.scopes())
    found: list[list[str]] = [[] for _ in range(source.table.num_rows)]
    for scope in read_part(folder).scopes:
        rows = rows_of.get(scope.id, np.empty(0, dtype=np.int64))
        model = ThemeModel.load(folder / scope.folder)
        placed = model.place(source.vectors[rows], [source.keys[row] for row in rows.tolist()])
        for row, label in zip(rows.tolist(), placed.labels.tolist(), strict=True):
            if label >= 0:
                found[row].append(scope.themes[label].id)
    return found


class _Identities:
    """Theme ids, unique in the library: carried over where a theme of the scope lives on, else new."""

    def __init__(self, before: Path | None) -> None:
        self._before = before
        part = read_part(before) if before else ThemesPart(scopes=(), next_id=1)
        self._scopes = {scope.id: scope for scope in part.scopes}
        self.next = part.next_id

    def carried_over(self, scope: str, model: ThemeModel) -> CarriedOver:
        """Ids of the themes of a model, and what became of those before."""
        from themes.identity import Membership, carry_over

        new = Membership(model.keys, model.clustering.assigned_label)
        carried = carry_over(self._membership(scope), new, model.themes, next_number=self.next)
        self.next = carried.next_number
        return carried

    def _membership(self, scope: str) -> Membership | None:
        from themes.identity import Membership
        from themes.model import ThemeModel

        old = self._scopes.get(scope)
        if old is None or self._before is None:
            return None
        model = ThemeModel.load(self._before / old.folder)
        ids = tuple(theme.id for theme in old.themes)
        return Membership(model.keys, model.clustering.assigned_label, ids)


def _facts(
    source: ThemeSource,
    rows: npt.NDArray[np.int64],
    model: ThemeModel,
    texts: Sequence[ThemeText],
    ids: Sequence[str],
) -> tuple[ThemeFacts, ...]:
    cores = np.bincount(model.clustering.core_label + 1, minlength=model.themes + 1)[1:]
    return tuple(
        ThemeFacts(
            id=theme_id,
            name=text.name,
            keywords=tuple(keyword.text for keyword in text.keywords),
            representatives=tuple(source.keys[rows[row]] for row in text.representatives),
            core_size=int(core),
        )
        for theme_id, text, core in zip(ids, texts, cores.tolist(), strict=True)
    )

"""Finding themes for every scope of a library, and showing them as users want them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from library.progress import Report
from patents.messages import text
from themes.part.format import (
    FORMAT,
    EvidenceFacts,
    KeywordFacts,
    LayerNode,
    Scope,
    ScopeStability,
    ThemeFacts,
    ThemesPart,
    base_model,
    read_details,
    read_map,
    write_details,
    write_edited,
    write_layers,
    write_map,
    write_part,
)
from themes.part.ids import Identities, ThemeIds
from themes.part.source import Rows, ThemeSource, Vectors

if TYPE_CHECKING:
    from themes.applied_edits import EditedThemes, Styles
    from themes.describe import ThemeText
    from themes.edit_log import LoggedEdit
    from themes.events import ThemeEvent
    from themes.model import ThemeModel
    from themes.model_names import LanguageModel
    from themes.names import ThemeTerms
    from themes.stability import Stability

# Fewer patents have no themes worth the name; they are listed instead.
FEWEST_PATENTS = 30
_KEYWORDS = 10
_NEIGHBOURS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How themes are built.

    Attributes:
        edits: users' changes that stand, the oldest first.
        next_id: first number that no edit has given to a theme.
        stability: fit again on subsamples, to tell how firm each theme is.
        namer: a language model that names themes; None names them by their keywords.
    """

    edits: tuple[LoggedEdit, ...] = ()
    next_id: int = 1
    stability: bool = False
    namer: LanguageModel | None = None

    def of(self, scope: str) -> tuple[LoggedEdit, ...]:
        """The edits of one scope."""
        return tuple(line for line in self.edits if line.scope == scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The themes of a scope as they were found, on m patents.

    `drawn`: they were found just now: the folder has their map, and no layers yet.
    """

    scope: str
    folder: Path
    rows: Rows
    vectors: Vectors
    model: ThemeModel
    ids: tuple[str, ...]
    events: tuple[ThemeEvent, ...]
    drawn: bool
    firm: ScopeStability | None = None
    firm_themes: dict[str, float] | None = None


def build_themes(
    source: ThemeSource, folder: Path, before: ThemeIds, options: BuildOptions, report: Report
) -> None:
    """Find the themes of every scope and write the part.

    Args:
        source: what they are made of.
        folder: of the new part.
        before: ids of the themes of the build before, which are carried over.
        options: how.
        report: of progress.
    """
    from themes.fit import fit_with_graph
    from themes.map import draw_map

    identities = Identities(before, options.next_id)
    wanted = [(scope, rows) for scope, rows in source.scopes.items() if len(rows) >= FEWEST_PATENTS]
    scopes: list[Scope] = []
    for number, (scope, rows) in enumerate(wanted):
        report(text("progress-themes"), number, len(wanted))
        vectors = source.heads.take(rows)
        model, graph = fit_with_graph(vectors, [source.keys[row] for row in rows.tolist()])
        carried = identities.carried_over(scope, model)
        place = folder / str(number)
        place.mkdir()
        model.save(place)
        write_map(place, draw_map(model, graph))
        del graph
        found = _Found(
            scope=scope,
            folder=place,
            rows=rows,
            vectors=vectors,
            model=model,
            ids=carried.ids,
            events=carried.events,
            drawn=True,
        )
        if options.stability and model.themes:
            found = _with_stability(found)
        scopes.append(_finished(source, found, options))
    report(text("progress-themes"), len(wanted), len(wanted))
    write_part(folder, ThemesPart(scopes=tuple(scopes), next_id=identities.next, format=FORMAT))


def reshape_scope(source: ThemeSource, folder: Path, scope: Scope, options: BuildOptions) -> Scope:
    """Apply the edits of a scope anew to the themes that were found.

    Args:
        source: of the snapshot.
        folder: of the part; the scope's folder in it holds links that may be replaced.
        scope: as it was.
        options: the edits that stand now.
    """
    place = folder / scope.folder
    for gone in (*(place / "edited").glob("*"), place / "details.json"):
        gone.unlink()
    if (place / "edited").is_dir():
        (place / "edited").rmdir()
    model = base_model(place)
    row_of = {key: row for row, key in enumerate(source.keys)}
    rows = np.array([row_of.get(key, -1) for key in model.keys], dtype=np.int64)
    if (rows < 0).any():
        model, rows = _present(model, rows)
    found = _Found(
        scope=scope.id,
        folder=place,
        rows=rows,
        vectors=source.heads.take(rows),
        model=model,
        ids=scope.base_ids,
        events=scope.events,
        drawn=False,
        firm=scope.stability,
        firm_themes={theme.id: theme.stability for theme in scope.themes if theme.stability is not None},
    )
    return _finished(source, found, options)


def restyle_scope(folder: Path, scope: Scope, options: BuildOptions) -> Scope:
    """Apply names, hiding and pinned keywords anew; nothing else has changed.

    Args:
        folder: of the part.
        scope: as it was.
        options: the edits that stand now.
    """
    from themes.applied_edits import styles_of

    styles = styles_of([line.edit for line in options.of(scope.id)])
    details = read_details(folder / scope.folder)
    own = [tuple(word.text for word in words) for words in details]
    themes = tuple(
        _styled(replace(theme, name=theme.own_name, keywords=words), styles)
        for theme, words in zip(scope.themes, own, strict=True)
    )
    return replace(scope, themes=themes)


def _present(model: ThemeModel, rows: Rows) -> tuple[ThemeModel, Rows]:
    """Leave out the patents that the library calls otherwise now."""
    from themes.clusters import Clustering

    kept = np.flatnonzero(rows >= 0)
    old = model.clustering
    clustering = Clustering(old.core_label[kept], old.assigned_label[kept], old.strength[kept])
    keys = tuple(model.keys[place] for place in kept.tolist())
    return replace(model, keys=keys, clustering=clustering, core_leaf=model.core_leaf[kept]), rows[kept]


def _with_stability(found: _Found) -> _Found:
    from themes.stability import stability

    measured: Stability = stability(found.model, found.vectors)
    return replace(
        found,
        firm=ScopeStability(
            core_rand=round(measured.core_rand, 4),
            core_share=round(measured.core_share, 4),
            all_rand=round(measured.all_rand, 4),
        ),
        firm_themes={
            id_: round(share, 3) for id_, share in zip(found.ids, measured.themes.tolist(), strict=True)
        },
    )


def _finished(source: ThemeSource, found: _Found, options: BuildOptions) -> Scope:
    """Apply users' edits, name the themes, and write what the scope's folder lacks."""
    from themes.applied_edits import apply_edits
    from themes.describe import describe

    lines = options.of(found.scope)
    edited = apply_edits(
        found.model,
        found.ids,
        [line.edit for line in lines],
        found.vectors,
        lambda terms: source.holding(found.rows, terms),
    )
    if edited.model is not found.model:
        write_edited(found.folder, edited.model)
    _redraw(found, edited)
    words = source.words(found.rows)
    texts = describe(
        found.vectors,
        edited.model.clustering.core_label,
        edited.model.themes,
        words,
        lambda row: source.text(int(found.rows[row])),
        keywords=_KEYWORDS,
    )
    write_details(found.folder, tuple(_keywords(source, found.rows, text) for text in texts))
    if found.drawn:
        _write_layers(found, words, texts if edited.model is found.model else None)
    called = _called(source, found.rows, texts, options.namer)
    return Scope(
        id=found.scope,
        folder=found.folder.name,
        themes=_facts(source, found, edited, texts, called),
        events=found.events,
        base_ids=found.ids,
        stability=found.firm,
        skipped=tuple(lines[place].number for place in edited.skipped),
    )


def _redraw(found: _Found, edited: EditedThemes) -> None:
    """Put labels and outlines of the themes on the map that the patents have."""
    from themes.map import ThemeMap, labels_and_outlines

    if edited.model is found.model and found.drawn:
        return
    drawn = read_map(found.folder)
    keys = base_model(found.folder).keys
    core = np.full(len(keys), -1, dtype=np.int64)
    place = {key: row for row, key in enumerate(keys)}
    core[[place[key] for key in found.model.keys]] = edited.model.clustering.core_label
    (found.folder / "map.npz").unlink()
    shown = labels_and_outlines(drawn.patents, core, edited.model.themes)
    write_map(found.folder, ThemeMap(drawn.patents, *shown))


def _keywords(source: ThemeSource, rows: Rows, text: ThemeText) -> tuple[KeywordFacts, ...]:
    return tuple(
        KeywordFacts(
            text=word.text,
            score=word.score,
            patents=word.patents,
            elsewhere=word.elsewhere,
            evidence=EvidenceFacts(key=source.keys[rows[shown.row]], sentence=shown.sentence)
            if shown
            else None,
        )
        for word, shown in zip(text.keywords, text.evidence, strict=True)
    )


def _called(
    source: ThemeSource, rows: Rows, texts: Sequence[ThemeText], namer: LanguageModel | None
) -> tuple[str, ...]:
    """Names by keywords, or by the language model where one is set."""
    from themes.model_names import Subject, name_themes

    if namer is None:
        return tuple(text.name for text in texts)
    subjects = [
        Subject(
            text.name,
            tuple(word.text for word in text.keywords),
            tuple(source.titles(rows[list(text.representatives)])),
        )
        for text in texts
    ]
    return name_themes(subjects, namer)


def _facts(
    source: ThemeSource,
    found: _Found,
    edited: EditedThemes,
    texts: Sequence[ThemeText],
    called: Sequence[str],
) -> tuple[ThemeFacts, ...]:
    model = edited.model
    cores = np.bincount(model.clustering.core_label + 1, minlength=model.themes + 1)[1:].tolist()
    near = _nearest_themes(model, edited.ids)
    firm = found.firm_themes or {}
    return tuple(
        _styled(
            ThemeFacts(
                id=id_,
                name=called[theme],
                own_name=called[theme],
                keywords=tuple(word.text for word in texts[theme].keywords),
                representatives=tuple(source.keys[found.rows[row]] for row in texts[theme].representatives),
                core_size=cores[theme],
                neighbours=near[theme],
                stability=firm.get(id_),
            ),
            edited.styles,
        )
        for theme, id_ in enumerate(edited.ids)
    )


def _styled(theme: ThemeFacts, styles: Styles) -> ThemeFacts:
    """Show a theme as users want it."""
    pinned = styles.pinned.get(theme.id, ())
    return replace(
        theme,
        name=styles.names.get(theme.id, theme.name),
        hidden=theme.id in styles.hidden,
        keywords=(*pinned, *(word for word in theme.keywords if word not in pinned)),
    )


def _nearest_themes(model: ThemeModel, ids: Sequence[str]) -> list[tuple[tuple[str, float], ...]]:
    """The nearest other themes of each theme, with the cosine of their centroids."""
    cosines = model.centroids @ model.centroids.T
    np.fill_diagonal(cosines, -2.0)
    order = np.argsort(-cosines, axis=1, kind="stable")[:, : min(_NEIGHBOURS, max(len(ids) - 1, 0))]
    return [
        tuple((ids[other], round(float(cosines[theme, other]), 4)) for other in row)
        for theme, row in enumerate(order.tolist())
    ]


def _write_layers(found: _Found, words: ThemeTerms, texts: Sequence[ThemeText] | None) -> None:
    """Name the coarser and finer themes; users' edits are of the default layer and change none."""
    from themes.layers import named_layers

    nodes = named_layers(
        found.model,
        words,
        keywords=_KEYWORDS,
        default=None if texts is None else [(text.name, text.keywords) for text in texts],
    )
    write_layers(
        found.folder,
        tuple(
            LayerNode(
                leaves=each.node.leaves,
                parent=each.node.parent,
                children=each.node.children,
                layers=each.node.layers,
                name=each.name,
                keywords=tuple(word.text for word in each.keywords),
                theme=found.ids[each.theme] if each.theme >= 0 else "",
            )
            for each in nodes
        ),
    )

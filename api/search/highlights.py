"""Where a hit says what was asked: shared words and the nearest sentence, as spans of its texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from api.live.parts import encoder_of, lexical_of, passages_of
from api.live.snapshot import LiveSnapshot
from api.search.ranking import Ranked, RankedQuery
from api.search.shapes import Highlights, NearestSentence, Span
from index.prior_art import rarity
from index.sentences import Nearest, nearest_sentences
from index.sentences import highlights as find
from terms.words import fold

# Fields that are shown, in their order.
FIELDS = ("title", "abstract", "first_claim")
# Words that more of all passages hold tell nothing; they are marked only where there are no others.
_COMMON_SHARE = 0.2
# A query is compared with sentences by so much of it: what comes behind seldom says what it is about.
_LONGEST_QUERY = 1_000


def highlights(live: LiveSnapshot, query: RankedQuery, hits: Sequence[Ranked]) -> list[Highlights]:
    """Light up hits.

    Args:
        live: the snapshot.
        query: that found them.
        hits: of `ranking`.
    """
    weights = _weights(live, query.words)
    texts = [_texts(live, hit.row) for hit in hits]
    nearest = _nearest(live, query, texts, weights)
    return [
        _highlights(live, hit, own, weights, one) for hit, own, one in zip(hits, texts, nearest, strict=True)
    ]


def _weights(live: LiveSnapshot, words: Sequence[str]) -> dict[str, float]:
    """Rarity of the words that a search goes by, less the common ones."""
    lexical = lexical_of(live)
    held = lexical.known(lexical.looked_up(words))
    telling = {word: number for word, number in held.items() if number <= _COMMON_SHARE * lexical.count}
    return rarity(telling or held, lexical.count)


def _texts(live: LiveSnapshot, row: int) -> dict[str, str]:
    return {name: live.table.column(name)[row].as_py() or "" for name in FIELDS}


def _nearest(
    live: LiveSnapshot, query: RankedQuery, texts: Sequence[dict[str, str]], weights: dict[str, float]
) -> list[Nearest | None]:
    joined = [f"{own['abstract']}\n{own['first_claim']}" for own in texts]
    # The words that count are known, so looking for them does, and is ten times as fast as cutting.
    found = nearest_sentences(
        [query.text[:_LONGEST_QUERY]],
        joined,
        lambda many: encoder_of(live).encode(list(many)),
        lambda text: _held(text, weights),
        weights,
    )
    return [one[0] for one in found]


def _held(text: str, words: Iterable[str]) -> list[str]:
    """Those of some folded words that a text holds."""
    folded = fold(text)
    return [word for word in words if word in folded]


def _highlights(
    live: LiveSnapshot, hit: Ranked, texts: dict[str, str], weights: dict[str, float], nearest: Nearest | None
) -> Highlights:
    shared: dict[str, int] = {}
    asked = list(weights)
    for passage in passages_of(live).of(hit.row).tolist():
        for word, number in lexical_of(live).shared(asked, passage).items():
            shared[word] = shared.get(word, 0) + number
    ordered = dict(sorted(shared.items(), key=lambda item: (-weights[item[0]], item[0])))
    spans = {name: _spans(text, _held(text, ordered)) for name, text in texts.items()}
    sentence = None if nearest is None else _sentence(nearest, len(texts["abstract"]))
    return Highlights(words=ordered, sentence=sentence, **spans)


def _spans(text: str, words: list[str]) -> list[Span]:
    return [Span(word=one.term, start=one.start, stop=one.stop) for one in find(text, words, fold)]


def _sentence(nearest: Nearest, abstract: int) -> NearestSentence:
    """Say which field of `abstract + line end + claim` a sentence stands in."""
    in_claim = nearest.sentence.start > abstract
    offset = abstract + 1 if in_claim else 0
    return NearestSentence(
        field="first_claim" if in_claim else "abstract",
        text=nearest.sentence.text,
        start=nearest.sentence.start - offset,
        stop=nearest.sentence.stop - offset,
        score=round(float(nearest.score), 4),
        cosine=round(float(nearest.cosine), 4),
        shared=round(float(np.clip(nearest.shared, 0, 1)), 4),
    )

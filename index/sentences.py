"""Texts cut into sentences, and the sentence of a hit that comes closest to a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.claim_elements import claim_elements
from index.hits import Vectors

# Sentences end at full stops of either width; semicolons end them in claims and lists of steps.
_END = re.compile(r"[。！？!?；;\n]+|(?<=[^\d\s])\.(?=\s|$)")
_SPACE = re.compile(r"\S(?:.*\S)?", re.DOTALL)
# Where 2 % of claim elements are taken to be in another patent of their main group, 63 % are found in the
# abstract of their own by this mix or by words alone, 53 % by meaning alone; the mix also finds other
# wordings (tried on 12,796 elements of 1,500 first claims).
WORDS_SHARE = 0.75

Encode = Callable[[Sequence[str]], Vectors]
Cut = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands: ``text == whole[start:stop]``."""

    text: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The sentence that comes closest.

    Attributes:
        sentence: of the text looked through.
        score: mix of cosine and shared words (`WORDS_SHARE`), in [−0.25, 1].
        cosine: of the two sentences, in [−1, 1].
        shared: share of the query's words, weighed by rarity, that the sentence holds, in [0, 1].
    """

    sentence: Sentence
    score: float
    cosine: float
    shared: float


@dataclass(frozen=True, slots=True)
class Highlight:
    """A term of the query in a text: ``text[start:stop]``."""

    term: str
    start: int
    stop: int


def sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences; end marks belong to the sentence, white space around it does not."""
    found: list[Sentence] = []
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        kept = _SPACE.search(text[start:end])
        if kept and any(map(str.isalnum, kept.group())):
            found.append(Sentence(kept.group(), start + kept.start(), start + kept.end()))
        start = end
    return found


def clauses(text: str) -> list[Sentence]:
    """Cut a text into pieces of the size of claim elements: sentences, long ones at 所述 and at commas."""
    return [Sentence(one.text, one.start, one.stop) for one in claim_elements(text)]


def nearest_sentences(
    queries: Sequence[str],
    texts: Sequence[str],
    encode: Encode,
    cut: Cut,
    weights: Mapping[str, float] | None = None,
) -> list[list[Nearest | None]]:
    """For each text and each query the sentence that comes closest.

    Args:
        queries: q texts: a query, or the elements of a claim.
        texts: t texts of hits.
        encode: texts → unit vectors; called once for all sentences and queries.
        cut: text → words, `terms.words.words`.
        weights: rarity of words; None to weigh all alike.

    Returns:
        t lists of q; None for a text without any sentence.
    """
    return nearest_among(queries, [sentences(text) for text in texts], encode, cut, weights)


def nearest_among(
    queries: Sequence[str],
    cuts: Sequence[Sequence[Sentence]],
    encode: Encode,
    cut: Cut,
    weights: Mapping[str, float] | None = None,
) -> list[list[Nearest | None]]:
    """The same for texts that are cut already, each into its sentences or clauses."""
    flat = [sentence.text for one in cuts for sentence in one]
    if not flat or not queries:
        return [[None] * len(queries) for _ in cuts]
    vectors = encode([*queries, *flat])
    cosines = vectors[: len(queries)] @ vectors[len(queries) :].T
    shared = shared_words(queries, flat, cut, weights)
    scores = (1 - WORDS_SHARE) * cosines + WORDS_SHARE * shared
    nearest: list[list[Nearest | None]] = []
    start = 0
    for own in cuts:
        nearest.append([_best(own, start, scores[at], cosines[at], shared[at]) for at in range(len(queries))])
        start += len(own)
    return nearest


def shared_words(
    queries: Sequence[str], texts: Sequence[str], cut: Cut, weights: Mapping[str, float] | None = None
) -> npt.NDArray[np.float32]:
    """Share of each query's words, weighed by rarity, that each text holds.

    Returns:
        float32 of shape (q, t) in [0, 1]; 0 for a query without words.
    """
    held = [set(cut(text)) for text in texts]
    shares = np.zeros((len(queries), len(texts)), dtype=np.float32)
    for number, query in enumerate(queries):
        rarity = {word: 1.0 if weights is None else weights.get(word, 0.0) for word in cut(query)}
        total = sum(rarity.values())
        if total > 0:
            shares[number] = [sum(rarity[word] for word in own & rarity.keys()) / total for own in held]
    return shares


def highlights(text: str, terms: Sequence[str], fold: Callable[[str], str] = str.lower) -> list[Highlight]:
    """Where terms stand in a text; of overlapping ones the longer, then the earlier.

    Args:
        text: to look through.
        terms: words of the query; single characters are skipped, they would light up everywhere.
        fold: brings spellings together; must keep the length of a text, as `terms.words.fold` does.
    """
    folded = fold(text)
    found: list[Highlight] = []
    for term in sorted({fold(term) for term in terms if len(term) > 1}):
        pattern = re.escape(term)
        if term.isascii():
            # Latin words count whole: "cat" is not in "location".
            pattern = rf"(?<![a-z0-9]){pattern}(?![a-z0-9])"
        found += [Highlight(term, *match.span()) for match in re.finditer(pattern, folded)]
    kept: list[Highlight] = []
    taken = np.zeros(len(text), dtype=np.bool_)
    for one in sorted(found, key=lambda one: (one.start - one.stop, one.start)):
        if not taken[one.start : one.stop].any():
            taken[one.start : one.stop] = True
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _best(
    own: Sequence[Sentence],
    start: int,
    scores: npt.NDArray[np.float32],
    cosines: npt.NDArray[np.float32],
    shared: npt.NDArray[np.float32],
) -> Nearest | None:
    if not own:
        return None
    at = start + int(np.argmax(scores[start : start + len(own)]))
    return Nearest(own[at - start], float(scores[at]), float(cosines[at]), float(shared[at]))

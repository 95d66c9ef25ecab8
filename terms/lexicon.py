"""Compounds mined from the corpus: 石墨烯 and 磷酸铁锂, which the dictionary cuts apart.

A compound holds together (its words meet far more often than by chance: normalised pointwise
mutual information at its weakest seam) and stands free (many different words on either side:
branch entropy), as in 新词发现 by Matrix67 (2012) and Bouma (2009) for the normalisation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from terms.ngrams import Level, levels, show, terms_of
from terms.stopwords import Roles
from terms.tokens import BREAK, Tokens

__all__ = ["Compound", "Lexicon", "mine"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Compound:
    """One mined compound.

    Attributes:
        text: as shown to people.
        patents: texts that hold it.
        cohesion: normalised pointwise mutual information at the weakest seam, in [−1, 1].
        freedom: the smaller of the left and right branch entropies, in nats.
    """

    text: str
    patents: int
    cohesion: float
    freedom: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compounds of a library, sorted by text."""

    compounds: tuple[Compound, ...]

    def texts(self) -> frozenset[str]:
        """The compounds as shown to people."""
        return frozenset(compound.text for compound in self.compounds)

    def save(self, path: Path) -> None:
        """Write the lexicon as JSON: ``{"format": 1, "compounds": [[text, patents, …], …]}``."""
        rows = [[each.text, each.patents, each.cohesion, each.freedom] for each in self.compounds]
        document = {"format": FORMAT, "compounds": rows}
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read what `save` wrote."""
        rows = json.loads(path.read_text(encoding="utf-8"))["compounds"]
        return cls(tuple(Compound(*row) for row in rows))


def mine(
    tokens: Tokens,
    roles: Roles,
    *,
    fewest: int = 5,
    cohesion: float = 0.1,
    freedom: float = 1.0,
    longest: int = 5,
    found: Iterable[Level] | None = None,
) -> Lexicon:
    """Find the compounds of a corpus.

    Args:
        tokens: all texts of the library.
        roles: what each word may do in a term.
        fewest: texts that a compound must occur in.
        cohesion: smallest normalised mutual information at its weakest seam.
        freedom: smallest branch entropy on either side, in nats.
        longest: words of the longest compound.
        found: levels of the tokens where they are at hand, of `fewest` texts or fewer.

    Returns:
        Compounds of two words and more.
    """
    total = int((tokens.ids != BREAK).sum())
    mined: dict[str, Compound] = {}
    shares: dict[tuple[int, ...], float] = {}
    for level in found or levels(tokens, roles.inside, longest=longest, fewest=fewest):
        grams = [tuple(gram) for gram in level.words.tolist()]
        shares.update(zip(grams, (level.counts / total).tolist(), strict=True))
        if level.words.shape[1] == 1:
            continue
        fit = terms_of(level, tokens.vocabulary, roles, None) & (level.patents >= fewest)
        free = np.minimum(_branching(level, tokens, -1), _branching(level, tokens, 1))
        for number in np.flatnonzero(fit & (free >= freedom)).tolist():
            holds = _cohesion(grams[number], shares)
            if holds >= cohesion:
                text = show([tokens.vocabulary[word] for word in grams[number]])
                mined[text] = _better(
                    mined.get(text),
                    Compound(
                        text, int(level.patents[number]), round(holds, 4), round(float(free[number]), 4)
                    ),
                )
    return Lexicon(tuple(mined[text] for text in sorted(mined)))


def _better(old: Compound | None, new: Compound) -> Compound:
    """Of two cuts of the same characters, the one found in more texts."""
    return new if old is None or new.patents > old.patents else old


def _cohesion(gram: tuple[int, ...], shares: dict[tuple[int, ...], float]) -> float:
    """Normalised pointwise mutual information at the weakest seam of an n-gram."""
    share = shares[gram]
    seams = (shares[gram[:cut]] * shares[gram[cut:]] for cut in range(1, len(gram)))
    return float(np.log(share / max(seams)) / -np.log(share))


def _branching(level: Level, tokens: Tokens, side: int) -> npt.NDArray[np.float64]:
    """Entropy of the neighbours of each n-gram, in nats.

    A break is a neighbour of its own at every occurrence: an end of a phrase is free.

    Args:
        level: n-grams.
        tokens: their texts.
        side: −1 for the word before, 1 for the word after.

    Returns:
        float64 of shape (m,).
    """
    at = level.places - 1 if side < 0 else level.places + level.words.shape[1]
    outside = (at < 0) | (at >= len(tokens.ids))
    neighbour = np.where(outside, BREAK, tokens.ids[np.clip(at, 0, len(tokens.ids) - 1)]).astype(np.int64)
    broken = neighbour == BREAK
    neighbour[broken] = len(tokens.vocabulary) + np.arange(int(broken.sum()))
    _, first, counts = np.unique(
        level.grams.astype(np.int64) * (int(neighbour.max(initial=0)) + 1) + neighbour,
        return_index=True,
        return_counts=True,
    )
    grams = level.grams[first]
    share = counts / level.counts[grams]
    entropy = np.bincount(grams, weights=-share * np.log(share), minlength=len(level.words))
    return np.asarray(entropy, dtype=np.float64)

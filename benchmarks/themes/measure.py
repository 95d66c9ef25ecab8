"""Figures of one system's themes: agreement with IPC, coherence and diversity of the keywords."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy import sparse
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from terms.words import fold

_BLOCK = 4096


def agreement(classes: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """AMI and ARI of the labelled patents with known class, and how many of them there are."""
    known, used = classes >= 0, (classes >= 0) & (labels >= 0)
    if not used.any():
        return {"ami": 0.0, "ari": 0.0, "coverage": 0.0}
    return {
        "ami": round(float(adjusted_mutual_info_score(classes[used], labels[used])), 4),
        "ari": round(float(adjusted_rand_score(classes[used], labels[used])), 4),
        "coverage": round(float(used.sum() / known.sum()), 4),
    }


def noise_as_a_class(classes: np.ndarray, labels: np.ndarray) -> float:
    """AMI with all noise as one cluster, as a user of the raw labels has it."""
    known = classes >= 0
    return round(float(adjusted_mutual_info_score(classes[known], labels[known])), 4)


def rand(one: np.ndarray, other: np.ndarray) -> dict[str, float]:
    """Agreement of two runs on the patents that both label, and their share."""
    both = (one >= 0) & (other >= 0)
    return {
        "ari": round(float(adjusted_rand_score(one[both], other[both])), 4),
        "share": round(float(both.mean()), 4),
    }


def keyword_figures(keywords: list[list[str]], texts: Sequence[str]) -> dict[str, float]:
    """Mean NPMI of keyword pairs by the patents that hold them as text, and share of different keywords.

    The same for every system, whatever its words: a keyword is held where its characters stand. Counted
    in all texts, for in a part of them rare words never meet.
    """
    listed = [[fold(word) for word in words if word.strip()] for words in keywords]
    different = sorted({word for words in listed for word in words})
    held = holding(different, texts)
    column = {word: place for place, word in enumerate(different)}
    values = [
        value
        for words in listed
        for value in _npmi_of_pairs(held[:, [column[word] for word in words]], len(texts))
    ]
    slots = sum(map(len, listed))
    return {
        "npmi": round(float(np.mean(values)), 4) if values else 0.0,
        "diversity": round(len(different) / max(slots, 1), 4),
        "per_theme": round(slots / max(len(listed), 1), 2),
    }


def keyword_precision(
    keywords: list[list[str]], core: np.ndarray, classes: list[str], vocabulary: dict[str, list[str]]
) -> float:
    """Mean share of a theme's keywords that stand in a word of the class that most of its core has."""
    shares = []
    for theme, words in enumerate(keywords):
        held = Counter(classes[row] for row in np.flatnonzero(core == theme).tolist())
        wanted = [fold(word) for word in vocabulary[held.most_common(1)[0][0]]]
        shares.append(np.mean([any(fold(word) in own for own in wanted) for word in words or [" "]]))
    return round(float(np.mean(shares)), 4) if shares else 0.0


def holding(words: list[str], texts: Sequence[str]) -> sparse.csc_matrix:
    """Which text holds which of m folded words anywhere in its characters; float64 of shape (texts, m).

    120,404 abstracts and 15,000 words take about half a minute (Aho and Corasick's automaton of polars).
    """
    column = pl.DataFrame({"word": words, "column": range(len(words))}, schema_overrides={"column": pl.Int32})
    rows, columns = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for start in range(0, len(texts) if words else 0, _BLOCK):
        block = pl.Series("word", [fold(text) for text in texts[start : start + _BLOCK]])
        found = (
            pl.DataFrame({"word": block.str.extract_many(words, overlapping=True)})
            .with_row_index("row", offset=start)
            .explode("word")
            .drop_nulls()
            .unique()
            .join(column, on="word")
        )
        rows.append(found["row"].to_numpy())
        columns.append(found["column"].to_numpy())
    entries = np.concatenate(rows), np.concatenate(columns)
    return sparse.csc_matrix((np.ones(len(entries[0])), entries), shape=(len(texts), len(words)))


def _npmi_of_pairs(held: sparse.csc_matrix, texts: int) -> list[float]:
    """Normalised pointwise mutual information of each pair of columns, −1 where they never meet."""
    both = np.asarray((held.T @ held).todense()) / texts
    share = np.diag(both)
    first, second = np.triu_indices(len(share), 1)
    return [
        npmi(*shares)
        for shares in zip(
            both[first, second].tolist(), share[first].tolist(), share[second].tolist(), strict=True
        )
    ]


def npmi(both: float, one: float, other: float) -> float:
    """NPMI of two words from the share of texts with both and with each."""
    if both == 0:
        return -1.0
    return 0.0 if both == 1 else math.log(both / (one * other)) / -math.log(both)

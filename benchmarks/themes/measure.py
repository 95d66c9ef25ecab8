"""Figures of one system's themes: agreement with IPC, coherence and diversity of the keywords."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from terms.words import fold


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


def keyword_figures(keywords: list[list[str]], texts: list[str]) -> dict[str, float]:
    """Mean NPMI of keyword pairs by the patents that hold them as text, and share of different keywords.

    The same for every system, whatever its words: a keyword is held where its characters stand.
    """
    listed = [[word for word in words if word.strip()] for words in keywords]
    different = sorted({word for words in listed for word in words})
    folded = [fold(text) for text in texts]
    held = {word: np.array([word in text for text in folded]) for word in map(fold, different)}
    values = [
        npmi(held[fold(one)], held[fold(other)]) for words in listed for one, other in combinations(words, 2)
    ]
    slots = sum(map(len, listed))
    return {
        "npmi": round(float(np.mean(values)), 4) if values else 0.0,
        "diversity": round(len(different) / max(slots, 1), 4),
        "per_theme": round(slots / max(len(listed), 1), 2),
    }


def npmi(one: np.ndarray, other: np.ndarray) -> float:
    """Normalised pointwise mutual information of two words, −1 where they never meet."""
    both, first, second = (one & other).mean(), one.mean(), other.mean()
    if both == 0:
        return -1.0
    if both == 1:
        return 0.0
    return float(np.log(both / (first * second)) / -np.log(both))

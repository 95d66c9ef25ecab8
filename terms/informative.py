"""Stop words by statistics: terms that are spread over all technologies tell none.

A term's distribution over IPC subclasses is compared with that of all patents (Kullback–Leibler
divergence). 提高 is spread like the corpus itself and scores near 0, 支架 0.6; 光伏组件 sits in few
subclasses and scores above 2. Small samples diverge by chance, which is subtracted (the first
term of Miller and Madow's correction).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

__all__ = ["divergence", "uninformative"]


def divergence(matrix: sparse.csr_matrix, labels: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """How far each term's spread over classes is from that of all patents.

    Args:
        matrix: CSR of shape (n, m), terms per patent; only presence counts.
        labels: int64 of shape (n,): class of each patent (its main IPC subclass), −1 for none.

    Returns:
        float64 of shape (m,), in nats, at least 0; infinite for a term in no labelled patent.
    """
    known = labels >= 0
    classes = int(labels.max(initial=-1)) + 1
    rows = np.flatnonzero(known)
    member = sparse.csr_matrix((np.ones(len(rows)), (labels[rows], rows)), shape=(classes, len(labels)))
    counts = sparse.csc_matrix(member @ (matrix > 0).astype(np.float64))
    share = np.bincount(labels[rows], minlength=classes) / max(len(rows), 1)
    patents = np.asarray(counts.sum(axis=0)).ravel()
    column = np.repeat(np.arange(counts.shape[1]), np.diff(counts.indptr))
    part = counts.data / patents[column]
    spread = part * np.log(part / share[counts.indices])
    sums = np.bincount(column, weights=spread, minlength=counts.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = (np.diff(counts.indptr) - 1) / (2 * patents)
    return np.where(patents > 0, np.maximum(sums - chance, 0.0), np.inf)


def uninformative(
    matrix: sparse.csr_matrix,
    labels: npt.NDArray[np.int64],
    *,
    below: float = 0.14,
    share: float = 0.002,
) -> npt.NDArray[np.bool_]:
    """Terms that are common and spread over all technologies.

    Args:
        matrix: CSR of shape (n, m), terms per patent.
        labels: int64 of shape (n,): class of each patent, −1 for none.
        below: divergence under which a term tells nothing, as a share of the entropy of the classes
            (5 nats in a library of all technologies, less in one of a single field).
        share: smallest share of the patents that makes a term common; rarer ones are kept, for
            their divergence is not known well.

    Returns:
        bool of shape (m,); none when fewer than two classes are known.
    """
    common = np.bincount(matrix.indices, minlength=matrix.shape[1]) >= share * max(len(labels), 1)
    classes = np.unique(labels[labels >= 0], return_counts=True)[1]
    if len(classes) < 2:
        return np.zeros(matrix.shape[1], dtype=np.bool_)
    parts = classes / classes.sum()
    entropy = float(-(parts * np.log(parts)).sum())
    return np.asarray(common & (divergence(matrix, labels) < below * entropy))

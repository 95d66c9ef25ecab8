"""Which records are held out: decided by a hash, so that twins never straddle training and test."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

Part = Literal["test", "validation", "training"]

# Hash buckets of a thousandth each: [0, 225) test, [225, 275) validation, the rest training.
_BUCKETS = 1_000
_TEST = 225
_VALIDATION = 275
_SEPARATOR = "\x1f"


def twin_key(title: str, applicant: str, abstract: str) -> str:
    """Name of a technology as filed: title and first applicant, or the abstract where no title is known.

    一案双申 and re-filings share it, though they are two patents.
    """
    return f"{title or abstract}{_SEPARATOR}{applicant}"


def part_mask(keys: Sequence[str], part: Part) -> npt.NDArray[np.bool_]:
    """Mark the records of one part.

    Args:
        keys: n twin keys.
        part: ``test`` is what figures are published on; weights of a mix and settings are chosen on
            ``validation``; an encoder learns from ``training`` only.

    Returns:
        bool of shape (n,), the same for the same key on every machine.
    """
    low, high = {"test": (0, _TEST), "validation": (_TEST, _VALIDATION), "training": (_VALIDATION, _BUCKETS)}[
        part
    ]
    return np.fromiter((low <= _bucket(key) < high for key in keys), dtype=np.bool_, count=len(keys))


def _bucket(key: str) -> int:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % _BUCKETS

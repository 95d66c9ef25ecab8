"""Which records are held out: decided by a hash, so that twins never straddle training and test."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

HELD_OUT_SHARE = 0.225
_BUCKETS = 1_000
_SEPARATOR = "\x1f"


def twin_key(title: str, applicant: str, abstract: str) -> str:
    """Name of a technology as filed: title and first applicant, or the abstract where no title is known.

    一案双申 and re-filings share it, though they are two patents.
    """
    return f"{title or abstract}{_SEPARATOR}{applicant}"


def held_out(keys: Sequence[str], share: float = HELD_OUT_SHARE) -> npt.NDArray[np.bool_]:
    """Mark the records that training must not see.

    Args:
        keys: n twin keys.
        share: share of the keys to hold out, in steps of a thousandth.

    Returns:
        bool of shape (n,), the same for the same key on every machine.
    """
    limit = round(share * _BUCKETS)
    buckets = [int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % _BUCKETS for key in keys]
    return np.fromiter((bucket < limit for bucket in buckets), dtype=np.bool_, count=len(keys))

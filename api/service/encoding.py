"""The encoder of a library, loaded once per process."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embed.encoder import Encoder


@lru_cache(maxsize=2)
def encoder_named(name: str) -> Encoder:
    """Load an encoder by name or path; later calls get the same one.

    Raises:
        EncoderError: it cannot be loaded; the message says how to get it.
    """
    from embed.loading import load_encoder

    return load_encoder(name)

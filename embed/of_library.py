"""The encoder of a library, loaded once per process."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embed.encoder import Encoder
    from library.folder import Library

# A setting that begins so names a folder inside the library, which may be moved with it.
INSIDE = "./"


def encoder_of_library(library: Library) -> Encoder:
    """Load the encoder that a library is set to.

    Raises:
        EncoderError: it cannot be loaded; the message says how to get it.
    """
    return encoder_named(resolved(library, library.settings["encoder"]))


def resolved(library: Library, name: str) -> str:
    """Name of an encoder with a folder inside the library written out."""
    return str(library.path / name) if name.startswith(INSIDE) else name


@lru_cache(maxsize=2)
def encoder_named(name: str) -> Encoder:
    """Load an encoder by name or path; later calls get the same one.

    Raises:
        EncoderError: it cannot be loaded; the message says how to get it.
    """
    from embed.loading import load_encoder

    return load_encoder(name)

"""The encoder of a library, kept while memory allows."""

from __future__ import annotations

from embed.encoder import Encoder
from library.folder import Library
from library.last_used import LastUsed

# A setting that begins so names a folder inside the library, which may be moved with it.
INSIDE = "./"
#: Bytes that the encoders of several libraries may take together.
MEMORY = 2 << 30


class Encoders:
    """Encoders by name, shared by the libraries that are set to them.

    Args:
        memory: bytes that they may take together; the one asked for last stays whatever it takes.
    """

    def __init__(self, memory: int = MEMORY) -> None:
        self._loaded: LastUsed[str, Encoder] = LastUsed(memory, lambda encoder: encoder.memory)

    def named(self, name: str) -> Encoder:
        """Load an encoder by name or path, or take the one that is there.

        Raises:
            EncoderError: it cannot be loaded; the message says how to get it.
        """
        encoder = self._loaded.find(name)
        if encoder is None:
            # Most commands need none, and the libraries behind it take a fifth of a second to import.
            from embed.loader import load_encoder

            encoder = load_encoder(name)
            self._loaded.put(name, encoder)
        return encoder

    def of(self, library: Library) -> Encoder:
        """The encoder that a library is set to.

        Raises:
            EncoderError: it cannot be loaded; the message says how to get it.
        """
        return self.named(resolved(library, library.settings["encoder"]))


def encoder_of_library(library: Library) -> Encoder:
    """Load the encoder that a library is set to.

    Raises:
        EncoderError: it cannot be loaded; the message says how to get it.
    """
    return Encoders().of(library)


def resolved(library: Library, name: str) -> str:
    """Name of an encoder with a folder inside the library written out."""
    return str(library.path / name) if name.startswith(INSIDE) else name

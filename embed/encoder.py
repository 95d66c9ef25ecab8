"""What every encoder offers: text in, unit vectors out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from terms.scripts import Script, script_of

Role = Literal["query", "passage"]
# Words that a model's name says its language by.
_CHINESE = frozenset({"zh", "chinese"})
Vectors = npt.NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Text → unit vectors.

    `id` and `revision` together name the vectors: two encoders with the same pair give the same
    vector for the same text, so they key the cache and are written to the manifest.
    """

    @property
    def id(self) -> str:
        """Name that can be a folder name, such as ``patlas-default`` or ``bge-small-zh-v1.5``."""
        ...

    @property
    def revision(self) -> str:
        """Hash of weights and settings, 12 hexadecimal digits."""
        ...

    @property
    def dim(self) -> int:
        """Number of dimensions of the vectors."""
        ...

    @property
    def memory(self) -> int:
        """Bytes that its weights take."""
        ...

    def encode(self, texts: Sequence[str], *, role: Role = "passage", progress: bool = False) -> Vectors:
        """Encode texts.

        Args:
            texts: n texts of any length; an empty text gives a zero vector.
            role: queries and passages may carry different prompts.
            progress: show a progress bar on stderr.

        Returns:
            float32 array of shape (n, dim), C-contiguous, every row of unit L2 norm or zero.
        """
        ...


def unread_script(encoder: Encoder, text: str) -> Script | None:
    """The script of a text that an encoder does not read; None where it does, or nothing is known of it."""
    scripts: frozenset[Script] | None = getattr(encoder, "scripts", None)
    if scripts is None and _CHINESE & set(re.split(r"[^a-z0-9]+", encoder.id.lower())):
        scripts = frozenset({"han"})
    script = script_of(text)
    return script if scripts and script and script not in scripts else None

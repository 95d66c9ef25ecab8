"""The default encoder: a static model read by numpy and tokenizers alone, no torch.

The same folder loads in sentence-transformers and gives the same vectors to 1e-5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embed.encoder import Role, Vectors
from embed.static_folder import StaticFolder, read_static_folder
from patents.errors import EncoderError
from terms.scripts import Script

_ROOM = Path(__file__).resolve().parent
# A wheel carries the model inside the package; a checkout keeps it beside the packages.
_PLACES = (_ROOM / "default_model", _ROOM.parent / "models" / "default")
# Large enough to keep the tokenizer's threads busy, small enough that ids stay in the cache.
_BLOCK = 1_024
# Up to so many texts the vectors of their own tokens are read; more need the table of all of them.
_FEW = 8
_TOKENS = 4_096


def default_folder() -> Path:
    """Folder of the shipped model.

    Raises:
        EncoderError: the installation lacks it.
    """
    for place in _PLACES:
        if (place / "model.safetensors").is_file():
            return place
    raise EncoderError("default-encoder-missing", places=", ".join(str(place) for place in _PLACES))


class DefaultEncoder:
    """Text → the sum of its tokens' rows, at unit length.

    Args:
        folder: a static model; None for the shipped one.
        dim: keep only so many leading dimensions (Matryoshka); None for all.

    Raises:
        EncoderError: the folder does not hold a static model, or dim is out of range.
    """

    # A text of any length is read whole.
    max_characters: int | None = None

    def __init__(self, folder: Path | None = None, *, dim: int | None = None) -> None:
        self.folder = default_folder() if folder is None else folder
        self._model = read_static_folder(self.folder)
        full = self._model.tokens.rows.shape[1]
        if dim is not None and not 1 <= dim <= full:
            raise EncoderError("encoder-dimensions", most=full, name=self._model.about.id, dim=dim)
        self._dim = full if dim is None else dim

    @cached_property
    def _table(self) -> Vectors:
        return np.ascontiguousarray(self._model.table[:, : self._dim])

    @property
    def id(self) -> str:
        """Name of the encoder; a truncated one carries its dimensions."""
        full = self._model.tokens.rows.shape[1]
        return self._model.about.id + ("" if self._dim == full else f"-{self._dim}d")

    @property
    def revision(self) -> str:
        """Hash of weights and tokenizer, 12 hexadecimal digits."""
        return self._model.revision

    @property
    def dim(self) -> int:
        """Number of dimensions of the vectors."""
        return self._dim

    @property
    def memory(self) -> int:
        """Bytes of the table of word vectors."""
        return len(self._model.tokens.rows) * self._dim * np.dtype(np.float32).itemsize

    @property
    def scripts(self) -> frozenset[Script] | None:
        """Scripts of the texts that it was trained on; None where the model does not state them."""
        return frozenset({"han"}) if self._model.about.records else None

    @property
    def model(self) -> StaticFolder:
        """Tokenizer, weights and what they were trained on."""
        return self._model

    def encode(self, texts: Sequence[str], *, role: Role = "passage", progress: bool = False) -> Vectors:
        """Encode texts; see `embed.encoder.Encoder.encode`. Queries and passages are read alike."""
        vectors = np.empty((len(texts), self._dim), dtype=np.float32)
        if len(texts) <= _BLOCK and not progress:
            self._fill(vectors, self._tokenise(texts))
            return vectors
        start = 0
        for bags in self._tokenised_blocks(texts, progress):
            count = len(bags[1]) - 1
            self._fill(vectors[start : start + count], bags)
            start += count
        return vectors

    def _tokenised_blocks(
        self, texts: Sequence[str], progress: bool
    ) -> Iterator[tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]]:
        """Ids of block after block; the next is cut while the caller sums the one before."""
        from embed.progress import track

        starts = range(0, len(texts), _BLOCK)
        with ThreadPoolExecutor(max_workers=1) as ahead:
            pending = ahead.submit(self._tokenise, texts[:_BLOCK])
            for start in track(starts, shown=progress, text="encoding"):
                ready = pending.result()
                following = texts[start + _BLOCK : start + 2 * _BLOCK]
                pending = ahead.submit(self._tokenise, following)
                yield ready

    def _tokenise(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        encodings = self._model.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        ids = [encoding.ids for encoding in encodings]
        offsets = np.zeros(len(ids) + 1, dtype=np.int64)
        np.cumsum([len(one) for one in ids], out=offsets[1:])
        flat = np.empty(offsets[-1], dtype=np.int32)
        for number, one in enumerate(ids):
            flat[offsets[number] : offsets[number + 1]] = one
        return flat, offsets

    def _fill(self, vectors: Vectors, bags: tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]) -> None:
        """Sum, token by token in the order of the text, so that threads cannot change a bit."""
        ids, offsets = bags
        vectors[:] = self._few_sums(ids, offsets) if len(vectors) <= _FEW else self._sums(ids, offsets)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)

    def _sums(self, ids: npt.NDArray[np.int32], offsets: npt.NDArray[np.int64]) -> Vectors:
        from scipy import sparse

        ones = np.ones(len(ids), dtype=np.float32)
        counts = sparse.csr_matrix((ones, ids, offsets), shape=(len(offsets) - 1, len(self._table)))
        sums: Vectors = counts @ self._table
        return sums

    def _few_sums(self, ids: npt.NDArray[np.int32], offsets: npt.NDArray[np.int64]) -> Vectors:
        """The same sums to the last bit, without the table."""
        sums = np.zeros((len(offsets) - 1, self._dim), dtype=np.float32)
        for number, (start, stop) in enumerate(pairwise(offsets.tolist())):
            for token in range(start, stop, _TOKENS):
                part = self._model.tokens.of(ids[token : min(token + _TOKENS, stop)])[:, : self._dim]
                sums[number] = np.add.reduce(np.concatenate([sums[number, None], part]), axis=0)
        return sums

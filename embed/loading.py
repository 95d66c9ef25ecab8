"""From a name or a path to an encoder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from embed.default import DefaultEncoder
from embed.encoder import Encoder
from embed.static_folder import is_static_folder

DEFAULT = "default"
Backend = Literal["torch", "onnx", "openvino"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """How an encoder is run; none of it is needed for the default one.

    Attributes:
        dim: keep so many leading dimensions (Matryoshka); None for all.
        device: ``cpu``, ``cuda``, ``mps``; None for the best there is.
        backend: ``torch``, or ``onnx`` and ``openvino`` where their packages are installed.
        half: 16-bit weights; None for yes on a GPU and no on a CPU.
        processes: worker processes on the CPU.
        batch_size: texts at once.
        query_prompt: put before queries; None for the model's own.
        passage_prompt: put before passages; None for the model's own.
        max_tokens: shorten the model's limit, for speed; longer texts are windowed.
        trust_remote_code: run code that comes with the model.
    """

    dim: int | None = None
    device: str | None = None
    backend: Backend = "torch"
    half: bool | None = None
    processes: int = 1
    batch_size: int = 32
    query_prompt: str | None = None
    passage_prompt: str | None = None
    max_tokens: int | None = None
    trust_remote_code: bool = False


def load_encoder(name_or_path: str = DEFAULT, options: EncoderOptions | None = None) -> Encoder:
    """Load an encoder.

    Args:
        name_or_path: ``default``, a folder, or the name of a sentence-transformers model.
        options: how to run it; None for the defaults.

    Raises:
        EncoderError: nothing usable there, or the name is not on this machine and it is offline.
        MissingExtraError: the encoder needs the `models` extra.
    """
    options = options or EncoderOptions()
    if name_or_path in (DEFAULT, "patlas-default"):
        return DefaultEncoder(dim=options.dim)
    folder = Path(name_or_path).expanduser()
    if is_static_folder(folder) and options.query_prompt is None and options.passage_prompt is None:
        return DefaultEncoder(folder, dim=options.dim)
    from embed.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name_or_path, options)

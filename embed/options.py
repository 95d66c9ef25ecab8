"""How an encoder is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Backend = Literal["torch", "onnx", "openvino"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """How an encoder is run; none of it is needed for the default one.

    Attributes:
        dim: keep so many leading dimensions (Matryoshka); None for all.
        device: ``cpu``, ``cuda``, ``mps``; None for the best there is.
        backend: ``torch``, or ``onnx`` and ``openvino`` where their packages are installed.
        half: 16-bit weights; None for yes on a CUDA device and no elsewhere.
        processes: worker processes on the CPU; worth it from some thousands of texts.
        batch_size: texts at once.
        query_prompt: put before queries; None for the model's own.
        passage_prompt: put before passages; None for the model's own.
        max_tokens: lower the model's limit, for speed; longer texts are windowed.
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

"""How an encoder is run."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal
from urllib.parse import parse_qsl

import msgspec

from patents.errors import EncoderError
from patents.messages import Message, message

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


# What may stand behind a name. Running a model's own code is for programs to ask for, not for a setting.
_IN_NAMES = tuple(field.name for field in fields(EncoderOptions) if field.name != "trust_remote_code")


def named_options(name: str) -> tuple[str, EncoderOptions | None]:
    """Part a name such as ``/models/bge-base-zh?backend=openvino&dim=256`` from its options.

    Returns:
        The bare name, and the options; None when the name carries none.

    Raises:
        EncoderError: an option that does not exist, or a value that it cannot have.
    """
    bare, mark, query = name.partition("?")
    if not mark:
        return name, None
    given = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(given.keys() - set(_IN_NAMES))
    if unknown:
        raise _wrong(name, message("encoder-option-unknown", names=", ".join(unknown)))
    for option, value in given.items():
        try:
            msgspec.convert({option: value}, EncoderOptions, strict=False)
        except msgspec.ValidationError as error:
            raise _wrong(name, message("encoder-option-wrong", name=option, value=value)) from error
    return bare, msgspec.convert(given, EncoderOptions, strict=False)


def _wrong(name: str, reason: Message) -> EncoderError:
    return EncoderError("encoder-options-wrong", name=name, reason=reason, options=", ".join(_IN_NAMES))

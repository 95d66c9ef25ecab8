"""From a name or a path to an encoder."""

from __future__ import annotations

from pathlib import Path

from embed.default import DefaultEncoder
from embed.encoder import Encoder
from embed.options import EncoderOptions, named_options
from embed.static_folder import is_static_folder

__all__ = ["DEFAULT", "EncoderOptions", "load_encoder"]

DEFAULT = "default"


def load_encoder(name_or_path: str = DEFAULT, options: EncoderOptions | None = None) -> Encoder:
    """Load an encoder.

    Args:
        name_or_path: ``default``, a folder, or the name of a sentence-transformers model; options may
            stand behind it, ``NAME?backend=openvino&dim=256``.
        options: how to run it, in place of those behind the name; None for these or the defaults.

    Raises:
        EncoderError: nothing usable there, or the name is not on this machine and it is offline.
        MissingExtraError: the encoder needs the `models` extra.
    """
    name_or_path, named = named_options(name_or_path)
    options = options or named or EncoderOptions()
    if name_or_path in (DEFAULT, "patlas-default"):
        return DefaultEncoder(dim=options.dim)
    folder = Path(name_or_path).expanduser()
    if is_static_folder(folder) and not options.query_prompt and not options.passage_prompt:
        return DefaultEncoder(folder, dim=options.dim)
    from embed.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name_or_path, options)

"""The folder of a static model: the layout of sentence-transformers, read and written without torch.

::

    model.safetensors   `embeddings` int8 (v, d) with `weights` float32 (v,), one scale a row; or
                        `embedding.weight` float (v, d)
    tokenizer.json      read by the tokenizers package
    modules.json, 1_Normalize/config.json, config_sentence_transformers.json
    patlas.json         name of the model and what it was trained on
    README.md           the card

sentence-transformers multiplies `embeddings` by `weights` on loading (its way of reading model2vec
files), so eight bits a weight need no code of ours there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from patents.errors import EncoderError
from patents.messages import Message, message

WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"
MODULES_FILE = "modules.json"
ABOUT_FILE = "patlas.json"
_STATIC_TYPE = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_NORMALIZE_TYPE = "sentence_transformers.base.modules.normalize.Normalize"


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a model folder says of itself in `patlas.json`.

    Attributes:
        id: name of the encoder, fit for a folder name.
        records: number of records it was trained on.
        corpus_hash: of their texts, 12 hexadecimal digits.
        seed: of the training.
        base: `id` and revision of the model it was adapted from, or empty.
        revision: of weights and tokenizer as they were written; empty in folders that others wrote.
    """

    id: str
    records: int = 0
    corpus_hash: str = ""
    seed: int = 0
    base: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """One vector a token; eight bits are scaled where they are used: queries need few of them.

    Attributes:
        rows: int8 or a float type, of shape (v, d).
        scales: float32 of shape (v,); None where the rows stand as they are.
    """

    rows: npt.NDArray[np.generic]
    scales: npt.NDArray[np.float32] | None = None

    def of(self, ids: npt.NDArray[np.int32] | slice) -> npt.NDArray[np.float32]:
        """Vectors of tokens: float32 of shape (t, d)."""
        vectors: npt.NDArray[np.float32] = self.rows[ids].astype(np.float32)
        return vectors if self.scales is None else vectors * self.scales[ids, None]


@dataclass(frozen=True, slots=True)
class StaticFolder:
    """A static model in memory.

    Attributes:
        tokenizer: gives the ids of a text.
        tokens: a vector for each of the v tokens; a text is the sum of its tokens', scaled to unit length.
        about: what the folder says of itself.
        revision: hash of weights and tokenizer, 12 hexadecimal digits.
    """

    tokenizer: Tokenizer
    tokens: TokenVectors
    about: About
    revision: str

    @property
    def table(self) -> npt.NDArray[np.float32]:
        """Vectors of all tokens: float32 of shape (v, d)."""
        return self.tokens.of(slice(None))


def is_static_folder(folder: Path) -> bool:
    """Whether a folder holds a StaticEmbedding and nothing else that changes vectors."""
    try:
        modules = json.loads((folder / MODULES_FILE).read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return kinds == ["StaticEmbedding", "Normalize"] and (folder / WEIGHTS_FILE).is_file()


def read_static_folder(folder: Path) -> StaticFolder:
    """Read a static model.

    Raises:
        EncoderError: a file is missing, damaged, or is not what its name says.
    """
    try:
        about, revision = _read_about(folder), _revision(folder)
        if about.revision not in ("", revision):
            raise EncoderError("encoder-damaged", folder=folder, revision=revision, expected=about.revision)
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokens = _read_tokens(folder / WEIGHTS_FILE)
    except (OSError, SafetensorError, msgspec.MsgspecError) as error:
        raise _broken(folder, str(error)) from error
    except Exception as error:  # tokenizers raises bare Exception for every fault of a file
        if type(error) is not Exception:
            raise
        raise _broken(folder, f"{TOKENIZER_FILE}: {error}") from error
    if len(tokens.rows) < tokenizer.get_vocab_size():
        raise _broken(
            folder,
            message("weights-too-few", tokens=tokenizer.get_vocab_size(), rows=len(tokens.rows)),
        )
    return StaticFolder(tokenizer, tokens, about, revision)


def write_static_folder(
    folder: Path, tokenizer: Tokenizer, table: npt.NDArray[np.float32], about: About, card: str
) -> None:
    """Write a static model, its weights in eight bits with a scale for each row.

    Args:
        folder: made when absent; files of these names are replaced.
        tokenizer: of v tokens.
        table: float32 of shape (v, d).
        about: goes to `patlas.json`.
        card: Markdown, goes to `README.md`.
    """
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    eight, scales = quantise(table)
    save_file({"embeddings": eight, "weights": scales}, str(folder / WEIGHTS_FILE))
    (folder / WEIGHTS_FILE).chmod(0o644)
    tokenizer.save(str(folder / TOKENIZER_FILE), pretty=False)
    _write_json(
        folder / MODULES_FILE,
        [
            {"idx": 0, "name": "0", "path": "", "type": _STATIC_TYPE},
            {"idx": 1, "name": "1", "path": "1_Normalize", "type": _NORMALIZE_TYPE},
        ],
    )
    keys = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}
    _write_json(folder / "1_Normalize" / "config.json", keys)
    prompts = {"query": "", "document": ""}
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": prompts,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    about = msgspec.structs.replace(about, revision=_revision(folder))
    (folder / ABOUT_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(about)) + b"\n")
    (folder / "README.md").write_text(card, encoding="utf-8")


def quantise(table: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Eight bits a weight: int8 of shape (v, d) and one float32 scale a row, symmetric."""
    scales = (np.abs(table).max(axis=1) / 127).astype(np.float32)
    divisor = np.where(scales > 0, scales, 1)[:, None]
    return np.rint(table / divisor).astype(np.int8), scales


def _read_tokens(path: Path) -> TokenVectors:
    with safe_open(str(path), framework="numpy") as file:
        names = set(file.keys())
        if "embedding.weight" in names:
            return TokenVectors(file.get_tensor("embedding.weight"))
        if "embeddings" not in names:
            raise OSError(f"{path.name} has neither embedding.weight nor embeddings")
        rows = file.get_tensor("embeddings")
        if "mapping" in names:
            rows = rows[file.get_tensor("mapping")]
        scales = file.get_tensor("weights").astype(np.float32) if "weights" in names else None
        return TokenVectors(rows, scales)


def _read_about(folder: Path) -> About:
    path = folder / ABOUT_FILE
    if not path.exists():
        return About(id=folder.resolve().name)
    return msgspec.json.decode(path.read_bytes(), type=About)


def _revision(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in (WEIGHTS_FILE, TOKENIZER_FILE):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _broken(folder: Path, reason: str | Message) -> EncoderError:
    return EncoderError("static-encoder-unreadable", folder=folder, reason=reason)

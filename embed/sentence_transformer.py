"""Any sentence-transformers model behind the Encoder protocol.

Pooling and normalisation are the model's own. Long texts are never cut: one that exceeds the model's
limit is encoded window by window and gets the mean of the windows. Batches are sorted by length
(sentence-transformers does that), so that short texts are not padded to long ones.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embed.encoder import Role, Vectors
from embed.options import EncoderOptions
from embed.passages import windows
from embed.prompts import Prompts, family_prompts
from patents.errors import EncoderError, MissingExtraError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Fewer texts than this are not worth starting worker processes for.
_WORTH_A_POOL = 2_000
_INSTALL = "pip install 'patlas[models]'"
_BACKEND_INSTALLS = {
    "torch": _INSTALL,
    # optimum-onnx 0.1 cannot stand beside transformers 5, which sentence-transformers 6 needs.
    "onnx": "in an environment of its own: pip install 'sentence-transformers[onnx]' 'transformers<5'",
    "openvino": "pip install 'sentence-transformers[openvino]'",
}


class SentenceTransformerEncoder:
    """A sentence-transformers model.

    Args:
        name_or_path: folder, or name that is on this machine or can be fetched.
        options: how to run it.

    Raises:
        EncoderError: no such model, or it cannot be loaded.
        MissingExtraError: sentence-transformers or the backend's package is not installed.
    """

    def __init__(self, name_or_path: str, options: EncoderOptions | None = None) -> None:
        self._options = options or EncoderOptions()
        self._name = name_or_path
        self._model = _load(name_or_path, self._options)
        if self._options.max_tokens is not None:
            self._model.max_seq_length = min(self._options.max_tokens, _limit(self._model) or math.inf)
        self._prompts = _prompts(self._model, name_or_path, self._options)
        self._full = _full_dim(self._model)
        self._dim = self._checked_dim()
        self._revision = self._digest()

    @property
    def id(self) -> str:
        """Last part of the model's name; a truncated one carries its dimensions."""
        last = re.split(r"[/\\]", str(self._name).rstrip("/\\"))[-1]
        safe = re.sub(r"[^A-Za-z0-9._-]", "-", last).strip(".-") or "encoder"
        return safe if self._dim == self._full else f"{safe}-{self._dim}d"

    @property
    def revision(self) -> str:
        """Hash of weights, tokenizer and settings, 12 hexadecimal digits."""
        return self._revision

    @property
    def dim(self) -> int:
        """Number of dimensions of the vectors."""
        return self._dim

    @property
    def memory(self) -> int:
        """Bytes of all parameters."""
        return sum(weights.numel() * weights.element_size() for weights in self._model.parameters())

    @property
    def prompts(self) -> Prompts:
        """What is put before queries and passages."""
        return self._prompts

    @property
    def max_characters(self) -> int | None:
        """Longest passage that is read in one go; None when any is.

        Chinese characters are at most one token each in the usual vocabularies.
        """
        return self._room(self._prompts.passage)

    def encode(self, texts: Sequence[str], *, role: Role = "passage", progress: bool = False) -> Vectors:
        """Encode texts; see `embed.encoder.Encoder.encode`."""
        prompt = self._prompts.query if role == "query" else self._prompts.passage
        pieces: list[str] = []
        owners: list[int] = []
        for number, text in enumerate(texts):
            cut = self._fitting(text.strip(), self._room(prompt)) if text.strip() else []
            pieces.extend(cut)
            owners.extend([number] * len(cut))
        summed = np.zeros((len(texts), self._dim), dtype=np.float32)
        if pieces:
            np.add.at(summed, np.array(owners), self._encode_fitting(pieces, prompt, progress))
        return _unit(summed)

    def _encode_fitting(self, texts: list[str], prompt: str, progress: bool) -> Vectors:
        pool = None
        if self._options.processes > 1 and len(texts) >= _WORTH_A_POOL:
            pool = self._model.start_multi_process_pool(["cpu"] * self._options.processes)
        try:
            vectors = self._model.encode(
                texts,
                prompt=prompt or "",
                batch_size=self._options.batch_size,
                show_progress_bar=progress,
                convert_to_numpy=True,
                pool=pool,
            )
        except ValueError as error:
            if self._options.backend == "torch":
                raise
            # A network that the bridge exports, but that wants inputs which nobody gives it.
            raise EncoderError(
                "encoder-backend-fails", name=self._name, backend=self._options.backend, reason=error
            ) from error
        finally:
            if pool is not None:
                self._model.stop_multi_process_pool(pool)
        kept = np.ascontiguousarray(vectors[:, : self._dim], dtype=np.float32)
        if not np.isfinite(kept).all():
            raise EncoderError("encoder-not-finite", name=self._name)
        return _unit(kept)

    def _fitting(self, text: str, room: int | None) -> list[str]:
        """The text, or windows of it that each fit the model's limit."""
        if room is None:
            return [text]
        count = self._count_tokens(text)
        if count <= room or len(text) <= 1:
            return [text]
        # A twentieth less than the proportion says, for windows of rarer characters.
        characters = max(1, min(len(text) - 1, int(len(text) * room / count * 0.95)))
        cut = windows(text, characters)
        if len(cut) == 1:
            cut = [text[: len(text) // 2], text[len(text) // 2 :]]
        return [piece for part in cut for piece in self._fitting(part, room)]

    def _count_tokens(self, text: str) -> int:
        ids = self._model.tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)[
            "input_ids"
        ]
        return len(ids)

    def _room(self, prompt: str) -> int | None:
        """Tokens that are left for a text beside prompt and special tokens; None without limit."""
        limit = _limit(self._model)
        if limit is None:
            return None
        empty = self._model.tokenizer("", truncation=False, verbose=False)["input_ids"]
        # One token more, as the cut between prompt and text may fall differently.
        taken = len(empty) + (self._count_tokens(prompt) + 1 if prompt else 0)
        return max(1, limit - taken)

    def _checked_dim(self) -> int:
        dim = self._options.dim
        if dim is not None and not 1 <= dim <= self._full:
            raise EncoderError("encoder-dimensions", most=self._full, name=self._name, dim=dim)
        return self._full if dim is None else dim

    def _digest(self) -> str:
        digest = hashlib.sha256()
        # torch's 16 bits show in the weights below, another backend's do not.
        bits = " 16" if self._options.half and self._options.backend != "torch" else ""
        backend = self._options.backend + bits
        settings = (self._prompts, self._dim, _limit(self._model), backend, str(self._model))
        digest.update(repr(settings).encode())
        fast = getattr(self._model.tokenizer, "backend_tokenizer", None)
        if fast is not None:
            digest.update(fast.to_str().encode())
        for chunk in _weights(self._model, self._name):
            digest.update(chunk)
        return digest.hexdigest()[:12]


def _load(name: str, options: EncoderOptions) -> SentenceTransformer:
    folder = Path(name).expanduser()
    if not folder.exists() and (name.startswith(("/", ".", "~")) or name.count("/") > 1):
        raise EncoderError("encoder-folder-missing", name=name)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingExtraError("encoder-needs-models-extra", name=name, step=_INSTALL) from error
    try:
        model = SentenceTransformer(
            str(folder) if folder.exists() else name,
            device="cpu" if options.processes > 1 else options.device,
            backend=options.backend,
            trust_remote_code=options.trust_remote_code,
            local_files_only=folder.exists(),
            model_kwargs=_backend_settings(options),
        )
    except Exception as error:  # every loader beneath has its own errors; the cause stays attached
        # sentence-transformers words a missing backend as a plain Exception.
        if isinstance(error, ImportError) or "requires installing" in str(error):
            raise MissingExtraError(
                "encoder-backend-not-installed",
                backend=options.backend,
                reason=error,
                step=_BACKEND_INSTALLS[options.backend],
            ) from error
        raise _not_loaded(name, folder, error) from error
    on_gpu = str(model.device).startswith("cuda")
    if options.backend == "torch" and (options.half if options.half is not None else on_gpu):
        model = model.half()
    return model.eval()


def _backend_settings(options: EncoderOptions) -> dict[str, object] | None:
    """What a backend gets on loading."""
    if options.backend != "openvino":
        return None
    # Left to itself OpenVINO takes 16 bits where the processor has them: vectors would hang on the machine.
    precision = "bf16" if options.half else "f32"
    return {"ov_config": {"INFERENCE_PRECISION_HINT": precision}}


def _not_loaded(name: str, folder: Path, error: Exception) -> EncoderError:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if folder.exists():
        return EncoderError("encoder-folder-not-a-model", name=name, reason=reason)
    return EncoderError("encoder-not-fetched", name=name, reason=reason)


def _prompts(model: SentenceTransformer, name: str, options: EncoderOptions) -> Prompts:
    own = model.prompts or {}
    family = family_prompts(name)
    query = own.get("query") or family.query
    passage = own.get("document") or own.get("passage") or family.passage
    return Prompts(
        query=query if options.query_prompt is None else options.query_prompt,
        passage=passage if options.passage_prompt is None else options.passage_prompt,
    )


def _limit(model: SentenceTransformer) -> int | None:
    limit = model.max_seq_length
    return None if limit is None or limit == math.inf or limit > 1_000_000 else int(limit)


def _full_dim(model: SentenceTransformer) -> int:
    dim = model.get_embedding_dimension()
    return int(dim) if dim else int(model.encode(["一"], prompt="").shape[1])


def _weights(model: SentenceTransformer, name: str) -> Iterable[bytes]:
    """Bytes of all weights; those of the files where the backend keeps them from torch."""
    import torch

    state = model.state_dict()
    if state:
        for key in sorted(state):
            yield key.encode()
            yield state[key].detach().cpu().contiguous().view(-1).view(torch.uint8).numpy().tobytes()
        return
    for path in sorted(_folder_of(name).rglob("*")):
        if path.suffix in {".onnx", ".xml", ".bin", ".safetensors"}:
            yield path.read_bytes()


def _folder_of(name: str) -> Path:
    """Where the files of a loaded model lie: its folder, or its place in the local cache."""
    folder = Path(name).expanduser()
    if folder.exists():
        return folder
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(name, local_files_only=True))


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit

"""Ways to run a model (ONNX, OpenVINO, 16 bits, worker processes): the same vectors each way."""

import importlib
from pathlib import Path

import numpy as np
import pytest

from embed.loader import EncoderOptions, load_encoder
from embed.options import Backend
from embed.sentence_transformer import SentenceTransformerEncoder, _folder_of
from patents.errors import EncoderError, MissingExtraError

torch = pytest.importorskip("torch", reason="the models extra is not installed")
pytest.importorskip("sentence_transformers", reason="the models extra is not installed")

pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

TEXTS = [
    "一种石墨烯电池",
    "本发明公开了一种太阳能电池板的清洗装置，包括底座和滚刷，滚刷由电机带动。",
    "泵",
    "本实用新型涉及水泵领域，叶轮固定在轴上；" * 20,
]
BRIDGES: dict[Backend, str] = {"onnx": "optimum.onnxruntime", "openvino": "optimum.intel.openvino"}


def usable(backend: Backend) -> str:
    """Why a backend cannot be used here; empty when it can."""
    try:
        importlib.import_module(BRIDGES[backend])
    except ImportError as error:
        return f"{BRIDGES[backend]} cannot be imported: {error}"
    return ""


@pytest.mark.parametrize("backend", ["onnx", "openvino"])
def test_a_backend_gives_the_vectors_of_torch(backend: Backend, folder: Path) -> None:
    reason = usable(backend)
    if reason:
        pytest.skip(reason)
    plain = load_encoder(str(folder), EncoderOptions(device="cpu"))
    other = load_encoder(str(folder), EncoderOptions(device="cpu", backend=backend))
    if backend == "onnx" and folder.name.startswith("Qwen3"):
        # optimum-onnx 0.1 exports it with an input position_ids, which sentence-transformers does not give.
        with pytest.raises(EncoderError, match="does not run on the onnx backend"):
            other.encode(TEXTS)
        return
    np.testing.assert_allclose(other.encode(TEXTS), plain.encode(TEXTS), atol=1e-4)
    assert other.revision != plain.revision


@pytest.mark.parametrize("backend", ["onnx", "openvino"])
def test_a_backend_without_its_package_says_what_to_install(backend: Backend, bert_folder: Path) -> None:
    if not usable(backend):
        pytest.skip(f"{BRIDGES[backend]} is installed")
    with pytest.raises(MissingExtraError, match=rf"sentence-transformers\[{backend}\]"):
        load_encoder(str(bert_folder), EncoderOptions(device="cpu", backend=backend))


def test_options_may_stand_behind_a_name(bert_folder: Path) -> None:
    named = load_encoder(f"{bert_folder}?dim=8&max_tokens=32&query_prompt=&device=cpu&half=true")
    options = EncoderOptions(dim=8, max_tokens=32, query_prompt="", device="cpu", half=True)
    given = load_encoder(str(bert_folder), options)
    assert named.id == given.id == "bge-small-zh-v1.5-8d" and named.revision == given.revision
    assert load_encoder("default?dim=64").id == "patlas-default-64d"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("dims=8", "no option dims"),
        ("dim=many", "dim cannot be 'many'"),
        ("backend=jax", "jax"),
        ("trust_remote_code=1", "no op"),
    ],
)
def test_an_option_that_does_not_exist_is_named(query: str, said: str) -> None:
    with pytest.raises(EncoderError, match=said):
        load_encoder(f"default?{query}")


def test_the_files_of_a_model_known_by_name_are_found_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    kept = tmp_path / "models--somebody--tiny"
    commit = "0123456789abcdef0123456789abcdef01234567"
    (kept / "snapshots" / commit).mkdir(parents=True)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(commit, encoding="utf-8")
    (kept / "snapshots" / commit / "config.json").write_text("{}", encoding="utf-8")
    assert _folder_of("somebody/tiny") == kept / "snapshots" / commit


def test_texts_of_like_length_share_a_batch(bert_folder: Path) -> None:
    encoder = load_encoder(str(bert_folder), EncoderOptions(device="cpu", batch_size=2))
    assert isinstance(encoder, SentenceTransformerEncoder)
    widths: list[int] = []
    encoder._model[0].register_forward_pre_hook(
        lambda _, given: widths.append(given[0]["input_ids"].shape[1])
    )
    alternating = ["泵", "水泵的叶轮固定在轴上，由电机带动。"] * 3
    vectors = encoder.encode(alternating)
    # Sorted, one batch of three mixes both lengths; in the given order all three would.
    assert sorted(widths) == [3, 19, 19]
    np.testing.assert_allclose(vectors[::2], np.repeat(vectors[:1], 3, axis=0), atol=2e-6)


def test_worker_processes_give_the_same_vectors(bert_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embed.sentence_transformer._WORTH_A_POOL", 2)
    alone = load_encoder(str(bert_folder), EncoderOptions(device="cpu"))
    pooled = load_encoder(str(bert_folder), EncoderOptions(processes=2))
    np.testing.assert_allclose(pooled.encode(TEXTS), alone.encode(TEXTS), atol=2e-6)


def test_half_precision_stays_near(bert_folder: Path) -> None:
    full = load_encoder(str(bert_folder), EncoderOptions(device="cpu"))
    half = load_encoder(str(bert_folder), EncoderOptions(device="cpu", half=True))
    assert half.encode(TEXTS).dtype == np.float32
    np.testing.assert_allclose(half.encode(TEXTS), full.encode(TEXTS), atol=1e-2)
    assert half.revision != full.revision

"""Every sentence-transformers model works by path: tiny models with the real architectures and pooling."""

from pathlib import Path

import numpy as np
import pytest

from embed.encoder import Encoder
from embed.loader import EncoderOptions, load_encoder
from patents.errors import EncoderError

pytest.importorskip("sentence_transformers", reason="the models extra is not installed")

pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

TEXTS = [
    "一种石墨烯电池",
    "本发明公开了一种太阳能电池板的清洗装置，包括底座和滚刷，滚刷由电机带动。",
    "泵",
]
LONG = "本实用新型涉及水泵领域，叶轮固定在轴上；" * 20


def one_by_one(folder: Path, texts: list[str], prompt: str = "") -> np.ndarray:
    """The oracle: sentence-transformers itself, one text at a time, no padding."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    vectors = np.concatenate([model.encode([text], prompt=prompt) for text in texts])
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_vectors_are_those_of_sentence_transformers_whatever_the_batch(folder: Path) -> None:
    encoder = load_encoder(str(folder), EncoderOptions(device="cpu"))
    assert isinstance(encoder, Encoder)
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32 and vectors.shape == (3, encoder.dim)
    np.testing.assert_allclose(vectors, one_by_one(folder, TEXTS), atol=2e-6)


def test_an_empty_text_has_a_zero_vector(folder: Path) -> None:
    vectors = load_encoder(str(folder), EncoderOptions(device="cpu")).encode(["", TEXTS[0], " "])
    assert not vectors[[0, 2]].any()
    assert np.linalg.norm(vectors[1]) == pytest.approx(1, abs=1e-6)


def test_bge_gets_its_instruction_before_queries_only(bert_folder: Path) -> None:
    encoder = load_encoder(str(bert_folder), EncoderOptions(device="cpu"))
    expected = one_by_one(bert_folder, TEXTS, "为这个句子生成表示以用于检索相关文章：")
    np.testing.assert_allclose(encoder.encode(TEXTS, role="query"), expected, atol=2e-6)
    np.testing.assert_allclose(encoder.encode(TEXTS), one_by_one(bert_folder, TEXTS), atol=2e-6)


def test_a_model_s_own_prompt_is_used(qwen_folder: Path) -> None:
    encoder = load_encoder(str(qwen_folder), EncoderOptions(device="cpu"))
    expected = one_by_one(qwen_folder, TEXTS, "查询：")
    np.testing.assert_allclose(encoder.encode(TEXTS, role="query"), expected, atol=2e-6)


def test_a_prompt_given_by_the_user_comes_before_the_model_s(qwen_folder: Path) -> None:
    plain = load_encoder(str(qwen_folder), EncoderOptions(device="cpu", query_prompt=""))
    np.testing.assert_allclose(plain.encode(TEXTS, role="query"), one_by_one(qwen_folder, TEXTS), atol=2e-6)


def test_fewer_dimensions_are_the_leading_ones_at_unit_length(folder: Path) -> None:
    full = load_encoder(str(folder), EncoderOptions(device="cpu"))
    short = load_encoder(str(folder), EncoderOptions(device="cpu", dim=8))
    leading = full.encode(TEXTS)[:, :8]
    expected = leading / np.linalg.norm(leading, axis=1, keepdims=True)
    np.testing.assert_allclose(short.encode(TEXTS), expected, atol=2e-6)
    assert short.dim == 8 and short.id == f"{full.id}-8d" and short.revision != full.revision


def test_more_dimensions_than_there_are_is_refused(bert_folder: Path) -> None:
    with pytest.raises(EncoderError, match="between 1 and 32"):
        load_encoder(str(bert_folder), EncoderOptions(device="cpu", dim=33))


def test_the_end_of_a_long_text_changes_its_vector(folder: Path) -> None:
    encoder = load_encoder(str(folder), EncoderOptions(device="cpu"))
    changed = LONG + "泵" * 30
    first, second = encoder.encode([LONG, changed])
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-6)
    assert np.abs(first - second).max() > 1e-3


def test_a_long_text_is_the_mean_of_windows_that_each_fit(bert_folder: Path) -> None:
    encoder = load_encoder(str(bert_folder), EncoderOptions(device="cpu"))
    pieces = encoder._fitting(LONG, 62)
    assert "".join(pieces) == LONG and max(map(len, pieces)) <= 62
    mean = encoder.encode(pieces).sum(axis=0)
    np.testing.assert_allclose(encoder.encode([LONG])[0], mean / np.linalg.norm(mean), atol=2e-6)


def test_the_limit_leaves_room_for_special_tokens(bert_folder: Path) -> None:
    assert load_encoder(str(bert_folder), EncoderOptions(device="cpu")).max_characters == 62
    assert load_encoder(str(bert_folder), EncoderOptions(device="cpu", max_tokens=32)).max_characters == 30


def test_the_revision_names_the_weights(bert_folder: Path, mean_folder: Path) -> None:
    options = EncoderOptions(device="cpu")
    first, again = load_encoder(str(bert_folder), options), load_encoder(str(bert_folder), options)
    assert first.revision == again.revision and len(first.revision) == 12
    assert first.revision != load_encoder(str(mean_folder), options).revision
    assert first.id == "bge-small-zh-v1.5"


def test_a_name_that_is_not_here_offline_names_the_local_path_option(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match=r"not on this machine(.|\n)*give its path"):
        load_encoder("nobody/no-such-model", EncoderOptions(device="cpu"))


def test_a_path_that_does_not_exist_is_not_looked_for_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no encoder folder"):
        load_encoder(str(tmp_path / "nothing"))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="not a sentence-transformers model"):
        load_encoder(str(tmp_path), EncoderOptions(device="cpu"))

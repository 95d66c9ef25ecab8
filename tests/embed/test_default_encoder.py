"""The default encoder: light, exact, the same as sentence-transformers makes of the folder."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from embed.default import DefaultEncoder, default_folder
from embed.encoder import Encoder
from embed.loader import EncoderOptions, load_encoder
from embed.static_folder import About, is_static_folder, quantise, read_static_folder, write_static_folder
from patents.errors import EncoderError

TEXTS = [
    "一种石墨烯改性的锂离子电池负极材料及其制备方法",
    "本发明公开了一种太阳能电池板的清洗装置，包括底座（1）、滚刷和 Fe2O3 涂层。",
    "ＬＥＤ灯 LED灯 led灯",
    "",
    "。，；",
    "😀",
    "泵",
    "一种水泵，" * 2_000,
]


@pytest.fixture(scope="module")
def encoder() -> DefaultEncoder:
    return DefaultEncoder()


@pytest.fixture
def words() -> Tokenizer:
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "甲": 1, "乙": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    return tokenizer


def test_vectors_are_unit_or_zero_float32(encoder: DefaultEncoder) -> None:
    assert isinstance(encoder, Encoder)
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32 and vectors.shape == (len(TEXTS), 256) and vectors.flags.c_contiguous
    lengths = np.linalg.norm(vectors, axis=1)
    np.testing.assert_allclose(lengths[[0, 1, 2, 6, 7]], 1, atol=1e-5)
    assert not vectors[[3, 4]].any()


def test_near_texts_lie_nearer_than_far_ones(encoder: DefaultEncoder) -> None:
    query, near, far = encoder.encode(
        [
            "锂离子电池负极材料的制备",
            "一种石墨负极的制备方法，用于二次电池，循环性能好",
            "一种带护栏的儿童滑梯",
        ]
    )
    assert query @ near > query @ far + 0.2


def test_width_and_case_make_no_difference(encoder: DefaultEncoder) -> None:
    full, half = encoder.encode(["ＬＥＤ灯１２", "led灯12"])
    np.testing.assert_array_equal(full, half)


def test_blocks_and_progress_change_no_bit(encoder: DefaultEncoder) -> None:
    many = [f"第{number}种{text}" for number in range(400) for text in TEXTS[:7]]
    together = encoder.encode(many, progress=True)
    np.testing.assert_array_equal(together, encoder.encode(many))
    alone = np.concatenate([encoder.encode([text]) for text in many[::311]])
    np.testing.assert_array_equal(together[::311], alone)


def test_a_query_alone_has_the_bits_that_it_has_among_many(encoder: DefaultEncoder) -> None:
    texts = ["", "一种石墨烯电池，包括壳体与正极。" * 2_000, *TEXTS] * 3
    together = encoder.encode(texts)
    np.testing.assert_array_equal(together, np.concatenate([encoder.encode([text]) for text in texts]))
    assert not together[0].any()


def test_threads_change_no_bit(encoder: DefaultEncoder) -> None:
    program = (
        "import sys, numpy as np; from embed.default import DefaultEncoder;"
        "texts = [f'第{n}种石墨烯电池，包括壳体' for n in range(3000)];"
        "sys.stdout.buffer.write(DefaultEncoder().encode(texts).tobytes())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"RAYON_NUM_THREADS": threads, "OMP_NUM_THREADS": threads, "PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    ]
    assert len(runs[0]) == 3000 * 256 * 4 and runs[0] == runs[1]


def test_the_end_of_a_long_text_counts(encoder: DefaultEncoder) -> None:
    long = "一种水泵，" * 3_000
    first, second = encoder.encode([long, long + "石墨烯" * 3_000])
    assert first @ second < 0.95


@pytest.mark.torch
@pytest.mark.filterwarnings("ignore")
def test_sentence_transformers_gives_the_same_vectors(encoder: DefaultEncoder) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers", reason="no models extra")
    model = sentence_transformers.SentenceTransformer(str(default_folder()), device="cpu")
    np.testing.assert_allclose(encoder.encode(TEXTS), model.encode(TEXTS), atol=1e-5)


@pytest.mark.torch
@pytest.mark.filterwarnings("ignore")
def test_the_general_loader_reads_the_shipped_folder_alike(encoder: DefaultEncoder) -> None:
    pytest.importorskip("sentence_transformers", reason="no models extra")
    from embed.sentence_transformer import SentenceTransformerEncoder

    general = SentenceTransformerEncoder(str(default_folder()), EncoderOptions(device="cpu", dim=128))
    assert general.max_characters is None
    short = DefaultEncoder(dim=128)
    np.testing.assert_allclose(general.encode(TEXTS), short.encode(TEXTS), atol=1e-5)


def test_loading_and_encoding_import_no_torch() -> None:
    program = (
        "import sys; from embed.loader import load_encoder; load_encoder().encode(['泵']);"
        "heavy = ('torch', 'sentence_transformers', 'transformers', 'sklearn');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path.cwd())},
    )
    assert done.stdout.strip() == "[]"


def test_fewer_dimensions_are_the_leading_ones_at_unit_length(encoder: DefaultEncoder) -> None:
    short = load_encoder("default", EncoderOptions(dim=64))
    leading = encoder.encode(TEXTS[:3])[:, :64]
    expected = leading / np.linalg.norm(leading, axis=1, keepdims=True)
    np.testing.assert_allclose(short.encode(TEXTS[:3]), expected, atol=1e-6)
    assert short.dim == 64 and short.id == "patlas-default-64d" and encoder.id == "patlas-default"


def test_dimensions_out_of_range_are_refused() -> None:
    for dim in (0, 257):
        with pytest.raises(EncoderError, match="between 1 and 256"):
            DefaultEncoder(dim=dim)


def test_the_shipped_model_is_small_and_says_what_it_is(encoder: DefaultEncoder) -> None:
    folder = default_folder()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size <= 20_000_000
    assert encoder.model.about.records > 10_000
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "apache-2.0" in card and encoder.model.about.corpus_hash in card


def test_the_revision_changes_with_a_weight(tmp_path: Path, words: Tokenizer) -> None:
    table = np.eye(3, 4, dtype=np.float32)
    write_static_folder(tmp_path, words, table, About(id="tiny"), "# tiny\n")
    before = DefaultEncoder(tmp_path)
    table[1, 1] = 0.5
    write_static_folder(tmp_path, words, table, About(id="tiny"), "# tiny\n")
    after = DefaultEncoder(tmp_path)
    assert before.id == after.id == "tiny" and before.revision != after.revision
    assert len(after.revision) == 12


def test_a_text_is_the_sum_of_its_tokens_rows(tmp_path: Path, words: Tokenizer) -> None:
    table = np.array([[0, 0], [3, 0], [0, 4]], dtype=np.float32)
    write_static_folder(tmp_path, words, table, About(id="tiny"), "")
    vectors = DefaultEncoder(tmp_path).encode(["甲", "甲 乙", "丙"])
    np.testing.assert_allclose(vectors, [[1, 0], [0.6, 0.8], [0, 0]], atol=1e-6)


def test_eight_bits_lose_less_than_a_two_hundredth_of_a_row() -> None:
    table = np.random.default_rng(0).standard_normal((50, 256)).astype(np.float32)
    table[7] = 0
    eight, scales = quantise(table)
    assert eight.dtype == np.int8
    error = np.abs(eight * scales[:, None] - table).max(axis=1)
    assert (error <= np.abs(table).max(axis=1) / 200).all()


@pytest.mark.parametrize("kind", ["float32", "float16", "mapped"])
def test_other_static_layouts_are_read(tmp_path: Path, words: Tokenizer, kind: str) -> None:
    table = np.array([[0, 0], [3, 0], [0, 4]], dtype=np.float32)
    write_static_folder(tmp_path, words, table, About(id="tiny"), "")
    (tmp_path / "patlas.json").unlink()
    if kind == "mapped":
        content = {"embeddings": table[[0, 2, 1]], "mapping": np.array([0, 2, 1])}
    else:
        content = {"embedding.weight": table.astype(kind)}
    save_file(content, str(tmp_path / "model.safetensors"))
    encoder = load_encoder(str(tmp_path))
    assert isinstance(encoder, DefaultEncoder) and encoder.id == tmp_path.name
    np.testing.assert_allclose(encoder.encode(["甲 乙"]), [[0.6, 0.8]], atol=1e-3)


def test_a_damaged_folder_is_named(tmp_path: Path, words: Tokenizer) -> None:
    table = np.eye(3, 4, dtype=np.float32)
    write_static_folder(tmp_path, words, table, About(id="tiny"), "")
    assert is_static_folder(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\x00" * 40)
    with pytest.raises(EncoderError, match=tmp_path.name) as failure:
        read_static_folder(tmp_path)
    assert failure.value.code == "encoder-damaged"
    write_static_folder(tmp_path, words, table[:2], About(id="tiny"), "")
    with pytest.raises(EncoderError, match="3 tokens, but 2 rows"):
        read_static_folder(tmp_path)
    (tmp_path / "patlas.json").unlink()
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(EncoderError, match=r"tokenizer\.json"):
        read_static_folder(tmp_path)


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_one_wrong_bit_in_a_model_is_found_before_it_encodes(
    tmp_path: Path, words: Tokenizer, file: str
) -> None:
    write_static_folder(tmp_path, words, np.eye(3, 4, dtype=np.float32), About(id="tiny"), "")
    right = (tmp_path / file).read_bytes()
    for place in range(0, len(right), 7):
        wrong = bytearray(right)
        wrong[place] ^= 1
        (tmp_path / file).write_bytes(wrong)
        with pytest.raises(EncoderError) as failure:
            load_encoder(str(tmp_path))
        assert failure.value.code == "encoder-damaged"


def test_a_folder_with_other_modules_is_not_taken_for_a_static_one(tmp_path: Path) -> None:
    assert not is_static_folder(tmp_path)
    (tmp_path / "modules.json").write_text(json.dumps([{"type": "x.Transformer"}, {"type": "x.Pooling"}]))
    (tmp_path / "model.safetensors").write_bytes(b"")
    assert not is_static_folder(tmp_path)

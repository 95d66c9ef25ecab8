"""Training on made-up patents: it learns, it is reproducible, and what it writes loads everywhere."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
import pytest

from embed.default import DefaultEncoder
from embed.split import part_mask
from embed.static_folder import About, write_static_folder
from embed.training.compact import rotated
from embed.training.config import TrainingConfig
from embed.training.corpus import TrainingCorpus
from embed.training.pairs import Labels
from embed.training.ragged import Ragged, cut_out, keep, tokenise
from embed.training.train import train_table
from embed.training.vocabulary import bpe_tokenizer, word_tokenizer
from patents.errors import InputError

torch = pytest.importorskip("torch", reason="the models extra is not installed")
from torch.nn import functional  # noqa: E402

from embed.training.losses import ClassHeads  # noqa: E402

pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

SMALL = TrainingConfig(
    words=800,
    dim=32,
    steps=40,
    batch=128,
    learning_rate=0.05,
    warm_up=5,
    classified=64,
    subgroups=0.5,
    threads=1,
)


def texts_of(corpus: TrainingCorpus) -> list[str]:
    return [*corpus.abstracts, *corpus.titles, *corpus.first_claims]


def found_first(encoder: DefaultEncoder, corpus: TrainingCorpus) -> float:
    scores = encoder.encode(corpus.titles) @ encoder.encode(corpus.abstracts).T
    return float((scores.argmax(axis=1) == np.arange(len(corpus))).mean())


def test_training_learns_and_its_folder_loads(corpus: TrainingCorpus, tmp_path: Path) -> None:
    tokenizer = word_tokenizer(texts_of(corpus), SMALL.words)
    losses: list[float] = []
    table = train_table(corpus, tokenizer, SMALL, progress=lambda _, loss: losses.append(loss))
    assert np.mean(losses[-5:]) < 0.6 * np.mean(losses[:5])
    write_static_folder(tmp_path / "trained", tokenizer, table, About(id="trained"), "# card\n")
    untrained = np.random.default_rng(0).standard_normal(table.shape).astype(np.float32)
    write_static_folder(tmp_path / "noise", tokenizer, untrained, About(id="noise"), "# card\n")
    trained = found_first(DefaultEncoder(tmp_path / "trained"), corpus)
    noise = found_first(DefaultEncoder(tmp_path / "noise"), corpus)
    assert trained > noise and trained > 0.5


def test_the_same_seed_gives_the_same_rows(corpus: TrainingCorpus) -> None:
    tokenizer = word_tokenizer(texts_of(corpus), SMALL.words)
    short = msgspec.structs.replace(SMALL, steps=5)
    first, again = train_table(corpus, tokenizer, short), train_table(corpus, tokenizer, short)
    np.testing.assert_array_equal(first, again)
    other = train_table(corpus, tokenizer, msgspec.structs.replace(short, seed=1))
    assert np.abs(first - other).max() > 0.1


def test_the_script_run_twice_writes_the_same_bytes(corpus: TrainingCorpus, tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "title": corpus.titles,
            "abstract": corpus.abstracts,
            "first_claim": corpus.first_claims,
            "ipc": [[symbol] for symbol in corpus.ipc],
            "applicants": [[applicant] for applicant in corpus.applicants],
        }
    )
    frame.write_parquet(tmp_path / "patents.parquet")
    settings = msgspec.json.encode(msgspec.structs.replace(SMALL, steps=10)).decode()
    script = Path(__file__).resolve().parents[2] / "scripts" / "train_encoder.py"
    runs = []
    for hash_seed in ("1", "2"):
        out = tmp_path / hash_seed
        command = [sys.executable, script, tmp_path / "patents.parquet", "--out", out, "--config", settings]
        environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(script.parents[1])}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        runs.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert runs[0] == runs[1]
    assert {"model.safetensors", "tokenizer.json", "README.md"} <= {path.name for path in runs[0]}


def test_threads_change_no_bit_of_the_slopes_of_classes() -> None:
    subclass_of_group = np.random.default_rng(0).integers(0, 5, 4_000)
    numbers = np.arange(4_000)
    labels = Labels(
        subclass_of_group[numbers], numbers, numbers, subclass_of_group, numbers, np.full(4_000, -1)
    )
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        heads = ClassHeads(labels, 64, SMALL)
        vectors = functional.normalize(torch.randn(4_000, 64, generator=torch.Generator().manual_seed(0)))
        slopes = []
        for _ in range(8):
            heads.zero_grad()
            heads(vectors, numbers).backward()
            slopes.append(torch.cat([parameter.grad.ravel() for parameter in heads.parameters()]))
    finally:
        torch.set_num_threads(before)
    assert all(torch.equal(slopes[0], again) for again in slopes[1:])


def test_records_without_classes_and_claims_can_be_trained_on(corpus: TrainingCorpus) -> None:
    bare = TrainingCorpus(
        [""] * len(corpus), corpus.abstracts, [""] * len(corpus), [""] * len(corpus), [""] * len(corpus)
    )
    tokenizer = word_tokenizer(bare.abstracts, SMALL.words)
    table = train_table(bare, tokenizer, msgspec.structs.replace(SMALL, steps=3))
    assert np.isfinite(table).all()


def test_too_few_records_are_refused(corpus: TrainingCorpus) -> None:
    few = corpus.take(np.arange(50))
    with pytest.raises(InputError, match="at least 200 patents"):
        train_table(few, word_tokenizer(few.abstracts, 100), SMALL)


def test_training_goes_on_from_given_rows(corpus: TrainingCorpus) -> None:
    tokenizer = word_tokenizer(texts_of(corpus), SMALL.words)
    start = np.random.default_rng(3).standard_normal((tokenizer.get_vocab_size(), 32)).astype(np.float32)
    none = train_table(corpus, tokenizer, msgspec.structs.replace(SMALL, steps=0), start=start)
    np.testing.assert_allclose(none, start / np.sqrt((start**2).mean()), rtol=1e-5)


def test_a_rotation_keeps_cosines_and_moves_what_varies_to_the_front(
    corpus: TrainingCorpus, tmp_path: Path
) -> None:
    tokenizer = word_tokenizer(corpus.abstracts, 500)
    table = np.random.default_rng(4).standard_normal((tokenizer.get_vocab_size(), 16)).astype(np.float32)
    turned = rotated(table, corpus.abstracts, tokenizer)
    np.testing.assert_allclose(turned @ turned.T, table @ table.T, atol=1e-4)
    bags = tokenise(tokenizer, corpus.abstracts)
    vectors = np.stack(
        [turned[bags.ids[a:b]].sum(axis=0) for a, b in zip(bags.offsets, bags.offsets[1:], strict=False)]
    )
    energy = ((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)) ** 2).sum(axis=0)
    assert (np.diff(energy) <= 1e-3).all()


def test_training_never_sees_what_is_held_out(corpus: TrainingCorpus) -> None:
    part = corpus.training_part()
    kept = part_mask(corpus.keys(), "training")
    assert part.titles == [title for title, is_kept in zip(corpus.titles, kept, strict=True) if is_kept]
    assert 0.5 < len(part) / len(corpus) < 0.9


def test_twins_fall_on_one_side_of_the_split() -> None:
    keys = [f"标题{number}\x1f公司" for number in range(4_000)]
    parts = [part_mask(keys, part) for part in ("test", "validation", "training")]
    assert (np.sum(parts, axis=0) == 1).all()
    assert [round(float(part.mean()), 2) for part in parts] == pytest.approx([0.225, 0.05, 0.725], abs=0.02)
    np.testing.assert_array_equal(parts[0], part_mask(keys * 2, "test")[4_000:])


def test_words_are_jieba_s_and_byte_pairs_also_read_everything(corpus: TrainingCorpus) -> None:
    words = word_tokenizer(corpus.abstracts, 500)
    assert "电解液" in words.encode("锂电池的电解液", add_special_tokens=False).tokens
    assert (
        words.encode("（ＬＥＤ）", add_special_tokens=False).tokens
        == words.encode("led", add_special_tokens=False).tokens
    )
    pairs = bpe_tokenizer(corpus.abstracts, 500)
    assert "".join(pairs.encode("锂电池的电解液", add_special_tokens=False).tokens) == "锂电池的电解液"


def test_pieces_of_ragged_ids_are_cut_and_thinned() -> None:
    ids = np.arange(10)
    pieces = cut_out(ids, np.array([0, 7, 4]), np.array([3, 7, 6]))
    assert pieces.ids.tolist() == [0, 1, 2, 4, 5] and pieces.offsets.tolist() == [0, 3, 3, 5]
    thinned = keep(Ragged(*pieces), np.array([True, False, True, False, True]))
    assert thinned.ids.tolist() == [0, 2, 5] and thinned.offsets.tolist() == [0, 2, 2, 3]

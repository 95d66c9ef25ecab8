"""Adapting the shipped encoder to a library."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from embed.default import DefaultEncoder, default_folder
from embed.training.adapt import ADAPTED_ID, adapt
from embed.training.config import ADAPTING
from embed.training.corpus import TrainingCorpus, corpus_from_parquet, corpus_from_table
from patents.errors import InputError, MissingColumnError

pytest.importorskip("torch", reason="the models extra is not installed")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore")]

SHORT = msgspec.structs.replace(ADAPTING, steps=25, batch=128, classified=64, warm_up=5, threads=1)


def same_field_is_nearest(encoder: DefaultEncoder, corpus: TrainingCorpus) -> float:
    vectors = encoder.encode(corpus.abstracts)
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -1)
    best = np.argsort(-scores, axis=1)[:, :10]
    fields = np.array(corpus.ipc)
    return float((fields[best] == fields[:, None]).mean())


def test_an_adapted_encoder_learns_the_library_and_says_where_it_comes_from(
    corpus: TrainingCorpus, tmp_path: Path
) -> None:
    before = DefaultEncoder()
    shipped = before.revision
    losses: list[float] = []
    after = adapt(
        before, corpus, tmp_path / "own", config=SHORT, progress=lambda _, loss: losses.append(loss)
    )
    assert np.mean(losses[-5:]) < np.mean(losses[:5])
    assert after.id == ADAPTED_ID and after.dim == before.dim and after.revision != shipped
    assert after.model.about.base == f"patlas-default {shipped}"
    assert after.model.about.records == len(corpus.training_part()) < len(corpus)
    assert same_field_is_nearest(after, corpus) >= same_field_is_nearest(before, corpus)
    assert DefaultEncoder(default_folder()).revision == shipped


def test_words_that_the_library_does_not_use_keep_their_directions(
    corpus: TrainingCorpus, tmp_path: Path
) -> None:
    before = DefaultEncoder()
    after = adapt(before, corpus, tmp_path / "own", config=msgspec.structs.replace(SHORT, steps=3))
    unused = ["甲醇", "卫星", "手术"]
    agreement = (before.encode(unused) * after.encode(unused)).sum(axis=1)
    np.testing.assert_allclose(agreement, 1, atol=1e-3)


def test_a_library_that_is_too_small_is_refused_and_nothing_is_written(
    corpus: TrainingCorpus, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="at least 200"):
        adapt(DefaultEncoder(), corpus.take(np.arange(100)), tmp_path / "own")
    assert not (tmp_path / "own").exists()


def test_a_corpus_is_read_from_a_snapshot_s_columns(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet

    table = pa.table(
        {
            "title": ["水泵", None],
            "abstract": ["一种泵", "一种阀"],
            "ipc_main": ["F04D29/22", None],
            "applicants": [["甲公司", "乙公司"], []],
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "t.parquet")
    corpus = corpus_from_table(table)
    assert corpus == corpus_from_parquet(tmp_path / "t.parquet")
    assert corpus.titles == ["水泵", ""] and corpus.first_claims == ["", ""]
    assert corpus.ipc == ["F04D29/22", ""] and corpus.applicants == ["甲公司", ""]
    with pytest.raises(MissingColumnError, match="abstract"):
        corpus_from_table(table.drop_columns(["abstract"]))

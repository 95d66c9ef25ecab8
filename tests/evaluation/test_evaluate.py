"""The evaluation end to end with the shipped encoder, on made-up patents."""

import json
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pytest

from embed.default import DefaultEncoder
from embed.loader import load_encoder
from index.evaluation.corpus import EvaluationCorpus, evaluation_corpus, evaluation_corpus_from_parquet
from index.evaluation.evaluate import choose_weights, evaluate, evaluation_tasks
from index.evaluation.known_items import HALF, MRR, TITLE
from index.evaluation.neighbours import NDCG, NEIGHBOURS
from index.evaluation.report import EvaluationReport, Figure, interval, table
from index.evaluation.speed import measure_speed, passages_of
from index.evaluation.systems import Bm25System, EncoderSystem, LsaSystem, MixSystem
from index.evaluation.twins import read_known_twins
from index.evaluation.verdict import compare
from index.fusion import MixWeights
from patents.errors import MissingColumnError, UnreadableFileError


@pytest.fixture(scope="module")
def report(corpus: EvaluationCorpus) -> EvaluationReport:
    encoder = EncoderSystem(load_encoder())
    weights = choose_weights(corpus, encoder, queries=100)
    systems = [LsaSystem(), encoder, MixSystem(encoder, weights)]
    return evaluate(corpus, systems, evaluation_tasks(corpus, queries=100), weights={encoder.name: weights})


def test_every_figure_has_an_interval_and_its_difference_to_bm25(report: EvaluationReport) -> None:
    systems = {one.system for one in report.figures}
    assert systems == {"BM25", "TF-IDF + LSA-256", "patlas-default", "BM25 + patlas-default"}
    for one in report.figures:
        assert one.low <= one.value <= one.high and one.queries > 0
        assert (one.gain is None) == (one.system == "BM25")
    base, own = (report.value(name, TITLE, MRR) for name in ("BM25", "patlas-default"))
    gain = next(
        one.gain
        for one in report.figures
        if (one.system, one.task, one.metric) == ("patlas-default", TITLE, MRR)
    )
    assert gain == pytest.approx(own - base, abs=2e-5)


def test_bm25_stands_first_and_finds_what_shares_words(report: EvaluationReport) -> None:
    assert report.figures[0].system == "BM25"
    assert report.value("BM25", TITLE, MRR) > 0.9
    assert report.value("patlas-default", NEIGHBOURS, NDCG) > 0.3


def test_the_mix_is_no_worse_than_its_parts_where_its_weights_were_chosen(report: EvaluationReport) -> None:
    for task in (TITLE, HALF):
        mixed = report.value("BM25 + patlas-default", task, MRR)
        assert mixed >= report.value("BM25", task, MRR) - 1e-9
        assert mixed >= report.value("patlas-default", task, MRR) - 1e-9


def test_the_report_is_json_that_names_machine_encoder_and_corpus_and_no_path(
    report: EvaluationReport, corpus: EvaluationCorpus
) -> None:
    written = report.to_json()
    content = json.loads(written)
    assert content["corpus_hash"] == corpus.hash() and content["machine"]["cores"] >= 1
    assert content["encoders"][0]["revision"] == DefaultEncoder().revision
    assert str(Path.cwd()) not in written.decode() and "/" + "home" not in written.decode()
    assert msgspec.json.decode(written, type=EvaluationReport) == report
    assert {one["task"] for one in content["coverage"]} >= {TITLE, HALF, NEIGHBOURS}


def test_two_runs_give_the_same_figures(corpus: EvaluationCorpus) -> None:
    tasks = evaluation_tasks(corpus, queries=30)
    first = evaluate(corpus, [Bm25System()], tasks)
    assert first.figures == evaluate(corpus, [], evaluation_tasks(corpus, queries=30)).figures


def test_an_empty_corpus_is_refused(corpus: EvaluationCorpus) -> None:
    with pytest.raises(ValueError, match="at least one record"):
        evaluate(corpus.take(np.array([], dtype=np.int64)), [])


def test_a_table_shows_a_row_for_each_system(report: EvaluationReport) -> None:
    lines = table(report, [(TITLE, MRR), ("nothing", MRR)]).splitlines()
    assert len(lines) == 2 + 4 and lines[2].startswith("| BM25 | ") and lines[2].endswith("| – |")
    assert "±" in lines[2]


def test_intervals_hold_the_mean_and_shrink_with_more_queries() -> None:
    values = np.random.default_rng(0).random(2_000)
    low, high = interval(values, 0)
    assert low < values.mean() < high
    few_low, few_high = interval(values[:50], 0)
    assert few_high - few_low > 3 * (high - low)
    # The normal approximation: 2 · 1.96 · s / √n.
    assert high - low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(2_000), rel=0.1)


def test_speed_is_measured_in_a_process_without_torch() -> None:
    speed = measure_speed("default", ["一种水泵，包括叶轮和泵体。"], passages=500)
    assert speed.encoder == "patlas-default" and not speed.torch
    assert speed.passages_per_second > 200 and 0 < speed.query_ms < 100
    assert speed.model_mb is not None and 5 < speed.model_mb <= 20 and speed.peak_mb > 50


def test_passages_for_speed_have_one_length() -> None:
    assert {len(passage) for passage in passages_of(["一种水泵" * 10, "叶轮"], 7)} == {250}


def test_weights_can_be_chosen_without_titles(corpus: EvaluationCorpus) -> None:
    bare = EvaluationCorpus(
        **{name: getattr(corpus, name) for name in corpus.__slots__ if name != "titles"},
        titles=[""] * len(corpus),
    )
    weights = choose_weights(bare, EncoderSystem(load_encoder()), queries=20)
    assert weights.short == 0.5 and isinstance(weights, MixWeights)


def test_tables_with_dates_as_text_and_main_classification_apart_are_read(tmp_path: Path) -> None:
    import pyarrow.parquet

    given = pa.table(
        {
            "key": ["a", "b", "c"],
            "abstract": ["一种泵", "", "一种阀"],
            "filing_date": ["2015-02-01", "2015-01-01", ""],
            "ipc_main": ["F04D29/22", None, None],
            "ipc": [["A61K9/00", "F04D29/22"], [], None],
        }
    )
    corpus = evaluation_corpus(given)
    assert corpus.numbers == ["a", "c"] and corpus.titles == ["", ""]
    assert corpus.ipc == [("F04D29/22", "A61K9/00"), ()]
    assert str(corpus.filed[0]) == "2015-02-01" and np.isnat(corpus.filed[1])
    pyarrow.parquet.write_table(given, tmp_path / "t.parquet")
    assert evaluation_corpus_from_parquet(tmp_path / "t.parquet").hash() == corpus.hash()


def test_a_table_without_abstracts_cannot_be_measured() -> None:
    with pytest.raises(MissingColumnError, match="abstracts"):
        evaluation_corpus(pa.table({"title": ["泵"]}))


def test_the_parts_of_a_corpus_share_no_twin(corpus: EvaluationCorpus) -> None:
    parts = [corpus.part(part) for part in ("test", "validation", "training")]
    assert sum(map(len, parts)) == len(corpus)
    keys = [set(part.keys()) for part in parts]
    assert not (keys[0] & keys[1] or keys[0] & keys[2] or keys[1] & keys[2])


def test_a_file_that_holds_no_twins_is_named(tmp_path: Path) -> None:
    (tmp_path / "twins.json").write_text('[["CN1A", "CN2U"]]')
    assert read_known_twins(tmp_path / "twins.json") == [["CN1A", "CN2U"]]
    (tmp_path / "bad.json").write_text("[1]")
    for name in ("bad.json", "none.json"):
        with pytest.raises(UnreadableFileError, match=name):
            read_known_twins(tmp_path / name)


def with_figures(
    report: EvaluationReport, values: dict[str, tuple[float, float, float]], records: int = 500
) -> EvaluationReport:
    metrics = ((TITLE, MRR), (HALF, MRR), (NEIGHBOURS, NDCG))
    figures = tuple(
        Figure(
            task=task, metric=metric, group="", system=name, value=value, low=value, high=value, queries=100
        )
        for name, three in values.items()
        for (task, metric), value in zip(metrics, three, strict=True)
    )
    return msgspec.structs.replace(report, figures=figures, records=records)


def test_an_encoder_is_better_when_the_mean_rises_and_nothing_falls_much(report: EvaluationReport) -> None:
    better = with_figures(report, {"old": (0.7, 0.7, 0.2), "new": (0.695, 0.72, 0.22)})
    assert compare(better, "old", "new").better
    lopsided = with_figures(report, {"old": (0.7, 0.7, 0.2), "new": (0.6, 0.9, 0.3)})
    assert not compare(lopsided, "old", "new").better
    level = with_figures(report, {"old": (0.7, 0.7, 0.2), "new": (0.7, 0.701, 0.2)})
    assert not compare(level, "old", "new").better
    few = with_figures(report, {"old": (0.5, 0.5, 0.2), "new": (0.9, 0.9, 0.9)}, records=10)
    verdict = compare(few, "old", "new")
    assert not verdict.better and "10 held-out patents" in str(verdict.reason)
    assert len(verdict.changes) == 3

"""Each task against figures worked out by hand."""

import numpy as np
import pytest

from index.evaluation.citations import FIRST_RANK, RECALL_10, RECALL_100, citations_task
from index.evaluation.corpus import EvaluationCorpus
from index.evaluation.known_items import FIRST, MRR, half_task, halved, title_task
from index.evaluation.neighbours import CROSS_CLASS, NDCG, PRECISION, neighbours_task
from index.evaluation.task import best_rank, sample
from index.evaluation.twins import AT_1, AT_3, twins_task


def small(
    ipc: list[tuple[str, ...]], titles: list[str] | None = None, applicants: list[str] | None = None
) -> EvaluationCorpus:
    count = len(ipc)
    return EvaluationCorpus(
        numbers=[f"CN{number}" for number in range(count)],
        publications=[(f"CN{number}A",) for number in range(count)],
        titles=titles or [f"标题{number}" for number in range(count)],
        abstracts=[f"摘要{number}的前半部分在此，摘要{number}的后半部分在此。" for number in range(count)],
        first_claims=[""] * count,
        ipc=ipc,
        applicants=applicants or [f"公司{number}" for number in range(count)],
        filed=np.full(count, "NaT", dtype="datetime64[D]"),
        published=np.full(count, "NaT", dtype="datetime64[D]"),
        cites=[()] * count,
    )


def test_ties_share_the_places_between_them() -> None:
    scores = np.array([0.5, 0.9, 0.5, 0.5, 0.1], dtype=np.float32)
    assert best_rank(scores, np.array([True, False, False, False, False])) == 1 + 1 + 2 / 2
    assert best_rank(np.zeros(101, dtype=np.float32), np.arange(101) == 7) == 51
    assert best_rank(scores, np.zeros(5, dtype=bool)) == np.inf
    assert best_rank(np.full(3, -np.inf, dtype=np.float32), np.array([True, False, False])) == np.inf


def test_a_record_of_the_same_title_counts_as_found() -> None:
    task = title_task(small([()] * 4, titles=["泵", "阀", "泵", ""]), 10, 0)
    assert list(task.queries) == ["泵", "阀", "泵"] and task.coverage == 0.75
    scores = np.array([[0.1, 0.8, 0.9, 0.2], [0.9, 0.3, 0.1, 0.2], [0.9, 0.8, 0.1, 0.2]], dtype=np.float32)
    values = task.judge(np.arange(3), scores)
    np.testing.assert_allclose(values[MRR], [1, 1 / 2, 1])
    assert values[FIRST].tolist() == [1, 0, 1]


def test_records_without_title_are_not_each_other_s_twins() -> None:
    task = half_task(small([()] * 3, titles=["", "", "泵"]), 10, 0)
    scores = np.array([[0.1, 0.9, 0.0]], dtype=np.float32)
    assert task.judge(np.array([0]), scores)[MRR].tolist() == [0.5]


def test_an_abstract_is_halved_at_a_clause() -> None:
    text = "一种水泵包括叶轮和泵体在内，叶轮固定在轴的一端上；轴由电机带动而转动，效率得以提高。"
    first, second = halved(text) or ("", "")
    assert first + second == text and first.endswith("；")
    assert halved("没有标点的文字不能切成两半所以不参加") is None
    assert halved("短，短。") is None


def test_neighbours_are_graded_by_agreement_of_the_main_classification() -> None:
    ipc = [("H01M4/38",), ("H01M4/38",), ("H01M4/62",), ("H01M10/05",), ("H01L21/02",), ("A61K9/00",), ()]
    task = neighbours_task(small(ipc), 10, 0)
    assert task.coverage == pytest.approx(6 / 7)
    scores = np.array([[1.0, 0.5, 0.9, 0.8, 0.7, 0.6, 0.95]], dtype=np.float32)
    values = task.judge(np.array([0]), scores)
    gains = [2**3 - 1, 2**2 - 1, 2**1 - 1, 0, 2**4 - 1]
    discounts = 1 / np.log2(np.arange(2, 12))
    expected = (np.array(gains) * discounts[:5]).sum() / (15 * discounts.sum())
    assert values[NDCG][0] == pytest.approx(expected)
    assert values[PRECISION][0] == pytest.approx(0.3)


def test_own_title_own_applicant_and_unknown_applicants_are_no_neighbours() -> None:
    ipc = [("H01M4/38",)] * 5
    titles = ["泵", "泵", "阀", "轴", "管"]
    applicants = ["甲", "乙", "甲", "", "丙"]
    task = neighbours_task(small(ipc, titles, applicants), 10, 0)
    assert len(task.queries) == 4 and task.coverage == 0.8
    values = task.judge(np.array([0]), np.ones((1, 5), dtype=np.float32))
    assert values[NDCG][0] == pytest.approx(1 / (1 / np.log2(np.arange(2, 12))).sum())


def test_without_any_applicant_all_records_are_kept() -> None:
    task = neighbours_task(small([("H01M4/38",)] * 3, applicants=["", "", ""]), 10, 0)
    assert len(task.queries) == 3


def test_records_of_several_classes_are_the_cross_class_cases() -> None:
    task = neighbours_task(small([("H01M4/38", "H01L21/02"), ("H01M4/38", "B65G15/30")]), 10, 0)
    assert task.groups[CROSS_CLASS].tolist() == [False, True]
    assert task.groups["H"].all() and not task.groups["A"].any()


def test_twins_are_derived_from_title_and_applicant(corpus: EvaluationCorpus) -> None:
    task = twins_task(corpus, 1_000, 0)
    assert len(task.queries) == 2 * 24 and task.coverage == pytest.approx(48 / len(corpus))
    scores = np.zeros((1, len(corpus)), dtype=np.float32)
    scores[0, 0], scores[0, 5], scores[0, 1] = 1.0, 0.9, 0.8
    values = task.judge(np.array([0]), scores)
    assert values[AT_1].tolist() == [0] and values[AT_3].tolist() == [1]


def test_known_twins_are_taken_by_publication_number() -> None:
    task = twins_task(small([()] * 4), 10, 0, known=[["CN1A", "CN3A"], ["CN2A", "CN9A"]])
    assert len(task.queries) == 2


def test_citations_look_among_what_was_published_before_the_filing(corpus: EvaluationCorpus) -> None:
    task = citations_task(corpus, 1_000, 0)
    assert len(task.queries) > 30
    judge = task.judge
    own = int(judge._rows[0])  # type: ignore[attr-defined]
    cited = int(judge._cited[0][0])  # type: ignore[attr-defined]
    scores = np.zeros((1, len(corpus)), dtype=np.float32)
    scores[0, own + 1 :] = 1.0
    scores[0, own], scores[0, cited] = 2.0, 0.5
    values = judge(np.array([0]), scores)
    assert values[FIRST_RANK].tolist() == [1] and values[RECALL_10].tolist() == [1]
    earlier = corpus.published < corpus.filed[own]
    scores[0, :] = 1.0
    scores[0, cited] = 0.5
    rank = judge(np.array([0]), scores)[FIRST_RANK][0]
    assert rank == earlier.sum()
    assert judge(np.array([0]), scores)[RECALL_100][0] == float(rank <= 100)


def test_a_library_without_citations_has_no_such_task() -> None:
    assert not citations_task(small([()] * 4), 10, 0).queries


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    rows = np.arange(100)
    np.testing.assert_array_equal(sample(rows, 10, 3), sample(rows, 10, 3))
    assert len(set(sample(rows, 10, 3).tolist())) == 10
    assert sample(rows, 10, 3).tolist() != sample(rows, 10, 4).tolist()
    np.testing.assert_array_equal(sample(rows, 100, 3), rows)

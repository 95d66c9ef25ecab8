"""The baseline is BM25, not a weakened one."""

import bm25s
import numpy as np
import pytest

from index.evaluation.bm25 import Bm25
from index.evaluation.corpus import EvaluationCorpus
from terms.words import cut_many


@pytest.mark.filterwarnings("ignore")
def test_scores_are_those_of_bm25s(corpus: EvaluationCorpus) -> None:
    words = cut_many(corpus.abstracts)
    queries = cut_many([*corpus.titles[:20], *corpus.abstracts[:10]])
    other = bm25s.BM25(k1=1.5, b=0.75, method="lucene")
    other.index(words, show_progress=False)
    scores = Bm25(words).scores(queries)
    for query, row in zip(queries, scores, strict=True):
        np.testing.assert_allclose(row, other.get_scores(query), rtol=1e-4, atol=1e-4)


def test_a_query_without_a_known_word_scores_nothing(corpus: EvaluationCorpus) -> None:
    scores = Bm25(cut_many(corpus.abstracts)).scores([["量子"], []])
    assert scores.shape == (2, len(corpus)) and not scores.any()


def test_a_word_that_stands_twice_counts_twice() -> None:
    index = Bm25([["泵", "轴"], ["轴"], ["阀"]])
    once, twice = index.scores([["泵"], ["泵", "泵"]])
    np.testing.assert_allclose(twice, 2 * once)
    assert once[0] > 0 and once[1] == once[2] == 0


def test_documents_without_words_do_no_harm() -> None:
    assert not Bm25([[], []]).scores([["泵"]]).any()

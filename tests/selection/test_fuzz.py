"""Whatever is typed: an answer or a QueryError (50,000 texts: `python -m benchmarks.selection.fuzz`)."""

from __future__ import annotations

import random
import threading

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.selection.fuzz import random_text, try_one
from selection.evaluation import evaluate
from tests.selection.corpora import LIBRARY, corpus_of

CORPUS, _ = corpus_of(LIBRARY)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=40), st.sampled_from((None, "incopat", "patsnap")))
def test_any_text_at_all_is_answered_or_refused(text, dialect):
    assert try_one(text, CORPUS, dialect) in ("refused", "parsed", "answered")


def test_pieces_of_the_language_in_any_order_are_answered_or_refused():
    rng = random.Random(3)
    outcomes = {
        try_one(random_text(rng), CORPUS, rng.choice((None, "incopat", "patsnap"))) for _ in range(800)
    }
    assert {"refused", "answered"} <= outcomes


def test_one_corpus_answers_many_threads_alike():
    queries = (
        "TIAB=石墨",
        "AB=(电池 (2f))",
        "AP=大学 or IPC=H01M",
        "AB=comput* or PN=CN104000001",
        "PD=2018",
    )
    expected = {text: evaluate(text, CORPUS).rows for text in queries}
    fresh, _ = corpus_of(LIBRARY)
    wrong = []

    def ask():
        for text in queries * 3:
            if evaluate(text, fresh).rows != expected[text]:
                wrong.append(text)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []

"""Whatever is typed: an answer or a QueryError."""

from __future__ import annotations

import threading

from hypothesis import example, given, settings
from hypothesis import strategies as st

from patents.errors import QueryError
from selection.evaluation import Environment, evaluate, explain
from selection.language import parse, translate
from tests.selection.corpora import LIBRARY, corpus_of

PIECES = (
    *"ab石墨烯电池（）()[]［］\"'“”‘’:：=＝<>≤≥,，;、*?$#_\\/-.|@0129 \n\t　",
    *"and OR not 与 或 非 to GAND TIAB= TI= ap= PD= pd TA: TTL: IPC= IPC: APD: STATUS= R= RAD=( ".split(),
    *"(2w) (3f) (s) $W2 $PRE3 $FREQ2 $SEN 20110101 2011 H01M10/0525 CN101850473B FOO= ℃ ﬁ 😀".split(),
    "TREE@", "[2011 to 2012]", "\x00", "\ud800",
)  # fmt: skip
DIALECTS = st.sampled_from((None, "incopat", "patsnap"))
CORPUS, _ = corpus_of(LIBRARY)


def try_one(text, dialect):
    """Outcome of one text; anything but a QueryError is raised."""
    try:
        query = parse(text, dialect)
    except QueryError:
        return "refused"
    assert parse(query.canonical, "incopat").root == query.root, text
    for to in ("incopat", "patsnap"):
        translated = translate(query, to)
        assert not translated.text or parse(translated.text, to), text
    explain(query, CORPUS)
    try:
        evaluate(query, CORPUS, Environment(company_tree=lambda name: [name]))
    except QueryError:
        return "parsed"
    return "answered"


@settings(max_examples=150)
@given(st.text(max_size=40), DIALECTS)
def test_any_text_at_all_is_answered_or_refused(text, dialect):
    assert try_one(text, dialect) in ("refused", "parsed", "answered")


@settings(max_examples=400)
@example(['"', "TREE@", '"'], "", None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14), st.sampled_from(("", " ")), DIALECTS)
def test_pieces_of_the_language_in_any_order_are_answered_or_refused(pieces, joint, dialect):
    assert try_one(joint.join(pieces), dialect) in ("refused", "parsed", "answered")


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

"""Random trees over random texts, against an evaluator without any index."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from selection.evaluation import evaluate
from selection.language import parse, translate, write
from selection.language.parser import Query
from selection.language.tree import (
    And,
    Everything,
    Filled,
    Frequency,
    InField,
    Link,
    Not,
    Or,
    Pattern,
    Proximity,
    Range,
    Term,
    Wild,
    conjoin,
    disjoin,
)
from tests.selection.brute_force import matches
from tests.selection.corpora import corpus_of, numbered

PIECES = (
    "石",
    "墨",
    "烯",
    "电",
    "池",
    "石墨烯",
    "LED",
    "led",
    "Ledx",
    "a",
    "ab",
    "b2",
    " ",
    "，",
    "。",
    "-",
    ".",
    "5",
    "\n",
    "ＬＥＤ",
)
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
names = st.lists(
    st.sampled_from(("石墨", "电池公司", "LED Co", "王小明", "led")), max_size=2, unique=True
).map(tuple)
some_days = st.none() | st.dates(date(2010, 11, 1), date(2012, 2, 28))
records = st.lists(
    st.fixed_dictionaries(
        {
            "title": texts,
            "abstract": texts,
            "first_claim": texts,
            "claims": st.just("") | texts,
            "title_en": texts,
            "applicants": names,
            "inventors": names,
            "ipc": st.lists(
                st.sampled_from(("H01M4/52", "H01M10/0525", "H01M1/00", "C01B32/184")), max_size=2
            ).map(tuple),
            "filing_date": some_days,
            "publication_date": some_days,
            "legal_state": st.sampled_from(("有效", "失效", "审中")),
        }
    ),
    min_size=1,
    max_size=12,
)

words = st.lists(
    st.sampled_from(("石", "墨", "烯", "电", "池", "led", "LED", "a", "b2", "5", "-")), min_size=1, max_size=4
)
terms = words.map("".join).map(Term)
phrases = words.map(" ".join).map(Term)
word_patterns = st.sampled_from(
    (("le", Wild.MANY), (Wild.MANY, "x"), ("l", Wild.ONE, "d"), (Wild.ONE, "2"), ("le", Wild.ONE, Wild.MANY))
)
run_patterns = st.sampled_from(
    (
        ("石", Wild.MANY, "池"),
        ("石", Wild.ONE, "烯"),
        ("led", Wild.MANY, "池"),
        ("池", Wild.ONE, "led"),
        ("电", Wild.ONE),
        (Wild.ONE, "池"),
        ("a-l", Wild.MANY),
        ("电池", Wild.MANY),
    )
)
patterns = (word_patterns | run_patterns).map(Pattern)
links = st.builds(Link, st.just("word"), st.integers(0, 3), st.booleans()) | st.sampled_from(
    (Link("sentence"), Link("paragraph"))
)
operands = terms | phrases | patterns | st.lists(terms | patterns, min_size=2, max_size=3).map(disjoin)


@st.composite
def proximities(draw):
    parts = draw(st.lists(operands, min_size=2, max_size=3))
    return Proximity(tuple(parts), tuple(draw(links) for _ in parts[1:]))


frequencies = st.builds(Frequency, terms | word_patterns.map(Pattern), st.integers(1, 3))


def nested(leaves):
    several = st.lists(leaves, min_size=2, max_size=3)
    return st.recursive(
        leaves,
        lambda below: (
            several.map(conjoin)
            | several.map(disjoin)
            | below.map(Not)
            | st.lists(below, min_size=2, max_size=3).map(conjoin)
            | st.lists(below, min_size=2, max_size=3).map(disjoin)
        ),
        max_leaves=5,
    )


dates = st.sampled_from(("2011", "201101", "20110615", "2010", "20111231"))
spans = st.tuples(dates, dates).map(lambda pair: Range(min(pair), max(pair)))
half_spans = st.builds(Range, dates, st.none()) | st.builds(Range, st.none(), dates)
#: `(pd>2011)`: an excluded bound stands only directly under its field.
comparisons = (
    st.builds(Range, dates, st.none(), st.booleans())
    | dates.flatmap(lambda day: st.builds(Range, st.none(), st.just(day), st.just(False), st.booleans()))
    | st.builds(Range, st.just("2010"), st.just("20111231"), st.booleans(), st.booleans())
)
text_fields = st.sampled_from(("TI", "AB", "TIAB", "CLAIM", "TIABC", "ALL", "FIRST-CLAIM"))
fielded = st.one_of(
    st.builds(InField, text_fields, nested(terms | phrases | patterns | proximities() | frequencies)),
    st.builds(InField, st.sampled_from(("AP", "IN")), nested(terms | patterns)),
    st.builds(InField, st.sampled_from(("AD", "PD")), nested(dates.map(Term) | spans | half_spans)),
    st.builds(InField, st.sampled_from(("AD", "PD")), comparisons),
    st.builds(
        InField,
        st.just("IPC"),
        st.sampled_from(("H", "H01", "H01M", "H01M1", "H01M10", "H01M4/5", "C01B32/184")).map(Term),
    ),
    st.builds(InField, st.just("STATUS"), st.sampled_from(("有效", "失效")).map(Term)),
    st.builds(InField, st.sampled_from(("TI", "AP", "AD", "IPC")), st.just(Filled())),
    st.just(Everything()),
)
trees = nested(fielded)


# Few characters, so that runs, neighbours and repeats are common.
dense_texts = st.lists(
    st.sampled_from(("石", "墨", "烯", "石墨", "led", "Ab", " ", "，", "。", ".", "5", "\n")),
    min_size=3,
    max_size=16,
).map("".join)
dense_records = st.lists(
    st.fixed_dictionaries(
        {
            "title": dense_texts,
            "abstract": dense_texts,
            "first_claim": dense_texts,
            "claims": st.just("") | dense_texts,
        }
    ),
    min_size=2,
    max_size=8,
)
dense_terms = (
    st.lists(st.sampled_from(("石", "墨", "烯", "led", "ab")), min_size=1, max_size=3).map("".join).map(Term)
)
dense_patterns = st.sampled_from(
    (("石", Wild.ONE), ("石", Wild.MANY, "烯"), ("l", Wild.MANY), ("墨", Wild.ONE, "石"), (Wild.ONE, "b"))
).map(Pattern)
single = st.sampled_from(("石", "墨", "烯", "led", "ab", "石墨")).map(Term)


@st.composite
def dense_proximities(draw):
    parts = draw(st.lists(single | single | dense_patterns, min_size=2, max_size=3))
    return Proximity(tuple(parts), tuple(draw(links) for _ in parts[1:]))


dense_leaves = (
    dense_proximities()
    | dense_terms
    | dense_patterns
    | st.builds(Frequency, single | st.just(Pattern(("l", Wild.MANY))), st.integers(2, 4))
)
dense_fields = st.sampled_from(("TI", "AB", "TIAB", "CLAIM", "TIABC"))


#: Has every field, so that no tree asks for what the library does not hold.
ANCHOR = {
    "title": "a",
    "abstract": "a",
    "first_claim": "a",
    "claims": "a",
    "title_en": "a",
    "abstract_en": "a",
    "applicants": ("甲",),
    "inventors": ("乙",),
    "ipc": ("A01B1/00",),
    "filing_date": date(2000, 1, 1),
    "publication_date": date(2000, 1, 1),
    "legal_state": "审中",
}


@settings(max_examples=120)
@given(records, trees)
def test_the_index_and_the_slow_way_give_the_same_rows(many, tree):
    corpus, ordered = corpus_of(numbered([*many, ANCHOR]))
    found = evaluate(Query(write(tree), "incopat", tree), corpus)
    expected = [row for row, record in enumerate(ordered) if matches(record, tree)]
    assert list(found) == expected, write(tree)


@settings(max_examples=200)
@given(dense_records, st.lists(st.builds(InField, dense_fields, dense_leaves), min_size=3, max_size=8))
def test_running_text_matches_as_the_slow_way_says(many, leaves):
    corpus, ordered = corpus_of(numbered([*many, ANCHOR]))
    for leaf in leaves:
        found = evaluate(Query(write(leaf), "incopat", leaf), corpus)
        expected = [row for row, record in enumerate(ordered) if matches(record, leaf)]
        assert list(found) == expected, write(leaf)


@settings(max_examples=150)
@given(trees)
def test_what_is_printed_parses_to_the_same_tree(tree):
    assert parse(write(tree), "incopat").root == tree


@settings(max_examples=150)
@given(trees)
def test_what_is_translated_and_translated_back_means_the_same(tree):
    query = Query(write(tree), "incopat", tree)
    there = translate(query, "patsnap")
    if there.text and not there.lost:
        back = translate(parse(there.text, "patsnap"), "incopat")
        assert back.lost == ()
        assert parse(back.text, "incopat").root == closed(tree)


def closed(node):
    """The tree with ranges as PatSnap has them: both ends there and included."""
    match node:
        case And(parts):
            return And(tuple(map(closed, parts)))
        case Or(parts):
            return Or(tuple(map(closed, parts)))
        case Not(part):
            return Not(closed(part))
        case InField(name, part):
            return InField(name, closed(part))
        case Range():
            there = translate(Query("", "incopat", InField("PD", node)), "patsnap").text
            return parse(there, "patsnap").root.part
    return node

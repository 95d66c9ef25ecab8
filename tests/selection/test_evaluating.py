"""Evaluation beyond running text: what other rooms hand in, what cannot be answered, the explain tree."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from patents.errors import QueryError
from patents.record import PatentRecord
from selection.bitmaps import rows_from_array
from selection.evaluation import (
    Corpus,
    Environment,
    SimilarHits,
    evaluate,
    explain,
    problems,
    remarks,
    render,
)
from selection.evaluation.sources import parse_sources
from selection.language import fields, parse
from tests.selection.corpora import LIBRARY, corpus_of, numbered


@pytest.fixture(scope="module")
def corpus():
    return corpus_of(LIBRARY)[0]


@pytest.fixture(scope="module")
def ordered():
    return corpus_of(LIBRARY)[1]


def refused(text, corpus, environment=None):
    with pytest.raises(QueryError) as caught:
        evaluate(text, corpus, environment)
    return caught.value


def titles(text, corpus, ordered, environment=None):
    return sorted(ordered[row].title for row in evaluate(text, corpus, environment))


GRAPHENE, LAMP, LITHIUM, ALUMINIUM = (
    "石墨烯导热膜及其制备方法",
    "一种LED灯散热装置",
    "锂离子电池正极材料",
    "电解铝槽",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT=发明授权", [GRAPHENE]),
        ("PT=发明申请", sorted([LITHIUM, ALUMINIUM])),
        ("PATENT_TYPE:U", [LAMP]),
        ("LEGAL_STATUS:16", [LAMP]),
        ("LAPSE-REASON=未缴年费", [LAMP]),
        ("LAWTXT=实质审查", [LITHIUM]),
        ("TRANSFER:1", [GRAPHENE]),
        ("ASSIGN-FLAG=0", sorted([LAMP, LITHIUM, ALUMINIUM])),
        ("ASSIGN-DATE=[201805 to 201806]", [GRAPHENE]),
        ("ASSIGNYEAR=2017", []),
        ("LG=转让", [GRAPHENE]),
        ("CT=CN101850473", [GRAPHENE]),
        ("PR-AU=US", [GRAPHENE]),
        ("ANS_TYPE:ACADEMY", sorted([GRAPHENE, LITHIUM])),
        ("AP-TYPE=企业", [LAMP]),
        ("NO-AP=2", [GRAPHENE]),
        ("(NO-AP>=1) not NO-AP=2", sorted([LAMP, LITHIUM])),
        ("CLAIM_COUNT:[5 TO 9]", [LITHIUM]),
        ("AP-PROVINCE=甘肃", sorted([GRAPHENE, LAMP])),
        ("CITY=天水", [LAMP]),
        ("WHERE=城关区", [GRAPHENE]),
        ("IN=王小明", sorted([GRAPHENE, LITHIUM])),
        ("IN_EXACT:王小", []),
        ("KEYWORDS=散热", [GRAPHENE]),
        ("TI-EN=lithium", [LITHIUM]),
        ("AUTHORITY:CN", sorted([GRAPHENE, LAMP, LITHIUM, ALUMINIUM])),
        ("KD:B", [GRAPHENE]),
        ("NUMBER=(201510000001 CN85108154)", sorted([GRAPHENE, ALUMINIUM])),
        ("PN=CN104*", [GRAPHENE]),
        ("MAINF:清华大学", [LITHIUM]),
        ("MAINF:C25C3", [ALUMINIUM]),
        ("石墨", sorted([GRAPHENE, LAMP])),
        ("CLAIM=制备方法", [GRAPHENE]),
        ("(LEN-FIRST-CLAIM>20)", [GRAPHENE]),
        ("CLASS=[H01M1 to H01M9]", sorted([GRAPHENE, LITHIUM])),
        ("IPC-LOW=H01M4", sorted([GRAPHENE, LITHIUM])),
        ("AB=*", sorted([GRAPHENE, LAMP, LITHIUM])),
        ("*", sorted([GRAPHENE, LAMP, LITHIUM, ALUMINIUM])),
    ],
)
def test_a_field_finds_what_its_columns_say(corpus, ordered, text, expected):
    assert titles(text, corpus, ordered) == expected


def test_traditional_characters_and_radicals_match_simplified_ones_both_ways():
    texts = ("一種鋁電解槽陰極", "一种铝电解槽阴极", "⼀种铝电解槽⽔泵")
    corpus, ordered = corpus_of(numbered([{"title": text, "applicants": (text,)} for text in texts]))
    assert titles("TI=電解槽", corpus, ordered) == titles("TI=电解槽", corpus, ordered) == sorted(texts)
    assert titles("TI=水泵 and AP=一种", corpus, ordered) == ["⼀种铝电解槽⽔泵"]
    for text in ("TI=(一種 (8w) 陰極)", "TI=(一种 (8w) 阴极)"):
        assert titles(text, corpus, ordered) == sorted(texts[:2])


def test_every_source_of_the_table_is_known_to_the_snapshot(corpus):
    own = {"industries", "theme", "theme_core", "unplaced", "tags", "firm"}
    for field in fields():
        if field.source and field.kind != "union":
            for source in parse_sources(field.source):
                assert set(source.columns) <= set(corpus.table.column_names) | own, field.name


def test_every_field_is_answered_or_refused_with_what_would_supply_it(corpus):
    values = {"date": "2015", "month": "201501", "year": "2015", "number": "1", "flag": "1", "class": "H01M"}
    for field in fields():
        values_of = {"STATUS": "有效", "PT": "发明", "LG": "转让", "AP-TYPE": "企业", "LEGAL_STATUS": "3"}
        value = values_of.get(field.name, values.get(field.kind, "x1"))
        try:
            evaluate(f"{field.code('incopat')}={value}", corpus, dialect="incopat")
        except QueryError as error:
            assert error.code in ("query-field-without-column", "query-field-empty"), field.name
            assert str(error.message.values["needs"]) in error.help, field.name


def test_a_field_without_column_is_refused_with_its_place(corpus):
    error = refused("TI=a or DES=(b and c)", corpus)
    assert error.place == 8
    assert "说明书" in error.what + error.help
    assert "^" in error.what


def test_industries_come_from_the_environment_and_the_export(ordered):
    registered = {"sei:新材料产业": rows_from_array([0, 1]), "省级:有色冶金": rows_from_array([3])}
    environment = Environment(registered={"industries": lambda: registered})
    corpus, _ = corpus_of(LIBRARY)
    assert evaluate("INDUSTRY=新材料产业", corpus, environment).array().tolist() == [0, 1]
    assert evaluate('INDUSTRY="sei:新材料产业"', corpus, environment).count == 2
    assert evaluate("INDUSTRY=新材料*", corpus, environment).count == 2
    assert evaluate("SEIC:新材料产业", corpus, environment).count == 2
    error = refused("INDUSTRY=新材科产业", corpus, environment)
    assert "sei:新材料产业" in error.help
    assert "an industry scheme" in refused("INDUSTRY=a", corpus).help


def test_portal_industries_of_the_export_count_too():
    records = [
        PatentRecord(application_number="CN2015100000010", industries=(("sei", "3.4 前沿新材料"),)),
        PatentRecord(application_number="CN2015100000025"),
    ]
    corpus, _ = corpus_of(records)
    assert evaluate('SEIC="3.4 前沿新材料"', corpus, dialect="incopat").array().tolist() == [0]


def test_columns_registered_on_the_snapshot_are_read(corpus):
    tags = pa.array([["噪声"], [], ["重点", "噪声"], []], type=pa.list_(pa.string()))
    with_tags = Corpus(corpus.table.append_column("tags", tags))
    assert evaluate("TAG=噪声", with_tags).array().tolist() == [0, 2]
    assert evaluate("* not TAG=噪声", with_tags).array().tolist() == [1, 3]
    assert evaluate("TAG=没有的", with_tags).count == 0


def test_company_trees_need_groups_and_use_them(corpus, ordered):
    assert "groups of applicants" in refused('AP=(TREE@"兰大集团")', corpus).what
    environment = Environment(company_tree=lambda name: [name, "兰州大学", "清华大学"])
    assert titles('AP=(TREE@"兰大集团")', corpus, ordered, environment) == sorted([GRAPHENE, LITHIUM])


class Similar:
    """Answers with the rows it was given, best first, and remembers what it was asked."""

    def __init__(self, rows):
        self.rows = rows
        self.asked = []

    def __call__(self, keyword, text, allowed):
        self.asked.append((keyword, text, None if allowed is None else list(allowed)))
        rows = [row for row in self.rows if allowed is None or row in allowed]
        scores = np.linspace(0.9, 0.5, len(rows), dtype=np.float32)
        return SimilarHits(
            np.array([*rows, -1], dtype=np.int64), np.append(scores, -np.inf).astype(np.float32)
        )


def test_similar_searches_run_within_the_rest_of_the_query(corpus, ordered):
    similar = Similar([2, 0, 1])
    found = evaluate("R=(一种石墨烯膜) and PD=*", corpus, Environment(similar=similar))
    assert similar.asked == [("R", "一种石墨烯膜", [0, 1, 2, 3])]
    assert found.order.tolist() == [2, 0, 1]
    assert found.count == 3
    assert found.scores[0] == pytest.approx(0.9)
    filtered = evaluate("IPC=H01M and R=(x)", corpus, Environment(similar=similar))
    assert set(filtered.order.tolist()) == {row for row in filtered}
    assert refused("R=(x)", corpus).code == "query-similar-unavailable"


def test_rad_and_rpd_order_by_date_the_newest_first(corpus, ordered):
    similar = Environment(similar=Similar([0, 1, 2, 3]))
    for keyword, name in (("RAD", "filing_date"), ("RPD", "publication_date")):
        order = evaluate(f"{keyword}=(x)", corpus, similar).order
        days = [getattr(ordered[row], name) for row in order]
        known = [day for day in days if day]
        assert known == sorted(known, reverse=True)
        assert days[: len(known)] == known


def test_nothing_is_sought_within_an_empty_rest(corpus):
    similar = Similar([0])
    assert evaluate("R=(x) and TI=没有", corpus, Environment(similar=similar)).count == 0
    assert similar.asked == []


def test_a_long_list_of_numbers_is_looked_up_at_once(corpus, ordered):
    numbers = " ".join(f"CN{number:09d}A" for number in range(104000000, 104000400))
    assert titles(f"PN=({numbers})", corpus, ordered) == [GRAPHENE]
    assert evaluate(f"* not PN=({numbers})", corpus).count == 3


def test_a_query_that_cannot_be_answered_lists_all_its_problems(corpus):
    found = problems(parse("TI=a and DES=b and LGI-COURT=c and INDUSTRY=d"), corpus)
    assert [error.place for error in found] == [9, 19, 35]
    assert problems(parse("TI=a"), corpus) == []


def test_subgroups_below_a_subgroup_are_refused_with_the_reason(corpus):
    assert refused("IPC-LOW=H01M4/52", corpus).code == "query-subgroups-unknown"


def test_what_is_answered_in_part_is_remarked(corpus):
    assert "说明书" in remarks(parse("TACD:石墨烯"), corpus)[0]
    without_english, _ = corpus_of(LIBRARY[:2])
    assert "title_en, abstract_en" in " ".join(remarks(parse("ALL=石墨"), without_english))
    assert remarks(parse("ALL=石墨"), corpus) == []


def test_explain_counts_every_node_and_finds_what_empties_the_query(corpus):
    found = explain(parse("TIAB=(石墨 and LED and 电池) and AP=大学"), corpus)
    assert found.root.count == 0
    first, second = found.root.parts[0], found.root.parts[1]
    assert (first.operator, first.count, first.text) == ("and", 0, "TIAB=(石墨 and LED and 电池)")
    assert [part.count for part in first.parts] == [2, 1, 1]
    assert (second.operator, second.count) == ("leaf", 2)
    assert found.emptied_by == "TIAB=电池"
    lines = render(found).splitlines()
    assert lines[0].split() == ["0", "AND"]
    assert lines[-1] == "Nothing is left after: TIAB=电池"


def test_explain_shows_what_cannot_be_answered_beside_the_rest(corpus):
    found = explain(parse("TI=石墨烯 not DES=膜"), corpus)
    assert found.root.count is None
    assert found.root.parts[0].count == 1
    assert "no column" in found.root.parts[1].parts[0].note


def test_each_node_counts_what_evaluating_its_text_gives(corpus):
    def check(node):
        assert evaluate(node.text, corpus).count == node.count
        for part in node.parts:
            check(part)

    check(explain(parse("(TI=石墨烯 or AB=(电池 (2f))) and not (PD=2016 or AP=清华大学)"), corpus).root)


def test_an_empty_library_answers_with_nothing():
    corpus, _ = corpus_of([])
    assert evaluate("TI=a not PD=2011", corpus).count == 0
    assert evaluate("AB=(a (2w) b) or IPC=H01M or PN=CN1A or AB=comput*", corpus).count == 0

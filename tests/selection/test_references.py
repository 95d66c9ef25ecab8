"""Both portals' own references: every code is known, every example is answered or refused with the reason."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest

from patents.errors import QueryError
from selection.evaluation import Environment, SimilarHits, evaluate
from selection.language import field_coded, parse
from tests.selection.corpora import LIBRARY, corpus_of

pytestmark = pytest.mark.shared
SIMILAR_KEYWORDS = {"R", "RAD", "RPD"}


@pytest.fixture(scope="module")
def incopat(shared_data):
    return (shared_data / "exports" / "incopat-search-reference.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def patsnap(shared_data):
    return (shared_data / "exports" / "patsnap-search-reference.md").read_text(encoding="utf-8")


def incopat_codes(page):
    for line in page.split("## 二、")[1].split("## 三、")[0].splitlines():
        cell = line.split("|")[1] if line.startswith("| `") else ""
        codes = re.findall(r"`([A-Z0-9-]+)`", cell)
        if "~" in cell:
            stem = codes[0].rstrip("0123456789")
            first, last = (int(code.removeprefix(stem)) for code in codes)
            codes = [f"{stem}{number}" for number in range(first, last + 1)]
        yield from codes


def patsnap_rows(page):
    for line in page.split("## 二、")[0].splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if re.fullmatch(r"[A-Z][A-Z0-9_]+", cells[0]):
            yield cells[0], cells[-1].replace("\\|", "|")


def incopat_examples(page):
    """Lines of code blocks up to the field table, whole blocks behind it."""
    before, behind = page.split("## 二、")[0], page.split("## 三、")[1]
    for block in re.findall(r"```\n(.*?)```", before, re.DOTALL):
        for line in block.splitlines():
            text = re.sub(r"\s+--.*$", "", line).strip()
            if text and not text.startswith("#"):
                yield text
    yield from re.findall(r"^\| `[^|]*` \|[^|]*\| `([^`]+)`", before, re.MULTILINE)
    for block in re.findall(r"```\n(.*?)```", behind, re.DOTALL):
        yield from (
            re.split(r"\n(?=\S)(?!and|not)", block.strip("\n"))
            if "RAD=" not in block
            else block.split("\n", 1)
        )


VALUE = r"(?:\(\"[^\"]*\"\)|\"[^\"]*\"|\([^()]*\)|\[[^\]]*\]|[^\s\[(\"]+(?: [A-Z][a-z]+)?)"


def patsnap_examples(page):
    for code, cell in patsnap_rows(page):
        yield from re.findall(rf"{code}[A-Z]*:{VALUE}", cell)
    for line in page.split("## 二、")[1].splitlines():
        if line.startswith("| ") and "`" in line:
            yield from re.findall(r"`([^`]+)`", line.rsplit(" | ", 1)[1])


def test_every_code_of_incopats_reference_is_known(incopat):
    codes = list(incopat_codes(incopat))
    assert len(codes) == 461
    assert [code for code in codes if code not in SIMILAR_KEYWORDS and not field_coded(code, "incopat")] == []


def test_every_code_of_patsnaps_reference_is_known(patsnap):
    codes = [code for code, _ in patsnap_rows(patsnap)]
    assert len(codes) == 269
    assert [code for code in codes if not field_coded(code, "patsnap")] == []


_MISSING = ("query-field-without-column", "query-field-empty", "query-subgroups-unknown")


def outcome(text, dialect, corpus, environment):
    try:
        query = parse(text, dialect)
    except QueryError as error:
        return f"refused: {error.what.splitlines()[0]}"
    assert parse(query.canonical, "incopat").root == query.root
    try:
        evaluate(query, corpus, environment)
    except QueryError as error:
        assert error.code in _MISSING, text
        return "named as missing"
    return "answered"


def test_every_example_is_answered_or_refused_with_the_reason(incopat, patsnap):
    corpus, _ = corpus_of(LIBRARY)
    environment = Environment(
        similar=lambda *_: SimilarHits(np.array([0, 2]), np.array([0.9, 0.8], dtype=np.float32)),
        company_tree=lambda name: [name],
        registered={
            "industries": lambda: {
                "sei:人工智能": corpus.all(),
                "gb4754:A0119": corpus.all(),
                "gb4754:A": corpus.all(),
            }
        },
    )
    counts = Counter()
    for dialect, examples in (("incopat", incopat_examples(incopat)), ("patsnap", patsnap_examples(patsnap))):
        for text in examples:
            counts[dialect, outcome(text, dialect, corpus, environment)] += 1
    refused = {key: count for key, count in counts.items() if key[1].startswith("refused")}
    assert len(refused) == 1, refused
    assert all("GAND" in reason for _, reason in refused)
    assert all(count == 1 for count in refused.values())
    assert sum(count for (dialect, _), count in counts.items() if dialect == "incopat") >= 35
    assert sum(count for (dialect, _), count in counts.items() if dialect == "patsnap") >= 315
    assert counts["incopat", "named as missing"] == 0

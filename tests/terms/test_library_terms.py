"""Terms of a library, kept and extended."""

from __future__ import annotations

import numpy as np
import pytest

from patents.errors import SnapshotError
from terms.library_terms import LibraryTerms

TEXTS = [
    f"一种{thing}及其制备方法。本发明公开了一种{thing}，包括{part}，所述{part}设有{more}。"
    for thing in ("石墨烯导热膜", "铝电解槽", "隧道衬砌台车")
    for part in ("阴极炭块", "散热基板", "液压油缸", "振捣器")
    for more in ("底座", "密封圈")
]


@pytest.fixture(scope="module")
def terms():
    return LibraryTerms.of(iter(TEXTS), np.arange(len(TEXTS)) % 3)


def row(terms, number):
    matrix = terms.counts.matrix
    own = slice(matrix.indptr[number], matrix.indptr[number + 1])
    return {
        terms.counts.terms[column]: int(count)
        for column, count in zip(matrix.indices[own], matrix.data[own], strict=True)
    }


def test_terms_come_back_from_disk_as_they_were(terms, tmp_path):
    terms.save(tmp_path)
    read = LibraryTerms.load(tmp_path)
    assert read.counts.terms == terms.counts.terms
    assert (read.counts.matrix != terms.counts.matrix).nnz == 0
    assert np.array_equal(read.stop, terms.stop) and np.array_equal(read.digests, terms.digests)


def test_known_texts_keep_their_counts_wherever_they_stand_later(terms):
    later = terms.extended([TEXTS[5], "全新的文字，什么都不像。", *TEXTS[:5]])
    assert later.counts.terms == terms.counts.terms
    assert row(later, 0) == row(terms, 5)
    assert [row(later, number) for number in range(2, 7)] == [row(terms, number) for number in range(5)]


def test_unchanged_texts_give_the_very_terms(terms):
    assert terms.extended(TEXTS) is terms


def test_a_new_text_is_counted_by_the_terms_that_exist(terms):
    text = "一种铝电解槽。铝电解槽包括阴极炭块和闻所未闻的器件。"
    added = row(terms.extended([*TEXTS, text]), len(TEXTS))
    assert set(added) <= set(terms.counts.terms)
    assert any("电解槽" in term for term in added)


def test_no_text_at_all_gives_no_rows(terms):
    assert terms.extended([]).counts.matrix.shape == (0, len(terms.counts.terms))


def test_a_changed_text_is_counted_anew(terms):
    changed = TEXTS[0].replace("石墨烯导热膜", "铝电解槽")
    assert row(terms.extended([changed, *TEXTS[1:]]), 0) == row(terms, TEXTS.index(changed))


def test_missing_or_foreign_files_name_the_command_that_helps(terms, tmp_path):
    with pytest.raises(SnapshotError, match="cannot be read") as error:
        LibraryTerms.load(tmp_path)
    assert error.value.help == "Build the library anew"
    terms.save(tmp_path)
    facts = tmp_path / "terms.json"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace('"format": 1', '"format": 9'), encoding="utf-8"
    )
    with pytest.raises(SnapshotError, match="format 9"):
        LibraryTerms.load(tmp_path)

"""Texts of patents read from the buffers of their columns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from library.texts import PatentTexts


def test_texts_are_those_of_the_rows_in_any_order_over_chunks_slices_and_gaps():
    titles = ["一种电池", None, "极片", "", "隔膜"]
    abstracts = ["含有PVP-K60。", "由玉米组成。", None, None, "厚度≤20 µm。"]
    claims = [None, None, "1. 一种极片。", None, "1. 一种隔膜。"]
    whole = pa.table(
        {
            name: pa.array(values, pa.large_string())
            for name, values in (("title", titles), ("abstract", abstracts), ("first_claim", claims))
        }
    )
    table = pa.concat_tables([whole.slice(1, 2), whole.slice(0, 0), whole.slice(3), whole.slice(0, 1)])
    expected = ["\n".join(row[name] or "" for name in whole.column_names) for row in table.to_pylist()]
    rows = np.array([4, 0, 2, 3, 1, 0])
    assert PatentTexts(table).of(rows) == [expected[row] for row in rows]
    assert PatentTexts(table).of(rows[:0]) == []

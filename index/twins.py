"""一案双申: an invention and a utility model on one technology, filed together.

They are two patents and stay two in every count of patents; in a list of hits the second says nothing
new, so search shows one and names the other.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

_NAMES = ("title", "applicant", "filing_date")


def technologies(table: pa.Table) -> npt.NDArray[np.int64]:
    """Group the patents of a snapshot by technology.

    Two patents are one technology when title and first applicant agree, one is an invention and the
    other a utility model, and they were filed on one day. Where a filing date is missing, the pair
    must be the only one of that title and applicant: series of patents under one title are common
    (一种显示装置 …) and are not one technology.

    Args:
        table: n rows with technology, or with title, applicants, filing_date and patent_type.

    Returns:
        int64 of shape (n,): for each row the first row of its technology, itself when it has no twin.
    """
    # Written with the snapshot; one of an earlier version has none.
    if "technology" in table.column_names:
        return table.column("technology").to_numpy()
    frame = pl.DataFrame(
        {
            "title": pl.from_arrow(table.column("title")),
            "applicant": pl.Series(pl.from_arrow(table.column("applicants"))).list.first(),
            "filing_date": pl.from_arrow(table.column("filing_date")),
            "patent_type": pl.from_arrow(table.column("patent_type")),
        }
    ).with_row_index("row")
    frame = frame.with_columns(title=pl.col("title").str.to_lowercase().str.replace_all(r"[\s\p{P}]", ""))
    candidates = frame.filter(
        (pl.col("title") != "")
        & pl.col("applicant").is_not_null()
        & pl.col("patent_type").is_in(["发明", "实用新型"])
    )
    pairs = (
        candidates.group_by(_NAMES)
        .agg(pl.col("row"), kinds=pl.col("patent_type").n_unique())
        .filter((pl.col("kinds") == 2) & (pl.col("row").list.len() == 2))
    )
    groups = np.arange(table.num_rows, dtype=np.int64)
    for first, second in pairs.select(pl.col("row").list.sort()).to_series().to_list():
        groups[second] = first
    return groups

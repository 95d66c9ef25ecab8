"""Abstracts of many patents → which patent claims which effect."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from directions.effects.clauses import CUE, read_clause

#: What parts clauses; 、 joins attributes of one claim and stays.
_MARKS = "[，。；;：:！？,\n\r]"
SCHEMA = pl.Schema(
    {"row": pl.Int64, "effect": pl.String, "effect_en": pl.String, "words": pl.String, "clause": pl.String}
)


def mine_effects(patents: pl.DataFrame) -> pl.DataFrame:
    """Find the effects that patents claim in their abstracts.

    Args:
        patents: with `row` (unique) and `abstract`, as `Study.patents`. 136,000 patents take some 10 s,
            so mine once and hand the answer to every study of the same snapshot.

    Returns:
        One line for each patent and effect, by row and reading order: row, effect, effect_en, words (as
        claimed, verb and object), clause (the first that claims it).
    """
    clauses = (
        patents.lazy()
        .select(
            pl.col("row").cast(pl.Int64),
            clause=pl.col("abstract").str.replace_all(_MARKS, "\n").str.split("\n"),
        )
        .explode("clause")
        .with_columns(pl.col("clause").str.strip_chars())
        .filter(pl.col("clause").str.contains(CUE))
        .collect()
    )
    read = pl.DataFrame(
        list(_read(clauses["clause"].unique(maintain_order=True))), schema=_READ, orient="row"
    )
    return (
        clauses.join(read, on="clause", how="inner", maintain_order="left")
        .unique(["row", "effect"], keep="first", maintain_order=True)
        .select(SCHEMA.names())
    )


_READ = {"clause": pl.String, "effect": pl.String, "effect_en": pl.String, "words": pl.String}


def _read(clauses: pl.Series) -> Iterator[tuple[str, str, str, str]]:
    for clause in clauses:
        for claim in read_clause(clause):
            yield clause, claim.effect.name.zh, claim.effect.name.en, claim.words

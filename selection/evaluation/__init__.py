"""Evaluating a query on a snapshot: bitmaps per node, cheapest first.

>>> corpus = Corpus(table, snapshot=7, text=folder)  # doctest: +SKIP
>>> evaluate("TIAB=(石墨烯 and 导热) not STATUS=失效", corpus).count  # doctest: +SKIP
"""

from selection.evaluation.corpus import (
    CompanyTrees,
    Corpus,
    Environment,
    SimilarHits,
    SimilarSearch,
    Values,
)
from selection.evaluation.evaluation import evaluate
from selection.evaluation.explanation import Explained, Explanation, explain, render
from selection.evaluation.limits import problems, remarks

__all__ = [
    "CompanyTrees",
    "Corpus",
    "Environment",
    "Explained",
    "Explanation",
    "SimilarHits",
    "SimilarSearch",
    "Values",
    "evaluate",
    "explain",
    "problems",
    "remarks",
    "render",
]

"""Is one encoder better than another on a library?"""

from __future__ import annotations

from dataclasses import dataclass

from index.evaluation.known_items import HALF, MRR, TITLE
from index.evaluation.neighbours import NDCG, NEIGHBOURS
from index.evaluation.report import EvaluationReport
from patents.messages import Message, message

# What an encoder is for: titles and texts find their records, abstracts find their field.
PRIMARY = ((TITLE, MRR), (HALF, MRR), (NEIGHBOURS, NDCG))
_LEAST_GAIN = 0.002
_MOST_LOSS = 0.01
# Fewer held-out records than this decide nothing.
FEWEST_RECORDS = 50


@dataclass(frozen=True, slots=True)
class EncoderVerdict:
    """Whether to replace an encoder.

    Attributes:
        better: the mean of the primary figures rose and none fell by much.
        changes: (task, metric, before, after) of the primary figures that could be measured.
        reason: in a sentence.
    """

    better: bool
    changes: tuple[tuple[str, str, float, float], ...]
    reason: Message


def compare(report: EvaluationReport, before: str, after: str) -> EncoderVerdict:
    """Judge two systems of one report.

    Better means: over title → abstract and half → half (MRR) and neighbours (nDCG@10), as far as measured,
    the mean rises by 0.002 or more and none falls by more than 0.01.

    Args:
        report: of records that neither encoder was trained on.
        before: name of the encoder in use.
        after: name of the one that would replace it.
    """
    measured = {(one.task, one.metric) for one in report.figures}
    changes = tuple(
        (task, metric, report.value(before, task, metric), report.value(after, task, metric))
        for task, metric in PRIMARY
        if (task, metric) in measured
    )
    if report.records < FEWEST_RECORDS or not changes:
        return EncoderVerdict(
            False, changes, message("encoder-too-few-records", count=report.records, least=FEWEST_RECORDS)
        )
    gains = [new - old for _, _, old, new in changes]
    mean, worst = sum(gains) / len(gains), min(gains)
    better = mean >= _LEAST_GAIN and worst >= -_MOST_LOSS
    reason = message(
        "encoder-change", mean=mean, needed=_LEAST_GAIN, worst=min(worst, 0), allowed=-_MOST_LOSS
    )
    return EncoderVerdict(better, changes, reason)

"""What evaluating and adapting encoders gives."""

from __future__ import annotations

from dataclasses import dataclass

from index.evaluation.report import EvaluationReport as EvaluationReport


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptedEncoder:
    """What came of adapting an encoder.

    Attributes:
        encoder: the setting that names the new encoder; empty when it was not taken.
        taken: the library is set to it now.
        changes: (task, metric, before, after) of the primary figures.
        better: by those figures, on records that neither encoder learnt from.
        reason: in a sentence.
        report: all figures.
    """

    encoder: str
    taken: bool
    changes: tuple[tuple[str, str, float, float], ...]
    better: bool
    reason: str
    report: EvaluationReport

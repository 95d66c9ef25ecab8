"""The legal life of patents: what happened when, seen from the day of the export.

Arrays of days (datetime64[D], NaT for never), one element a patent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scripts.demo.settings import AS_OF

Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]
TERMS = {"发明": 20, "实用新型": 10, "外观设计": 10}
_CHANCES = {"企业": (0.6, 0.075), "高校": (0.68, 0.15), "科研院所": (0.66, 0.1), "医院": (0.42, 0.22),
            "个人": (0.34, 0.24), "政府": (0.5, 0.18), "其他": (0.45, 0.2)}  # fmt: skip
"""Kind of applicant → chance of a grant, and of an annual fee not paid."""

_TO_GAZETTE = np.array([1, 0, 2, 1, 0, 3, 2])
_NEVER = np.datetime64("NaT", "D")
_TODAY = np.datetime64(AS_OF, "D")
STATES = {"授权": "有效", "权利恢复": "有效", "实质审查": "审中", "公开": "审中"}
ENTRIES = {
    "驳回": "-REJECTION OF INVENTION PATENT APPLICATION AFTER PUBLICATION",
    "撤回-视为撤回": "-INVENTION PATENT APPLICATION DEEMED WITHDRAWN AFTER PUBLICATION",
    "撤回-主动撤回": "-INVENTION PATENT APPLICATION WITHDRAWN AFTER PUBLICATION",
    "放弃-视为放弃": "-PATENT RIGHT DEEMED ABANDONED",
    "未缴年费": "-TERMINATION OF PATENT RIGHT DUE TO NON-PAYMENT OF ANNUAL FEE",
    "权利恢复": "-TERMINATION OF PATENT RIGHT DUE TO NON-PAYMENT OF ANNUAL FEE",
    "期限届满": "-EXPIRATION OF PATENT RIGHT",
    "放弃-主动放弃": "-PATENT RIGHT ACTIVELY ABANDONED",
    "全部撤销": "-PATENT RIGHT INVALIDATED IN WHOLE",
    "避免重复授权": "-ABANDON PATENT RIGHT TO AVOID REGRANT",
}
"""Status → INPADOC's entry with its sign, on the day when the status was published."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Dates and status of patents.

    Attributes:
        publication, examination: of applications for inventions.
        lapse: when a right ended; ended: when the gazette said so, or that there would be none.
        restored: when a lapsed right came back; expiry: of rights in force.
        words: PatSnap's legal status.
    """

    filing: Days
    publication: Days
    examination: Days
    grant: Days
    lapse: Days
    ended: Days
    restored: Days
    expiry: Days
    words: NDArray[np.str_]

    @property
    def first_publication(self) -> Days:
        """When it became known; prior art counts from here."""
        return np.where(np.isnat(self.publication), self.grant, self.publication)


def gazette_day(days: Days) -> Days:
    """The day itself or the next Tuesday or Friday."""
    weekday = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7
    return np.where(np.isnat(days), _NEVER, days + _TO_GAZETTE[weekday])


def years_later(days: Days, years: NDArray[np.int64] | int) -> Days:
    """The anniversary; of a leap day the 28th of February where there is none."""
    month = days.astype("datetime64[M]")
    later = month + 12 * np.asarray(years)
    day = later.astype("datetime64[D]") + (days - month.astype("datetime64[D]"))
    return np.asarray(np.where(day.astype("datetime64[M]") == later, day, day - 1))


def live(
    filing: Days, patent_type: NDArray[np.str_], kind: NDArray[np.str_], generator: np.random.Generator
) -> Lives:
    """Lives of patents by type and kind of applicant: granted more often by universities, lapsing sooner.

    Those that nobody can know yet have neither publication nor grant.
    """
    lives = _examined(filing, patent_type == "发明", kind, generator)
    return _aged(lives, patent_type, kind, generator)


def _examined(
    filing: Days, invention: Flags, kind: NDArray[np.str_], generator: np.random.Generator
) -> Lives:
    """Publication after half a year or eighteen months, a decision within four years, sooner since 2019."""
    size, year = len(filing), filing.astype("datetime64[Y]").astype(np.int64) + 1970
    early = generator.random(size) < 0.72
    wait = np.where(early, generator.integers(180, 331, size), generator.integers(545, 567, size))
    publication = np.where(invention, gazette_day(filing + wait), _NEVER)
    examination = gazette_day(publication + generator.integers(1, 25, size).astype("timedelta64[D]"))
    mean, spread = np.where(year < 2019, 1020, 760), np.where(year < 2019, 210, 170)
    span = np.clip(mean + spread * generator.standard_normal(size), 548, 1460).astype(np.int64)
    latest: Days = np.maximum(filing + span, examination + 150)
    decision = gazette_day(latest)
    good = generator.random(size) < np.array([_CHANCES[name][0] for name in kind])
    registered = gazette_day(filing + generator.integers(110, 276, size))
    grant = _known(np.where(invention, np.where(good, decision, _NEVER), registered))
    refused = _known(np.where(invention & ~good, decision, _NEVER))
    how = np.array(["驳回", "撤回-视为撤回", "撤回-主动撤回", "放弃-视为放弃"])
    words = np.where(np.isnat(_known(examination)), "公开", "实质审查")
    words = np.where(np.isnat(refused), words, generator.choice(how, size, p=[0.42, 0.5, 0.05, 0.03]))
    words = np.where(np.isnat(grant), words, "授权")
    never = np.full(size, _NEVER)
    return Lives(filing, _known(publication), _known(examination), grant, never, refused, never, never, words)


def _aged(
    lives: Lives, patent_type: NDArray[np.str_], kind: NDArray[np.str_], generator: np.random.Generator
) -> Lives:
    """What became of granted rights: fees unpaid, term, surrender, invalidation, restoration."""
    size, filing, grant = len(lives.filing), lives.filing, lives.grant
    held = ~np.isnat(grant)
    years = np.array([TERMS[name] for name in patent_type])
    years = np.where((patent_type == "外观设计") & (filing >= np.datetime64("2021-06-01")), 15, years)
    yearly = np.array([_CHANCES[name][1] for name in kind]) * np.where(patent_type == "发明", 1.0, 1.2)
    ages = np.arange(1, 20)
    dues = np.stack([years_later(filing, int(age)) for age in ages], axis=1)
    missed = generator.random((size, 19)) < yearly[:, None]
    missed &= (dues > grant[:, None]) & (ages < years[:, None])
    due = np.where(missed.any(axis=1), dues[np.arange(size), missed.argmax(axis=1)], _NEVER)
    notice = _known(gazette_day(due + generator.integers(270, 341, size).astype("timedelta64[D]")))
    lapsed = held & ~np.isnat(notice)
    term = years_later(filing, years)
    expired = held & np.isnat(due) & (term <= _TODAY)
    back = gazette_day(notice + 90)
    restored = lapsed & (term > _TODAY) & (notice + 120 < _TODAY) & (generator.random(size) < 0.008)
    span = (_TODAY - grant).astype(np.int64)
    quits = held & np.isnat(due) & ~expired & (span >= 200) & (generator.random(size) < 0.02)
    reach = np.where(quits, span - 150, 1)
    later: Days = grant + 90 + (generator.random(size) * reach).astype(np.int64)
    quit_day = gazette_day(later)
    given_up = np.where(generator.random(size) < 0.3, "全部撤销", "放弃-主动放弃")
    cases = [restored, lapsed, expired, quits]
    words = np.select(cases, ["权利恢复", "未缴年费", "期限届满", given_up], lives.words)
    lapse = np.select(cases, [np.full(size, _NEVER), due, term, quit_day], _NEVER)
    ended = np.select(cases, [notice, notice, term, quit_day], lives.ended)
    expiry = np.where(held & np.isnat(lapse), term, _NEVER)
    return Lives(filing, lives.publication, lives.examination, grant, lapse, ended,
                 np.where(restored, back, _NEVER), expiry, words)  # fmt: skip


def give_way(lives: Lives, granted: Days) -> Lives:
    """Utility models given up for the inventions granted on these days (避免重复授权), if still held then."""
    over = (granted > lives.grant) & (np.isnat(lives.lapse) | (lives.lapse > granted))
    lapse, ended = (np.where(over, granted, days) for days in (lives.lapse, lives.ended))
    restored, expiry = (np.where(over, _NEVER, days) for days in (lives.restored, lives.expiry))
    words = np.where(over, "避免重复授权", lives.words)
    return replace(lives, lapse=lapse, ended=ended, restored=restored, expiry=expiry, words=words)


def history(lives: Lives, row: int) -> list[tuple[np.datetime64, str]]:
    """INPADOC's entries of one patent, oldest first."""
    invention, words = not np.isnat(lives.publication[row]), str(lives.words[row])
    entries = [
        (lives.publication[row], "PUBLICATION"),
        (lives.examination[row], "ENTRY INTO FORCE OF REQUEST FOR SUBSTANTIVE EXAMINATION"),
        (lives.grant[row], "+PATENT GRANT"),
        (lives.ended[row], ENTRIES.get(words, "")),
        (lives.restored[row], "+REINSTATEMENT OF PATENT RIGHT"),
    ]
    return [(day, text) for day, text in entries[0 if invention else 2 :] if not np.isnat(day)]


def _known(days: Days) -> Days:
    return np.where(days <= _TODAY, days, _NEVER)

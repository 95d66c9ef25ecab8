"""The legal life of one patent: what happened when, seen from the day of the export."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from scripts.demo.draw import Draws

TERMS = {"发明": 20, "实用新型": 10, "外观设计": 10}
_GRANTED = {
    "企业": 0.6,
    "高校": 0.68,
    "科研院所": 0.66,
    "医院": 0.42,
    "个人": 0.34,
    "政府": 0.5,
    "其他": 0.45,
}
_LAPSING = {
    "企业": 0.075,
    "高校": 0.15,
    "科研院所": 0.1,
    "医院": 0.22,
    "个人": 0.24,
    "政府": 0.18,
    "其他": 0.2,
}
_WITHDRAWN = "INVENTION PATENT APPLICATION DEEMED WITHDRAWN AFTER PUBLICATION"
_UNPAID = "TERMINATION OF PATENT RIGHT DUE TO NON-PAYMENT OF ANNUAL FEE"


@dataclass(frozen=True, slots=True)
class Life:
    """Dates and status.

    Attributes:
        publication: of the application (inventions only).
        words: PatSnap's legal status; state: 有效, 失效 or 审中.
        history: INPADOC entries with their sign, oldest first.
        lapse: when the right ended; ended: when it ceased to be held, a right or not.
    """

    filing: date
    publication: date | None
    examination: date | None
    grant: date | None
    lapse: date | None
    expiry: date | None
    ended: date | None
    words: str
    state: str
    history: tuple[tuple[date, str], ...]

    @property
    def first_publication(self) -> date:
        """When it became known; prior art counts from here.

        Raises:
            ValueError: never published.
        """
        day = self.publication or self.grant
        if day is None:
            raise ValueError("this patent was never published")
        return day


def gazette_day(day: date) -> date:
    """The next Tuesday or Friday, on which the office publishes."""
    return day + timedelta(days=min((1 - day.weekday()) % 7, (4 - day.weekday()) % 7))


def years_later(day: date, years: int) -> date:
    """The same day years later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def live(filing: date, patent_type: str, kind: str, as_of: date, draws: Draws) -> Life | None:
    """The life of a patent filed on a day; None when nothing of it was published by `as_of`.

    Applicants differ by kind: individuals and hospitals let more lapse.
    """
    if patent_type == "发明":
        return _invention(filing, kind, as_of, draws)
    grant = gazette_day(filing + timedelta(days=draws.between(110, 275)))
    if grant > as_of:
        return None
    granted = Life(filing, None, None, grant, None, None, None, "授权", "有效", ((grant, "+PATENT GRANT"),))
    return _age(granted, patent_type, kind, as_of, draws)


def _invention(filing: date, kind: str, as_of: date, draws: Draws) -> Life | None:
    early = draws.chance(0.72)
    wait = draws.between(180, 330) if early else draws.between(545, 566)
    if early and filing.year >= 2019:
        wait = max(180, wait - draws.between(0, 60))
    publication = gazette_day(filing + timedelta(days=wait))
    examination = gazette_day(publication + timedelta(days=draws.between(1, 24)))
    if publication > as_of:
        return None
    history = [(publication, "PUBLICATION")]
    if examination > as_of:
        return Life(filing, publication, None, None, None, None, None, "公开", "审中", tuple(history))
    history.append((examination, "ENTRY INTO FORCE OF REQUEST FOR SUBSTANTIVE EXAMINATION"))
    pending = Life(
        filing, publication, examination, None, None, None, None, "实质审查", "审中", tuple(history)
    )
    decision = gazette_day(max(filing + _examined_in(filing, draws), examination + timedelta(days=150)))
    if decision > as_of:
        return pending
    if not draws.chance(_GRANTED[kind]):
        return _refused(pending, decision, draws)
    granted = _ended(pending, decision, "授权", "有效", "+PATENT GRANT")
    return _age(replace(granted, grant=decision, ended=None), "发明", kind, as_of, draws)


def _examined_in(filing: date, draws: Draws) -> timedelta:
    """One and a half to four years; faster since 2019."""
    mean, spread = (1020, 210) if filing.year < 2019 else (760, 170)
    return timedelta(days=round(draws.around(mean, spread, 548, 1460)))


def _refused(pending: Life, decision: date, draws: Draws) -> Life:
    pick = draws.uniform()
    if pick < 0.42:
        text = "-REJECTION OF INVENTION PATENT APPLICATION AFTER PUBLICATION"
        return _ended(pending, decision, "驳回", "失效", text)
    if pick < 0.92:
        return _ended(pending, decision, "撤回-视为撤回", "失效", f"-{_WITHDRAWN}")
    if pick < 0.97:
        text = "-INVENTION PATENT APPLICATION WITHDRAWN AFTER PUBLICATION"
        return _ended(pending, decision, "撤回-主动撤回", "失效", text)
    return _ended(pending, decision, "放弃-视为放弃", "失效", "-PATENT RIGHT DEEMED ABANDONED")


def _ended(life: Life, day: date, words: str, state: str, entry: str) -> Life:
    return replace(life, words=words, state=state, ended=day, history=(*life.history, (day, entry)))


def _age(life: Life, patent_type: str, kind: str, as_of: date, draws: Draws) -> Life:
    """What became of a granted right: fees, term, surrender, invalidation."""
    assert life.grant is not None
    years = TERMS[patent_type]
    if patent_type == "外观设计" and life.filing >= date(2021, 6, 1):
        years = 15
    term = years_later(life.filing, years)
    yearly = _LAPSING[kind] * (1.2 if patent_type != "发明" else 1.0)
    for age in range(1, years):
        due = years_later(life.filing, age)
        if due <= life.grant or not draws.chance(yearly):
            continue
        return _lapsed(replace(life, expiry=term), due, as_of, draws)
    if term <= as_of:
        return _right_ended(life, term, term, "期限届满", "-EXPIRATION OF PATENT RIGHT")
    return _given_up(replace(life, expiry=term), as_of, draws)


def _lapsed(life: Life, due: date, as_of: date, draws: Draws) -> Life:
    """The right ends on the due day; the gazette says so nine to eleven months later."""
    told = gazette_day(due + timedelta(days=draws.between(270, 340)))
    if told > as_of:
        return life
    lapsed = _right_ended(life, due, told, "未缴年费", f"-{_UNPAID}")
    in_term = life.expiry is not None and life.expiry > as_of
    if in_term and told + timedelta(days=120) < as_of and draws.chance(0.008):
        back = gazette_day(told + timedelta(days=90))
        history = (*lapsed.history, (back, "+REINSTATEMENT OF PATENT RIGHT"))
        return replace(life, words="权利恢复", history=history)
    return lapsed


def _given_up(life: Life, as_of: date, draws: Draws) -> Life:
    assert life.grant is not None
    span = (as_of - life.grant).days
    if span < 200 or not draws.chance(0.016):
        return life
    day = gazette_day(life.grant + timedelta(days=draws.between(90, span - 60)))
    if draws.chance(0.7):
        return _right_ended(life, day, day, "放弃-主动放弃", "-PATENT RIGHT ACTIVELY ABANDONED")
    return _right_ended(life, day, day, "全部撤销", "-PATENT RIGHT INVALIDATED IN WHOLE")


def _right_ended(life: Life, day: date, told: date, words: str, entry: str) -> Life:
    ended = _ended(life, told, words, "失效", entry)
    return replace(ended, lapse=day, expiry=None)


def give_way(life: Life, granted: date) -> Life:
    """A utility model given up for the invention of the same day (避免重复授权), if it still held then."""
    if life.grant is None or life.grant >= granted or (life.lapse is not None and life.lapse <= granted):
        return life
    before = tuple(entry for entry in life.history if entry[0] < granted)
    kept = replace(life, history=before)
    return _right_ended(kept, granted, granted, "避免重复授权", "-ABANDON PATENT RIGHT TO AVOID REGRANT")

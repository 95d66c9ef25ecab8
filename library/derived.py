"""Values of a patent that follow from its record and the official tables.

They are computed when the columns of a snapshot are built and never written back to the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from patents.applicants import applicant_kind
from patents.errors import NumberError
from patents.numbers import parse_application_number
from patents.record import EventKind, PatentRecord, PatentType
from patents.regions import Region, resolve_region

#: What a column may hold, before Arrow makes it one type.
Value = str | int | bool | date | Sequence[str] | Sequence[date | None] | None

_kind = lru_cache(maxsize=65_536)(applicant_kind)


@lru_cache(maxsize=8_192)
def _application(number: str) -> tuple[int | None, PatentType | None]:
    try:
        parsed = parse_application_number(number)
    except NumberError:
        return None, None
    return parsed.year, parsed.patent_type


def _from_number(record: PatentRecord) -> tuple[int | None, PatentType | None]:
    return (None, None) if record.application_number is None else _application(record.application_number)


def patent_type(record: PatentRecord) -> PatentType | None:
    """专利类型: as exported, else by the application number."""
    return record.patent_type or _from_number(record)[1]


def filing_year(record: PatentRecord) -> int | None:
    """申请年: of the filing date, else by the application number."""
    return record.filing_date.year if record.filing_date else _from_number(record)[0]


def filing_year_derived(record: PatentRecord) -> bool:
    """Whether the filing year comes from the application number; such a year serves counts by year only."""
    return record.filing_date is None and _from_number(record)[0] is not None


def applicant_kinds(record: PatentRecord) -> list[str]:
    """申请人类型, one for each applicant as filed."""
    return [_kind(name) for name in record.applicants]


def province(record: PatentRecord) -> str | None:
    """省 of the first applicant."""
    return region_of(record).province


def city(record: PatentRecord) -> str | None:
    """地级市 of the first applicant."""
    return region_of(record).city


def county(record: PatentRecord) -> str | None:
    """区县 of the first applicant."""
    return region_of(record).county


def region_of(record: PatentRecord) -> Region:
    """Region of the first applicant: region columns of the export first, then the address."""
    return resolve_region(record.region_code, record.province, record.city, record.county, record.address)


def legal_state(record: PatentRecord) -> str | None:
    """简单法律状态; null where it is 未知."""
    return None if record.legal_state == "未知" else record.legal_state


def event_kinds(record: PatentRecord) -> list[str]:
    """Kinds of the legal events, in the order of `event_dates`."""
    return [event.kind for event in record.events]


def event_dates(record: PatentRecord) -> list[date | None]:
    """Dates of the legal events, null where the export gave none."""
    return [event.date for event in record.events]


def transfer_count(record: PatentRecord) -> int | None:
    """转让次数: as exported, else the transfers among the legal events."""
    return _counted(record.transfer_count, record, "转让")


def licence_count(record: PatentRecord) -> int | None:
    """许可次数: as exported, else the licences among the legal events."""
    return _counted(record.licence_count, record, "许可")


def pledge_count(record: PatentRecord) -> int | None:
    """质押次数: as exported, else the pledges among the legal events."""
    return _counted(record.pledge_count, record, "质押")


def _counted(given: int | None, record: PatentRecord, kind: EventKind) -> int | None:
    # Many exports give only some events: none of a kind is not zero of it.
    if given is not None or not record.events:
        return given
    return sum(event.kind == kind for event in record.events) or None


def cites(record: PatentRecord) -> list[str]:
    """引证专利: numbers of the cited documents."""
    return [citation.number for citation in record.cites]


def cites_count(record: PatentRecord) -> int | None:
    """引证次数: as exported, else the number of cited documents listed."""
    return record.cites_count if record.cites_count is not None else len(record.cites) or None


def cited_by_count(record: PatentRecord) -> int | None:
    """被引证次数: as exported, else the number of citing documents listed."""
    return record.cited_by_count if record.cited_by_count is not None else len(record.cited_by) or None


def portal_industries(record: PatentRecord) -> list[str]:
    """Industries of the export's own columns, each `scheme:value`."""
    return [f"{scheme}:{value}" for scheme, value in record.industries]

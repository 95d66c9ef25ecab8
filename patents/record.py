"""The record: one patent as the rest of Patlas sees it.

A record is immutable and holds what the exports said, normalised; what is *derived* from it (the
filing year of a record without filing date, region, applicant kinds, industries) is computed when
the columns of a snapshot are built.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

# The field `date` of an event hides the class of that name from readers of annotations.
Day = date

PatentType = Literal["发明", "实用新型", "外观设计"]
LegalState = Literal["有效", "失效", "审中", "未知"]
EventKind = Literal[
    "公开", "实审", "授权", "驳回", "撤回", "失效", "转让", "许可", "质押", "变更", "无效", "恢复", "其他"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalEvent:
    """One entry of the legal history.

    Attributes:
        kind: what happened, in our own classes.
        date: the day it was gazetted or took effect; None when the export gives none.
        parties_from: previous holder, licensor or pledgor.
        parties_to: new holder, licensee or pledgee.
        text: the event as the export words it.
    """

    kind: EventKind
    date: Day | None = None
    parties_from: tuple[str, ...] = ()
    parties_to: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One cited document; `category` is the examiner's letter (X, Y, A …) when known."""

    number: str
    category: str = ""
    by_examiner: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatentRecord:
    """One patent (one application), however many of its publications were seen.

    An absent value is None or an empty tuple, never a placeholder such as "-" or 1900-01-01.

    Attributes:
        application_number: canonical, `CN202010123456.7`; other offices as written, upper case.
        publication_number: canonical number of the *first* publication known, `CN111534432A`.
        grant_number: canonical number of the grant publication (B, C, U, S, Y …).
        kind_code: kind of the newest publication known, `B`.
        country: two-letter code of the office; records from elsewhere than CN are kept and marked.
        patent_type: 专利类型.
        publication_date: of the *first* publication; what PD means in queries and prior art counts from.
        grant_date: 授权公告日.
        lapse_date: 失效日, when the right ended.
        expiry_date: 预估到期日.
        title, abstract, first_claim, claims: Chinese text where there is any, else the original;
            `claims` holds all claims as one text, numbered and separated by line ends.
        language: ISO 639-1 of title and abstract.
        ipc_main: main classification; always first in `ipc`.
        ipc, cpc: canonical symbols, `C01B32/184`; locarno: `14-03`.
        applicants: as filed, in order. current_applicants: 当前权利人. standard_applicants: the portal's.
        address: of the first applicant. region_code: 国省代码 as given. province … county: as given.
        legal_state: simple status; empty in the export is 未知. legal_text: as the export words it.
        lapse_reason: 未缴年费, 期限届满, 主动放弃 …, only for 失效.
        industries: (scheme, code or name) pairs from the export's own columns.
        portal_values: what only this portal knows (value, score …), as (column, text).
        raw: columns that were not understood, as (column, text); nothing is dropped.
        reader: the format it was read from.
    """

    application_number: str | None = None
    publication_number: str | None = None
    grant_number: str | None = None
    kind_code: str | None = None
    country: str = "CN"
    patent_type: PatentType | None = None

    filing_date: date | None = None
    publication_date: date | None = None
    grant_date: date | None = None
    priority_date: date | None = None
    examination_date: date | None = None
    pct_entry_date: date | None = None
    lapse_date: date | None = None
    expiry_date: date | None = None

    title: str = ""
    abstract: str = ""
    first_claim: str = ""
    claims: str = ""
    description: str = ""
    claim_count: int | None = None
    title_en: str = ""
    abstract_en: str = ""
    language: str = "zh"

    ipc_main: str | None = None
    ipc: tuple[str, ...] = ()
    cpc: tuple[str, ...] = ()
    locarno: tuple[str, ...] = ()

    applicants: tuple[str, ...] = ()
    current_applicants: tuple[str, ...] = ()
    standard_applicants: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    agency: str | None = None
    examiner: str | None = None

    address: str | None = None
    region_code: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None

    legal_state: LegalState = "未知"
    legal_text: str = ""
    lapse_reason: str | None = None
    events: tuple[LegalEvent, ...] = ()
    transfer_count: int | None = None
    licence_count: int | None = None
    pledge_count: int | None = None

    priority_numbers: tuple[str, ...] = ()
    pct_application_number: str | None = None
    pct_publication_number: str | None = None
    parent_application: str | None = None
    family_id: str | None = None
    family: tuple[str, ...] = ()

    cites: tuple[Citation, ...] = ()
    cited_by: tuple[str, ...] = ()
    cites_count: int | None = None
    cited_by_count: int | None = None
    npl: tuple[str, ...] = ()
    npl_count: int | None = None
    page_count: int | None = None
    keywords: tuple[str, ...] = ()

    industries: tuple[tuple[str, str], ...] = ()
    portal_values: tuple[tuple[str, str], ...] = ()
    raw: tuple[tuple[str, str], ...] = ()
    reader: str = field(default="", compare=False)

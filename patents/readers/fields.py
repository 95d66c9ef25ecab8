"""The targets that columns are read into: one described table, used by portals and mapping files alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from patents.readers import converters as to
from patents.readers import history, numbers, own_format, parties
from patents.readers.draft import Converter


@dataclass(frozen=True, slots=True)
class Field:
    """One target.

    Attributes:
        name: what a column or a mapping file calls it.
        convert: puts a cell into the draft.
        meaning: what it holds, for the documentation.
    """

    name: str
    convert: Converter
    meaning: str


_TABLE: tuple[Field, ...] = (
    # numbers
    Field("application_number", numbers.put_application_number, "申请号 or 专利号"),
    Field(
        "publication_number", numbers.put_publication_number, "公开(公告)号 of any document, A or B or U …"
    ),
    Field(
        "first_publication_number",
        numbers.put_publication_number,
        "申请公布号, 首次公开号: the first publication's",
    ),
    Field("grant_number", numbers.put_publication_number, "授权公告号: the grant's"),
    Field(
        "document_number",
        to.put_document_number,
        "publication number, which country and kind_code may complete",
    ),
    Field("dossier_number", to.put_dossier_number, "application number with a kind letter behind it"),
    Field("kind_code", to.put_hint, "文献种类代码, where it is no part of the number"),
    Field("country", to.put_hint, "受理局, 公开国别: office, as code or Chinese name"),
    Field("patent_type", to.put_hint, "专利类型: 发明, 实用新型, 外观设计, or 1, 2, 3, 8, 9"),
    # dates
    Field("filing_date", to.put_date, "申请日"),
    Field("publication_date", to.put_publication_date, "公开(公告)日 of the document in publication_number"),
    Field("first_publication_date", to.put_publication_date, "申请公布日, 首次公开日"),
    Field("grant_date", to.put_publication_date, "授权公告日"),
    Field("priority_date", to.put_date, "优先权日; the earliest of several"),
    Field("examination_date", to.put_date, "实质审查生效日"),
    Field("pct_entry_date", to.put_date, "进入国家阶段日"),
    Field("lapse_date", to.put_date, "失效日"),
    Field("expiry_date", to.put_date, "预估到期日"),
    # texts
    Field("title", to.put_long_text, "标题, Chinese where there is any"),
    Field("abstract", to.put_long_text, "摘要, Chinese where there is any"),
    Field("first_claim", to.put_long_text, "首项权利要求, 主权项"),
    Field("claims", to.put_long_text, "权利要求: all claims in one text"),
    Field("description", to.put_long_text, "说明书"),
    Field("title_en", to.put_long_text, "标题 (英文)"),
    Field("abstract_en", to.put_long_text, "摘要 (英文)"),
    Field("claim_count", to.put_count, "权利要求数量"),
    Field("page_count", to.put_count, "文献页数"),
    Field("keywords", to.put_items, "关键词"),
    # classes
    Field("ipc_main", to.put_ipc_main, "IPC主分类号"),
    Field("ipc", to.put_ipc, "IPC分类号; Locarno classes of designs are told apart"),
    Field("cpc", to.put_cpc, "CPC分类号"),
    Field("locarno", to.put_locarno, "洛迦诺分类号"),
    Field("gb4754", partial(parties.put_industries, "gb4754"), "国民经济行业分类"),
    Field("sei", partial(parties.put_industries, "sei"), "战略性新兴产业分类"),
    # people
    Field("applicants", parties.put_names, "申请人, 原始申请(专利权)人: as filed"),
    Field("current_applicants", parties.put_names, "当前权利人, 专利权人"),
    Field("standard_applicants", parties.put_names, "the portal's standardised 申请人"),
    Field("standard_current_applicants", parties.put_names, "the portal's standardised 当前权利人"),
    Field("inventors", parties.put_names, "发明人, 设计人"),
    Field("agents", parties.put_names, "代理人"),
    Field("agency", to.put_agency, "代理机构"),
    Field("examiner", to.put_text, "审查员"),
    Field("address", to.put_text, "地址 of the first applicant"),
    Field("region_code", to.put_text, "国省代码"),
    Field("province", to.put_text, "省"),
    Field("city", to.put_text, "市"),
    Field("county", to.put_text, "区县"),
    # legal
    Field("legal_status", to.put_status, "法律状态 in the portal's words"),
    Field("simple_status", to.put_status, "有效, 失效, 审中"),
    Field("events", history.put_events, "法律事件, INPADOC法律状态: the history with dates"),
    Field("transfer_count", to.put_count, "转让次数"),
    Field("licence_count", to.put_count, "许可次数"),
    Field("pledge_count", to.put_count, "质押次数"),
    Field("transfer_date", partial(history.put_event_dates, "转让"), "转让执行日"),
    Field("transfer_from", partial(history.put_event_parties, "转让", "from"), "转让人"),
    Field("transfer_to", partial(history.put_event_parties, "转让", "to"), "受让人"),
    Field("licence_date", partial(history.put_event_dates, "许可"), "许可合同备案日期"),
    Field("licence_from", partial(history.put_event_parties, "许可", "from"), "许可人"),
    Field("licence_to", partial(history.put_event_parties, "许可", "to"), "被许可人"),
    Field("pledge_date", partial(history.put_event_dates, "质押"), "质押日期"),
    Field("pledge_from", partial(history.put_event_parties, "质押", "from"), "出质人"),
    Field("pledge_to", partial(history.put_event_parties, "质押", "to"), "质权人"),
    Field("invalidation_date", partial(history.put_event_dates, "无效"), "无效宣告日期"),
    # families and citations
    Field("priority", parties.put_priority, "优先权: numbers, countries and dates in one text"),
    Field("priority_numbers", to.put_items, "优先权号"),
    Field("pct_application_number", parties.put_pct, "国际申请号"),
    Field("pct_publication_number", parties.put_pct, "国际公布号"),
    Field("parent_application", to.put_text, "分案原申请号, 母案"),
    Field("family_id", to.put_text, "简单同族编号"),
    Field("family", parties.put_numbers, "简单同族"),
    Field("cites", parties.put_citations, "引证专利, 引用专利; other literature among them goes to npl"),
    Field("cited_by", parties.put_numbers, "被引证专利"),
    Field("cites_count", to.put_count, "引证次数"),
    Field("cited_by_count", to.put_count, "被引证次数"),
    Field("npl", to.put_items, "引证科技文献"),
    Field("npl_count", to.put_count, "非专利引用文献数量"),
    # the rest
    Field("portal_value", to.put_portal_value, "kept under its own name: what only this portal knows"),
    Field("row_number", to.skip, "the export's own row number; not kept"),
    # our own format: structured fields as JSON
    Field("own_events", own_format.put_events, "events, as JSON"),
    Field("own_cites", own_format.put_cites, "cites, as JSON or as numbers"),
    Field("own_industries", own_format.put_industries, "industries, as JSON pairs of scheme and code"),
    Field("own_portal_values", own_format.put_portal_values, "portal_values, as JSON pairs"),
    Field("own_raw", own_format.put_raw, "raw, as JSON pairs"),
    Field("own_legal_state", own_format.put_settled, "legal_state as settled"),
    Field("own_lapse_reason", own_format.put_settled, "lapse_reason as settled"),
    Field("own_language", own_format.put_settled, "language as settled"),
    Field("own_country", own_format.put_settled, "country as settled"),
    Field("own_kind_code", own_format.put_settled, "kind_code as settled"),
    Field("own_patent_type", own_format.put_patent_type, "patent_type"),
    Field("unnamed", to.put_unnamed, "a column without a header"),
    Field("unread", to.put_raw, "kept as it is in `raw`"),
)

FIELDS: dict[str, Field] = {field.name: field for field in _TABLE}
"""Every target by name."""

LONG_FIELDS = frozenset(
    field.name for field in _TABLE if field.convert in (to.put_long_text, to.put_raw, to.put_portal_value)
) | {"own_raw", "own_portal_values", "own_events", "own_cites", "row_number", "unnamed"}
"""Targets whose cells may be of any length."""

LIST_FIELDS = frozenset(
    field.name
    for field in _TABLE
    if field.convert
    in (to.put_items, to.put_ipc, to.put_cpc, to.put_locarno, parties.put_names, parties.put_numbers)
)
"""Targets of several values, which several columns of one header fill together."""

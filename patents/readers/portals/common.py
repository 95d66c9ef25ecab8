"""Headers that mean the same wherever they stand; what a portal's own table lacks is looked up here."""

from __future__ import annotations

from patents.readers.portal import Column, Portal, col

NUMBERS: tuple[Column, ...] = (
    col("row_number", "序号、No.、No、#、index、(index)、Unnamed: 0"),
    col(
        "application_number",
        "申请号、申请号码、专利申请号、Application Number、Application No.、申请号(标准化)、Application No、"
        "申请编号",
    ),
    col("application_number", "专利号、专利号码、专利编号、Patent No."),
    col(
        "publication_number",
        "公开(公告)号、公开公告号、公开号/公告号、公开/公告号、公布(公告)号、文献号、公开(公告)号码、"
        "Publication Number、Publication No.、Publication No、Patent Number、公开号(标准化)、专利公开号、"
        "专利公布号、专利公开公告号、专利公开(公告)号",
    ),
    col("first_publication_number", "公开号、公布号、申请公布号、首次公开号、申请公开号、公布编号"),
    col(
        "grant_number",
        "授权公告号、公告号、授权号、授权公开号、授权公布号、专利公告号、专利授权公告号、专利授权号",
    ),
    col("kind_code", "文献种类代码、文献代码、文献类型代码、Kind、Kind Code"),
    col(
        "country",
        "公开国别、受理局、受理国、受理国家、受理局/国家、受理国家/地区、申请国、申请国家、申请国家/地区、国家、国别、国家/地区、"
        "申请国代码、国别代码、公开国家代码、公开国、公开国家、公开国家/地区、Jurisdiction、公开机构、专利局、受理专利局、"
        "Country、Country Code、Country of Publication、Publication Country、Application Country、Office、"
        "Patent Office、Patent Authority、Authority、Filing Office、Issuing Office",
    ),
    col("patent_type", "专利类型、公开类型、申请类型、Document Type、Patent Type"),
)

DATES: tuple[Column, ...] = (
    col(
        "filing_date",
        "申请日、申请日期、专利申请日、专利申请日期、Application Date、Filing Date、Date of Filing",
    ),
    col(
        "publication_date",
        "公开(公告)日、公开公告日、公开/公告日、公开日/公告日、申请公布日/授权公告日、公布(公告)日、"
        "公开(公告)日期、Publication Date",
    ),
    col(
        "first_publication_date",
        "首次公开日、公开日、公布日、申请公布日、公开日期、专利公开日、申请公开日、申请公布日期",
    ),
    col(
        "grant_date",
        "授权公告日、授权日、公告日、授权日期、授权公告日期、授权公布日、专利公告日、专利授权日、Grant Date",
    ),
    col("priority_date", "最早优先权日、优先权日、Earliest Priority Date、Priority Date"),
    col("examination_date", "实质审查生效日、实质审查日、实审日、实质审查的生效日"),
    col("pct_entry_date", "PCT进入国家阶段日、进入国家日期、进入国家阶段日、PCT进入国家日期"),
    col("lapse_date", "失效日、失效日期、专利权终止日"),
    col("expiry_date", "预估到期日、预计到期日、期限届满日、专利到期日"),
    col(
        "portal_value",
        "颁证日、法律状态更新日、法律状态更新时间、法律状态最后修改日期、申请年、公开年、授权年、"
        "申请年份、公开年份、授权年份、公开公告年份、公告年份、专利领域、专利学科、多次公布",
    ),
)

TEXTS: tuple[Column, ...] = (
    col(
        "title",
        "标题(译)(简体中文)、标题(中文)、中文标题、标题、专利名称、发明名称、名称、题名、发明创造名称、"
        "标题(翻译)、标题(译)、标题(原文)、标题(小语种原文)、原始语言标题、Title、授权名称",
    ),
    col("title_en", "标题(译)(English)、标题(英文)、英文标题、标题(译)(英文)、英文名称"),
    col(
        "abstract",
        "摘要(译)(简体中文)、摘要(中文)、中文摘要、摘要、申请摘要、专利摘要、摘要(翻译)、摘要(译)、"
        "摘要(原文)、摘要(小语种原文)、原始语言摘要、Abstract、简介、摘要文本、摘要内容",
    ),
    col("abstract_en", "摘要(译)(English)、摘要(英文)、英文摘要、摘要(译)(英文)"),
    col(
        "first_claim",
        "首项权利要求、主权项、首权、第一权利要求、独立权利要求1、主权利要求、首权翻译、首权(翻译)、"
        "主权项内容、First Claim",
    ),
    col(
        "claims",
        "权利要求(中文)、权利要求、权利要求书、全部权利要求、权利要求(译)(简体中文)、权利要求(原文)、Claims",
    ),
    col("description", "说明书、说明书(中文)、说明书全文、Description"),
    col("claim_count", "权利要求数量、权利要求数、权利要求项数、Claim Count"),
    col("page_count", "文献页数、页数、Page Count"),
    col("keywords", "关键词、Keywords"),
)

CLASSES: tuple[Column, ...] = (
    col(
        "ipc_main",
        "IPC主分类号、IPC主分类、主分类号、主IPC分类号、主IPC分类号-小组、主IPC、IPC主分类-小组",
    ),
    col(
        "ipc",
        "IPC分类号、IPC、分类号、IPC分类、国际专利分类号、Int.Cl.、Int.Cl、专利分类号、"
        "IPCR Classifications、IPC Classifications、IPC号、国际分类号、国际分类、国际专利分类、"
        "International Classification",
    ),
    col("cpc", "CPC分类号、CPC、CPC主分类号、CPC Classifications"),
    col("locarno", "洛迦诺分类号、外观设计洛迦诺分类号、LOC分类号、LOC、洛迦诺分类"),
    col(
        "portal_value",
        "UPC分类号、UC、EC、FI分类号、FI主分类号、FI、F-TERM分类号、F-term、US Classifications",
    ),
    col("gb4754", "国民经济行业分类号、国民经济分类、国民经济行业分类、国民经济行业(主)、国民经济行业代码"),
    col("sei", "战略性新兴产业分类、战略新兴产业分类、新兴产业分类、战略新兴产业分类(主分类)、新兴产业(主)"),
)

PEOPLE: tuple[Column, ...] = (
    col(
        "applicants",
        "申请人、申请(专利权)人、原始申请(专利权)人、原始申请专利权人、申请人/专利权人、申请专利权人、"
        "申请人(翻译)、Applicant、Applicants、申请机构",
    ),
    col(
        "current_applicants",
        "当前权利人、当前申请(专利权)人、当前申请专利权人、专利权人、当前专利权人、权利人",
    ),
    col("standard_applicants", "标准化申请人、[标]原始申请(专利权)人、标原始申请专利权人"),
    col("standard_current_applicants", "标准化当前权利人、[标]当前申请(专利权)人、标当前申请专利权人"),
    col(
        "inventors",
        "发明人、发明(设计)人、发明设计人、设计人、发明人/设计人、当前发明人、当前发明人名称、Inventor、"
        "Inventors",
    ),
    col("agents", "代理人、专利代理人、当前专利代理人、专利代理师"),
    col("agency", "代理机构、专利代理机构、[标]代理机构、当前代理机构、当前专利代理机构"),
    col("examiner", "审查员、Examiner"),
    col(
        "address",
        "申请人地址、地址、申请(专利权)人地址、原始申请(专利权)人地址、当前申请(专利权)人地址、"
        "专利权人地址、当前专利权人地址、第一申请人地址、申请地址",
    ),
    col(
        "region_code",
        "国省代码、申请人省市代码、省市代码、国别省市代码、省份或国家代码、国家或省份代码、国家/省市代码",
    ),
    col(
        "province",
        "省、省份、申请人省份、原始申请(专利权)人州/省、当前申请(专利权)人州/省、国省名称、专利权人省份",
    ),
    col(
        "city",
        "市、城市、地市、中国申请人地市、原始申请(专利权)人地市、当前申请(专利权)人地市、专利权人城市",
    ),
    col(
        "county",
        "区、区县、县、中国申请人区县、原始申请(专利权)人区县、当前申请(专利权)人区县、专利权人区县",
    ),
)

LEGAL: tuple[Column, ...] = (
    col("legal_status", "当前法律状态、法律状态/事件、法律状态、最新法律状态、案件状态、Legal Status"),
    col("simple_status", "专利有效性、简单法律状态、专利权状态、法律状态(简要)、有效性"),
    col("events", "法律事件、法律状态信息、INPADOC法律状态、法律事件历史"),
    col("transfer_count", "转让次数、专利转移次数、权利转移次数"),
    col("licence_count", "许可次数"),
    col("pledge_count", "质押次数"),
    col("transfer_date", "转让执行日、转让日期、权利转移生效日、转让登记日"),
    col("transfer_from", "转让人"),
    col("transfer_to", "受让人"),
    col("licence_date", "许可合同备案日期、许可日期、许可生效日"),
    col("licence_from", "许可人"),
    col("licence_to", "被许可人"),
    col("pledge_date", "质押日期、质押生效日"),
    col("pledge_from", "出质人、质押人"),
    col("pledge_to", "质权人"),
    col("invalidation_date", "无效宣告日期、无效决定日"),
    col("portal_value", "诉讼次数、诉讼案件数"),
)

LINKS: tuple[Column, ...] = (
    col("priority", "优先权、优先权信息、本国优先权、Priority Numbers"),
    col("priority_numbers", "优先权号、Priority Number"),
    col("portal_value", "优先权国别、优先权国家/地区、优先权国家、优先权数量"),
    col("pct_application_number", "PCT国际申请号、国际申请号、国际申请、PCT申请数据"),
    col("pct_publication_number", "PCT国际公布号、国际公布号、国际公开号、国际公布、PCT公布数据"),
    col("portal_value", "国际申请日、国际公开日、分案"),
    col("parent_application", "分案原申请号、分案原申请、母案"),
    col("family_id", "简单同族编号、简单同族ID、族号"),
    col("family", "简单同族、同族专利、专利同族、同族专利项、Simple Family Members"),
    col("cites", "引证专利、引用专利、专利引证、参考文献、引证文献"),
    col("cited_by", "被引证专利、被引用专利"),
    col("cites_count", "引证次数、引用专利数量、引证数、Cites Patent Count"),
    col("cited_by_count", "被引证次数、被引用专利数量、被引用次数、Cited by Patent Count"),
    col("npl", "引证科技文献、非专利引证、非专利引用文献、NPL Citations"),
    col("npl_count", "非专利引用文献数量、NPL Citation Count"),
)

COMMON: tuple[Column, ...] = (*NUMBERS, *DATES, *TEXTS, *CLASSES, *PEOPLE, *LEGAL, *LINKS)

GENERIC = Portal(
    name="generic",
    label="any table with the usual headers, or with a column-mapping file",
    marks=(),
    columns=COMMON,
    note="Taken when no portal's marks are there but a number column and at least one other are known.",
)

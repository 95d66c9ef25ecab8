"""国家知识产权局: the gazette (公布公告) and the search service (专利检索及分析), as crawlers save them."""

from __future__ import annotations

from patents.readers.portal import Portal, col

CNIPA_GAZETTE = Portal(
    name="cnipa_gazette",
    label="CNIPA gazette 公布公告 (csv, GBK)",
    marks=(
        ("authorization_notice_id", "filing_id"),
        ("申请公布号", "申请公布日", "申请号", "专利代理机构"),
        ("授权公告号", "授权公告日", "申请号", "专利权人", "专利代理机构"),
    ),
    columns=(
        col("row_number", "item"),
        col("title", "name"),
        col("grant_number", "authorization_notice_id"),
        col("grant_date", "authorized_announcement_date"),
        col("first_publication_number", "application_publication_id、publication_id"),
        col("first_publication_date", "application_publication_date、publication_date"),
        col("application_number", "filing_id"),
        col("filing_date", "filing_date"),
        col("applicants", "patentee、applicant"),
        col("inventors", "designer、inventor"),
        col("address", "address"),
        col("ipc", "Int.Cl."),
        col("abstract", "abstract、brief"),
        col("portal_value", "生物保藏、对比文件、更正文献出版日"),
    ),
    office="CN",
    note="Application numbers come without the dot; Int.Cl. of designs is a Locarno class: 01-01 (11).",
)

CNIPA_SEARCH = Portal(
    name="cnipa_search",
    label="CNIPA search 专利检索及分析 (crawls, xls and JSON lines)",
    marks=(
        ("专利名称", "申请公布日/授权公告日", "申请号"),
        ("专利名称", "法律状态最后修改日期"),
        ("发明名称", "文献唯一标识"),
        ("发明名称", "appSnHidden"),
    ),
    columns=(
        col("title", "专利名称、发明名称"),
        col("publication_number", "公布号、公开(公告)号"),
        col("applicants", "申请人/专利权人、申请(专利权)人"),
        col(
            "portal_value",
            "法律状态最后修改日期、文献唯一标识、文献标识、文献状态、邮编、申请人/专利权人所在国代码",
        ),
        col("unread", "appSnHidden、nrdAnHidden、pnSnHidden"),
    ),
    note='Names are separated by " ; ". 专利类型 says whether the one date is of the grant.',
)

"""CNKI 中国知网: an HTML table with the ending .xls."""

from __future__ import annotations

from patents.readers.portal import Portal, col

CNKI = Portal(
    name="cnki",
    label="CNKI 中国知网 (.xls, an HTML page)",
    marks=(("Title-题名", "PubNo-公开号"), ("SrcDatabase-来源库", "Title-题名", "Applicant-申请人")),
    columns=(
        col("publication_number", "PubNo-公开号"),
        col("application_number", "AppNo-申请号、ApplyNo-申请号"),
        col("publication_date", "PubTime-公开日期、PubDate-公开日"),
        col("filing_date", "AppDate-申请日、ApplyTime-申请日期"),
        col("title", "Title-题名"),
        col("abstract", "Summary-摘要"),
        col("first_claim", "Claims-主权项"),
        col("ipc", "CLC-中图分类号、IPC-分类号"),
        col("applicants", "Applicant-申请人"),
        col("inventors", "Author-作者、Inventor-发明人"),
        col("province", "CountryName-国省名称"),
        col("portal_value", "SrcDatabase-来源库、Keyword-关键词、Organ-单位、Source-文献来源、Link-链接"),
    ),
    note="CLC-中图分类号 holds IPC symbols, for designs Locarno classes. "
    "海外专利 are kept and marked by country.",
)

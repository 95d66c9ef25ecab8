"""Lists with Chinese headers: soopat and the like, and the data-base layout 专利总表."""

from __future__ import annotations

from patents.readers.portal import Portal, col

SOOPAT = Portal(
    name="soopat",
    label="soopat and like lists (csv)",
    marks=(("公开(公告)号", "标题", "申请人", "发明(设计)人", "IPC"),),
    columns=(),
    note="Only common headers.",
)

PATENT_TABLE = Portal(
    name="patent_table",
    label="专利总表 (data-base layout)",
    marks=(
        ("申请号", "公开号", "授权公告号", "授权名称"),
        ("申请号", "公开号", "专利转移次数"),
        ("申请号", "申请摘要", "当前权利人"),
    ),
    columns=(
        col("first_publication_number", "公开号"),
        col("first_publication_date", "公开日"),
        col(
            "portal_value",
            "全文链接、第一发明人、第一权利人、申请人类型、当前著录项联系人通讯地址、变更前代理机构、"
            "简单同族数量、审查时长、优先权数量、FI主分类号、FI分类号、国际申请日、国际公开日",
        ),
    ),
    note="A and B numbers and dates stand in columns of their own.",
)

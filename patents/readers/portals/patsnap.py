"""智慧芽 PatSnap. Headers: a real export of 2024, its search help, and what public repositories read."""

from __future__ import annotations

from patents.readers.portal import Portal, col

_VALUES = (
    "发明人数量、当前申请(专利权)人数量、原始申请(专利权)人数量、简单同族专利申请数量、"
    "简单同族成员数量、简单同族被引用专利总数、3年内被引用次数、5年内被引用次数、3年内被引用数量、"
    "5年内被引用数量、INPADOC同族专利申请数量、INPADOC同族被引用专利总数、INPADOC同族、INPADOC同族编号、"
    "PatSnap同族、PatSnap同族编号、PatSnap同族被引用专利总数、PatSnap同族专利申请数量、扩展同族、"
    "扩展同族成员数量、扩展同族被引用专利总数、简单同族国家/地区、PatSnap同族国家/地区、SEP信息、"
    "专利价值、技术价值、市场价值、法律价值、战略价值、经济价值、Patsnap专利标题、AI技术三要素、"
    "[标]技术问题短语、[标]技术功效短语、技术问题、技术手段、技术功效、技术领域、背景技术、发明内容、"
    "应用领域分类、技术主题分类、IPC主分类号(部)释义、IPC主分类号(大类)释义、IPC主分类号(小类)释义、"
    "IPC主分类号(大组)释义、IPC主分类号(小组)释义、IPC主分类号(小类)、IPC主分类号(大组)、CPC主分类号、"
    "[标]原始申请(专利权)人类型、[标]当前申请(专利权)人类型、第一原始申请(专利权)人、"
    "第一当前申请(专利权)人、历史申请(专利权)人、Docdb申请(专利权)人、Docdb申请专利权人、第一发明人、"
    "第一发明人地址、发明人地址、原始申请(专利权)人区域、当前申请(专利权)人区域、工商英文名、"
    "工商统一社会信用代码、工商注册地址、工商企业类型、工商成立日期、工商登记状态、工商上市公司代码、"
    "许可类型、一案双申、审查时长、第一权利要求字数、独立权利要求、独立权利要求数、引用类别、"
    "PCT路径进入专利、申请年月、公开年月、授权年月、摘要附图、链接、专利链接、外部链接、信息描述、page、"
    "image_urls、picturesavepath"
)

PATSNAP = Portal(
    name="patsnap",
    label="智慧芽 PatSnap (Excel)",
    marks=(
        ("公开(公告)号", "[标]当前申请(专利权)人"),
        ("公开(公告)号", "[标]原始申请(专利权)人"),
        ("公开(公告)号", "法律状态/事件"),
        ("公开(公告)号", "标题(译)(简体中文)"),
        ("公开(公告)号", "标题(译)(English)"),
        ("公开(公告)号", "简单法律状态"),
        ("公开(公告)号", "当前申请(专利权)人"),
        ("公开公告号", "标当前申请专利权人"),
    ),
    columns=(col("portal_value", _VALUES),),
    note='Several values in a cell are separated by " | ". The page scrape without brackets is read too.',
)

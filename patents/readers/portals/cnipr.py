"""CNIPR 专利信息服务平台 (知识产权出版社): the old export of 25 columns and the newer of 45."""

from __future__ import annotations

from patents.readers.portal import Column, Portal, col

_BOTH: tuple[Column, ...] = (
    col("title", "名称"),
    col("agency", "专利代理机构、代理机构"),
    col("portal_value", "颁证日"),
)

CNIPR_25 = Portal(
    name="cnipr_25",
    label="CNIPR, 25 columns (Excel)",
    marks=(("申请号", "公开(公告)号", "名称", "光盘号"), ("申请号", "公开(公告)号", "名称", "PCT公开")),
    columns=(*_BOTH, col("portal_value", "光盘号、PCT公开")),
    note='Several values are separated by ";"; the agency\'s code stands behind its name.',
)

CNIPR_45 = Portal(
    name="cnipr_45",
    label="CNIPR, 45 columns (Excel)",
    marks=(
        ("申请号", "公开(公告)号", "名称", "国省代码", "主权项"),
        ("申请号", "公开(公告)号", "名称", "合并申请人"),
        ("申请号", "公开(公告)号", "名称", "发布路径"),
    ),
    columns=(
        *_BOTH,
        col(
            "portal_value",
            "主分类号描述、合并申请人、申请类型、申请来源、发布路径、权利要求书页数、说明书页数、"
            "说明书附图页数、说明书附图、PCT公开、光盘号、分类号部、分类号大类、分类号小类、高价值专利、"
            "战略新兴产业标识、海外同族、维持年限超十年、质押融资、获奖",
        ),
    ),
    note="专利类型 is a digit (1 发明, 2 实用新型, 3 外观设计). "
    "权利要求书 and 说明书 are texts, or paths of files, which go to raw.",
)

CNIPR_BIB = Portal(
    name="cnipr_bib",
    label="CNIPR and zjip.patsev.com, bibliographic download",
    marks=(("申请号", "公开(公告)号", "名称", "发明(设计)人"),),
    columns=_BOTH,
    note="The columns of CNIPR in any selection, as regional platforms export them.",
)

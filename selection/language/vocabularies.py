"""Fields with few values: the words and codes by which each portal calls them.

Source of codes: the public search helps of incoPat and PatSnap (智慧芽); GB/T 2260 for provinces.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a closed vocabulary.

    Attributes:
        text: canonical value, as the snapshot has it.
        words: other spellings, compared with case and width folded.
        patsnap: code that PatSnap's spelling prints; empty when it has none.
        near: True when that code means more than this value.
    """

    text: str
    words: tuple[str, ...] = ()
    patsnap: str = ""
    near: bool = False


_STATES = (
    Value("有效", ("valid", "active", "1", "授权有效"), "1"),
    Value("失效", ("invalid", "inactive", "dead", "0"), "0"),
    Value("审中", ("pending", "2", "在审", "审查中"), "2"),
    Value("未知", ("unknown", "999", "未确认"), "999"),
)
_TYPES = (
    Value("发明", ("发明专利", "invention")),
    Value("发明申请", ("A", "发明公开", "发明专利申请"), "A"),
    Value("发明授权", ("B", "授权发明", "发明专利授权"), "B"),
    Value("实用新型", ("U", "实用新型专利", "新型", "utility model"), "U"),
    Value("外观设计", ("D", "外观", "外观设计专利", "design"), "D"),
)
_EVENTS = (
    Value("公开"),
    Value("实审", ("实质审查",)),
    Value("授权"),
    Value("驳回"),
    Value("撤回"),
    Value("失效", ("权利终止",)),
    Value("转让", ("权利转移", "61"), "61"),
    Value("许可", ("62",), "62"),
    Value("质押", ("63",), "63"),
    Value("变更"),
    Value("无效", ("无效程序", "72"), "72"),
    Value("恢复", ("权利恢复",)),
    Value("其他"),
)
_KINDS = (
    Value("企业", ("公司", "company"), "COMPANY"),
    Value("高校", ("大专院校", "大学", "university"), "ACADEMY", near=True),
    Value("科研院所", ("科研单位", "研究院所", "institute"), "ACADEMY", near=True),
    Value("医院", ("hospital",), "HOSPITAL"),
    Value("政府", ("机关团体", "government"), "GOVERNMENT"),
    Value("个人", ("person",), "PERSON"),
    Value("其他", ("other",)),
)
_OFFICES = tuple(
    Value(code, (name,), code)
    for code, name in (
        ("CN", "中国"), ("US", "美国"), ("JP", "日本"), ("KR", "韩国"), ("EP", "欧洲专利局"),
        ("WO", "世界知识产权组织"), ("DE", "德国"), ("GB", "英国"), ("FR", "法国"), ("TW", "中国台湾"),
        ("HK", "中国香港"), ("CA", "加拿大"), ("AU", "澳大利亚"), ("RU", "俄罗斯"), ("IN", "印度"),
    )
)  # fmt: skip
_REASONS = (
    Value("有效", ("3", "授权"), "3"),
    Value("全部撤销", ("14",), "14"),
    Value("期限届满", ("15",), "15"),
    Value("未缴年费", ("16",), "16"),
    Value("视为放弃取得专利权", ("19", "视为放弃"), "19"),
    Value("主动放弃", ("20", "30", "放弃"), "20"),
    Value("权利终止", ("22",), "22"),
)
_PROVINCES = (
    "11北京 12天津 13河北 14山西 15内蒙古 21辽宁 22吉林 23黑龙江 31上海 32江苏 33浙江 34安徽 35福建 "
    "36江西 37山东 41河南 42湖北 43湖南 44广东 45广西 46海南 50重庆 51四川 52贵州 53云南 54西藏 "
    "61陕西 62甘肃 63青海 64宁夏 65新疆 71台湾 81香港 82澳门"
)

#: Values by canonical field name. In an open vocabulary other values may occur as well.
CLOSED: dict[str, tuple[Value, ...]] = {
    "STATUS": _STATES,
    "PT": _TYPES,
    "LG": _EVENTS,
    "AP-TYPE": _KINDS,
    "LEGAL_STATUS": _REASONS,
}
OPEN: dict[str, tuple[Value, ...]] = {"AUTH": _OFFICES, "PNC": _OFFICES, "PR-AU": _OFFICES}


def canonical_value(field: str, text: str) -> tuple[str, ...] | None:
    """Canonical values that a word means in a field; None when its vocabulary is closed and lacks it.

    PatSnap's ACADEMY means two of ours, 高校 and 科研院所. Fields without vocabulary give the text.
    """
    values = CLOSED.get(field) or OPEN.get(field)
    if values is None:
        return (text,)
    found = tuple(value.text for value in values if folded(text) in _spellings(value))
    if found or field in CLOSED:
        return found or None
    return (text,)


def patsnap_value(field: str, text: str) -> tuple[str, bool]:
    """PatSnap's code of a canonical value (empty when it has none), and whether it means more."""
    for value in CLOSED.get(field) or OPEN.get(field) or ():
        if value.text == text:
            return value.patsnap, value.near
    return text, False


def province_name(code: str) -> str | None:
    """Short name of a province by its code of GB/T 2260, `32` or `320000`; None when there is none."""
    return _province_names().get(code[:2]) if len(code) in (2, 6) else None


def folded(text: str) -> str:
    """Case and width folded, for comparing whole values."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _spellings(value: Value) -> set[str]:
    words = {folded(word) for word in (value.text, *value.words)}
    return words | ({folded(value.patsnap)} if value.patsnap else set())


@cache
def _province_names() -> dict[str, str]:
    return {entry[:2]: entry[2:] for entry in _PROVINCES.split()}

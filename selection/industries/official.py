"""The official schemes: 战略性新兴产业, WIPO's 35 fields, 国民经济行业分类."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from patents.messages import N_
from patents.tables import (
    SEI_INDUSTRIES,
    SeiRule,
    gb4754_code,
    gb4754_names,
    gb4754_parent,
    sei_rules,
    wipo_fields,
    wipo_sectors,
)
from selection.industries.model import Industry, Rule, Scheme
from selection.industries.patterns import official_pattern

_GB4754_SOURCE = "《国际专利分类与国民经济行业分类参照关系表（2018）》"
_GB4754_MISSING = N_("industry-gb4754-missing")
_ASIDE = re.compile(r"[（(]?(?:不包含|不包括|不含|除)[^；;，,、。）)]*[）)]?")
_GENERIC = frozenset(
    (
        "制造 服务 设备 其他 系统 产品 技术 装置 生产 加工 活动 相关 新型 专用 高性能 高端 工程 建设 "
        "施工 部件 零部件 材料 用于 应用 包括 以及 配套 关键 核心 研发 设计 开发 运营 管理 处理 新一代 "
        "智能化 综合 利用 先进 配件 元件 组件 工业 产业 专业 咨询 安装 维修 修理 检测 仪器 机械 装备 "
        "器材 功能 方法 工艺 过程 支持 提供 信息 数据 传统 领域 行业 方面 各种 关键词 以上 以下 代及"
    ).split()
)


@lru_cache(maxsize=2)
def sei_scheme(*, keywords: bool = False) -> Scheme:
    """战略性新兴产业: nine industries above 40 codes.

    Args:
        keywords: also ask for a word of the row's 产品相关关键词 in title or abstract. They are prose,
            so the content words of it are taken; off by default, as the official table is one of IPC.
    """
    tops = [Industry(name=name, code=code) for code, name in SEI_INDUSTRIES.items()]
    codes = [
        Industry(
            name=code.name,
            code=code.code,
            parent=code.code.partition(".")[0],
            rules=tuple(_sei_rule(rule, keywords=keywords) for rule in code.rules),
        )
        for code in sei_rules()
    ]
    return Scheme(
        name="sei",
        title="战略性新兴产业",
        industries=tuple(sorted([*tops, *codes], key=lambda industry: industry.code)),
        from_portal=True,
        bridged=True,
        source="《战略性新兴产业分类与国际专利分类参照关系表（2021）（试行）》",
    )


def _sei_rule(rule: SeiRule, *, keywords: bool) -> Rule:
    return Rule(
        ipc=tuple(official_pattern(pattern) for pattern in rule.include),
        not_ipc=tuple(official_pattern(pattern) for pattern in rule.exclude),
        keywords=content_words(rule.keywords) if keywords else (),
    )


def content_words(prose: str) -> tuple[str, ...]:
    """Words of two characters and more that say what a row of the SEI table is about."""
    from terms.words import words

    found = words(_ASIDE.sub("", prose))
    return tuple(dict.fromkeys(word for word in found if len(word) > 1 and word not in _GENERIC))


@lru_cache(maxsize=1)
def wipo_scheme() -> Scheme:
    """WIPO's 35 fields below their five sectors; every symbol belongs to exactly one field."""
    patterns = {pattern: field.number for field in wipo_fields() for pattern in (*field.ipc, *field.added)}
    industries = [Industry(name=sector.name, code=sector.code) for sector in wipo_sectors()]
    for field in wipo_fields():
        own = (*field.ipc, *field.added)
        finer = tuple(p for p, number in patterns.items() if number != field.number and _is_inside(p, own))
        industries.append(
            Industry(
                name=field.name,
                code=str(field.number),
                parent=field.sector,
                rules=tuple(_wipo_rules(own, finer)),
            )
        )
    return Scheme(
        name="wipo",
        title="WIPO 35个技术领域",
        industries=tuple(industries),
        source="U. Schmoch, Concept of a Technology Classification for Country Comparisons, WIPO, 2008",
    )


def _wipo_rules(own: tuple[str, ...], finer: tuple[str, ...]) -> Iterator[Rule]:
    """Coarse patterns without what finer ones of other fields take; then the field's own finer ones."""
    inner = tuple(pattern for pattern in own if _is_inside(pattern, finer))
    outer = tuple(pattern for pattern in own if pattern not in inner)
    yield Rule(ipc=outer, not_ipc=finer)
    if inner:
        yield Rule(ipc=inner)


def _is_inside(pattern: str, others: tuple[str, ...]) -> bool:
    """Tell whether a pattern is a part of one of the others: G06Q of G06, A61K8 of A61K."""
    above = {pattern[:length] for length in (3, 4) if length < len(pattern)}
    return not above.isdisjoint(others)


def gb4754_scheme(concordance: Mapping[str, tuple[Rule, ...]] | None = None, *, level: int = 2) -> Scheme:
    """国民经济行业分类 down to a level.

    Args:
        concordance: code → rules, as `read_concordance` gives them; without it the scheme serves
            exports that name the industry themselves.
        level: 1 门类, 2 大类, 3 中类, 4 小类.
    """
    rules = _collected(concordance or {}, level)
    industries = [
        Industry(name=name, code=code, parent=gb4754_parent(code) or "", rules=rules.get(code, ()))
        for code, name in gb4754_names().items()
        if _level(code) <= level
    ]
    return Scheme(
        name="gb4754",
        title="国民经济行业分类",
        industries=tuple(_with_unique_names(industries)),
        from_portal=True,
        bridged=True,
        missing="" if concordance else _GB4754_MISSING,
        source=_GB4754_SOURCE,
    )


def _level(code: str) -> int:
    return max(1, len(code) - 1)


def _collected(concordance: Mapping[str, tuple[Rule, ...]], level: int) -> Mapping[str, tuple[Rule, ...]]:
    """Give every code's rules to the code of the wanted level above it."""
    found: dict[str, list[Rule]] = {}
    for code, rules in concordance.items():
        target = code
        while _level(target) > level:
            target = gb4754_parent(target) or target
        found.setdefault(target, []).extend(rules)
    return MappingProxyType({code: tuple(dict.fromkeys(rules)) for code, rules in found.items()})


def _with_unique_names(industries: list[Industry]) -> Iterator[Industry]:
    """Levels share names (C211 and C2110 are both 木质家具制造): the lower one says its code."""
    seen: set[str] = set()
    for industry in industries:
        name = industry.name if industry.name not in seen else f"{industry.name}（{industry.code}）"
        seen.add(name)
        yield Industry(name=name, code=industry.code, parent=industry.parent, rules=industry.rules)


@lru_cache(maxsize=16_384)
def portal_position(scheme: Scheme, value: str) -> int | None:
    """Position of the industry that an export's value names, by code or name; None when it is unknown.

    A finer code than the scheme knows counts for the one above: `1.2.3` for 1.2, `C3990` for C39.
    """
    text = value.strip()
    code = text.split(" ")[0]
    if scheme.name == "gb4754":
        above = _above(gb4754_code(text))
    else:
        above = ".".join(code.split(".")[:2]), code.split(".")[0] if "." in code else code
    for candidate in (text, *above, f"{text}产业", text.removesuffix("产业")):
        if (position := scheme.position(candidate)) is not None:
            return position
    return None


def _above(code: str | None) -> tuple[str, ...]:
    """Return a code of GB/T 4754 and the codes above it."""
    found: list[str] = []
    while code:
        found.append(code)
        code = gb4754_parent(code)
    return tuple(found)

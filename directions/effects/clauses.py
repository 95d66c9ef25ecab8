"""One clause of an abstract → the effects that it claims.

Three forms are read, each only where the change is one for the better (降低成本, never 增加成本):

- verb + object: 大大提高了铝合金的强度和硬度
- object + verb: 生产效率显著提高
- object + adjective: 能耗低、操作方便; and turned round where a fault is done away with: 解决了能耗高的问题

What a clause denies (无法提高), or says of the prior art without mending it, is not an effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directions.effects.vocabulary import Effect, Good, by_word, longest_word

_RISE = (
    "提高|提升|增强|增加|增大|加强|改善|优化|强化|促进|加快|加速|延长|扩大|拓宽|保证|确保|保障|改进|加大|增进|"
    "保持|维持|实现|达到"
)
_FALL = "降低|减少|减小|减轻|缩短|缩小|节约|节省|缩减|减缓|缓解|削弱|抑制|压缩|省去"
_AVOID = "避免|防止|消除|克服|杜绝|解决|排除|规避|阻止"
_EASE = "便于|方便(?![性度])|有利于|利于|易于|有助于|便利(?![性度])"
_SIMPLE = "简化"
_VERB_OF: dict[str, frozenset[str]] = {
    name: frozenset(re.sub(r"\(.*?\)", "", verbs).split("|"))
    for name, verbs in (
        ("rise", _RISE),
        ("fall", _FALL),
        ("avoid", _AVOID),
        ("ease", _EASE),
        ("simple", _SIMPLE),
    )
}
#: Which verbs, by name of their list, change an attribute for the better.
_BETTER: dict[Good, tuple[str, ...]] = {
    "up": ("rise",),
    "down": ("fall", "avoid"),
    "save": ("fall", "avoid"),
    "event": ("fall", "avoid"),
    "ease": ("ease", "simple"),
    "simple": ("simple",),
}
#: Adjectives that praise, and those that blame, by what is good.
_PRAISE: dict[Good, frozenset[str]] = {
    "up": frozenset("高 好 强 优 大 佳 长 快 优异 优良 良好 优越 宽 广 广泛 稳定 可靠".split()),
    "down": frozenset("低 小 少 短 轻 低廉 省".split()),
    "save": frozenset("少 省 低 小 短".split()),
    "event": frozenset("低 小 少 轻".split()),
    "ease": frozenset("方便 简便 简单 便捷 容易 便利 灵活 快捷 方便快捷 简单方便 省力 轻便".split()),
    "simple": frozenset("简单 简洁 简便 简短".split()),
}
_BLAME: dict[Good, frozenset[str]] = {
    "up": frozenset("低 差 弱 小 短 不足 慢 不高 不好 不强 低下 不佳 不够 较低 窄".split()),
    "down": frozenset("高 大 长 多 重 昂贵 过高 过大".split()),
    "save": frozenset("多 大 高 长 严重".split()),
    "event": frozenset("大 多 高 严重".split()),
    "ease": frozenset("不便 困难 复杂 麻烦 繁琐 不方便".split()),
    "simple": frozenset("复杂 繁琐 冗长".split()),
}
_ADJECTIVES = sorted(
    {word for table in (_PRAISE, _BLAME) for words in table.values() for word in words}, key=len
)
_VERB = re.compile(
    "|".join(sorted("|".join((_RISE, _FALL, _AVOID, _EASE, _SIMPLE)).split("|"), key=len)[::-1])
)
_ADJECTIVE = re.compile(rf"(?:{'|'.join(_ADJECTIVES[::-1])})(?=$|[、的且和而与及]|以及|等)")
_EDGE = re.compile(r"的同时|同时|以及|及其|并且|而且|[、和与及或并且而/又]")
_DEGREE = re.compile(
    r"(?:得到|得以|进一步|大大|大幅|大幅度|明显|显著|有效|极大|较大|更加|更为|非常|十分|比较|相对|很|极|较|更|也|都|均|会|能|可|了|地|的|有所|随之|同时|大为|不断|被|将|过于|太|过|程度)+$"
)
_TAIL = re.compile(
    r"(?:[\d.～~\-—%％倍℃以上下约至到达近了]|左右|等|之一|问题|现象|情况|发生|产生|出现|形成|[A-Za-z(（)）])+$"
)
_HEAD = re.compile(r"^(?:了|着|其|到|对|该|所述|整个|整体|整机|产品|设备|装置|系统|一定)+")
_DENIED = re.compile(
    r"(?:不|无法|难以|没有|未能|未|无需|很难|难于|如何|若|是否|影响|限制|认为|判断|判定|表示)(?:有效|进一步|利于|够|能|会|再|容易|易)*$"
)
_NOT_DENYING = re.compile(r"不仅|不但|不断|不光|不只|不单|不同|不仅能|不锈|不会")
_JUDGED = re.compile(r"认为|判断|判定|表示|说明|如果|当.*时")
_PRIOR = re.compile(r"现有|传统|目前|常规|以往|通常|一般|背景技术")
_MENDED = re.compile(
    r"解决|克服|避免|消除|改善|杜绝|弥补|防止|相比|与现有|比现有|比传统|改变|相较|针对|不同于|突破"
)
_FAULT = re.compile(r"问题|缺陷|缺点|不足|弊端|难题|困难|现象|弊病|局限|情况|瓶颈")
# Longer ones hold more than the attribute and what it is of.
_LONGEST_PHRASE = 6
#: What is spoken of after 的 is not the attribute itself: 降低强度的要求.
_OF_SOMETHING_ELSE = frozenset(
    "要求 影响 依赖 限制 需求 敏感 变化 关系 参数 测试 检测 计算 数据 信息 信号 阈值 值 公式 模型".split()
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One effect in one clause.

    Attributes:
        effect: that is claimed.
        words: as the clause has them, verb and object: 提高生产效率.
    """

    effect: Effect
    words: str


#: Clauses that hold none of this claim nothing; for engines without lookaround.
CUE = "|".join(
    (
        *sorted({verb for verbs in _VERB_OF.values() for verb in verbs}),
        rf"(?:{'|'.join(_ADJECTIVES[::-1])})(?:$|[、的且和而与及等]|以及)",
    )
)


def read_clause(clause: str) -> tuple[Claim, ...]:
    """Read the effects that a clause claims, in reading order, each once.

    Args:
        clause: running text without ，。；: a part of an abstract.
    """
    if _PRIOR.search(clause) and not _MENDED.search(clause):
        return ()
    claims: dict[str, Claim] = {}
    for claim in (*_by_verb(clause), *_by_adjective(clause)):
        claims.setdefault(claim.effect.name.zh, claim)
    return tuple(claims.values())


def _by_verb(clause: str) -> Iterator[Claim]:
    verbs = list(_VERB.finditer(clause))
    for place, verb in enumerate(verbs):
        if _denied(clause[: verb.start()]):
            continue
        end = verbs[place + 1].start() if place + 1 < len(verbs) else len(clause)
        kind = _kind(verb.group())
        after = clause[verb.end() : end]
        start = verbs[place - 1].end() if place else 0
        answers = list(_objects(after, verb.group(), kind))
        if not answers and _closes(after):
            answers = list(_objects_before(clause[start : verb.start()], verb.group(), kind))
        yield from answers


def _kind(verb: str) -> str:
    return next(name for name, verbs in _VERB_OF.items() if verb in verbs)


def _closes(after: str) -> bool:
    """Whether a verb has no object behind it: 生产效率提高了30%."""
    return not _TAIL.sub("", after)


def _denied(before: str) -> bool:
    return bool(_DENIED.search(_NOT_DENYING.sub("", before[-8:])))


def _objects(text: str, verb: str, kind: str) -> Iterator[Claim]:
    """Attributes behind a verb: of each joined phrase the last one before what it is only part of."""
    for phrase in _EDGE.split(text):
        for part in reversed(phrase.split("的")):
            word = _HEAD.sub("", _TAIL.sub("", part))
            if word in _OF_SOMETHING_ELSE:
                break
            effect, known = _attribute(word, kind, verb)
            if effect is not None:
                yield Claim(effect, verb + _phrase(word, known))
                break


def _phrase(text: str, known: str) -> str:
    """The whole phrase where it is short (冷却效率), else the known word."""
    return text if len(text) <= _LONGEST_PHRASE else known


def _objects_before(text: str, verb: str, kind: str) -> Iterator[Claim]:
    """Attributes before a verb that has none behind it: 强度和硬度大大提高."""
    for phrase in reversed(_EDGE.split(_without_degree(text))):
        effect, known = _attribute(phrase, kind, verb)
        if effect is None:
            return
        yield Claim(effect, verb + known)


def _attribute(text: str, kind: str, verb: str) -> tuple[Effect | None, str]:
    """The longest known word at the end of a phrase, when the verb changes it for the better."""
    for word, effects in _ending(text):
        for effect in effects:
            if kind in _BETTER[effect.good]:
                return _fitting(effect, verb, word)
        return None, ""
    return None, ""


def _fitting(effect: Effect, verb: str, word: str) -> tuple[Effect | None, str]:
    """Leave out pairs that do not say what they seem to: 实现效率 is not a rise, 方便设备 not one of ease."""
    if verb in ("实现", "达到", "促进", "保持") and effect.name.zh != "提高自动化程度":
        return None, ""
    if effect.name.zh == "改善环境" and verb not in ("改善", "优化", "提高", "提升"):
        return None, ""
    return effect, word


def _without_degree(text: str) -> str:
    """Take 大大, 也得到 and the like off the end, unless they belong to a word: 密封性能."""
    return text if any(_ending(text)) else _DEGREE.sub("", text)


def _ending(text: str) -> Iterator[tuple[str, tuple[Effect, ...]]]:
    table = by_word()
    for length in range(min(longest_word(), len(text)), 1, -1):
        word = text[-length:]
        if word in table:
            yield word, table[word]
            return


def _by_adjective(clause: str) -> Iterator[Claim]:
    for match in _ADJECTIVE.finditer(clause):
        before = clause[: match.start()]
        if _JUDGED.search(before):
            continue
        adjective = match.group()
        if before.endswith("不"):
            before, adjective = before[:-1], f"不{adjective}"
        before = _without_degree(before)
        blamed = _mends(clause, match.start(), match.end())
        for word, effects in _ending(before):
            for effect in effects:
                table = _BLAME if blamed else _PRAISE
                if adjective in table[effect.good]:
                    yield Claim(effect, word + adjective)
                    break


def _mends(clause: str, start: int, end: int) -> bool:
    """Whether the clause does away with what it names: 解决了能耗高的问题."""
    return bool(_MENDED.search(clause[:start]) and _FAULT.search(clause[end:]))

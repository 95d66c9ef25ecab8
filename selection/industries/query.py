"""Rules as a 检索式 in incoPat's spelling: what a report prints and the query language evaluates."""

from __future__ import annotations

from collections.abc import Iterable

from selection.industries.model import Industry, Rule
from selection.language import write_value


def to_query(industry: Industry, *, main_only: bool = True) -> str:
    """Return the 检索式 of an industry; empty when it has no rule of its own.

    >>> to_query(Industry(name="铝", rules=(Rule(ipc=("C25C3", "C01F7")), Rule(keywords=("电解铝",)))))
    'IPC-MAIN=(C25C3 or C01F7) or TIAB=(电解铝)'
    """
    parts = [rule_query(rule, main_only=main_only) for rule in industry.rules]
    parts = [part for part in [industry.query, *parts] if part]
    if len(parts) == 1:
        return parts[0]
    return " or ".join(part if _is_one_field(part) else f"({part})" for part in parts)


def rule_query(rule: Rule, *, main_only: bool = True) -> str:
    """Return one rule as a conjunction; empty for a rule without conditions."""
    field = "IPC" if rule.any or not main_only else "IPC-MAIN"
    parts = []
    if rule.ipc:
        parts.append(_classes(field, rule))
    for name, values in (("IPC", rule.also_ipc), ("TIAB", rule.keywords), ("TI", rule.title)):
        if values:
            parts.append(f"{name}=({_any_of(values)})")
    if rule.codes:
        parts.append(f"INDUSTRY=({_any_of(rule.codes)})")
    return " and ".join(parts)


def _classes(field: str, rule: Rule) -> str:
    """`IPC-MAIN=(…)`, and what is taken out of it; symbols named exactly stay in."""
    included = f"{field}=({_any_of(rule.ipc)})"
    if not rule.not_ipc:
        return included
    kept = f"({included} not {field}=({_any_of(rule.not_ipc)}))"
    exact = [pattern for pattern in rule.ipc if pattern.startswith("=")]
    return f"({kept} or {field}=({_any_of(exact)}))" if exact else kept


def _any_of(values: Iterable[str]) -> str:
    return " or ".join(write_value(value.removeprefix("=")) for value in values)


def _is_one_field(text: str) -> bool:
    """Whether a part can stand in an `or` without brackets."""
    return " and " not in text and " not " not in text and ") or " not in text

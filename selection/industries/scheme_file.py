"""Schemes that a library defines: a YAML file, name → IPC patterns, keywords, codes or a 检索式.

name: provincial                 # short, used as scheme:industry
title: 省级重点产业
any: false                       # true: every classification counts, not the main one only
industries:
- name: 铝产业
ipc: [C25C3, C01F7, C22C21]  # main classification (or any) under one of these …
not_ipc: [C01F7/78]          # … and under none of these
keywords: [电解铝, 氧化铝]    # or: in title or abstract
title: [铝合金]              # or: in the title
codes: ["gb4754:C3216"]      # or: in these industries of another scheme
query: 'TIAB=(赤泥)'         # or: what this 检索式 selects
rules:                       # or: all conditions of one rule together
- {ipc: [C07D], also_ipc: [A61P]}
any: true                    # of this industry only
notes: 上游到下游
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from patents.errors import ClassificationError, MappingError
from patents.messages import Message, message
from patents.written_files import Entry, WrittenFile, in_file, read_yaml
from selection.industries.model import Industry, Rule, Scheme
from selection.industries.patterns import own_pattern

_LISTS = ("ipc", "not_ipc", "also_ipc", "keywords", "title", "codes")
_SCHEME_KEYS = {"name", "title", "any", "industries", "notes", "source"}
_INDUSTRY_KEYS = {"name", "code", "parent", "query", "rules", "any", "notes", *_LISTS}
_RULE_KEYS = {"any", *_LISTS}
_EXAMPLE = "selection/schemes/*.yaml"


def read_scheme(path: Path) -> Scheme:
    """Read a scheme file.

    Raises:
        UnreadableFileError: there is no such file, or it is no YAML.
        MappingError: it says something that a scheme cannot say; names the industry and the key.
    """
    return _Reader(path, _EXAMPLE).scheme(read_yaml(path, _EXAMPLE))


def _industry(name: str) -> Message:
    return message("place-industry", name=name)


class _Reader(WrittenFile):
    """Checks and converts one file."""

    def scheme(self, content: object) -> Scheme:
        entry = self.entry(content, in_file(), _SCHEME_KEYS)
        name = self.text(entry, "name", in_file())
        if not name or not name.isidentifier():
            self.refuse(in_file(), message("scheme-name-not-valid", value=name))
        main_only = not self.flag(entry, "any", in_file())
        listed = entry.get("industries")
        if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
            self.refuse(in_file(), message("entry-list-needed", key="industries"))
        industries = tuple(self._industry(one, main_only) for one in listed)
        self._check_names(industries)
        title = self.text(entry, "title", in_file()) or name
        source = self.text(entry, "source", in_file()) or str(self.path)
        return Scheme(name=name, title=title, industries=industries, main_only=main_only, source=source)

    def _industry(self, content: object, main_only: bool) -> Industry:
        somewhere = message("place-some-industry")
        entry = self.entry(content, somewhere, _INDUSTRY_KEYS)
        name = self.text(entry, "name", somewhere)
        if not name:
            self.refuse(somewhere, message("entry-name-needed"))
        where = _industry(name)
        if ":" in name:
            self.refuse(where, message("industry-name-with-colon"))
        industry = Industry(
            name=name,
            code=self.text(entry, "code", where),
            parent=self.text(entry, "parent", where),
            rules=tuple(self._rules(entry, name, main_only)),
            query=self.text(entry, "query", where),
            notes=self.text(entry, "notes", where),
        )
        return industry

    def _rules(self, entry: Entry, name: str, main_only: bool) -> list[Rule]:
        """The short forms become one rule each; `rules` are taken as they are."""
        counts_any = self.flag(entry, "any", _industry(name)) or not main_only
        short = self._rule(entry, name, counts_any)
        if (short.not_ipc or short.also_ipc) and not short.ipc:
            self.refuse(_industry(name), message("industry-ipc-needed"))
        classes = Rule(ipc=short.ipc, not_ipc=short.not_ipc, also_ipc=short.also_ipc, any=counts_any)
        words = [Rule(keywords=short.keywords), Rule(title=short.title), Rule(codes=short.codes)]
        rules = [rule for rule in (classes, *words) if replace(rule, any=False) != Rule()]
        listed = entry.get("rules") or ()
        if not isinstance(listed, Sequence) or isinstance(listed, str):
            self.refuse(_industry(name), message("entry-list-needed", key="rules"))
        return rules + [self._combined(one, name, counts_any) for one in listed]

    def _combined(self, content: object, name: str, counts_any: bool) -> Rule:
        where = message("place-rule", name=name)
        rule = self._rule(self.entry(content, where, _RULE_KEYS), name, counts_any)
        if replace(rule, any=False) == Rule():
            self.refuse(where, message("rule-without-condition"))
        return rule

    def _rule(self, entry: Entry, name: str, counts_any: bool) -> Rule:
        lists = {key: self.texts(entry, key, _industry(name)) for key in _LISTS}
        for key in ("ipc", "not_ipc", "also_ipc"):
            lists[key] = tuple(self._pattern(text, key, name) for text in lists[key])
        for code in lists["codes"]:
            if ":" not in code:
                self.refuse(_industry(name), message("industry-code-not-valid", value=code))
        return Rule(
            ipc=lists["ipc"],
            not_ipc=lists["not_ipc"],
            also_ipc=lists["also_ipc"],
            keywords=lists["keywords"],
            title=lists["title"],
            codes=lists["codes"],
            any=self.flag(entry, "any", _industry(name)) or counts_any,
        )

    def _pattern(self, text: str, key: str, name: str) -> str:
        try:
            return own_pattern(text)
        except ClassificationError as error:
            raise MappingError(
                "scheme-pattern-wrong", path=self.path, industry=name, key=key, problem=error
            ) from None

    def _check_names(self, industries: Sequence[Industry]) -> None:
        seen: set[str] = set()
        for industry in industries:
            if industry.name in seen:
                self.refuse(_industry(industry.name), message("entry-twice"))
            seen.add(industry.name)
        keys = {industry.key for industry in industries} | seen
        for industry in industries:
            if industry.parent and industry.parent not in keys:
                self.refuse(
                    _industry(industry.name), message("industry-parent-unknown", name=industry.parent)
                )

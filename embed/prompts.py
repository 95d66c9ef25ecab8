"""What a model wants before a query or a passage, where its own files do not say.

sentence-transformers reads a model's prompts from `config_sentence_transformers.json`; those come first.
Many well-known models state theirs only on their card; the table below is from those cards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompts:
    """Texts put before what is encoded; empty for none."""

    query: str = ""
    passage: str = ""


_BGE_ZH = "为这个句子生成表示以用于检索相关文章："
_BGE_EN = "Represent this sentence for searching relevant passages: "
_INSTRUCT = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"

# The first expression that matches the last part of the model's name decides.
_FAMILIES: tuple[tuple[re.Pattern[str], Prompts], ...] = (
    (re.compile(r"bge-m3|bge-reranker"), Prompts()),
    (re.compile(r"bge-(small|base|large)-zh"), Prompts(query=_BGE_ZH)),
    (re.compile(r"bge-(small|base|large)-en"), Prompts(query=_BGE_EN)),
    (re.compile(r"qwen3-embedding"), Prompts(query=_INSTRUCT)),
    (re.compile(r"gte-qwen"), Prompts(query=_INSTRUCT + " ")),
    (re.compile(r"e5-.*instruct"), Prompts(query=_INSTRUCT + " ")),
    (re.compile(r"(^|-)e5-"), Prompts(query="query: ", passage="passage: ")),
)


def family_prompts(name: str) -> Prompts:
    """Prompts of a model family, by the last part of a model's name or path; none when unknown."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1].lower()
    for pattern, prompts in _FAMILIES:
        if pattern.search(last):
            return prompts
    return Prompts()

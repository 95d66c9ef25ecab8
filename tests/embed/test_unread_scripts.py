"""Which texts an encoder does not read: by what it states, else by its name, else nothing is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from embed.default import DefaultEncoder
from embed.encoder import Encoder, unread_script

ENGLISH, CHINESE = "A method for producing aluminium", "一种铝电解槽的阴极结构"


@dataclass(frozen=True)
class Named:
    """What tells of an encoder before it encodes."""

    id: str
    scripts: frozenset[str] | None = None


def unread(encoder, text):
    return unread_script(cast("Encoder", encoder), text)


def test_the_default_encoder_reads_chinese():
    encoder = DefaultEncoder()
    assert unread_script(encoder, CHINESE) is None and unread_script(encoder, "COVID-19") is None
    assert unread_script(encoder, ENGLISH) == "latin"


@pytest.mark.parametrize(
    ("encoder", "script"),
    [
        (Named("bge-small-zh-v1.5"), "latin"),
        (Named("text2vec-base-chinese"), "latin"),
        (Named("multilingual-e5-small"), None),
        (Named("bge-m3"), None),
        (Named("bge-small-zh-v1.5", frozenset({"han", "latin"})), None),
    ],
)
def test_others_state_their_scripts_or_are_named_by_their_language(encoder, script):
    assert unread(encoder, ENGLISH) == script
    assert unread(encoder, CHINESE) is None


def test_an_encoder_of_another_script_does_not_read_chinese():
    assert unread(Named("english", frozenset({"latin"})), CHINESE) == "han"

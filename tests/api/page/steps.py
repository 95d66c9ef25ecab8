"""Steps on the page that tests share."""

from __future__ import annotations

import re

CATHODE = "降低槽电压的铝电解槽阴极凸台"
CLAIM = "1. 一种铝电解槽阴极，其特征在于：炭块上表面设置凸台；钢棒为铜钢复合棒。"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def ask(page, text, field="#text"):
    page.fill(field, text)
    page.press(field, "Enter")


def hits(page):
    """Numbers of the hits, once the answer is there."""
    page.locator("#summary", has_text=re.compile("最相似|列出")).wait_for()
    return page.locator(".hit .line > span:first-child").all_inner_texts()

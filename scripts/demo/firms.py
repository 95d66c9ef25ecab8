"""A synthetic roster of firms, some of which hold patents of the export, and the technical needs of some.

Codes have the form and the check digits of GB 32100-2015 and GB 11714-1997, with a county code (…99) and an
organisation part (MAXY…) that were never issued.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import polars as pl

from patents.tables.divisions import divisions
from patents.tables.gb4754 import gb4754_names
from scripts.demo.applicants import Applicants
from scripts.demo.settings import MARK, SEED
from scripts.demo.vocabulary import load_toml, load_topics

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)
_SHARES = {"many": (6, 999, 32), "few": (2, 5, 30), "one": (1, 1, 20), "none": (0, 0, 34)}
"""How many patents a firm holds at least and at most, and how many such firms the roster has."""

_WRONG_CODES, _NO_CODES, _DUPLICATES, _FORMER_ONLY, _RENAMED = 6, 5, 5, 4, 3


def with_check(body: str) -> str:
    """17 characters of a 统一社会信用代码 → 18 with the check character of GB 32100-2015."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return body + ALPHABET[-total % 31]


def credit_code(province: str, city: str, serial: int) -> str:
    """A code of a firm in a county that does not exist."""
    names = divisions()
    first = next(code for code, name in names.items() if len(code) == 2 and name == province)
    cities = (code for code, name in names.items() if len(code) == 4 and code[:2] == first and name == city)
    second = next(cities, f"{first}01")
    organisation = f"MAXY{serial:04d}"
    total = sum((int(sign, 36)) * weight for sign, weight in zip(organisation, _ORGANISATION, strict=True))
    return with_check(f"91{second}99{organisation}{'0123456789X'[-total % 11]}")


def make_roster(corpus: pl.DataFrame, applicants: Applicants, seed: int = SEED) -> pl.DataFrame:
    """About 120 firms of the home province and its neighbours, with the usual faults of such lists.

    Former names, wrong and missing codes, firms listed twice, empty cells.
    """
    random = Random(f"{seed} roster")
    rows = [_row(firm, serial, random) for serial, firm in enumerate(_chosen(corpus, applicants, random), 1)]
    for row in random.sample(rows, _WRONG_CODES):
        code = row["统一社会信用代码"]
        row["统一社会信用代码"] = code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 7) % 31]
    for row in random.sample(rows, _NO_CODES):
        row["统一社会信用代码"] = ""
    renamed = [row for row in rows if row["曾用名"]]
    for row in renamed[:_FORMER_ONLY]:
        row["企业名称"], row["曾用名"] = row["曾用名"], ""
    plain = [row for row in rows if row not in renamed]
    twice = [row | {"企业名称": _variant(row["企业名称"], place), "主要产品": "", "联系人": ""}
             for place, row in enumerate(random.sample(plain, _DUPLICATES))]  # fmt: skip
    for column in ("主要产品", "经营范围", "企业规模", "县（区）"):
        for row in random.sample(rows, 4):
            row[column] = ""
    rows += twice
    random.shuffle(rows)
    return pl.DataFrame([{"序号": place} | row for place, row in enumerate(rows, 1)])


def make_needs() -> pl.DataFrame:
    """The needs of needs.toml, a row each."""
    document = load_toml("needs")
    return pl.DataFrame(
        [{"序号": place} | dict(zip(document["columns"], map(str, need), strict=True)) | {"备注": MARK}
         for place, need in enumerate(document["needs"], 1)]
    )  # fmt: skip


def _chosen(corpus: pl.DataFrame, applicants: Applicants, random: Random) -> list[dict[str, Any]]:
    """Firms with many patents, few, one, none; two thirds from the home province."""
    held = Counter(row for holders in corpus["holders"] for row in holders)
    table = applicants.table.with_row_index("row").filter(
        (pl.col("kind") == "企业") & (pl.col("country") == "CN") & ~pl.col("name").str.ends_with("局")
    )
    home = load_toml("places")["home"]
    firms = [firm | {"held": held[firm["row"]]} for firm in table.iter_rows(named=True)]
    chosen = list[dict[str, Any]]()
    for low, high, count in _SHARES.values():
        fits = [firm for firm in firms if low <= firm["held"] <= high]
        near = [firm for firm in fits if firm["province"] == home]
        picked = [firm for firm in near if firm["former"]][:_RENAMED]
        near = [firm for firm in near if firm not in picked]
        picked += random.sample(near, min(len(near), round(count * 0.7) - len(picked)))
        rest = [firm for firm in fits if firm not in picked]
        chosen += picked + random.sample(rest, min(len(rest), count - len(picked)))
    return chosen


def _row(firm: dict[str, Any], serial: int, random: Random) -> dict[str, Any]:
    words = load_toml("firms")
    topic = next(topic for topic in load_topics() if topic.name == firm["topic"])
    made = words["products"][topic.name].split()
    code = topic.gb4754
    sizes = ("中型", "小型") if firm["held"] > 1 else ("小型", "小型", "微型")
    size = "大型" if firm["held"] > 25 else random.choice(sizes)
    count = random.choice((0, 1, 1, 2) if firm["held"] else (0, 0, 1))
    quality = random.sample(words["qualifications"], count)
    return {
        "企业名称": firm["name"],
        "曾用名": firm["former"],
        "统一社会信用代码": credit_code(firm["province"], firm["city"], serial),
        "省": firm["province"],
        "市": firm["city"],
        "县（区）": firm["county"],
        "行业": random.choice((code, code, f"{code} {gb4754_names()[code]}", gb4754_names()[code])),
        "经营范围": _scope(made, topic.fields[0], words, random),
        "主要产品": "、".join(random.sample(made, min(len(made), random.randint(1, 3)))),
        "企业规模": size,
        "资质": "；".join(quality),
        "联系人": f"示例联系人{serial:03d}",
        "联系电话": f"000-0000{serial:04d}",
        "备注": MARK,
    }


def _scope(made: list[str], field: str, words: dict[str, Any], random: Random) -> str:
    """一般项目 with own products among what every firm registers, and some 许可项目."""
    own = random.sample(made, min(len(made), random.randint(2, 3)))
    items = [f"{product}{random.choice(('制造', '生产与销售', '研发'))}" for product in own]
    items += [f"{field}技术研发", *random.sample(words["general"], random.randint(2, 4))]
    text = f"一般项目：{'；'.join(items)}{words['closing']}"
    if random.random() < 0.45:
        licensed = random.sample(words["licensed"], random.randint(1, 2))
        text += f"许可项目：{'；'.join(licensed)}{words['licence']}"
    return text


def _variant(name: str, place: int) -> str:
    """The same firm as somebody else types it."""
    long, short = "有限责任公司", "有限公司"
    other = name.replace(long, short) if long in name else name.replace(short, long)
    return (other, f" {name} ", f"{name}（本部）", other, name)[place % 5]

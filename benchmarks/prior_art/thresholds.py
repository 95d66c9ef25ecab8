"""From which score on is an element of a claim taken to be disclosed, and how often is that right?

    python benchmarks/prior_art/thresholds.py ../shared/data benchmarks/results/prior-art.json

Elements of first claims are held against texts that disclose them (the abstract of the same patent; the
texts of its twin, 一案双申) and against texts that mostly do not (another patent of the same main group, of
the same subclass, any other). The thresholds are the scores that another patent of the same main group
reaches for 2 % and 10 % of the elements, learned on records of the validation part; the rates are those
of the test part. The encoder was trained on neither.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from embed.loader import load_encoder
from embed.split import part_mask, twin_key
from index.claim_elements import claim_elements
from index.prior_art import CLOSE, PARTLY, Field, map_elements, rarity
from index.sentences import WORDS_SHARE
from terms.words import cut_many, words

SEED = 15
FALSE_ALARMS = {"close": 0.02, "partly": 0.10}
MOST = {"validation": 1_000, "test": 1_500}


@dataclass(frozen=True)
class Patent:
    """A record with a first claim; `group` is its IPC main group, `part` the part it belongs to."""

    number: str
    title: str
    abstract: str
    claim: str
    group: str
    part: str

    def texts(self, *, claim: bool) -> list[Field]:
        """What a hit shows of it."""
        fields = [Field("标题", self.title), Field("摘要", self.abstract)]
        return [*fields, Field("权利要求", self.claim)] if claim else fields


def read(data: Path) -> list[Patent]:
    """Records that have an abstract and a first claim of some length."""
    frame = pl.read_parquet(data / "patents.parquet").with_columns(
        pl.col("title", "abstract", "first_claim").fill_null(""),
        applicant=pl.col("applicants").list.first().fill_null(""),
        group=pl.col("ipc").list.first().fill_null("").str.split("/").list.first(),
    )
    frame = frame.filter(
        (pl.col("first_claim").str.len_chars() > 60) & (pl.col("abstract").str.len_chars() > 30)
    )
    keys = [twin_key(*row) for row in frame.select("title", "applicant", "abstract").iter_rows()]
    parts = np.full(len(keys), "training", dtype="<U10")
    for part in ("validation", "test"):
        parts[part_mask(keys, part)] = part
    columns = frame.select("publication_number", "title", "abstract", "first_claim", "group").iter_rows()
    return [Patent(*row, part=str(part)) for row, part in zip(columns, parts, strict=True)]


def pairs(
    patents: list[Patent], twins: list[list[str]], part: str
) -> Iterator[tuple[str, Patent, list[Field]]]:
    """(kind, the patent whose claim is asked for, the texts it is held against)."""
    rng = np.random.default_rng(SEED)
    by_number = {patent.number: patent for patent in patents}
    by_group, by_subclass = defaultdict(list), defaultdict(list)
    for patent in patents:
        if patent.group:
            by_group[patent.group].append(patent)
            by_subclass[patent.group[:4]].append(patent)
    own = [patent for patent in patents if patent.part == part]
    for place in rng.permutation(len(own))[: MOST[part]]:
        asked = own[place]
        yield "own abstract", asked, asked.texts(claim=False)
        for kind, others in (
            ("same main group", by_group[asked.group]),
            ("same subclass", by_subclass[asked.group[:4]]),
            ("any other", patents),
        ):
            strangers = [one for one in others if one.title != asked.title] if len(others) < 5_000 else others
            if strangers:
                yield kind, asked, strangers[int(rng.integers(len(strangers)))].texts(claim=True)
    for numbers in twins:
        known = [by_number[number] for number in numbers if number in by_number]
        if len(known) > 1 and known[0].part == part:
            yield "twin", known[0], known[1].texts(claim=True)


def scores(patents: list[Patent], twins: list[list[str]], part: str) -> dict[str, np.ndarray]:
    """Scores of all elements by what their claims were held against."""
    encoder = load_encoder()
    cut = cut_many([f"{patent.title}。{patent.abstract}" for patent in patents])
    holders = Counter(word for one in cut for word in set(one))
    found: dict[str, list[float]] = defaultdict(list)
    for kind, asked, texts in pairs(patents, twins, part):
        elements = claim_elements(asked.claim)
        asked_words = {word for element in elements for word in words(element.text)}
        weights = rarity(holders, len(patents), asked_words)
        (coverage,) = map_elements(elements, [texts], lambda all: encoder.encode(list(all)), words, weights)
        found[kind] += coverage.scores
    return {kind: np.array(values) for kind, values in found.items()}


def main() -> None:
    """Learn on the validation part, measure on the test part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    patents = read(arguments.data)
    twins = json.loads((arguments.data / "known_twins.json").read_text(encoding="utf-8"))
    learned = scores(patents, twins, "validation")["same main group"]
    thresholds = {name: float(np.quantile(learned, 1 - rate)) for name, rate in FALSE_ALARMS.items()}
    test = scores(patents, twins, "test")
    rates = {
        kind: {
            "elements": len(values),
            "close": round(float((values >= CLOSE).mean()), 4),
            "partly or close": round(float((values >= PARTLY).mean()), 4),
        }
        for kind, values in sorted(test.items())
    }
    result = {
        "records": len(patents),
        "words share": WORDS_SHARE,
        "learned on": len(learned),
        "learned thresholds": {name: round(value, 4) for name, value in thresholds.items()},
        "used thresholds": {"close": CLOSE, "partly": PARTLY},
        "rates on the test part": rates,
    }
    text = json.dumps(result, indent=2, ensure_ascii=False)
    arguments.out.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

"""Random strings through the parser and the evaluator: whatever comes, an answer or a QueryError.

python -m benchmarks.selection.fuzz --count 50000
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter

from patents.errors import QueryError
from selection.evaluation import Environment, evaluate, explain
from selection.language import parse, translate
from tests.selection.corpora import LIBRARY, corpus_of

PIECES = (
    *"ab石墨烯电池（）()[]［］\"'“”‘’:：=＝<>≤≥,，;、*?$#_\\/-.|@0129 \n\t　",
    *"and OR not 与 或 非 to GAND TIAB= TI= ap= PD= pd TA: TTL: IPC= IPC: APD: STATUS= R= RAD=( ".split(),
    *"(2w) (3f) (s) $W2 $PRE3 $FREQ2 $SEN 20110101 2011 H01M10/0525 CN101850473B FOO= ℃ ﬁ 😀".split(),
    "TREE@", "[2011 to 2012]", "\x00", "\ud800",
)  # fmt: skip


def random_text(rng: random.Random) -> str:
    """Pieces of the language in no order; sometimes any characters at all."""
    if rng.random() < 0.1:
        return "".join(
            chr(rng.choice((rng.randrange(0x80), rng.randrange(0x110000)))) for _ in range(rng.randrange(20))
        )
    joint = rng.choice(("", " "))
    return joint.join(rng.choice(PIECES) for _ in range(rng.randrange(1, 14)))


def try_one(text: str, corpus: object, dialect: str | None) -> str:
    """Outcome of one text; anything but a QueryError is raised."""
    try:
        query = parse(text, dialect)
    except QueryError:
        return "refused"
    assert parse(query.canonical, "incopat").root == query.root, text
    for to in ("incopat", "patsnap"):
        translated = translate(query, to)
        assert not translated.text or parse(translated.text, to), text
    explain(query, corpus)
    try:
        evaluate(query, corpus, Environment(company_tree=lambda name: [name]))
    except QueryError:
        return "parsed"
    return "answered"


def main() -> None:
    """Run and count."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=50_000)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    rng = random.Random(given.seed)
    corpus, _ = corpus_of(LIBRARY)
    outcomes: Counter[str] = Counter()
    start = time.perf_counter()
    for _ in range(given.count):
        text = random_text(rng)
        dialect = rng.choice((None, "incopat", "patsnap"))
        try:
            outcomes[try_one(text, corpus, dialect)] += 1
        except Exception:
            print(f"failed on {text!r} ({dialect})")
            raise
    print(f"{given.count} texts in {time.perf_counter() - start:.0f} s: {dict(outcomes)}")


if __name__ == "__main__":
    main()

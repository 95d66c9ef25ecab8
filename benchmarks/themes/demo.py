"""The synthetic demonstration patents as a sample whose technologies and their words are known.

    python -m benchmarks.themes.demo WORK [--records 3000]
    python -m benchmarks.themes.run WORK --peers …          → results/themes-synthetic-3000.json

No public Chinese patents with keywords by their authors were at hand. These texts are made up by
`scripts/make_demo.py` from a vocabulary: the technology of each patent is its class here, and the words of
a technology's vocabulary stand in for keywords of authors. Texts from templates are easier than real ones.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.themes.prepare import write_sample
from scripts.demo.corpus import make_corpus
from scripts.demo.settings import FOLDER, SEED
from scripts.demo.vocabulary import load_toml

_MARKS = re.compile(r"[\[\]{}|=@+\s]|<[^>]*>")


def vocabulary() -> dict[str, list[str]]:
    """Words of each technology: its name, fields, kinds of things, titles, their parts and ingredients.

    Words of more than five technologies (方法, 控制) are those of none.
    """
    documents = [load_toml(path.stem) for path in sorted(FOLDER.glob("*.toml"))]
    listed = [topic for each in documents for topic in each.get("topics", [])]
    words = {str(topic["name"]): _words(topic) for topic in listed}
    uses = Counter(word for own in words.values() for word in own)
    return {name: [word for word in own if uses[word] <= 5] for name, own in words.items()}


def _words(topic: dict) -> list[str]:
    texts = [str(topic["name"]), str(topic.get("field", ""))]
    texts += map(str, topic.get("slots", {}).values())
    for form in ("process", "composition", "device"):
        for entry in topic.get(form, []):
            texts += [str(entry.get(key, "")) for key in ("titles", "kind", "body")]
            texts += [line.split(" = ")[0] for line in str(entry.get("parts", "")).splitlines()]
    return sorted({word for text in texts for word in _MARKS.split(text) if len(word) > 1})


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--records", type=int, default=3000)
    parser.add_argument("--encoder", default="default")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    made = make_corpus(options.records, SEED)[0]
    texts = [f"{title}。{abstract}" for title, abstract in made.select("title", "abstract").iter_rows()]
    nothing = np.zeros(len(texts), dtype=np.bool_)
    write_sample(options.work, texts, made["topic_name"].to_list(), nothing, options.encoder)
    words = json.dumps(vocabulary(), ensure_ascii=False)
    (options.work / "vocabulary.json").write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The card of a trained encoder."""

from __future__ import annotations

from embed.static_folder import About
from embed.training.config import TrainingConfig

_CARD = """---
license: apache-2.0
language: zh
library_name: sentence-transformers
tags: [static-embedding, patents, sentence-similarity]
---

# {id}

A static encoder of Chinese patent texts: a text is the sum of learned rows, one for each of its words, at
unit length. {words:,} words and characters, {dim} dimensions, eight bits a weight. Leading dimensions alone
(128, 64) serve where space is short.

- **Reads** titles, abstracts and claims of any length; nothing is cut off. Latin letters and numbers are
  words too; other languages than Chinese were hardly seen.
- **Trained on** {records:,} publicly gazetted Chinese patents (hash of the texts {corpus_hash}, seed
  {seed}){base}: pairs of title and abstract, of first claim and abstract, of the two halves of an abstract,
  of abstracts of one IPC main group, and the classification by IPC itself. Records held out by a hash of
  title and first applicant were never seen. No text of the training data is in this folder beyond single
  words.
- **How good**: docs/encoders.md of Patlas has its table; `patlas evaluate` measures it on a library of yours.
- **Made by** `scripts/train_encoder.py`, reproducibly: {steps:,} steps of {batch:,} pairs on a CPU.
- **Licence** Apache-2.0.

```python
from embed.loader import load_encoder          # numpy and tokenizers alone
vectors = load_encoder().encode(["一种石墨烯电池"])

from sentence_transformers import SentenceTransformer
vectors = SentenceTransformer("models/default").encode(["一种石墨烯电池"])  # the same vectors
```

sentence-transformers reads the eight-bit weights from version 6.2 on.
"""


def card(about: About, config: TrainingConfig, words: int) -> str:
    """Markdown of the card.

    Args:
        about: name and data of the model.
        config: of the training.
        words: size of the vocabulary.
    """
    base = f", going on from {about.base}" if about.base else ""
    return _CARD.format(
        id=about.id,
        words=words,
        dim=config.dim,
        records=about.records,
        corpus_hash=about.corpus_hash,
        seed=about.seed,
        base=base,
        steps=config.steps,
        batch=config.batch,
    )

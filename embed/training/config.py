"""The settings of a training."""

from __future__ import annotations

import msgspec


class TrainingConfig(msgspec.Struct, frozen=True, kw_only=True):
    """How a static encoder is trained; the defaults are those of the shipped one.

    Attributes:
        words: size of the vocabulary, single characters on top.
        dim: dimensions of a vector.
        steps: gradient steps.
        batch: pairs a step.
        run: so many records of one subclass stand together in a batch, as hard wrong answers for each
            other; 1 for none.
        learning_rate: of the token rows, at its highest; rises over `warm_up` steps, falls linearly to 0.
        warm_up: steps.
        titles: share of pairs that are title ↔ abstract.
        claims: share that are first claim ↔ abstract (where there is a claim).
        relatives: share that are two abstracts of one main group; the rest are halves of one abstract.
        dropped: share of the tokens that every step leaves out of an abstract or claim.
        dropped_titles: the same for titles, which have few.
        temperature: of the contrast between pairs.
        contrast: its weight.
        class_temperature: of the classification by IPC.
        classes: its weight; 0 trains without IPC.
        subgroups: weight, within it, of telling the subgroups of a batch apart.
        classified: texts a step that are classified.
        seed: of everything random.
        threads: of torch.
    """

    words: int = 64_000
    dim: int = 256
    steps: int = 2_000
    batch: int = 1_024
    run: int = 1
    learning_rate: float = 0.01
    warm_up: int = 50
    titles: float = 0.25
    claims: float = 0.1
    relatives: float = 0.2
    dropped: float = 0.5
    dropped_titles: float = 0.2
    temperature: float = 0.06
    contrast: float = 0.7
    class_temperature: float = 0.1
    classes: float = 0.5
    subgroups: float = 0.2
    classified: int = 512
    seed: int = 0
    threads: int = 2


# Adapting the shipped model to a library: short, gentle, and its vocabulary stays.
ADAPTING = TrainingConfig(steps=300, learning_rate=0.003, batch=512, classified=256)

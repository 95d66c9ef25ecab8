"""Tokenizers for Chinese patent text, built from the training texts."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import rjieba
from tokenizers import Regex, Tokenizer
from tokenizers.models import BPE, Unigram
from tokenizers.normalizers import NFKC, Lowercase, Normalizer
from tokenizers.normalizers import Sequence as NormalizerSequence
from tokenizers.pre_tokenizers import Split
from tokenizers.trainers import BpeTrainer

UNKNOWN = "[UNK]"
# One pass of one expression: it is half of the time that encoding takes.
_NO_LETTER = r"[^\p{L}\p{N}]+"
_WORD = re.compile(r"\w")
# Characters seen once are mostly scanning errors.
_RARE_CHARACTER = 2
# A single character scores below every word, so that it is used only where no word fits.
_CHARACTER_PENALTY = 2.0


def word_tokenizer(texts: Sequence[str], size: int, extra: Sequence[str] = ()) -> Tokenizer:
    """Unigram tokenizer over the words that jieba cuts: its own rule, the likeliest path, in Rust.

    Args:
        texts: training texts.
        size: number of words, the most frequent; single characters come on top.
        extra: mined compounds to add as words.
    """
    normalizer = _normalizer()
    counts = count_words(texts, normalizer)
    return unigram_tokenizer(counts, size, extra)


def count_words(texts: Iterable[str], normalizer: Normalizer | None = None) -> Counter[str]:
    """Frequencies of jieba's words in normalised texts, punctuation left out."""
    normalizer = normalizer or _normalizer()
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in rjieba.cut(normalizer.normalize_str(text)) if _WORD.search(word))
    return counts


def unigram_tokenizer(counts: Counter[str], size: int, extra: Sequence[str] = ()) -> Tokenizer:
    """Unigram tokenizer from word frequencies; see `word_tokenizer`."""
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    scores = {word: math.log(count / total) for word, count in ranked[:size]}
    for word in extra:
        scores.setdefault(word, math.log(max(counts[word], 1) / total))
    characters: Counter[str] = Counter()
    for word, count in ranked:
        for character in word:
            characters[character] += count
    rarest = math.log(1 / total) - _CHARACTER_PENALTY
    for character, count in sorted(characters.items()):
        if count >= _RARE_CHARACTER:
            scores.setdefault(character, rarest)
    pieces = [(UNKNOWN, 0.0), *sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))]
    tokenizer = Tokenizer(Unigram(pieces, unk_id=0))
    return _dress(tokenizer)


def bpe_tokenizer(texts: Sequence[str], size: int) -> Tokenizer:
    """Byte-pair tokenizer over characters, pieces of at most eight."""
    tokenizer = _dress(Tokenizer(BPE(unk_token=UNKNOWN)))
    trainer = BpeTrainer(
        vocab_size=size,
        special_tokens=[UNKNOWN],
        max_token_length=8,
        min_frequency=5,
        limit_alphabet=7_000,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def _normalizer() -> Normalizer:
    return NormalizerSequence([NFKC(), Lowercase()])


def _dress(tokenizer: Tokenizer) -> Tokenizer:
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = Split(Regex(_NO_LETTER), behavior="removed")
    return tokenizer

"""An evaluator without any index: each rule of docs/query.md, done the slow way, on records.

It shares no code with the evaluator under test, except the syntax tree and the table of fields.
"""

from __future__ import annotations

import calendar
import unicodedata
from datetime import date
from itertools import product

from patents.record import PatentRecord
from selection.language import field_named
from selection.language.tree import (
    And,
    Everything,
    Filled,
    Frequency,
    InField,
    Not,
    Or,
    Proximity,
    Term,
    Wild,
)

TEXTS = {
    "TI": ("title",),
    "AB": ("abstract",),
    "TIAB": ("title", "abstract"),
    "FIRST-CLAIM": ("first_claim",),
    "CLAIM": ("claims|first_claim",),
    "TIABC": ("title", "abstract", "claims|first_claim"),
    "ALL": ("title", "abstract", "claims|first_claim", "title_en", "abstract_en"),
}


def is_chinese(char):
    return "\u4e00" <= char <= "\u9fff"


def units(text):
    """Chinese characters, Latin words and signs, one behind the other; line ends stay."""
    found, word = [], ""
    for char in unicodedata.normalize("NFKC", text).lower():
        letter = char.isalnum() and not is_chinese(char)
        if word and not letter:
            found.append(word)
            word = ""
        if letter:
            word += char
        elif char == "\n" and found[-1:] != ["\n"]:
            found.append(char)
        elif not char.isspace():
            found.append(char)
    return [*found, word] if word else found


def occurrences(text, leaf):
    """(first, behind the last) of every match, as places among the units of the text."""
    there = units(text)
    if isinstance(leaf, Term):
        sought = units(leaf.text)
        size = len(sought)
        return [(i, i + size) for i in range(len(there) - size + 1) if size and there[i : i + size] == sought]
    return pattern_occurrences(there, leaf)


def pattern_occurrences(there, pattern):
    """Matches of a pattern: characters in a row, each with the word (unit) that it stands in."""
    chars = [(char, place) for place, unit in enumerate(there) for char in unit]
    steps = pattern_steps(pattern)
    found = set()
    for start in range(len(chars)):
        for end in run(chars, steps, start, 0, start):
            found.add((chars[start][1], chars[end - 1][1] + 1))
    return shortest(found)


def shortest(found):
    """For every start the nearest end."""
    return [(start, min(end for first, end in found if first == start)) for start in {s for s, _ in found}]


def pattern_steps(pattern):
    """One step a character: a literal with its boundaries, or a wildcard that stays in a word or not."""
    pieces = list(pattern.pieces)
    texts = [units(piece) if isinstance(piece, str) else piece for piece in pieces]
    steps = []
    for index, part in enumerate(texts):
        if isinstance(part, Wild):
            left = (
                next((p for p in texts[index - 1 :: -1] if not isinstance(p, Wild)), None) if index else None
            )
            right = next((p for p in texts[index + 1 :] if not isinstance(p, Wild)), None)
            in_word = (left is None or is_word(left[-1])) and (right is None or is_word(right[0]))
            steps.append(("wild", part, in_word, left is None, right is None))
            continue
        for place, unit in enumerate(part):
            for number, char in enumerate(unit):
                cut_before = place == 0 and index > 0 and number == 0
                cut_behind = place == len(part) - 1 and index < len(texts) - 1 and number == len(unit) - 1
                opens = is_word(unit) and number == 0 and not cut_before
                closes = is_word(unit) and number == len(unit) - 1 and not cut_behind
                inner = is_word(unit) and number > 0
                steps.append(("char", char, opens, closes, inner))
    return steps


def is_word(unit):
    return unit[0].isalnum() and not is_chinese(unit[0])


def first_of_word(chars, at):
    return at == 0 or chars[at - 1][1] != chars[at][1]


def last_of_word(chars, at):
    return at == len(chars) - 1 or chars[at + 1][1] != chars[at][1]


def run(chars, steps, at, step, start):
    """Every place behind a match of steps[step:] that goes on at `at`."""
    if step == len(steps):
        closed = steps[-1][0] == "char" or not steps[-1][2] or last_of_word(chars, at - 1)
        return {at} if closed and at > start else set()
    if steps[step][0] == "wild":
        return run_wild(chars, steps, at, step, start)
    _, char, opens, closes, inner = steps[step]
    if at >= len(chars) or chars[at][0] != char:
        return set()
    goes_on = inner or (step > 0 and steps[step - 1][0] == "wild" and steps[step - 1][2] and at > start)
    if (opens and not first_of_word(chars, at)) or (closes and not last_of_word(chars, at)):
        return set()
    if goes_on and chars[at - 1][1] != chars[at][1]:
        return set()
    return run(chars, steps, at + 1, step + 1, start)


def run_wild(chars, steps, at, step, start):
    """Letters, digits and Chinese characters; beside Latin letters only letters of the same word."""
    _, wild, in_word, at_start, at_end = steps[step]
    if step == 0 and in_word and not first_of_word(chars, at):
        return set()
    found = set() if wild is Wild.ONE else run(chars, steps, at, step + 1, start)
    if wild is Wild.MANY and not in_word and (at_start or at_end):
        return found
    for length in range(1, 2 if wild is Wild.ONE else len(chars) - at + 1):
        taken = chars[at : at + length]
        if len(taken) < length or not all(char.isalnum() for char, _ in taken):
            break
        if in_word:
            span = chars[max(at - 1, start) : at + length]
            if len({word for _, word in span}) > 1 or any(is_chinese(char) for char, _ in span):
                break
        found |= run(chars, steps, at + length, step + 1, start)
    return found


def between(there, left, right):
    """Words between two places: Chinese characters and Latin words count, signs do not."""
    return sum(unit[0].isalnum() for unit in there[left:right])


def linked(there, first, second, link):
    if link.unit == "word":
        forward = first[1] <= second[0] and between(there, first[1], second[0]) <= link.distance
        backward = second[1] <= first[0] and between(there, second[1], first[0]) <= link.distance
        return forward or (backward and not link.ordered)
    return part_number(there, first[0], link.unit) == part_number(there, second[0], link.unit)


def part_number(there, place, unit):
    return sum(ends_part(there, at, unit) for at in range(place))


def ends_part(there, at, unit):
    if unit == "paragraph":
        return there[at] == "\n"
    if there[at] == ".":
        number_before = at > 0 and there[at - 1][-1:].isdigit()
        number_behind = at + 1 < len(there) and there[at + 1][:1].isdigit()
        return not (number_before and number_behind)
    return there[at] in "。!?\n"


def near(text, node):
    there = units(text)
    parts = [
        [
            span
            for leaf in (part.parts if isinstance(part, Or) else (part,))
            for span in occurrences(text, leaf)
        ]
        for part in node.parts
    ]
    return any(
        all(linked(there, a, b, link) for a, b, link in zip(chosen, chosen[1:], node.links, strict=False))
        for chosen in product(*parts)
    )


def disjoint(spans):
    """How many matches there are that do not overlap, from the left."""
    count, free = 0, 0
    for start, end in sorted(spans):
        if start >= free:
            count, free = count + 1, end
    return count


def texts_of(record: PatentRecord, name):
    for column in TEXTS[name]:
        first, _, second = column.partition("|")
        yield getattr(record, first) or (getattr(record, second) if second else "")


def days(text):
    year, month, day = int(text[:4]), int(text[4:6] or 0), int(text[6:8] or 0)
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


DATES = {"AD": "filing_date", "PD": "publication_date", "GRANT-DATE": "grant_date"}
NAMES = {"AP": "applicants", "IN": "inventors"}


def matches(record: PatentRecord, node, field=None):
    """Whether a record matches a node."""
    match node:
        case Everything():
            return True
        case InField(name, part):
            return matches(record, part, field_named(name))
        case And(parts):
            return all(matches(record, part, field) for part in parts)
        case Or(parts):
            return any(matches(record, part, field) for part in parts)
        case Not(part):
            return not matches(record, part, field)
        case Filled():
            return filled(record, field.name)
    return leaf(record, node, field)


def filled(record, name):
    if name in TEXTS:
        return any(texts_of(record, name))
    return bool(getattr(record, {**DATES, **NAMES, "IPC": "ipc", "STATUS": "legal_state"}[name]))


def leaf(record, node, field):
    name = field.name
    if isinstance(node, Proximity):
        return any(near(text, node) for text in texts_of(record, name))
    if isinstance(node, Frequency):
        return sum(disjoint(occurrences(text, node.part)) for text in texts_of(record, name)) >= node.times
    if name in TEXTS:
        return any(occurrences(text, node) for text in texts_of(record, name))
    if name in NAMES:
        return any(occurrences(text, node) for text in getattr(record, NAMES[name]))
    if name in DATES:
        return in_days(getattr(record, DATES[name]), node)
    if name == "IPC":
        return any(under(symbol, node.text) for symbol in record.ipc)
    if name == "STATUS":
        return record.legal_state == node.text
    raise KeyError(name)


def in_days(day, node):
    if day is None:
        return False
    if isinstance(node, Term):
        first, last = days(node.text)
        return first <= day <= last
    if node.low is not None and (day <= days(node.low)[1] if node.above else day < days(node.low)[0]):
        return False
    return node.high is None or not (day >= days(node.high)[0] if node.below else day > days(node.high)[1])


def under(symbol, prefix):
    if len(prefix) > 4 and "/" not in prefix:
        return symbol == prefix or symbol.startswith(prefix + "/")
    return symbol.startswith(prefix)

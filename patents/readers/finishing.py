"""From a filled draft to a record: what needs the whole row is settled here.

A row needs one number that parses, application or publication; without one it is rejected.
"""

from __future__ import annotations

from collections.abc import Callable

from patents.language import SAMPLE, has_chinese, is_chinese, language_of
from patents.legal import LegalStatus, classify_status, parse_events
from patents.messages import message
from patents.readers.draft import Candidate, Draft
from patents.readers.history import events_from_parts
from patents.readers.numbers import settle_bare_numbers
from patents.readers.offices import office_code
from patents.readers.publications import complete_number, settle_numbers
from patents.readers.results import Finding, RowRead, RowRejected
from patents.record import PatentRecord, PatentType

_PATENT_TYPES: tuple[tuple[str, PatentType], ...] = (
    ("实用新型", "实用新型"),
    ("外观", "外观设计"),
    ("发明", "发明"),
    ("utility", "实用新型"),
    ("design", "外观设计"),
    ("invention", "发明"),
)
_TYPE_CODES: dict[str, PatentType] = {
    "1": "发明", "2": "实用新型", "3": "外观设计", "8": "发明", "9": "实用新型",
    "a": "发明", "b": "发明", "u": "实用新型", "d": "外观设计", "s": "外观设计",
}  # fmt: skip
_ENGLISH = ("title_en", "abstract_en")
_CHINESE_OFFICES = ("CN", "TW", "HK", "MO")
_make_record: Callable[..., PatentRecord] = PatentRecord


def finish(draft: Draft, reader: str, sheet: str = "") -> RowRead | RowRejected:
    """The row's result. The draft must not be used afterwards.

    Args:
        draft: filled by converters.
        reader: name of the format, kept in the record.
        sheet: name of the sheet where the workbook has several.
    """
    settle_bare_numbers(draft)
    complete_number(draft)
    if draft.application is None and not any(draft.numbers.values()):
        return RowRejected(draft.row, _why_rejected(draft), sheet)
    draft.warnings.extend(draft.number_findings)
    for step in _STEPS:
        step(draft)
    draft.values.update(draft.settled)
    record = _make_record(
        **draft.values,
        raw=tuple(draft.raw),
        portal_values=tuple(draft.portal_values),
        industries=tuple(draft.industries),
        reader=reader,
    )
    return RowRead(draft.row, record, tuple(draft.warnings), sheet)


def _why_rejected(draft: Draft) -> tuple[Finding, ...]:
    """The numbers that could not be read, or that there is none; then whatever else was found."""
    if draft.number_findings:
        return (*draft.number_findings, *draft.warnings)
    titles = draft.texts.get("title") or draft.texts.get("title_en") or []
    value = titles[0].text[:80] if titles else ""
    return (Finding(draft.row, "", value, message("row-without-number")), *draft.warnings)


def _settle_texts(draft: Draft) -> None:
    """Chinese before the original before a translation; what is left over is kept beside the record."""
    for name in _ENGLISH:
        _move_chinese(draft, name)
    for name in ("title", "abstract", "first_claim", "claims", "description"):
        _settle_text(draft, name)
    for name in _ENGLISH:
        found = draft.texts.get(name, [])
        if found:
            draft.values.setdefault(name, found[0].text)
            draft.portal_values.extend(found[1:])


def _move_chinese(draft: Draft, english: str) -> None:
    """A Chinese text in the column of English ones is a candidate for the field of Chinese texts."""
    found = draft.texts.pop(english, [])
    chinese = [text for text in found if has_chinese(text.text[:SAMPLE]) and is_chinese(text.text)]
    if chinese:
        draft.texts.setdefault(english.removesuffix("_en"), []).extend(chinese)
    if len(chinese) < len(found):
        draft.texts[english] = [text for text in found if text not in chinese]


def _settle_text(draft: Draft, name: str) -> None:
    found = draft.texts.get(name, [])
    english = f"{name}_en"
    if not found and not draft.texts.get(english):
        return
    if not found:
        found = [draft.texts[english][0]]
    best = found[0] if len(found) == 1 else next((each for each in found if is_chinese(each.text)), found[0])
    draft.values[name] = best.text
    if english in _ENGLISH and english not in draft.texts and _is_english(best.text):
        draft.texts[english] = [best]
    for other in found:
        if other.text != best.text:
            _keep_other(draft, english, other)


def _is_english(words: str) -> bool:
    return words[:1].isascii() and not has_chinese(words[:SAMPLE]) and language_of(words) == "en"


def _keep_other(draft: Draft, english: str, other: Candidate) -> None:
    if english in _ENGLISH and english not in draft.texts and language_of(other.text) == "en":
        draft.texts[english] = [other]
    else:
        draft.portal_values.append(other)


def _settle_events(draft: Draft) -> None:
    for kind, parts in draft.event_parts.items():
        draft.events.extend(event for event in events_from_parts(kind, parts) if event not in draft.events)
    if draft.events:
        draft.values["events"] = tuple(draft.events)


def _settle_language(draft: Draft) -> None:
    """Of title and abstract; any Chinese character makes a text of a Chinese office Chinese."""
    text = f"{draft.values.get('title', '')} {str(draft.values.get('abstract', ''))[:200]}"
    chinese = draft.values.get("country") in _CHINESE_OFFICES and has_chinese(text)
    draft.values["language"] = "zh" if chinese else language_of(text)


def _settle_types(draft: Draft) -> None:
    """The number knows best, then the portal's words; a number that names its office is believed."""
    in_words = _type_in_words(draft.hint("patent_type"))
    known = draft.application.patent_type if draft.application else None
    if known is None:
        known = next((number.patent_type for found in draft.numbers.values() for number in found), None)
    draft.values["patent_type"] = known or in_words
    if known and in_words and known != in_words:
        hint = draft.hints["patent_type"]
        draft.warn(hint.column, hint.text, message("type-contradicts-number", type=known))
    office, country = draft.hints.get("country"), draft.values.get("country")
    if office is not None and office_code(office.text) != country:
        draft.warn(office.column, office.text, message("office-contradicts-number", country=country))


def _type_in_words(text: str) -> PatentType | None:
    words = text.strip().lower()
    return _TYPE_CODES.get(words) or next((kind for word, kind in _PATENT_TYPES if word in words), None)


def _settle_classes(draft: Draft) -> None:
    """The main classification heads `ipc`; the first of a list without a main column is the main one."""
    main, symbols = draft.values.get("ipc_main"), draft.values.get("ipc", ())
    if not isinstance(symbols, tuple):
        return
    if main is None and symbols:
        draft.values["ipc_main"] = str(symbols[0])
    elif isinstance(main, str) and (not symbols or symbols[0] != main):
        draft.values["ipc"] = (main, *(str(symbol) for symbol in symbols if symbol != main))


def _settle_people(draft: Draft) -> None:
    """Standardised names stand in where the export has no others."""
    current = draft.values.pop("standard_current_applicants", None)
    if "applicants" not in draft.values and "standard_applicants" in draft.values:
        draft.values["applicants"] = draft.values["standard_applicants"]
    if isinstance(current, tuple) and draft.values.setdefault("current_applicants", current) != current:
        draft.portal_values.append(("标准化当前权利人", "; ".join(map(str, current))))
    if "applicants" not in draft.values and "current_applicants" in draft.values:
        draft.values["applicants"] = draft.values["current_applicants"]


def _settle_status(draft: Draft) -> None:
    """The state from the simple wording where it tells one, the reason from the detailed one."""
    detailed, simple = draft.statuses.get("legal_status"), draft.statuses.get("simple_status")
    worded = detailed or simple
    if worded is None:
        return
    status = classify_status(worded.text)
    _add_told_events(draft, worded.text)
    draft.values["legal_text"] = worded.text
    draft.values["legal_state"] = status.state
    draft.values["lapse_reason"] = status.reason
    if simple is not None and detailed is not None:
        _weigh(draft, classify_status(simple.text), status, simple)


def _add_told_events(draft: Draft, text: str) -> None:
    """Transfers, pledges … that the status words mention; undated ones only where no other is known."""
    known = {event.kind for event in draft.events}
    parsed = [event for event in parse_events(text) if event.date or event.kind not in known]
    draft.events.extend(event for event in parsed if event not in draft.events)
    if draft.events:
        draft.values["events"] = tuple(draft.events)


def _weigh(draft: Draft, simple: LegalStatus, status: LegalStatus, words: Candidate) -> None:
    if words.text != simple.state:
        draft.portal_values.append(words)
    if simple.state == "未知":
        return
    draft.values["legal_state"] = simple.state
    if simple.state != "失效":
        draft.values["lapse_reason"] = None
    if status.state not in ("未知", simple.state):
        draft.warn(words.column, words.text, message("status-columns-disagree", state=status.state))


_STEPS: tuple[Callable[[Draft], None], ...] = (
    _settle_texts,
    _settle_events,
    _settle_status,
    settle_numbers,
    _settle_types,
    _settle_language,
    _settle_classes,
    _settle_people,
)

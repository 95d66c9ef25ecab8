"""Watch events as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from patents.messages import text
from selection.watches.changes import CHANGE_LABELS, WatchEvent

_ATOM = "http://www.w3.org/2005/Atom"
_EPOCH = "1970-01-01T00:00:00+00:00"


def atom_feed(
    title: str, events: Iterable[tuple[str, str, WatchEvent]], *, library_id: str, base_url: str = ""
) -> str:
    """Write a feed, the newest entry first.

    Args:
        title: of the feed.
        events: (watch, when, event) as `Watches.events` gives them.
        library_id: makes ids of entries unique; the same event always has the same id.
        base_url: address of the service; entries then link to the patent's page.
    """
    listed = list(events)
    feed = ElementTree.Element("feed", {"xmlns": _ATOM})
    _add(feed, "id", _id(library_id, title))
    _add(feed, "title", title)
    _add(feed, "updated", max((at for _, at, _ in listed), default=_EPOCH))
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", "Patlas")
    if base_url:
        ElementTree.SubElement(feed, "link", {"rel": "alternate", "href": base_url})
    for watch, at, event in listed:
        _entry(feed, watch, at, event, library_id=library_id, base_url=base_url)
    ElementTree.indent(feed)
    body = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _entry(
    feed: ElementTree.Element, watch: str, at: str, event: WatchEvent, *, library_id: str, base_url: str
) -> None:
    entry = ElementTree.SubElement(feed, "entry")
    label = str(CHANGE_LABELS[event.kind])
    _add(entry, "id", _id(library_id, watch, at, event.key, event.kind))
    _add(entry, "title", f"[{label}] {event.publication_number or event.key} {event.title}".strip())
    _add(entry, "updated", at)
    ElementTree.SubElement(entry, "category", {"term": event.kind, "label": label})
    named = text("watch-named", name=watch)
    summary = "；".join(part for part in (named, label, event.detail, event.day) if part)
    _add(entry, "summary", summary)
    if base_url:
        href = f"{base_url.rstrip('/')}/patents/{event.key}"
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": href})


def _id(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "patlas:" + "\x1f".join(parts)).urn


def _add(parent: ElementTree.Element, name: str, content: str) -> None:
    ElementTree.SubElement(parent, name).text = "".join(
        char for char in content if char >= " " or char in "\t\n"
    )

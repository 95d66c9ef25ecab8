"""A chapter is composed once for all its tables and figures."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.live.library import open_live
from api.studies.chapters import made_chapter
from library.once import Once
from patents.errors import NotFoundError


def test_requests_side_by_side_compose_a_chapter_once_and_others_do_not_wait():
    kept, composed, may_end = Once(), [], threading.Event()

    def slow():
        composed.append("slow")
        assert may_end.wait(10)
        return "slow chapter"

    with ThreadPoolExecutor(4) as threads:
        waiting = [threads.submit(kept.get, "effects", slow) for _ in range(3)]
        while not composed:
            time.sleep(0.001)
        assert kept.get("growth", lambda: "quick chapter") == "quick chapter"
        may_end.set()
        assert [one.result() for one in waiting] == ["slow chapter"] * 3
    assert composed == ["slow"]


def test_what_failed_is_tried_again():
    kept = Once()

    def fail():
        raise NotFoundError("no chapter 'x'", help="overview")

    for _ in range(2):
        with pytest.raises(NotFoundError):
            kept.get("x", fail)
    assert kept.get("x", lambda: "chapter") == "chapter"


def test_a_study_asked_for_again_has_the_same_chapter_and_another_study_its_own(library_path):
    with open_live(library_path) as live:
        whole = made_chapter(live, "overview").chapter
        assert made_chapter(live, "overview").chapter is whole
        assert made_chapter(live, "growth").chapter is not whole
        other = made_chapter(live, "overview", counting=("year_by=publication",)).chapter
        assert other is not whole and other.tables[0].title

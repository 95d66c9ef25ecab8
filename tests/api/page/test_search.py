"""Searching on the page: similar patents, filters, links, prior art, and what a slow answer leaves."""

from __future__ import annotations

import csv
import re

import openpyxl
import pytest

from tests.api.page.steps import CATHODE, ask, hits


def test_a_text_finds_patents_with_the_reasons(visit):
    page = visit()
    ask(page, CATHODE)
    assert len(hits(page)) == 20
    first = page.locator(".hit").first
    assert "阴极" in first.locator("h3").inner_text() and first.locator("mark").count() > 0
    assert first.locator(".part meter").count() >= 2 and "第 1 位" in first.locator(".parts").inner_text()
    assert "全库 144 件" in page.inner_text("#summary")


def test_a_facet_narrows_and_taken_back_widens(visit):
    page = visit()
    ask(page, CATHODE)
    every = hits(page)
    value = page.locator(".facet", has_text="申请人").locator("button").first
    name = value.locator(".label").inner_text()
    value.click()
    page.locator("#summary", has_text=name).wait_for()
    lines = page.locator(".hit .line").all_inner_texts()
    assert lines and all(name in line for line in lines)
    pressed = page.locator(".facet button[aria-pressed=true]")
    assert pressed.locator(".label").inner_text() == name
    assert page.evaluate("document.activeElement.ariaPressed") == "true", "the keyboard lost its place"
    pressed.click()
    page.locator("#summary", has_text="全库").wait_for()
    assert hits(page) == every


def test_more_like_one_and_unlike_another(visit):
    page = visit()
    ask(page, "电解槽阴极炭块的凸台")
    liked, disliked = hits(page)[:2]
    page.locator(".hit").first.get_by_role("button", name="更像它").click()
    page.locator(".chip.like", has_text=liked).wait_for()
    page.locator(f".hit:has-text('{liked}')").wait_for(state="detached")
    page.locator(f".hit:has-text('{disliked}')").get_by_role("button", name="不要这样的").click()
    page.locator(".chip.unlike", has_text=disliked).wait_for()
    page.locator(f".hit:has-text('{disliked}')").wait_for(state="detached")
    page.locator(".chip.like").click()
    page.locator(".chip.like").wait_for(state="detached")
    assert disliked not in hits(page)


def test_a_wrong_query_is_shown_with_its_place(visit):
    page = visit()
    ask(page, "TIAB=(电解 and", "#form [name=where]")
    page.locator("#summary .error").wait_for()
    assert "第 13 个字符" in page.inner_text("#summary") and page.locator("#summary mark").count() == 1
    ask(page, "", "#form [name=where]")
    ask(page, "CN999999999A")
    page.locator("#summary", has_text="CN999999999A").wait_for()
    assert page.locator(".hit").count() == 0


def test_filters_alone_list_patents_page_by_page_and_export_all_of_them(visit):
    page = visit()
    ask(page, "IPC=C25C3", "#form [name=where]")
    assert len(hits(page)) == 20 and "36 件" in page.inner_text("#summary")
    page.click("#more")
    page.locator("#summary", has_text="前 36 件").wait_for()
    assert page.locator(".hit").count() == 36 and not page.is_visible("#more")
    page.locator(".hit").first.get_by_role("button", name="全文").click()
    assert "凸台" in page.locator(".hit.open").inner_text()
    with page.expect_download() as waiting:
        page.locator("#tools").get_by_text("导出全部 csv").click()
    with waiting.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 36


def test_hits_are_saved_as_a_file(visit, tmp_path):
    page = visit()
    ask(page, CATHODE)
    first = hits(page)[0]
    with page.expect_download() as waiting:
        page.locator("#tools").get_by_text("导出 xlsx").click()
    waiting.value.save_as(tmp_path / "hits.xlsx")
    cells = [
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "hits.xlsx")
        for row in sheet.values
        for cell in row
    ]
    assert first in cells


def test_a_search_is_a_link_and_back_goes_to_the_one_before(visit):
    page = visit()
    ask(page, CATHODE)
    before = hits(page)
    page.locator(".hit").nth(3).get_by_role("button", name="找相似").click()
    page.wait_for_function("number => document.querySelector('#text').value === number", arg=before[3])
    assert (
        hits(visit(page.url.partition("/?")[2] and "?" + page.url.partition("?")[2])) == hits(page) != before
    )
    page.go_back()
    page.wait_for_function("text => document.querySelector('#text').value === text", arg=CATHODE)
    page.locator(".hit", has_text=before[3]).wait_for()
    assert hits(page) == before


def test_a_step_to_the_themes_leaves_a_text_too_long_for_a_link_alone(visit):
    page = visit()
    text = "炭块上表面设置凸台的铝电解槽阴极。" * 100
    ask(page, text)
    found = hits(page)
    assert "q=" not in page.url
    page.get_by_role("link", name="主题").click()
    page.wait_for_url("**#themes-title")
    assert page.input_value("#text") == text and hits(page) == found


def test_enter_that_takes_a_word_from_an_input_method_does_not_search(visit):
    page = visit()
    page.fill("#text", "yin")
    page.evaluate(
        """document.querySelector('#text').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))"""
    )
    assert page.locator(".hit").count() == 0 and "?" not in page.url


def test_without_the_service_the_page_says_so(visit):
    page = visit()
    page.route("**/api/search", lambda route: route.abort())
    ask(page, CATHODE)
    page.locator("#summary", has_text="连不上服务").wait_for()


def test_hits_below_the_floor_are_listed_when_asked_for(visit):
    page = visit()
    page.fill("#text", "昨夜小楼又东风，故国不堪回首")
    page.press("#text", "Enter")
    page.locator("#summary", has_text="没有足够接近的专利").wait_for()
    assert page.locator(".hit").count() == 0
    page.get_by_role("button", name=re.compile(r"列出低于下限的 \d+ 条")).click()
    page.locator(".hit").first.wait_for()
    assert hits(page)
    page.fill("#text", "铝电解槽阴极")
    page.press("#text", "Enter")
    page.locator("#summary", has_text="最相似").wait_for()
    assert page.get_by_role("button", name=re.compile("列出低于下限的")).count() <= 1


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_a_list_that_is_about_to_be_replaced_takes_no_clicks(visit, way):
    page, held = visit(), []
    page.route("**/api/themes?*where=*", lambda route: held.append(route))
    page.fill("#themes-where", "AD=[2014 to 2030]")
    with page.expect_request("**/api/themes?*where=*"):
        page.press("#themes-where", "Enter")
    assert page.get_attribute("#themes", "aria-busy") == "true"
    name = page.locator("#themes .name").first
    if way == "pointer":
        box = name.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    else:
        name.press("Enter")
    assert name.get_attribute("aria-expanded") == "false"
    held[0].continue_()
    page.locator("#themes[aria-busy=false]").wait_for()
    name.click()
    assert name.get_attribute("aria-expanded") == "true"


def test_a_click_during_a_slow_answer_lands_on_the_new_list(visit):
    page = visit()

    def late(route):
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/api/themes?*where=*", late)
    page.fill("#themes-where", "AD=[2014 to 2030]")
    page.press("#themes-where", "Enter")
    page.locator("#themes .name").first.click()
    page.locator("#themes[aria-busy=false] .more .edit").wait_for()
    assert page.locator("#themes .name[aria-expanded=true]").count() == 1


def test_only_the_end_of_the_newest_search_ends_the_waiting(visit):
    page, held = visit(), []
    page.route("**/api/search", lambda route: held.append(route))
    for text in ("隧道衬砌台车", CATHODE):
        with page.expect_request("**/api/search"):
            ask(page, text)
    with page.expect_response("**/api/search") as replaced:
        held[0].continue_()
    replaced.value.finished()
    page.wait_for_timeout(100)
    assert page.get_attribute("#hits", "aria-busy") == "true" and page.locator(".hit").count() == 0
    held[1].abort()
    page.locator("#summary .error").wait_for()
    assert page.get_attribute("#hits", "aria-busy") == "false"

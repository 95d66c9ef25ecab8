"""Themes on the page: the map, changes, who holds them."""

from __future__ import annotations

import re

from tests.api.page.steps import hits


def test_the_map_opens_and_tells_of_a_patent_by_key(visit):
    page = visit()
    page.click("#map > summary")
    page.locator("#map-note", has_text="144 件专利").wait_for()
    page.focus("#map-canvas")
    page.keyboard.press("Enter")
    page.locator("#map-patent strong").wait_for()
    page.locator("#map-patent").get_by_role("button", name="找相似专利").click()
    assert len(hits(page)) == 20


def test_a_theme_is_renamed_and_that_is_undone(visit):
    page = visit()
    names = page.locator("#themes .name")
    before = names.first.inner_text()
    names.first.click()
    page.locator(".more .edit summary").click()
    page.fill(".edit-row >> nth=0 >> input", "我们自己的名称")
    page.locator(".edit-row").first.get_by_role("button", name="改名").click()
    page.locator("#themes .name", has_text="我们自己的名称").wait_for()
    page.locator("#themes-edits summary").click()
    page.locator("#themes-edits").get_by_role("button", name="撤销").click()
    page.locator("#themes .name", has_text="我们自己的名称").wait_for(state="detached")
    assert names.first.inner_text() == before


def test_a_theme_is_made_of_words_and_that_is_undone(visit):
    page = visit()
    page.click("#themes-seed summary")
    page.get_by_label("新主题的名称").fill("凸台结构")
    page.locator("#themes-seed").get_by_role("button", name="新建").click()
    page.locator("#themes-seed .error", has_text="至少一个词").wait_for()
    page.get_by_label("新主题的词").fill("凸台；没有这样的词语")
    page.keyboard.press("Enter")
    page.locator("#themes-seed", has_text=re.compile(r"已新建 T\d+“凸台结构”")).wait_for()
    assert page.locator("#themes .name", has_text="凸台结构").count() == 1
    assert page.input_value("#themes-seed input >> nth=1") == ""
    page.locator("#themes-edits summary").click()
    page.locator("#themes-edits li", has_text="新建").get_by_role("button", name="撤销").click()
    page.locator("#themes .name", has_text="凸台结构").wait_for(state="detached")


def test_an_applicant_of_a_theme_lists_its_patents_there(visit):
    page = visit()
    page.fill("#themes-where", "AD=[2014 to 2030]")
    page.press("#themes-where", "Enter")
    page.locator("#themes .name").first.click()
    page.locator(".more summary", has_text="持有人").click()
    row = page.locator(".holders .study-table").first.locator("tbody tr").first
    name, count = row.locator("button").inner_text(), row.locator("td.n").first.inner_text()
    assert page.locator(".holders .study-table").count() >= 3
    row.locator("button").press("Enter")
    page.locator("#summary", has_text=f"{count} 件专利").wait_for()
    lines = page.locator(".hit .line").all_inner_texts()
    assert len(lines) == int(count) and all(name in line for line in lines)
    assert page.input_value("#form [name=where]") == "AD=[2014 to 2030]"


def test_who_holds_the_themes_and_what_one_applicant_leaves_open(visit):
    page = visit()
    page.click("#themes-who")
    page.locator("#who-answer .study-table").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "who-title"
    shown = page.inner_text("#who-answer")
    assert "主题持有人" in shown and "企业空白主题" in shown and "请在设置 home 中给出省份" in shown
    names = page.locator("#who-names option").evaluate_all("all => all.map((one) => one.value)")
    page.fill("#who-applicant", "没有这个申请人")
    page.press("#who-applicant", "Enter")
    page.locator("#who-status .error", has_text="没有这个申请人").wait_for()
    page.fill("#who-applicant", names[0])
    page.press("#who-applicant", "Enter")
    page.locator("#who-gaps summary", has_text=f"{names[0]}的主题布局").wait_for()
    own = page.locator("#who-gaps td.n button").first
    count = own.inner_text()
    own.click()
    page.locator("#summary", has_text=f"{count} 件专利").wait_for()
    lines = page.locator(".hit .line").all_inner_texts()
    assert len(lines) == min(20, int(count)) and all(names[0] in line for line in lines)
    page.press("#who-applicant", "Escape")
    assert not page.is_visible("#who") and page.evaluate("document.activeElement.id") == "themes-who"


def test_who_holds_the_themes_follows_their_scope(visit):
    page = visit()
    page.click("#themes-who")
    page.locator("#who-note", has_text="144 件专利").wait_for()
    page.fill("#themes-where", "AD=[2014 to 2015]")
    page.press("#themes-where", "Enter")
    page.locator("#who-note", has_text=re.compile(r"：48 件专利")).wait_for()


def test_themes_as_a_tree_by_emergence_and_as_a_list_of_patents(visit):
    page = visit()
    page.select_option("#themes-order", "emergence")
    page.locator("#themes", has_text="新兴度").wait_for()
    scores = [float(one) for one in re.findall(r"新兴度 ([\d.]+)", page.inner_text("#themes"))]
    assert scores == sorted(scores, reverse=True)
    page.select_option("#themes-layer", "tree")
    page.locator("#themes .tree").first.wait_for()
    page.locator("#themes").get_by_role("button", name="列出专利").first.click()
    assert hits(page) and page.input_value("#form [name=theme]").startswith("T")

"""The page in a real browser, over a real service; skipped where there is no Chromium to drive."""

from __future__ import annotations

import csv
import re
import shutil
import threading
import time

import openpyxl
import pytest

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright drives the browser: pip install playwright"
)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROGRAM = next(filter(None, map(shutil.which, BROWSERS)), None)
pytestmark = pytest.mark.skipif(PROGRAM is None, reason=f"none of {', '.join(BROWSERS)} is installed")
CATHODE = "降低槽电压的铝电解槽阴极凸台"
CLAIM = "1. 一种铝电解槽阴极，其特征在于：炭块上表面设置凸台；钢棒为铜钢复合棒。"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# What holds texts of the page, and no text of a patent and no name.
ENGLISH = (
    "label, h2, h2 span, figcaption, .study-table > summary, .study-table th, .node b, .node span, "
    ".parts .name, .tag, .facet > summary, #form button, .actions button, .row button, .themes-tools option, "
    "#directions-chapters button, #chain-name option, #library, #summary, #map-note"
)
# What a finger needs, in CSS pixels.
TOUCH = 40


@pytest.fixture(scope="module")
def address(library_path, tmp_path_factory):
    """A running service over a copy of the library, since users change themes."""
    import uvicorn

    from api.app import create_app
    from api.settings import Settings

    library = shutil.copytree(library_path, tmp_path_factory.mktemp("page") / "专题库")
    app = create_app(Settings(library=library, refresh_seconds=0))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, address):
    """Open the page at a link, on a screen; no script may fail while it is looked at."""
    contexts, failures = [], []

    def open_page(link="", screen=DESK, locale="zh-CN"):
        phone = screen is PHONE
        context = browser.new_context(
            viewport=screen, has_touch=phone, is_mobile=phone, accept_downloads=True, locale=locale
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(error))
        page.goto(address + link)
        page.locator("#themes .theme").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not failures


def ask(page, text, field="#text"):
    page.fill(field, text)
    page.press(field, "Enter")


def hits(page):
    """Numbers of the hits, once the answer is there."""
    page.locator("#summary", has_text=re.compile("最相似|列出")).wait_for()
    return page.locator(".hit .line > span:first-child").all_inner_texts()


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


def test_prior_art_is_charted_and_exported(visit):
    page = visit()
    page.click("#prior-art > summary")
    page.fill("#prior-art-query", CLAIM)
    page.click("#prior-art-form button[type=submit]")
    page.locator("#prior-art .chart").wait_for()
    assert page.locator("#prior-art .chart tbody tr").count() == 3
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 docx").click()
    assert waiting.value.path().stat().st_size > 5_000


def panels(page):
    """Open everything there is, with an answer in each."""
    ask(page, CATHODE)
    page.locator(".hit").first.wait_for()
    for name in ("prior-art", "directions", "chains", "map"):
        page.click(f"#{name} > summary")
    page.fill("#prior-art-query", CLAIM)
    page.click("#prior-art-form button[type=submit]")
    page.locator("#prior-art .chart").wait_for()
    page.locator("#directions-answer .study-table").first.wait_for()
    page.locator("#chain-name option").first.wait_for(state="attached")
    page.click("#chains-form button[type=submit]")
    page.locator(".chain").wait_for()
    page.locator("#themes .name").first.click()
    page.locator("#themes .edit-row").first.wait_for(state="attached")
    page.click("#themes-who")
    page.locator("#who-answer .study-table").first.wait_for()
    page.locator(".more .who summary").click()
    page.locator(".holders .study-table").first.wait_for()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_nothing_is_wider_than_a_phone_or_too_small_for_a_finger(visit, locale):
    page = visit(screen=PHONE, locale=locale)
    panels(page)
    wide = page.evaluate(
        """[...document.querySelectorAll('body *')].filter((one) => !one.closest('.scroll, .chain, .skip'))
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert not wide and page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        """(least) => [...document.querySelectorAll('button, select, summary, input:not([type=checkbox]), a')]
        .filter((one) => one.checkVisibility() && !one.closest('.skip'))
        .map((one) => [one.getBoundingClientRect().height, one.outerHTML.slice(0, 90)])
        .filter(([height]) => height < least)""",
        TOUCH,
    )
    assert not small


def test_every_control_has_a_name_and_shows_where_the_keyboard_is(visit):
    page = visit()
    panels(page)
    nameless = page.evaluate(
        """[...document.querySelectorAll('button, a, select, input, textarea, meter, canvas, img')]
        .filter((one) => !(one.textContent.trim() || one.ariaLabel || one.alt || one.labels?.length))
        .filter((one) => !one.querySelector('img[alt]')).map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert not nameless
    unmarked = []
    page.focus("#text")
    for _ in range(40):
        page.keyboard.press("Tab")
        unmarked += page.evaluate(
            """[document.activeElement].filter((one) => getComputedStyle(one).outlineStyle === 'none')
            .map((one) => one.outerHTML.slice(0, 90))"""
        )
    assert not unmarked


def test_in_english_everything_but_patents_and_names_is_english(visit):
    page = visit(locale="en-GB")
    panels(page)
    chinese = page.locator(ENGLISH).evaluate_all(
        """all => all.flatMap((one) => [...one.childNodes])
        .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data)
        .filter((text) => /[\\u3000-\\u9fff\\uff00-\\uffef]/.test(text))"""
    )
    assert not chinese
    shown = page.inner_text("body")
    assert "20 most similar technologies of 144 patents in the library" in shown
    assert not re.search(r"undefined|NaN|\{\w+\}|\bpage-[a-z]", shown)


def test_answers_and_files_come_in_the_language_of_the_page(visit, tmp_path):
    page = visit(locale="en-GB")
    ask(page, "TIAB=(电解 and", "#form [name=where]")
    page.locator("#summary .error").wait_for()
    assert "At character 13 of the query" in page.inner_text("#summary")
    assert page.locator("#summary .error > span").first.inner_text().isascii()
    ask(page, "IPC=C25C3", "#form [name=where]")
    page.locator("#summary", has_text="36 patents matching IPC=C25C3; first 20 shown").wait_for()
    with page.expect_request("**/api/export?*") as sent, page.expect_download() as waiting:
        page.get_by_role("button", name="Export all as csv").click()
    assert sent.value.headers["accept-language"] == "en"
    assert waiting.value.suggested_filename == "patents.csv"


def test_the_other_language_is_a_click_away_keeps_the_search_and_is_remembered(visit):
    page = visit("?ipc=C25C3")
    assert len(hits(page)) == 20
    page.fill("#text", "还没有检索的文字")
    page.get_by_role("link", name="English").click()
    page.locator("#summary", has_text="36 patents").wait_for()
    assert page.input_value("#form [name=ipc]") == "C25C3" and "lang=en" in page.url
    page.wait_for_function("document.querySelector('#text').value === '还没有检索的文字'")
    page.goto(page.url.partition("?")[0])
    page.get_by_role("button", name="Search patents").wait_for()
    assert page.get_attribute(".languages [lang=en]", "aria-current") == "true"
    page.get_by_role("link", name="中文").click()
    page.get_by_role("button", name="检索专利").wait_for()

"""Prior art, phones, keyboards and both languages."""

from __future__ import annotations

import re

import pytest

from tests.api.page.steps import CATHODE, CLAIM, PHONE, ask, hits

# What holds texts of the page, and no text of a patent and no name.
ENGLISH = (
    "label, h2, h2 span, figcaption, .study-table > summary, .study-table th, .node b, .node span, "
    ".parts .name, .tag, .facet > summary, #form button, .actions button, .row button, .themes-tools option, "
    "#directions-chapters button, #chain-name option, #library, #summary, #map-note"
)
# What a finger needs, in CSS pixels.
TOUCH = 40


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

"""The page in a real browser, over a real service; skipped where there is no Chromium to drive."""

from __future__ import annotations

import shutil
import threading
import time

import pytest

from tests.api.page.steps import DESK, PHONE

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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
    """Chromium; what needs it is skipped where it or its driver is absent."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright drives the browser: pip install playwright"
    )
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
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

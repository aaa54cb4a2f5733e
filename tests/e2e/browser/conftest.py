"""Fixtures of the browser tests.

One server process serves the shipped article from SQLite for the whole session, like `make serve`.
A `visitor` is a browser window that sends no request to other machines. The test fails if a page
causes an error in the console, an uncaught exception, a violation of the content security policy,
or a request to another host.
"""

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect
from sqlalchemy import URL

from seeds.dataset_content import Content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.servers import serving

SCREENSHOTS = Path("screenshots")
TIMEOUT = 60_000
"""Timeout of a page in milliseconds, also on a busy machine."""
expect.set_options(timeout=TIMEOUT)
VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, without its own requests to other hosts."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: apt-get install chromium"
    switches = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update",
    ]  # fmt: skip
    return {"executable_path": chromium, "args": switches}


@pytest.fixture(scope="session")
def server(shipped: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with the shipped data."""
    database = URL.create("sqlite", database=str(tmp_path_factory.mktemp("served") / "hkus.db"))
    publish(database, shipped, Quiet())
    with serving(database) as server:
        yield server.address


@dataclass
class Visitor:
    """A browser window and its errors. A test expects the errors in `forgiven`."""

    page: Page
    server: str
    complaints: list[str] = field(default_factory=list[str])
    forgiven: tuple[str, ...] = ()

    def open(self, path: str) -> Page:
        self.page.goto(self.server + path)
        return self.page

    def watch(self) -> None:
        self.page.set_default_timeout(TIMEOUT)
        self.page.add_init_script(VIOLATIONS)
        self.page.route("**/*", self._let_in)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _let_in(self, route: Route) -> None:
        if route.request.url.startswith((self.server, "data:", "blob:")):
            route.continue_()
        else:
            self.complaints.append(f"asked {route.request.url}")
            route.abort()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def assert_content(self) -> None:
        """Assert that no unexpected error has occurred."""
        heard = [*self.complaints, *self.page.evaluate("window.violations ?? []")]
        assert not [each for each in heard if not any(text in each for text in self.forgiven)]

    def assert_accessible(self) -> None:
        results = Axe().run(self.page)  # pyright: ignore[reportUnknownMemberType]
        assert results.violations_count == 0, results.generate_report()

    def photograph(self, name: str) -> None:
        """Store a screenshot for people to look at. The repository has none of them."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


@contextmanager
def visiting(browser: Browser, server: str, **options: Any) -> Generator[Visitor]:
    """A new window. When it closes, the test fails if there was an error."""
    context = browser.new_context(**options)
    visitor = Visitor(context.new_page(), server)
    visitor.watch()
    yield visitor
    visitor.assert_content()
    context.close()


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    with visiting(browser, server, viewport={"width": 1280, "height": 900}) as visitor:
        yield visitor


@pytest.fixture
def plain_visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    """A window with scripts disabled."""
    with visiting(browser, server, java_script_enabled=False) as visitor:
        yield visitor

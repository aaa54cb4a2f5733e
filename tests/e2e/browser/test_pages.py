"""Every page in a real browser: both themes, wide and narrow, accessible, without errors."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser.conftest import Visitor, visiting

pytestmark = pytest.mark.browser

DOCUMENT = "/documents/hong-kong-united-states-relations"
PAGES = {
    "home": "/",
    "story": "/story?date=2019/2020",
    "timeline": "/timeline",
    "timeline-2020": "/timeline?date=2020&kind=event",
    "network": "/network",
    "trade": "/trade-figures",
    "polls": "/polls",
    "document": f"{DOCUMENT}#hkus-on-june-22-u-s-officials-revoked-his-passport",
    "search": "/search?q=extradition",
    "search-empty": "/search",
    "events": "/events?actor=donald-trump",
    "event": "/events/hong-kong-autonomy-act-signed",
    "law": "/laws/us-hong-kong-policy-act",
    "actor": "/actors/donald-trump",
    "agreement": "/agreements/sino-british-joint-declaration",
    "trade-figure": "/trade-figures/us-exports-to-hong-kong-2006",
    "poll": "/polls/us-leadership-approval-2020",
    "statement": "/statements/donald-trump-protests",
    "office": "/offices/us-consulate-general-hong-kong",
    "membership": "/memberships/hong-kong-in-wto",
    "passage": "/passages/hkus-on-june-22-u-s-officials-revoked-his-passport",
    "coverage": "/coverage",
    "code-lists": "/vocabularies",
    "code-list": "/vocabularies/plover-categories",
    "front-end": "/docs/front-end",
    "problem": "/problems/not-found",
}
NARROW, WIDE = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


def is_narrow_enough(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("theme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_every_page_is_accessible_and_complains_of_nothing(
    browser: Browser, server: str, theme: str, size: dict[str, int]
) -> None:
    with visiting(browser, server, color_scheme=theme, viewport=size) as visitor:
        for name, address in PAGES.items():
            page = visitor.open(address)
            page.wait_for_load_state("networkidle")
            assert is_narrow_enough(page), address
            visitor.assert_accessible()
            visitor.photograph(f"{name}-{theme}")
            visitor.assert_content()


def test_no_page_moves_while_it_loads(visitor: Visitor) -> None:
    for address in PAGES.values():
        page = visitor.open(address)
        page.wait_for_load_state("networkidle")
        shift = page.evaluate(
            """() => new Promise((done) => {
                 new PerformanceObserver((list) =>
                   done(list.getEntries().reduce((sum, each) => sum + each.value, 0))
                 ).observe({ type: "layout-shift", buffered: true });
                 setTimeout(() => done(0), 50);
               })"""
        )
        assert shift < 0.01, address


def test_the_first_page_is_light(browser: Browser, server: str) -> None:
    with visiting(browser, server) as visitor:
        sizes: list[int] = []
        visitor.page.on(
            "requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"])
        )
        visitor.open("/").wait_for_load_state("networkidle")
        assert len(sizes) > 3
        assert sum(sizes) < 200_000


def test_what_only_some_pages_need_is_loaded_only_there(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    visitor.open("/").wait_for_load_state("networkidle")
    assert not [name for name in asked if name.startswith("docs-")]
    visitor.open("/docs").wait_for_load_state("networkidle")
    assert [name for name in asked if name.startswith("docs-")]


def test_a_problem_page_is_accessible(visitor: Visitor) -> None:
    visitor.forgiven = ("the server responded with a status of 4",)
    for name, address in {"404": "/events/nothing", "400": "/timeline?date=2020-02-30"}.items():
        page = visitor.open(address)
        expect(page.locator("h1")).to_be_visible()
        visitor.assert_accessible()
        visitor.photograph(f"problem-{name}")


def test_a_print_holds_what_the_screen_holds(visitor: Visitor) -> None:
    page = visitor.open("/timeline")
    page.emulate_media(media="print")
    expect(page.locator(".timeline svg").first).to_be_visible()
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator("footer .cite")).to_be_visible()
    dot = page.locator(".legend.kinds .kind").first
    adjust = "(it) => getComputedStyle(it, '::before').printColorAdjust"
    assert dot.evaluate(adjust) == "exact"
    visitor.photograph("timeline-print")

"""The story in a browser: the strip, the cards, and what readers take with them."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.web import labels
from tests.e2e.browser.conftest import Visitor, visiting

pytestmark = pytest.mark.browser

STORY = "/story?date=2020"


@pytest.mark.parametrize("width", [1440, 768, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_story_is_accessible_at_every_width(
    browser: Browser, server: str, theme: str, width: int
) -> None:
    size = {"width": width, "height": 900}
    with visiting(browser, server, color_scheme=theme, viewport=size) as visitor:
        for name, address in {"first": "/", "story": STORY, "embed": f"/embed{STORY}"}.items():
            page = visitor.open(address)
            expect(page.locator(".card").first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
            visitor.assert_accessible()
            visitor.photograph(f"story-{name}-{theme}-{width}")


def test_cards_lie_in_lanes_and_on_a_phone_below_each_other(browser: Browser, server: str) -> None:
    lefts = "(cards) => new Set(cards.map((it) => it.getBoundingClientRect().left)).size"
    for width, lanes in ((1440, 3), (360, 1)):
        with visiting(browser, server, viewport={"width": width, "height": 900}) as visitor:
            page = visitor.open("/story?date=2019/2020")
            assert page.locator(".card").evaluate_all(lefts) == lanes


def test_dragging_over_the_strip_chooses_a_period(visitor: Visitor) -> None:
    page = visitor.open("/")
    strip = page.locator("[data-strip] svg")
    box = strip.bounding_box()
    assert box
    first, last = (int(strip.get_attribute(f"data-{end}") or "") for end in ("first", "last"))

    def x(year: float) -> float:
        return box["x"] + box["width"] * (year - first) / (last - first + 1)

    y = box["y"] + 30
    page.mouse.move(x(2019.3), y)
    page.mouse.down()
    page.mouse.move(x(2020.6), y, steps=3)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"/story\?date=2019%2F2020$"))
    expect(page.locator("h1")).to_have_text(labels.story("2019–2020"))


def test_the_keyboard_chooses_a_period(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.get_by_label(labels.FROM_YEAR).fill("2019")
    page.get_by_label(labels.TO_YEAR).fill("2020")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"date_from=2019&date_to=2020"))
    expect(page.locator(".card").first).to_be_visible()


def test_without_scripts_the_story_is_a_list_with_links(plain_visitor: Visitor) -> None:
    page = plain_visitor.open("/")
    page.locator(".chapters a", has_text="2019").click()
    expect(page).to_have_url(re.compile(r"/story\?date=2019$"))
    page.locator(".card-proof summary").first.click()
    expect(page.locator(".card-proof[open] mark").first).to_be_visible()
    page.locator(".card h4 a").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_the_proof_of_a_fact_of_2020_is_one_click_away(visitor: Visitor) -> None:
    page = visitor.open("/")
    card = page.locator("#card-hong-kong-autonomy-act-signed")
    card.locator("summary").click()
    expect(card.locator("mark").first).to_be_visible()


def test_a_join_leads_to_the_other_card(visitor: Visitor) -> None:
    page = visitor.open(STORY)
    link = page.locator("a[data-join]").first
    target = link.get_attribute("href") or ""
    link.click()
    expect(page.locator(target)).to_be_in_viewport()
    assert page.locator("svg.lines path").count() == page.locator("a[data-join]").count()


def test_the_story_is_saved_as_a_picture_at_two_sizes(visitor: Visitor) -> None:
    page = visitor.open("/")
    for name, width in ((labels.SMALL_PICTURE, 1200), (labels.LARGE_PICTURE, 2400)):
        with page.expect_download() as saved:
            page.get_by_role("button", name=name).click()
        image = Path(saved.value.path()).read_bytes()
        assert image.startswith(b"\x89PNG")
        assert int.from_bytes(image[16:20]) == width
    with page.expect_download() as saved:
        page.get_by_role("button", name=labels.SVG_PICTURE).click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    for part in (labels.story("2020"), labels.DATA_LICENCE, "14 July 2020"):
        assert part in text


def test_a_citation_is_saved_with_the_whole_address(visitor: Visitor) -> None:
    page = visitor.open(STORY)
    page.get_by_role("link", name=labels.CITE_THIS).first.click()
    with page.expect_download() as saved:
        page.get_by_role("link", name=labels.download_as("CSL-JSON")).click()
    [item] = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert item["URL"] == f"{visitor.server}{STORY}"

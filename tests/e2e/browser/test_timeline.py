"""The timeline: zoom, pan, colours, filters and shared links; with and without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.web import labels
from tests.e2e.browser.conftest import Visitor, visiting

pytestmark = pytest.mark.browser


def drawn(page: Page) -> int:
    return page.locator("a.mark").count()


def test_a_year_on_the_axis_zooms_in_and_the_address_says_so(visitor: Visitor) -> None:
    page = visitor.open("/timeline")
    everything = drawn(page)
    page.locator('a.unit[data-unit="2020"]').click(position={"x": 10, "y": 10})
    expect(page).to_have_url(f"{visitor.server}/timeline?date=2020")
    expect(page.locator("h1")).to_have_text("Timeline")
    assert 0 < drawn(page) < everything
    page.go_back()
    expect(page.locator("a.mark")).to_have_count(everything)
    expect(page).to_have_url(f"{visitor.server}/timeline")


def test_on_a_narrow_screen_it_is_seen_from_its_end_and_scrolls_to_its_beginning(
    browser: Browser, server: str
) -> None:
    narrow = {"width": 360, "height": 800}
    with visiting(browser, server, viewport=narrow, java_script_enabled=False) as visitor:
        units = visitor.open("/timeline").locator("a.unit")
        visitor.page.locator(".timeline .wide").scroll_into_view_if_needed()
        expect(units.last).to_be_in_viewport()
        expect(units.first).not_to_be_in_viewport()
        units.first.scroll_into_view_if_needed()
        expect(units.first).to_be_in_viewport()


def test_a_stretch_that_is_marked_is_seen_next(visitor: Visitor) -> None:
    page = visitor.open("/timeline")
    first = page.locator('a.unit[data-unit="2018"]').bounding_box()
    last = page.locator('a.unit[data-unit="2020"]').bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + 8)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 8, steps=6)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"date=2018%2F2020"))
    expect(page.locator('a.unit[data-unit="2019"]')).to_be_visible()


def test_it_is_moved_by_keys(visitor: Visitor) -> None:
    page = visitor.open("/timeline?date=2019")
    for key, period in (("ArrowRight", "2020"), ("ArrowLeft", "2019")):
        page.locator(".timeline .wide").focus()
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(f"date={period}"))


def test_zooming_keeps_the_focus_and_what_is_busy(visitor: Visitor) -> None:
    page = visitor.open("/timeline")
    zoom = page.get_by_role("link", name=labels.ZOOM_IN)
    zoom.focus()
    zoom.press("Enter")
    expect(page).to_have_url(re.compile("date=2005%2F2025"))
    expect(page.get_by_role("link", name=labels.ZOOM_IN)).to_be_focused()
    page.get_by_role("link", name=labels.WHOLE_TIME).press("Enter")
    expect(page).to_have_url(f"{visitor.server}/timeline")
    expect(page.locator(".timeline .wide")).to_be_focused()


def test_the_busiest_year_is_in_sight_on_a_narrow_screen(browser: Browser, server: str) -> None:
    narrow = {"width": 360, "height": 800}
    with visiting(browser, server, viewport=narrow, java_script_enabled=False) as visitor:
        label = visitor.open("/timeline").locator(".axis text", has_text=re.compile("^2020$"))
        label.scroll_into_view_if_needed()
        box = label.bounding_box()
        assert box
        assert 0 <= box["x"] <= 330


@pytest.mark.parametrize("width", [360, 1280])
def test_marks_are_large_enough_to_be_touched(browser: Browser, server: str, width: int) -> None:
    with visiting(browser, server, viewport={"width": width, "height": 800}) as visitor:
        for mark in visitor.open("/timeline?date=2020").locator("a.mark .room").all():
            box = mark.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24


def test_a_chart_is_saved_as_a_picture_with_its_source(visitor: Visitor) -> None:
    for address in ("/timeline?date=2020", "/network", "/polls"):
        page = visitor.open(address)
        with page.expect_download() as svg:
            page.get_by_role("button", name=labels.SVG_PICTURE).click()
        text = Path(svg.value.path()).read_text(encoding="utf-8")
        assert text.startswith("<svg")
        assert labels.CITE_AS in text
        assert 'fill="rgb(' in text
        with page.expect_download() as png:
            page.get_by_role("button", name=labels.LARGE_PICTURE).click()
        image = Path(png.value.path()).read_bytes()
        assert image.startswith(b"\x89PNG")
        assert int.from_bytes(image[16:20]) > 1_500


def test_a_drawing_can_be_skipped_by_the_keyboard(visitor: Visitor) -> None:
    for address in ("/timeline", "/network"):
        page = visitor.open(address)
        skip = page.get_by_role("link", name=labels.SKIP_DRAWING)
        skip.focus()
        expect(skip).to_be_in_viewport()
        skip.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('svg')") is None


def test_the_focus_on_a_mark_is_visible(visitor: Visitor) -> None:
    page = visitor.open("/timeline")
    mark = page.locator("a.mark").first
    page.locator(".timeline .wide").focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    style = mark.locator(".room").evaluate("(it) => getComputedStyle(it).stroke")
    assert style != "none"


def test_a_choice_in_the_form_narrows_it_at_once(visitor: Visitor) -> None:
    page = visitor.open("/timeline")
    everything = drawn(page)
    page.get_by_label("Kind", exact=True).select_option("law")
    expect(page).to_have_url(f"{visitor.server}/timeline?kind=law")
    expect(page.locator("a.mark")).not_to_have_count(everything)
    assert page.locator("a.mark:not(.k-law)").count() == 0


def test_the_choice_of_colours_is_shared_by_the_address(browser: Browser, server: str) -> None:
    with visiting(browser, server) as visitor:
        page = visitor.open("/timeline")
        mark = page.locator("a.mark.k-event.q-material-conflict circle").first
        by_kind = mark.evaluate("(it) => getComputedStyle(it).fill")
        page.get_by_role("radio", name=labels.BY_CLASS).check()
        assert mark.evaluate("(it) => getComputedStyle(it).fill") != by_kind
        expect(page).to_have_url(re.compile("#colour=class"))
        page.reload()
        expect(page.get_by_role("radio", name=labels.BY_CLASS)).to_be_checked()


def test_the_query_behind_it_is_copied_in_one_click(browser: Browser, server: str) -> None:
    with visiting(browser, server, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        page = visitor.open("/timeline?actor=donald-trump&date=2020")
        page.get_by_role("button", name=labels.COPY_ADDRESS).click()
        address = page.evaluate("navigator.clipboard.readText()")
        assert address == f"{server}/v1/timeline?actor=donald-trump&date=2020"
        page.get_by_role("button", name=re.compile("^(Copy as curl|Copied)$")).last.click()
        assert page.evaluate("navigator.clipboard.readText()") == f"curl '{address}'"


def test_without_scripts_links_and_forms_do_the_same(plain_visitor: Visitor) -> None:
    page = plain_visitor.open("/timeline")
    page.get_by_label("When").fill("2020-07")
    page.get_by_label("Actor", exact=True).select_option("donald-trump")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{plain_visitor.server}/timeline?date=2020-07&actor=donald-trump")
    assert drawn(page) > 0
    page.get_by_role("link", name=labels.EARLIER).click()
    expect(page).to_have_url(re.compile("date=2020-06$"))
    page.goto(f"{plain_visitor.server}/timeline?date=2020")
    page.locator("a.mark").first.click()
    expect(page.locator(".proof mark").first).to_be_visible()

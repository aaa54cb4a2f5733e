"""Pages for reading: the document, its sentences, rows and their evidence, search, network."""

import re

import pytest
from playwright.sync_api import expect

from app.web import labels
from tests.e2e.browser.conftest import Visitor

pytestmark = pytest.mark.browser

DOCUMENT = "/documents/hong-kong-united-states-relations"
SENTENCE = "hkus-on-june-22-u-s-officials-revoked-his-passport"


def test_a_click_on_a_sentence_tells_what_is_known_from_it(visitor: Visitor) -> None:
    page = visitor.open(DOCUMENT)
    known = page.locator("#known")
    expect(known).to_be_hidden()
    page.locator(f"#{SENTENCE}").click()
    expect(known).to_contain_text("U.S. officials revoked Snowden's passport")
    expect(page).to_have_url(re.compile(f"#{SENTENCE}$"))
    visitor.assert_accessible()
    page.keyboard.press("Escape")
    expect(known).to_be_hidden()
    page.locator(f"#{SENTENCE}").click()
    known.get_by_role("link", name="U.S. officials revoked Snowden's passport").click()
    expect(page.locator("h1")).to_have_text("U.S. officials revoked Snowden's passport")


def test_without_scripts_a_sentence_leads_to_what_is_known_from_it(plain_visitor: Visitor) -> None:
    page = plain_visitor.open(DOCUMENT)
    page.locator(f"#{SENTENCE}").click()
    expect(page.locator(".citing")).to_contain_text("U.S. officials revoked Snowden's passport")


def test_a_citation_leads_to_its_place_in_the_document(visitor: Visitor) -> None:
    page = visitor.open("/events/hong-kong-autonomy-act-signed")
    page.get_by_role("link", name="In the document").first.click()
    place = page.locator(".passage.chosen")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text("The Hong Kong Autonomy Act imposes sanctions")
    expect(page.locator("#known")).to_contain_text("Trump signed the Hong Kong Autonomy Act")


def test_the_search_answers_as_one_types(visitor: Visitor) -> None:
    page = visitor.open("/search")
    page.get_by_label(labels.SEARCH_LABEL).press_sequentially("sanct", delay=15)
    expect(page.locator(".rows li")).not_to_have_count(0)
    expect(page.locator(".rows mark").first).to_contain_text(re.compile("sanction", re.IGNORECASE))
    expect(page).to_have_url(f"{visitor.server}/search?q=sanct*")
    expect(page.get_by_label(labels.SEARCH_LABEL)).to_be_focused()
    page.locator(".chips a", has_text="Law").click()
    expect(page).to_have_url(re.compile("kind=law"))


def test_without_scripts_the_search_is_a_form(plain_visitor: Visitor) -> None:
    page = plain_visitor.open("/")
    page.get_by_label("Search everything").fill("extradition treaty")
    page.keyboard.press("Enter")
    expect(page.locator(".rows mark").first).to_be_visible()


def test_a_cell_of_the_network_leads_to_its_events(visitor: Visitor) -> None:
    page = visitor.open("/network?date=2020")
    cell = page.locator("a.cell").first
    number = int(cell.locator("text").text_content() or "")
    cell.click()
    expect(page.locator(".rows > li")).to_have_count(number)
    page.go_back()
    link = page.locator(".tie-table .number a").first
    number = int(link.inner_text())
    link.click()
    expect(page.locator(".rows > li")).to_have_count(number)


def test_a_name_is_completed_while_it_is_typed(visitor: Visitor) -> None:
    page = visitor.open("/events")
    field = page.get_by_label("Actor", exact=True)
    names = page.locator("#of-actor option")
    expect(names).not_to_have_count(0)
    assert "Donald Trump" in [each.get_attribute("value") for each in names.all()]
    field.fill("donald trump")
    field.press("Enter")
    expect(page).to_have_url(f"{visitor.server}/events?actor=donald-trump")
    expect(page.get_by_label("Actor", exact=True)).to_have_value("Donald Trump")
    field.fill("nobody at all")
    field.press("Enter")
    expect(page.locator("#error-actor")).to_contain_text("nobody at all")
    expect(page.get_by_label("Actor", exact=True)).to_have_value("nobody at all")
    visitor.forgiven = ("400",)


def test_pages_of_a_list_lead_on_and_back(visitor: Visitor) -> None:
    page = visitor.open("/actors")
    first = page.locator(".rows .name").first.inner_text()
    page.get_by_role("link", name=labels.NEXT_PAGE).click()
    expect(page.locator(".rows .name").first).not_to_have_text(first)
    page.get_by_role("link", name=labels.PREVIOUS_PAGE).click()
    expect(page.locator(".rows .name").first).to_have_text(first)


def test_the_lists_are_reached_by_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Memberships").first.click()
    expect(page.locator("h1")).to_have_text("Memberships")

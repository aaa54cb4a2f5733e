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


def test_an_actor_of_the_network_leads_to_its_part_of_the_timeline(visitor: Visitor) -> None:
    page = visitor.open("/network?date=2020")
    page.locator('[data-id="donald-trump"] circle').click()
    expect(page).to_have_url(re.compile(r"/timeline\?actor=donald-trump&date=2020"))
    expect(page.locator("a.mark")).not_to_have_count(0)


def test_a_pair_of_the_network_leads_to_what_links_it(visitor: Visitor) -> None:
    page = visitor.open("/network")
    page.locator(".pairs a").first.click()
    expect(page).to_have_url(re.compile("actor_all="))
    expect(page.locator("a.mark")).not_to_have_count(0)


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

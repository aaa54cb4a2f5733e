"""The story: the finding, the strip, cards in lanes, and what readers can take with them."""

import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
from markupsafe import Markup
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.settings import Settings
from app.web.addresses import report_address
from app.web.citation import Citation, tex
from app.web.story.cards import Card, Join, Proof, in_order, merged
from app.web.story.finding import turning
from app.web.story.sides import Country, lane_of
from app.web.story.strip import Strip, chapters_of
from app.web.timeline.calendar import day_number
from tests.client import ApiClient
from tests.conftest import settings_for

HK, US = Country("HKG", "Hong Kong"), Country("USA", "United States")
COUNTRIES = {"hk": "HKG", "us": "USA", "cn": "CHN"}


def date(edtf: str, first: str, last: str, precision: str = "day") -> dict[str, Any]:
    return {"edtf": edtf, "earliest": first, "latest": last, "precision": precision,
            "qualifier": None}  # fmt: skip


def day(edtf: str) -> dict[str, Any]:
    return date(edtf, edtf, edtf)


def row(id: str, kind: str = "event", **fields: Any) -> dict[str, Any]:
    return {"id": id, "kind": kind, "date": None, "citations": [], **fields}


def actor(id: str, role: str) -> dict[str, Any]:
    return {"id": id, "role": role}


@pytest.mark.parametrize(
    ("fields", "lane"),
    [
        ({"actors": [actor("hk", "source"), actor("us", "target")]}, "first"),
        ({"actors": [actor("us", "signatory"), actor("hk", "subject")]}, "second"),
        ({"actors": [actor("us", "party"), actor("hk", "party")]}, "both"),
        ({"actors": [actor("cn", "source"), actor("hk", "victim")]}, "both"),
        ({"actors": [], "jurisdiction": {"id": "us"}}, "second"),
        ({"speakers": [{"id": "hk"}]}, "first"),
        ({}, "both"),
    ],
)
def test_a_card_lies_in_the_lane_of_the_side_that_acts(fields: Any, lane: str) -> None:
    assert lane_of(row("x", **fields), (HK, US), COUNTRIES) == lane


def test_a_card_holds_what_its_event_made() -> None:
    signed = {"step": "signed", "event": {"id": "signing"}, "date": day("2020-07-14")}
    law = row("law", "law", date=day("2020-07-14"), date_of="signed", history=[signed])
    other = row("old", "law", date=day("1992-01-01"), date_of="named", history=[signed])
    said = row("said", "statement", event={"id": "signing"})
    cards = merged([law, row("signing", date=day("2020-07-14")), said, other])
    assert [(c.row["id"], [each["id"] for each in c.others]) for c in cards] == [
        ("signing", ["law", "said"]),
        ("old", []),
    ]


def test_cards_are_in_order_and_undated_ones_stand_beside_their_passage() -> None:
    def card(id: str, start: int, **fields: Any) -> Card:
        return Card(row(id, **fields), proofs=[Proof("d", "p", Markup(), start)])

    year = card("year", 5, date=date("2020", "2020-01-01", "2020-12-31", "year"))
    year.joins = [Join("Caused by", {}, "july")]
    cards = [card("undated", 25), year, card("july", 20, date=day("2020-07-14")),
             card("may", 30, date=day("2020-05-29"))]  # fmt: skip
    assert [each.row["id"] for each in in_order(cards)] == ["may", "july", "undated", "year"]


def test_the_turning_events_are_those_from_which_most_follows() -> None:
    def event(id: str, *effects: str, answers: tuple[str, ...] = ()) -> dict[str, Any]:
        related = [{"id": each, "relation": "causes"} for each in effects]
        related += [{"id": each, "relation": "in-response-to"} for each in answers]
        return {"id": id, "related": related}

    events = [event("a", "b"), event("b", "c"), event("c", answers=("b", "x", "y")), event("d")]
    assert [each["id"] for each in turning(events)] == ["a", "b"]


def test_every_year_of_the_strip_has_the_same_width() -> None:
    strip = Strip(1984, 2025, (), ())
    widths = {round(strip.x(year + 1) - strip.x(year), 6) for year in range(1984, 2025)}
    assert len(widths) == 1
    chosen = strip.with_window((day_number("2020-01-01"), day_number("2020-12-31"))).window
    assert chosen == pytest.approx((strip.x(2020), strip.x(2021) - strip.x(2020)))
    assert strip.with_window((day_number("1900-01-01"), day_number("1901-01-01"))).window is None


def test_busy_years_are_chapters_and_the_others_are_joined() -> None:
    found = chapters_of({1984: 1, 1997: 2, 2013: 9, 2018: 1, 2020: 17})
    assert [(each.edtf, each.count) for each in found] == [
        ("1984/1997", 3), ("2013", 9), ("2018", 1), ("2020", 17),
    ]  # fmt: skip


def test_the_first_page_tells_the_finding_and_links_proofs(client: ApiClient) -> None:
    page = client.get("/").text
    [sentence] = re.findall(r'<p class="finding">(.*?)</p>', page, re.DOTALL)
    text = unescape(re.sub("<[^>]+>", "", sentence))
    resources = client.get("/v1").json()["data"]["resources"]
    counts = {each["href"][4:]: each["count"] for each in resources}
    for kind in ("event", "law", "agreement"):
        assert f"{counts[f'{kind}s']} {kind}s" in text
    passages = set(re.findall(r'href="/documents/[a-z0-9-]+#([a-z0-9-]+)"', page))
    assert passages
    assert client.get(f"/v1/passages/{min(passages)}").status_code == 200
    assert "<mark>" in page


def test_each_fact_of_a_period_is_on_a_card(client: ApiClient) -> None:
    page = client.get("/story?date=2020").text
    cards = re.findall(r'<article class="card.*?</article>', page, re.DOTALL)
    found = client.get("/v1/timeline?date=2020&date_match=starts&kind=event,law&limit=200").json()
    for each in found["data"]:
        link = f'href="{each["links"]["self"][3:]}">{each["name"]}</a>'
        heads = [unescape(card).split('class="card-line"')[0] for card in cards]
        alike = [unescape(card).partition('class="fine also"')[2] for card in cards]
        assert sum(link in head or link in also for head, also in zip(heads, alike, strict=True))
    ids = re.findall(r'id="card-([a-z0-9-]+)"', page)
    assert len(ids) == len(set(ids)) == len(cards)
    for target in re.findall(r'href="#card-([a-z0-9-]+)"', page):
        assert target in ids


def test_only_embedded_pages_may_be_framed(client: ApiClient) -> None:
    for path in ("/story?date=2020", "/", "/events"):
        assert "frame-ancestors 'none'" in client.get(path).headers["content-security-policy"]
    embedded = client.get("/embed/story?date=2020")
    assert "frame-ancestors *" in embedded.headers["content-security-policy"]
    assert '<article class="card' in embedded.text
    assert 'class="site"' not in embedded.text


CITED = Citation("Costs & {duties} of 100%", "/events?q=a", "4e06194a40229940", "2026-11-29")


def test_citations_name_the_version_in_every_form() -> None:
    forms = {form.name: form for form in CITED.forms}
    assert all(CITED.dataset in form.text and CITED.address in form.text for form in CITED.forms)
    [item] = json.loads(forms["CSL-JSON"].text)
    assert (item["title"], item["version"]) == (CITED.title, CITED.dataset)
    assert item["issued"] == {"date-parts": [[2026, 11, 29]]}
    assert r"title = {Costs \& \{duties\} of 100\%}," in forms["BibTeX"].text
    assert re.fullmatch(r"(?:[A-Z][A-Z0-9]  - .*\r\n)+", forms["RIS"].text)
    assert forms["RIS"].text.endswith("ER  - \r\n")
    assert unquote(forms["RIS"].file).partition(",")[2] == forms["RIS"].text


def test_text_is_escaped_for_tex() -> None:
    assert tex(r"a_b \ ~^#$") == r"a\_b \textbackslash{} \textasciitilde{}\textasciicircum{}\#\$"


def test_a_page_with_data_can_be_cited(client: ApiClient) -> None:
    page = unescape(client.get("/events/hong-kong-autonomy-act-signed").text)
    version = client.get("/v1").headers["x-dataset-version"]
    assert "@misc{hkus-hong-kong-autonomy-act-signed-" in page
    assert f"version = {{{version}}}" in page
    assert "@misc" not in client.get("/problems/not-found").text


@pytest.mark.parametrize(
    ("report_to", "first", "second"),
    [("mailto:a@example.org", "subject", "body"), ("https://example.org/new", "title", "body"),
     ("https://example.org/new?labels=x", "title", "body")],
)  # fmt: skip
def test_a_report_is_filled_in(report_to: str, first: str, second: str) -> None:
    query = parse_qs(report_address(report_to, "A & B", "one\ntwo").partition("?")[2])
    assert query[first] == ["A & B"]
    assert query[second][0].splitlines() == ["one", "two"]


def test_rows_offer_a_report_if_there_is_an_address(client: ApiClient, loaded: URL) -> None:
    path = "/events/hong-kong-autonomy-act-signed"
    assert "mailto:" not in client.get(path).text
    settings = settings_for(loaded).model_copy(update={"report_to": "mailto:a@example.org"})
    event = client.get(f"/v1{path}").json()["data"]
    with ApiClient(with_middleware(create_app(settings), settings)) as reporting:
        [target] = re.findall(r'href="(mailto:[^"]+)"', reporting.get(path).text)
    [body] = parse_qs(unescape(target).partition("?")[2])["body"]
    for part in (path, event["version"], event["citations"][0]["exact"]):
        assert part in body


@pytest.mark.parametrize("value", ["example.org", "javascript:alert(1)", "http://example.org"])
def test_an_address_for_reports_that_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not an address for reports"):
        Settings(report_to=value)

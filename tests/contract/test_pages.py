"""The HTML pages: they answer, show the data, and have no broken links."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from markupsafe import escape
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.web import labels
from app.web.bundle import MEDIA_TYPES, Bundle
from tests.client import ApiClient
from tests.conftest import settings_for

DOCUMENT = "/documents/hong-kong-united-states-relations"
PAGES = [
    "/", "/story", "/story?date=2019/2020", "/timeline", "/timeline?date=2019/2020",
    "/search?q=extradition", "/events", DOCUMENT,
    "/network", "/trade-figures", "/polls", "/coverage",
    "/vocabularies", "/vocabularies/event-types",
    "/laws/hong-kong-autonomy-act", "/docs", "/docs/front-end", "/problems/not-found",
]  # fmt: skip
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def links_of(page: str) -> set[str]:
    return {unescape(link) for link in re.findall(r'href="(/[^"]*)"', page)}


@pytest.fixture
def unbundled(loaded: URL, tmp_path: Path) -> Iterator[ApiClient]:
    """A client of a server that has no bundle of scripts and styles."""
    settings = settings_for(loaded)
    app = create_app(settings)
    app.state.bundle = Bundle(tmp_path)
    with ApiClient(with_middleware(app, settings)) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_pages_allow_nothing_inline_and_no_other_host(client: ApiClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert not re.findall(r'<(?:link|script|img)[^>]*="(?:https?:)?//', page.text)
    assert not re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_a_browser_has_is_not_sent_again(client: ApiClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_without_their_bundle_pages_say_how_to_get_it(unbundled: ApiClient) -> None:
    for path in ("/", "/docs"):
        page = unbundled.get(path)
        assert page.status_code == 200
        assert "<code>make bundle</code>" in page.text
        assert "<script" not in page.text
        assert "/static/" not in page.text
    assert unbundled.get("/v1/events").status_code == 200
    assert unbundled.get("/static/explorer.js").status_code == 404


def test_the_docs_tell_every_operation_without_a_script(client: ApiClient) -> None:
    page = client.get("/docs")
    for methods in client.get("/openapi.json").json()["paths"].values():
        assert f'id="{methods["get"]["operationId"]}"' in page.text
    for link in links_of(page.text):
        if not link.startswith("/static") and "actr=" not in link:
            assert client.get(link).status_code in (200, 303), link


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.path)
def test_the_page_of_every_row_shows_its_name_and_the_words_that_prove_it(
    client: ApiClient, resource: Resource
) -> None:
    evidence = resource.evidence or "citations"
    query = f"?limit=200&include={evidence}" if resource.evidence else ""
    rows = client.get(f"/v1/{resource.path}{query}").json()["data"]
    assert rows
    for row in rows:
        page = client.get(f"/{resource.path}/{row['id']}")
        assert page.status_code == 200
        assert f"<h1>{escape(row['name'])}</h1>" in page.text or resource.path == "documents"
        for each in row.get(evidence, ()):
            assert escape(each["exact"]) in page.text


@pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)
def test_every_link_of_the_pages_leads_somewhere(client: ApiClient) -> None:
    waiting, seen = list(PAGES), set[str]()
    while waiting and len(seen) < 500:
        address = waiting.pop().partition("#")[0]
        if address in seen or address.startswith("/static/"):
            continue
        seen.add(address)
        page = client.get(address)
        assert page.status_code in (200, 303) or "actr=" in address, address
        if page.headers.get("content-type", "").startswith("text/html") and len(seen) < 200:
            waiting += links_of(page.text)
    assert len(seen) > 300


def test_a_citation_leads_to_its_place_in_the_document(client: ApiClient) -> None:
    page = client.get("/laws/hong-kong-autonomy-act").text
    document = client.get(DOCUMENT).text
    places = re.findall(rf'href="{DOCUMENT}#([a-z0-9-]+)"', page)
    law = client.get("/v1/laws/hong-kong-autonomy-act").json()["data"]
    assert {citation["passage"] for citation in law["citations"]} <= set(places)
    for place in places:
        assert f'id="{place}"' in document


def test_the_document_holds_every_passage_in_order(client: ApiClient) -> None:
    passages = client.get("/v1/passages?limit=200").json()["data"]
    page = client.get(DOCUMENT).text
    places = [page.index(f'id="{each["id"]}"') for each in passages]
    assert places == sorted(places)
    for each in passages:
        assert escape(each["text"]) in page


def test_the_timeline_draws_every_dated_row_as_what_it_is(client: ApiClient) -> None:
    page = client.get("/timeline").text
    drawing = page[page.index("<figure") : page.index("</figure>")]
    dated = client.get("/v1/timeline?date=0001/9999&limit=200").json()["data"]
    assert len(dated) > 50
    titles = unescape(drawing)
    marks = 0
    for row in dated:
        mark = re.search(
            rf'<a class="mark[^>]*href="{row["links"]["self"][3:]}".*?</a>', drawing, re.DOTALL
        )
        if not mark:
            assert re.search(rf"{labels.SAME_FACT}[^)]*{re.escape(row['name'])}", titles), row["id"]
            continue
        marks += 1
        date = row["date"]
        is_day = date["earliest"] is not None and date["earliest"] == date["latest"]
        assert ("<circle" in mark[0]) == is_day
        has_open_end = date["earliest"] is None or date["latest"] is None
        is_soft = has_open_end or date["modifier"] in ("early", "late")
        assert ("mask=" in mark[0]) == is_soft
        holds = date["certain"] is not None or is_soft
        assert ('class="unknown"' in mark[0]) == (not is_day and not holds)
    assert marks > 40


def test_a_fact_that_is_a_law_and_an_event_is_shown_once(client: ApiClient) -> None:
    page = client.get("/timeline?date=2020").text
    drawing = page[page.index("<figure") : page.index("</figure>")]
    table = page[page.index('id="as-table"') :]
    names = ("Trump signed the Hong Kong Autonomy Act", "Hong Kong Autonomy Act")
    law, event = "/laws/hong-kong-autonomy-act", "/events/hong-kong-autonomy-act-signed"
    assert f'href="{law}"' not in drawing
    assert f'href="{event}"' in drawing
    assert f"{names[0]} ({labels.SAME_FACT} {names[1]})" in unescape(drawing)
    assert table.count(f'href="{event}"') == table.count(f'href="{law}"') == 1
    assert f'<th scope="row"><a href="{law}"' not in table


def test_a_period_shows_first_what_began_in_it(client: ApiClient) -> None:
    for path in ("/timeline", "/events"):
        page = client.get(f"{path}?date=2020").text
        rows = page[page.index('class="total"') :]
        earlier = rows.index(labels.BEGAN_EARLIER)
        assert rows.index("hong-kong-autonomy-act-signed") < earlier
        assert earlier < rows.index('href="/events/changes-since-handover"')


def test_a_period_names_the_undated_items_of_its_sections(client: ApiClient) -> None:
    page = client.get("/timeline?date=2020").text
    query = "section=revocation-of-special-exemptions&limit=200"
    section = client.get(f"/v1/timeline?{query}").json()["data"]
    undated = [row for row in section if not row["date"]]
    assert len(undated) > 10
    assert f"{labels.SAME_SECTIONS}: {len(undated)}" in page
    for row in undated:
        assert f'href="{row["links"]["self"][3:]}"' in page


@pytest.mark.parametrize("path", ["/timeline", "/network", "/trade-figures", "/polls"])
def test_a_chart_may_be_embedded_and_nothing_else_may(client: ApiClient, path: str) -> None:
    page, chart = client.get(path), client.get(f"/embed{path}?date=2012/2020")
    assert page.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert chart.status_code == 200
    assert chart.headers["content-security-policy"].endswith("frame-ancestors *")
    assert f'href="{path}?date=2012/2020"' in chart.text
    assert '<header class="site">' not in chart.text
    assert "data-chart" in chart.text
    assert client.get("/embed/events").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_data_says_how_to_cite_it(client: ApiClient, path: str) -> None:
    page = client.get(path)
    has_data = not path.startswith(("/docs", "/problems"))
    assert (f"dataset {page.headers['x-dataset-version']}" in page.text) == has_data
    assert (labels.CITE_AS in page.text) == has_data


def test_the_form_stays_and_names_what_is_wrong(client: ApiClient) -> None:
    page = client.get("/timeline?date=2020-02-30&kind=law&q=act", headers=HTML).text
    assert 'value="30 February 2020"' in page
    assert '<option value="law" selected>' in page
    field = re.search(r'<div class="field wrong">.*?</div>', page, re.DOTALL)
    assert field
    assert 'name="date"' in field[0]
    assert "there is no day 30" in field[0]
    page = client.get("/events?law=Hong+Kong+Autonomy", headers=HTML)
    assert page.status_code == 400
    field = re.search(r'<div class="field wrong">.*?</div>', page.text, re.DOTALL)
    assert field
    assert "Hong Kong Autonomy" in unescape(field[0])


def test_a_form_offers_only_values_that_occur_the_most_frequent_first(client: ApiClient) -> None:
    page = client.get("/events").text
    names = ("type", "category", "source_country", "law", "agreement", "related", "place", "actor")
    for name in names:
        select = re.search(rf'<select id="by-{name}".*?</select>', page, re.DOTALL)
        assert select, name
        counts = [int(count) for count in re.findall(r"\((\d+)\)</option>", select[0])]
        assert counts == sorted(counts, reverse=True)
        assert min(counts) > 0
        assert len(counts) == select[0].count("<option") - 1
    assert "Aruba" not in page


def test_a_search_without_results_offers_near_and_longer_words(client: ApiClient) -> None:
    page = client.get("/timeline?q=extrad").text
    assert labels.NO_RESULTS in page
    assert 'href="/timeline?q=extrad%2A"' in page
    assert client.get("/timeline?q=extrad*").text.count("<tr>") > 2
    suggestion = client.get("/v1/timeline?q=extraditon").json()["meta"]["suggestion"]
    assert suggestion
    page = client.get("/timeline?q=extraditon").text
    assert f'{labels.DID_YOU_MEAN} <a href="/timeline?q={suggestion}">' in page


@pytest.mark.parametrize("words", ["extrad", "sanc", "snow", "trum", "donald trum"])
def test_the_search_finds_words_by_their_beginning(client: ApiClient, words: str) -> None:
    assert client.get(f"/v1/search?q={words}").json()["meta"]["total"] == 0
    page = client.get(f"/search?q={words}").text
    assert labels.only_beginnings(words) in page
    assert "<mark>" in page


def test_an_item_shows_its_date_and_actors_first_and_its_coding_last(client: ApiClient) -> None:
    page = client.get("/events/hong-kong-autonomy-act-signed").text
    places = [page.index(f">{label}</dt>") for label in ("Date", "Actors", "Type")]
    assert places == sorted(places)
    coding = page.index(labels.HOW_CODED)
    assert places[-1] < page.index(">Laws</dt>") < coding < page.index("PLOVER-0.8")


def test_an_actor_shows_its_acts(client: ApiClient) -> None:
    page = client.get("/actors/donald-trump").text
    acts = client.get("/v1/events?actor=donald-trump&limit=8").json()["data"]
    assert len(acts) == 8
    for row in acts:
        assert f'href="/events/{row["id"]}"' in page


def test_quotations_have_whole_words_around_them_and_no_markup(client: ApiClient) -> None:
    for resource in RESOURCES:
        if resource.evidence != "citations":
            continue
        rows = client.get(f"/v1/{resource.path}?limit=40&include=citations").json()["data"]
        for row in rows:
            page = unescape(client.get(f"/{resource.path}/{row['id']}").text)
            figures = "".join(re.findall(r'<figure class="proof">.*?</figure>', page, re.DOTALL))
            assert "==" not in figures, row["id"]
            parts = re.findall(r'<blockquote><span class="around">…([^<]+)', figures)
            prefixes = [re.sub(r"[=\n]", " ", each["prefix"]) for each in row["citations"]]
            for part in parts:
                first = part.split()[0]
                assert any(f" {first}" in f" {each[1:]}" for each in prefixes), row["id"]


def test_the_state_of_a_page_is_the_query_of_the_api(client: ApiClient) -> None:
    query = "actor=Donald+Trump&date=2020&type=order"
    page = client.get(f"/events?{query}").text
    rows = client.get(f"/v1/events?{query}").json()["data"]
    assert rows
    assert f'href="/v1/events?{escape(query)}"' in page
    assert re.findall(r'class="name" href="([^"]+)"', page) == [
        row["links"]["self"][3:] for row in rows
    ]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/events/hong-kong-autonomy-act-sined", 404, "hong-kong-autonomy-act-signed"),
        ("/timeline?date=2020-02-30", 400, "2020-02-30"),
        ("/timeline?actr=donald-trump", 422, "Did you mean"),
        ("/events?cursor=AAAAAAAAAAAA", 400, "start again without"),
        ("/search?q=%22", 400, "no word"),
        ("/laws?actor=x", 422, "<code>actor</code>"),
    ],
)
def test_a_page_says_what_is_wrong_and_how_to_go_on(
    client: ApiClient, address: str, status: int, said: str
) -> None:
    page = client.get(address, headers=HTML)
    assert page.status_code == status
    assert said in unescape(page.text)
    if "?" in address and "search" not in address:
        [onward] = re.findall(rf'<a href="([^"]+)">{labels.IGNORE_FILTER}', page.text)
        assert client.get(unescape(onward)).status_code == 200
    problem = client.get(f"/v1{address}", headers=HTML)
    assert problem.status_code == status
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/events", "/timeline", "/network", "/search?q=law"])
@pytest.mark.parametrize("query", ["count=none", "limit=0", "offset=5", "sort=-name", "date=1700"])
def test_pages_take_what_the_api_takes(client: ApiClient, path: str, query: str) -> None:
    page = client.get(f"{path}{'&' if '?' in path else '?'}{query}")
    assert page.status_code == 200


def test_what_somebody_asks_is_never_taken_for_html(client: ApiClient) -> None:
    for address in ("/search?q=%3Cimg%20src%3Dx%3E", "/events?type=%3Cscript%3E", "/%3Cscript%3E"):
        assert not re.search(r"<img|<script>", client.get(address, headers=HTML).text)


@pytest.mark.parametrize("path", ["/nothing-here", "/problems/none"])
def test_people_get_a_page_for_a_problem_and_programs_the_problem(
    client: ApiClient, path: str
) -> None:
    page = client.get(path, headers=HTML)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-store"
    assert "<h1>There is nothing here.</h1>" in page.text
    problem = client.get(path)
    assert problem.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/nothing", headers=HTML).headers["content-type"].endswith("problem+json")


def test_empty_fields_of_a_form_ask_for_nothing(client: ApiClient) -> None:
    sent = client.get("/docs?q=&date=2020&type=")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/docs?date=2020"


def test_pages_name_a_picture_for_those_who_share_them(client: ApiClient, tmp_path: Path) -> None:
    names = {"share.png": "share-ABC.png", "explorer.css": "e.css"}
    (tmp_path / "manifest.json").write_text(json.dumps(names), encoding="utf-8")
    (tmp_path / "share-ABC.png").write_bytes(b"png")
    page = client.get("/timeline").text
    assert ('<meta property="og:image"' in page) == ("/static/share-" in page)
    bundle = Bundle(tmp_path)
    assert bundle.address("share.png") == "/static/share-ABC.png"
    assert bundle.read("share-ABC.png") == b"png"
    assert MEDIA_TYPES[".png"] == "image/png"

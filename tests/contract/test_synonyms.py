"""Unknown parameters: correct suggestions, and no suggestion where none is correct.

Programs and language models follow a suggestion. Therefore the test also sends each suggested
request.
"""

from typing import Any
from urllib.parse import quote

import pytest

from app.api.lists import ListRoute
from app.params.synonyms import SYNONYMS
from app.resources.lists import LISTS
from app.resources.timeline import SEARCH
from tests.client import ApiClient
from tests.contract.api_requests import problem

RIGHT = [
    ("events?page=3", "offset", "limit=25&offset=50"),
    ("events?page=x", "offset", "limit=25&offset=25"),
    ("events?page=9999", "offset", "limit=25&offset=25"),
    ("events?page[number]=2", "offset", "limit=25&offset=25"),
    ("events?skip=10", "offset", "offset=10"),
    ("events?per_page=50", "limit", "limit=50"),
    ("events?perPage=500", "limit", "limit=25"),
    ("events?page_size=10", "limit", "limit=10"),
    ("events?page[size]=10", "limit", "limit=10"),
    ("events?since=2020", "date_from", "date_from=2020"),
    ("events?since=yesterday", "date_from", "date_from=1990"),
    ("events?from=2019-06", "date_from", "date_from=2019-06"),
    ("events?start_date=2019-06-09T00:00:00Z", "date_from", "date_from=2019-06-09"),
    ("events?startDate=2019", "date_from", "date_from=2019"),
    ("events?date[gte]=2019", "date_from", "date_from=2019"),
    ("events?filter[date][gte]=2019", "date_from", "date_from=2019"),
    ("events?date__lte=2019", "date_to", "date_to=2019"),
    ("events?after=2019", "date_from", "date_from=2019"),
    ("events?until=2020-07", "date_to", "date_to=2020-07"),
    ("events?to=2020", "date_to", "date_to=2020"),
    ("events?end_date=2020", "date_to", "date_to=2020"),
    ("events?year=2020", "date", "date=2020"),
    ("events?period=2019/2020", "date", "date=2019/2020"),
    ("events?month=7", "date", "date=1990/.."),
    ("events?has_date=true", "date_from", "date_from=0001"),
    ("events?search=trade war", "q", "q=trade%20war"),
    ("events?query=sanctions", "q", "q=sanctions"),
    ("events?order_by=name", "sort", "sort=name"),
    ("events?sort_by=created_at", "sort", "sort=date"),
    ("events?ordering=-name", "sort", "sort=-name"),
    ("events?order_by=name desc", "sort", "sort=-name"),
    ("events?orderBy=relevance", "sort", "sort=date"),
    ("events?order=desc", "sort", "sort=-date"),
    ("events?order=asc", "sort", "sort=date"),
    ("actors?order=desc", "sort", "sort=-position"),
    ("events?country=china", "actor", "actor=united-states"),
    ("laws?country=HKG", "jurisdiction", "jurisdiction=united-states"),
    ("actors?countries=HKG", "country", "country=HKG"),
    ("events?filter[type]=order", "type", "type=order"),
    ("events?filter=type:order", "type", "type=order"),
    ("events?filter=type eq 'order'", "type", "type=order"),
    ("events?type[]=order", "type", "type=order"),
    ("events?types=order,legislation", "type", "type=order,legislation"),
    ("events?Type=order", "type", "type=order"),
    ("events?dateFrom=2020", "date_from", "date_from=2020"),
    ("events?fields[]=name", "fields", "fields=name&format=csv"),
    ("events?select=name", "fields", "fields=name&format=csv"),
    ("events?group_by=type", "facet", "facet=type"),
    ("stats/events?by=type&group_by=type", "by", "by=type"),
    ("events?expand=citations", "include", "include=citations"),
    ("events?output=csv", "format", "format=csv"),
    ("events?include_total=true", "count", "count=exact"),
    ("events?limt=3", "limit", "limit=3"),
    ("events?date_form=2020", "date_from", "date_from=2020"),
    ("events?modaltiy=occurred", "modality", "modality=occurred"),
    ("events?ids=executive-order-signed", "id", "id=hong-kong-autonomy-act-signed"),
    ("trade-figures?valu_min=5", "value_min", "value_min=5"),
    ("trade-figures?value[gte]=5", "value_min", "value_min=5"),
    ("trade-figures?max_value=7", "value_max", "value_max=7"),
    ("events?actor_id=donald-trump", "actor", "actor=donald-trump"),
    ("events?documentId=7", "document", "document=hong-kong-united-states-relations"),
    ("statements?event[id]=7", "event", "event=trump-comments-on-protests"),
    ("events?citations=true", "include", "include=citations"),
    ("events?location=Beijing", "place", "place=hong-kong"),
]  # fmt: skip
NOWHERE = """
    _ a access_token after:x api_key api-version apikey app_id before:x bbox callback client color
    created_at created_after debug email fbclid foo gclid has_date:false key lang language lat
    latitude locale lon name nonsense page_token2 password pretty radius region start:100 state
    switch tag tags target_any title token type_nto ttl unit_price updated_since user user_id
    utm_source v verbose version width x zoom filter where
""".split()  # noqa: SIM905
"""Unknown parameters that no list has under another name. The text behind a colon is the value for
which there is no suggestion."""
ON_EACH_LIST = {
    "page": "offset", "skip": "offset", "per_page": "limit", "page_size": "limit",
    "max_results": "limit", "since": "date_from", "start_date": "date_from", "from": "date_from",
    "until": "date_to", "end_date": "date_to", "to": "date_to", "year": "date",
    "date_range": "date", "country": "jurisdiction actor", "order_by": "sort", "sort_by": "sort",
    "order": "sort", "search": "q", "query": "q", "keyword": "q", "has_date": "date_from",
    "next_token": "cursor", "group_by": "by facet", "columns": "fields", "output": "format",
    "actor_id": "actor", "document_id": "document", "min_value": "value_min",
    "location": "place city", "citations": "include", "expand": "include", "ids": "id",
    "types": "type", "kinds": "kind", "lang": "", "filter": "", "title": "", "api_key": "",
    "tag": "", "status_code": "", "created_at": "", "region": "", "unit_id": "",
}  # fmt: skip
"""Words of other APIs, and what they are here: the first of these that the list has, else none."""
EACH_LIST = pytest.mark.parametrize("resource", [*LISTS, SEARCH], ids=lambda each: each.path)


def error_of(client: ApiClient, target: str) -> dict[str, Any]:
    """The only error of the answer, about an unknown parameter."""
    body = problem(client.get(f"/v1/{quote(target, safe='/?=&,:')}"), 422)
    [error] = [each for each in body["errors"] if each["code"] == "unknown-parameter"]
    return error


@pytest.mark.parametrize(("target", "parameter", "example"), RIGHT)
def test_a_word_of_other_apis_is_refused_with_the_parameter_and_an_example(
    client: ApiClient, target: str, parameter: str, example: str
) -> None:
    error = error_of(client, target)
    assert error["suggestion"] == parameter
    assert error["message"].endswith(f"Did you mean {parameter!r}, as in {example}?")
    path, _, query = target.partition("?")
    needed = "by=type&" if query.startswith("by=") and parameter != "by" else ""
    assert client.get(f"/v1/{path}?{needed}{example}").status_code == 200


@pytest.mark.parametrize("word", NOWHERE)
def test_what_is_like_no_parameter_gets_no_suggestion(client: ApiClient, word: str) -> None:
    name, _, value = word.partition(":")
    for path in ("events", "laws", "trade-figures", "statements", "timeline"):
        error = error_of(client, f"{path}?{name}={value or 'hk'}")
        assert error["suggestion"] is None, error["message"]
        assert "Did you mean" not in error["message"]


@EACH_LIST
def test_every_word_leads_to_a_parameter_of_the_route_and_to_rows(
    client: ApiClient, resource: Any
) -> None:
    path = f"/v1/{resource.path}"
    needed = "q=Hong Kong&" if resource.only_searched else ""
    followed: list[str] = []
    for word in " ".join(meaning.words for meaning in SYNONYMS).split():
        answer = client.get(f"{path}?{needed}{word}=1")
        if answer.status_code == 200:
            continue
        [error] = [e for e in answer.json()["errors"] if e["parameter"] == word]
        if error["code"] != "unknown-parameter" or error["suggestion"] is None:
            continue
        followed.append(word)
        example = error["message"].rpartition("as in ")[2].removesuffix("?")
        found = client.get(f"{path}?{'' if example.startswith('q=') else needed}{example}")
        assert found.status_code == 200, (word, example, found.text)
        assert found.request.url.params.keys() >= {error["suggestion"]}, (word, example)
    assert {"page", "perpage", "orderby"} <= {*followed}


@EACH_LIST
def test_a_word_means_the_same_on_each_list_and_nothing_on_a_list_without_it(
    client: ApiClient, resource: Any
) -> None:
    declared = ListRoute(resource).parameters.declared
    for word, known in ON_EACH_LIST.items():
        if word not in declared:
            meant = next((name for name in known.split() if name in declared), None)
            errors = client.get(f"/v1/{resource.path}?{word}=true").json()["errors"]
            [error] = [each for each in errors if each["parameter"] == word]
            assert (word, error["suggestion"]) == (word, meant), error["message"]


def test_a_filter_without_a_name_is_shown_how_filters_are_written(client: ApiClient) -> None:
    message = error_of(client, "events?filter=legislation")["message"]
    assert message.endswith("Each filter is a parameter of its own here, as in type=order.")


@pytest.mark.parametrize("path", ["events", "stats/events?by=type", "events/x", "coverage"])
def test_the_example_of_a_dataset_version_is_the_served_one(client: ApiClient, path: str) -> None:
    version = client.get("/v1").headers["X-Dataset-Version"]
    error = error_of(client, f"{path}{'&' if '?' in path else '?'}expect_datset=x")
    example = f"expect_dataset={version}"
    assert error["message"].endswith(f"Did you mean 'expect_dataset', as in {example}?")
    assert client.get(f"/v1/events?{example}").status_code == 200


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/v1/events/", "/v1/events"),
        ("/v1//events", "/v1/events"),
        ("/v1/event", "/v1/events"),
        ("/V1/Events", "/v1/events"),
        ("/v2/events", "/v1/events"),
        ("/api/events", "/v1/events"),
        ("/api/v1/events", "/v1/events"),
        ("/hkus/v1/stats/events", "/v1/stats/events"),
        ("/hkus/v1/events/hong-kong-autonomy-act-signed",
         "/v1/events/hong-kong-autonomy-act-signed"),
        ("/api/v1/trade_figures", "/v1/trade-figures"),
        ("/api/quotes", ""),
        ("/wp-login.php", ""),
        ("/v1/.env", ""),
    ],
)  # fmt: skip
def test_a_path_of_no_route_gets_the_right_path_or_none(
    client: ApiClient, path: str, meant: str
) -> None:
    detail = problem(client.get(path), 404)["detail"]
    assert detail.partition("Did you mean ")[2] == (f"{meant}?" if meant else "")


def test_long_values_are_not_repeated(client: ApiClient) -> None:
    error = error_of(client, f"events?search={'a' * 190}")
    assert error["message"].endswith("as in q=Hong%20Kong?")


def test_an_explorer_says_the_same(client: ApiClient) -> None:
    page = client.get("/events?since=2020", headers={"Accept": "text/html"})
    assert page.status_code == 422
    assert "date_from=2020" in page.text

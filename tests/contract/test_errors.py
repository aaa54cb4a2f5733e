"""Errors: one answer reports all mistakes, each with a way to correct it."""

from collections.abc import Iterator

import pytest

from app.problems.problems import PROBLEMS
from app.query.parse import ListParameters
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.contract.api_requests import get, problem

EACH = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.path)


@EACH
def test_an_unknown_parameter_is_refused_with_the_nearest_name(
    client: ApiClient, resource: Resource
) -> None:
    body = problem(client.get(f"/v1/{resource.path}?limt=3"), 422)
    assert body["errors"][0]["parameter"] == "limt"
    assert body["errors"][0]["suggestion"] == "limit"


@EACH
def test_an_empty_value_of_any_parameter_is_refused(client: ApiClient, resource: Resource) -> None:
    for name in ListParameters(resource).declared:
        body = problem(client.get(f"/v1/{resource.path}?{name}="), 422)
        assert body["errors"][0]["parameter"] == name


@EACH
def test_a_single_valued_parameter_given_twice_is_refused(
    client: ApiClient, resource: Resource
) -> None:
    for name, parameter in ListParameters(resource).declared.items():
        if not parameter.multiple and parameter.example != "":
            value = (
                str(parameter.example).lower()
                if isinstance(parameter.example, bool)
                else parameter.example
            )
            response = client.get(f"/v1/{resource.path}", params={name: [value, value]})
            codes = {error["code"] for error in problem(response, 400)["errors"]}
            assert "repeated" in codes


@EACH
def test_a_missing_row_is_a_404_with_the_nearest_id(client: ApiClient, resource: Resource) -> None:
    id = get(client, f"/v1/{resource.path}", limit=1)["data"][0]["id"]
    body = problem(client.get(f"/v1/{resource.path}/{id}x"), 404)
    assert body["errors"][0]["suggestion"]
    for strange in ("UPPER", "a b", "é", "x" * 200, "..%2F", "a%00b"):
        assert client.get(f"/v1/{resource.path}/{strange}").status_code in (400, 404)


@EACH
def test_other_methods_are_refused_and_head_is_get_without_a_body(
    client: ApiClient, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"):
        response = client.request(method, path)
        problem(response, 405)
        assert response.headers["allow"] == "GET, HEAD"
    head, full = client.head(path), client.get(path)
    assert head.content == b""
    volatile = {"x-request-id", "content-encoding", "transfer-encoding"}
    assert {k: v for k, v in head.headers.items() if k not in volatile} == {
        k: v for k, v in full.headers.items() if k not in volatile
    }


def test_all_faults_of_a_request_are_told_at_once(client: ApiClient) -> None:
    body = problem(client.get("/v1/events?limit=999&type=x&foo=1&date=2020-02-30&actor=zz9"), 422)
    assert {e["parameter"] for e in body["errors"]} == {"limit", "type", "foo", "date", "actor"}


def test_more_than_ten_faults_are_counted(client: ApiClient) -> None:
    query = "&".join(f"x{number}=1" for number in range(14))
    body = problem(client.get(f"/v1/events?{query}"), 422)
    assert len(body["errors"]) == 10
    assert body["meta"]["more"] == 4


@pytest.mark.parametrize(
    "limit", ["1_0", " 5", "5 ", "+5", "٣", "1e2", "0x1", "-1", "201", "9" * 5000]
)
def test_a_number_is_digits_within_bounds(client: ApiClient, limit: str) -> None:
    problem(client.get("/v1/events", params={"limit": limit}), 422)


@pytest.mark.parametrize("value", ["1", "True", "on", "yes", "TRUE"])
def test_a_boolean_is_true_or_false(client: ApiClient, value: str) -> None:
    problem(client.get(f"/v1/events?negated={value}"), 422)


@pytest.mark.parametrize("query", ["type=%FF", "%FF=1", "type=a%00", "q=%C0%AF", "type=%ED%A0%80"])
def test_bytes_that_are_no_text_are_a_400(client: ApiClient, query: str) -> None:
    problem(client.get(f"/v1/events?{query}"), 400)


@pytest.mark.parametrize("parameter", ["actor", "section"])
@pytest.mark.parametrize("text", ["%20", "%0D", ",./", "a,,b"])
def test_a_text_that_only_the_data_can_refuse_is_a_400(
    client: ApiClient, parameter: str, text: str
) -> None:
    problem(client.get(f"/v1/events?{parameter}={text}"), 400)


def test_too_many_values_are_refused(client: ApiClient) -> None:
    query = ",".join(["order"] * 51)
    problem(client.get(f"/v1/events?type={query}"), 422)


def test_an_address_of_more_than_8_kilobytes_is_a_414(client: ApiClient) -> None:
    problem(client.get("/v1/events?type=" + "a" * 9000), 414)


def test_an_unknown_route_is_a_404(client: ApiClient) -> None:
    for path in (
        "/v1/nothing",
        "/v2/events",
        "/v1/events/",
        "http://testserver//evil",
        "/v1/events/a/b",
    ):
        problem(client.get(path), 404)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/v1/events/", "/v1/events"),
        ("/v1/", "/v1"),
        ("//v1//events", "/v1/events"),
        ("/v1/laws/hong-kong-autonomy-act/", "/v1/laws/hong-kong-autonomy-act"),
        ("/openapi.json/", "/openapi.json"),
        ("/events/", "/events"),
        ("/v1/event", "/v1/events"),
        ("/v1/trade_figures", "/v1/trade-figures"),
        ("/v1/zzzzzz", None),
        ("/" + "a" * 4_000 + "/", None),
    ],
)
def test_an_unknown_path_is_answered_with_the_path_that_was_meant(
    client: ApiClient, path: str, meant: str | None
) -> None:
    detail = problem(client.get(f"http://testserver{path}"), 404)["detail"]
    assert (f"Did you mean {meant}?" in detail) == (meant is not None)
    assert ("Did you mean" in detail) == (meant is not None)
    assert meant is None or client.get(meant).status_code == 200


def bodies_of_many_faults() -> Iterator[str]:
    """Queries with many mistakes in long names and values, with characters that JSON escapes."""
    for text in ("abcdefghij" * 12, "%01" * 120, "%F0%9F%98%80" * 60, "%22" * 120):
        values = [f"{number}{text}"[:160] for number in range(40)]
        yield "/v1/polls?fields=" + ",".join(values)
        yield "/v1/events?type=" + ",".join(values)
        yield "/v1/events?actor=" + "&actor=".join(values)
        yield "/v1/events?sort=" + ",".join(values)
        yield "/v1/events?" + "&".join(f"{value}={value}" for value in values[:20])
        yield f"/v1/vocabularies/{text}"
        yield f"/v1/events/{text}"
    for resource in RESOURCES:
        names = list(ListParameters(resource).declared)
        yield f"/v1/{resource.path}?" + "&".join(f"{name}={'z' * 90}" for name in names)
        yield f"/v1/{resource.path}?" + "&".join(f"{name}=" for name in names)


def test_no_problem_document_is_longer_than_8_kb(client: ApiClient) -> None:
    for target in bodies_of_many_faults():
        answer = client.get(target[:8_000])
        assert 400 <= answer.status_code < 500, target
        assert len(answer.content) <= 8_000, target
        body = answer.json()
        if answer.status_code != 404:
            assert body["errors"]
            assert body["meta"]["more"] >= 0


def test_errors_that_do_not_fit_are_counted(client: ApiClient) -> None:
    query = "&".join(f"{number}{'%F0%9F%98%80' * 26}=x" for number in range(12))
    body = problem(client.get(f"/v1/events?{query}"), 422)
    assert len(body["errors"]) + body["meta"]["more"] == 12


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0"])
def test_what_the_client_does_not_accept_is_a_406(client: ApiClient, accept: str) -> None:
    problem(client.get("/v1/events", headers={"Accept": accept}), 406)


@pytest.mark.parametrize(
    "accept", ["*/*", "application/*", "text/html, */*;q=0.1", "Application/JSON"]
)
def test_what_the_client_accepts_is_given(client: ApiClient, accept: str) -> None:
    assert client.get("/v1/events", headers={"Accept": accept}).status_code == 200


def test_another_dataset_than_expected_is_a_409(client: ApiClient) -> None:
    version = get(client, "/v1/events")["meta"]["dataset"]["version"]
    body = get(client, "/v1/events", expect_dataset=version, limit=2)
    assert version in body["links"]["next"]
    problem(client.get("/v1/events?expect_dataset=0123456789abcdef"), 409)
    problem(client.get("/v1/events?expect_dataset=xyz"), 422)


def test_every_type_of_problem_has_a_page(client: ApiClient) -> None:
    for each in PROBLEMS:
        page = client.get(f"/problems/{each.slug}")
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert str(each.status) in page.text


def test_no_error_tells_of_sql_paths_or_code(client: ApiClient) -> None:
    for query in ("actor=' OR 1=1 --", "sort=id;DROP", "type='", "id=../../etc/passwd"):
        text = client.get(f"/v1/events?{query}").text.lower()
        assert not any(
            word in text for word in ("select ", "traceback", ".py", "sqlite", "psycopg")
        )


def test_a_format_in_the_query_wins_over_what_the_client_accepts(client: ApiClient) -> None:
    headers = {"Accept": "application/json"}
    for path in ("/v1/events?format=csv", "/v1/stats/events?by=type&format=csv"):
        response = client.get(path, headers=headers)
        assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert client.get("/v1/events?format=csv", headers={"Accept": "text/html"}).status_code == 200
    accepted = client.get("/v1/stats/events?by=type", headers={"Accept": "text/csv"})
    assert accepted.headers["content-type"] == "text/csv; charset=utf-8"


def test_faults_are_found_in_the_order_that_the_contract_names(client: ApiClient) -> None:
    text = {"Accept": "text/html"}
    wrong = "limit=x&expect_dataset=0123456789abcdef"
    problem(client.get("/v1/nothing?x=%FF&y=" + "a" * 9000, headers=text), 414)
    problem(client.get("/v1/nothing?x=%FF", headers=text), 400)
    problem(client.request("POST", "/v1/events?x=%FF", headers=text), 400)
    problem(client.get(f"/v1/nothing?{wrong}", headers=text), 404)
    problem(client.request("POST", f"/v1/events?{wrong}", headers=text), 405)
    problem(client.get(f"/v1/events?{wrong}", headers=text), 406)
    problem(client.get(f"/v1/events?{wrong}"), 422)
    problem(client.get("/v1/events?actor=nobody&expect_dataset=0123456789abcdef"), 400)
    problem(client.get("/v1/events?limit=1&expect_dataset=0123456789abcdef"), 409)


def test_a_fault_quotes_what_is_long_in_part_and_tells_where_all_is(client: ApiClient) -> None:
    long = "x" * 3000
    for name in ("type", "actor", "sort", "limit", "negated", "count", "date", "cursor", long):
        body = problem(client.get("/v1/events", params={name: long}), 422)
        [error] = body["errors"]
        assert len(error["value"]) == 100
        assert len(error["message"]) < 400, name
    country = problem(client.get("/v1/actors?country=QQQ"), 422)["errors"][0]
    assert len(country["allowed"]) <= 30
    assert "/v1/vocabularies/countries" in country["message"]
    assert client.get("/v1/vocabularies/countries").status_code == 200

"""Caching headers: what clients and proxies may cache, and for how long."""

import pytest
from sqlalchemy import URL

from app.db import DatasetState, Reader, make_reader
from app.db.reader import ReaderWrapper
from app.main import create_app, with_middleware
from app.query.parse import ListParameters
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.integration.hostile.operations import operations

EACH = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.path)


@EACH
def test_a_client_that_has_the_answer_gets_a_304(client: ApiClient, resource: Resource) -> None:
    for path in (f"/v1/{resource.path}?limit=3", f"/v1/{resource.path}/{resource.example}"):
        full = client.get(path)
        assert full.status_code == 200, path
        tag = full.headers["etag"]
        assert tag.startswith('W/"')
        for known in (tag, tag[2:], f'"other", {tag}'):
            again = client.get(path, headers={"If-None-Match": known})
            assert again.status_code == 304
            assert again.content == b""
            assert again.headers["etag"] == tag
        assert client.get(path, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_another_rendering_of_the_same_data_has_other_tags(
    forgetful: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = ("/v1/events", "/v1/events?format=csv", "/v1/laws/hong-kong-autonomy-act", "/v1")
    before = [forgetful.get(path).headers["etag"] for path in paths]
    monkeypatch.setattr("app.api.responses.rendering_hash", lambda: "another")
    for path, tag in zip(paths, before, strict=True):
        again = forgetful.get(path, headers={"If-None-Match": tag})
        assert again.status_code == 200
        assert again.headers["etag"] != tag


def test_a_load_between_tag_and_body_gives_the_tag_of_the_body(loaded: URL) -> None:
    chosen = settings_for(loaded).model_copy(update={"response_cache_megabytes": 0})
    reader = Behind(make_reader(chosen))
    paths = ("/v1/events?limit=1", "/v1/events?format=csv", "/v1/stats/events?by=type")
    with ApiClient(with_middleware(create_app(chosen, reader), chosen)) as client:
        for path in paths:
            reader.is_behind = False
            fresh = client.get(path)
            version = fresh.headers["x-dataset-version"]
            reader.is_behind = True
            answer = client.get(path)
            assert answer.content == fresh.content
            for name in ("x-dataset-version", "etag"):
                assert answer.headers[name] == fresh.headers[name]
            for expected in (version, OLD.version):
                assert client.get(f"{path}&expect_dataset={expected}").status_code == 409


OLD = DatasetState("0" * 16, "2020-01-01T00:00:00Z")


class Behind(ReaderWrapper):
    """With `is_behind`, `dataset` returns the old version; only a fetch returns the new one."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._now, self.is_behind = reader.dataset, False
        self.dataset = self._dataset
        self.fetch = reader.fetch

    async def _dataset(self) -> DatasetState:
        return OLD if self.is_behind else await self._now()


def test_equal_queries_have_one_etag_and_different_ones_have_others(client: ApiClient) -> None:
    def tag(query: str) -> str:
        return client.get(f"/v1/events?{query}").headers["etag"]

    assert tag("type=order,protest&limit=3") == tag("limit=3&type=protest&type=order")
    assert tag("limit=25") == tag("")
    assert len({tag("limit=1"), tag("limit=2"), tag("include=citations"), tag("sort=-date")}) == 4


@pytest.mark.parametrize("path", ["/openapi.json", "/.well-known/api-catalog"])
def test_descriptions_of_the_api_may_be_kept_for_a_minute(client: ApiClient, path: str) -> None:
    full = client.get(path)
    assert full.headers["cache-control"] == "public, max-age=60"
    tag = full.headers["etag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": 'W/"other"'}).content == full.content
    assert client.head(path).headers["etag"] == tag


def test_the_catalogue_names_itself_and_the_api_in_its_head(client: ApiClient) -> None:
    for answer in (
        client.head("/.well-known/api-catalog"),
        client.get("/.well-known/api-catalog"),
    ):
        links = answer.links
        assert links["api-catalog"]["url"] == "/.well-known/api-catalog"
        assert links["item"]["url"] == "/v1"
        assert links["service-desc"]["url"] == "/openapi.json"


@pytest.mark.parametrize("path", ["/v1", "/v1/coverage", "/v1/events"])
def test_answers_may_be_kept_for_a_minute(client: ApiClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["cache-control"] == "public, max-age=60"
    assert headers["vary"] == "Accept, Accept-Encoding"
    assert headers["x-dataset-version"]
    assert 'rel="license"' in headers["link"]
    assert client.get(path, headers={"If-None-Match": headers["etag"]}).status_code == 304


ODD = (
    ("GET", "/v1/nothing"), ("GET", "/v1/events/nothing"), ("GET", "/v1/events?date=2020-02-30"),
    ("GET", "/v1/events?expect_dataset=other"), ("GET", "/v1/%FF"), ("GET", "/" + "a" * 9000),
    ("POST", "/v1/events"), ("HEAD", "/v1/events"), ("GET", "/healthz"), ("GET", "/readyz"),
    ("GET", "/openapi.json"), ("GET", "/.well-known/api-catalog"), ("GET", "/docs"), ("GET", "/"),
    ("GET", "/problems/not-found"), ("GET", "/static/nothing"),
)  # fmt: skip


def test_every_answer_names_the_dataset(client: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.db.postgres.POLL_SECONDS", 0)  # Read the dataset for each request.
    version = client.get("/readyz").json()["dataset"]
    targets = [each.target() for each in operations(client.get("/openapi.json").json())]
    asked = [*ODD, *(("GET", target) for target in targets)]
    asked += [("GET", f"{target.partition('?')[0]}?unknown=1") for target in targets]
    for method, path in asked:
        assert client.request(method, path).headers["x-dataset-version"] == version, path


def test_the_link_header_leads_on_like_the_body(client: ApiClient) -> None:
    response = client.get(client.get("/v1/events?limit=2").json()["links"]["next"])
    for relation in ("self", "first", "prev", "next"):
        assert response.links[relation]["url"] == response.json()["links"][relation]
    assert response.links["describedby"]["url"] == "/openapi.json"


def test_browsers_may_read_from_anywhere(client: ApiClient) -> None:
    headers = client.get("/v1/events", headers={"Origin": "https://example.org"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert {"ETag", "Link", "X-Dataset-Version"} <= set(
        headers["access-control-expose-headers"].split(", ")
    )
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
    }
    for name in ("if-none-match", "traceparent", "x-requested-with", "x-request-id, baggage"):
        asking = {**asked, "Access-Control-Request-Headers": name}
        preflight = client.options("/v1/events", headers=asking)
        assert preflight.status_code == 200
        allowed = preflight.headers["access-control-allow-headers"].lower()
        assert set(name.split(", ")) <= set(allowed.split(", "))


def test_answers_carry_the_security_headers(client: ApiClient) -> None:
    for path in ("/v1/events", "/v1/nothing", "/docs", "/healthz"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-request-id"]


def test_the_same_query_gives_the_same_bytes(client: ApiClient) -> None:
    path = "/v1/events?include=citations&limit=200"
    assert client.get(path).content == client.get(path).content


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_long_answers_are_compressed_as_asked(client: ApiClient, coding: str) -> None:
    headers = client.get("/v1/events", headers={"Accept-Encoding": coding}).headers
    assert headers["content-encoding"] == coding
    plain = client.get("/v1/events", headers={"Accept-Encoding": "identity"}).headers
    assert "content-encoding" not in plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/v1/actors?format=csv", "/v1/actors?format=csv&limit=25"),
        ("/v1/stats/events?by=type", "/v1/stats/events?by=type&limit=25"),
        ("/v1/events", "/v1/events?offset=0"),
    ],
)
def test_different_answers_have_different_tags_and_self_links(
    client: ApiClient, one: str, other: str
) -> None:
    first, second = client.get(one), client.get(other)
    assert first.headers["etag"] != second.headers["etag"]
    for each in (first, second):
        assert client.get(each.links["self"]["url"]).content == each.content


@EACH
def test_to_give_a_default_is_to_give_nothing(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    plain = client.get(path)
    for name, each in ListParameters(resource).declared.items():
        if each.default is not None and name not in ("date_match", "facet_limit"):
            given = client.get(path, params={name: each.default})
            assert given.content == plain.content, name
            assert given.headers["etag"] == plain.headers["etag"], name


def test_what_is_chosen_by_accept_is_named_by_its_link(client: ApiClient) -> None:
    for path in ("/v1/events", "/v1/stats/events?by=type"):
        table = client.get(path, headers={"Accept": "text/csv"})
        again = client.get(table.links["self"]["url"], headers={"Accept": "application/json"})
        assert again.headers["content-type"] == "text/csv; charset=utf-8"
        assert again.content == table.content
        assert again.headers["etag"] == table.headers["etag"]

"""Metrics: all workers count requests, a separate port serves the counts, and labels are few."""

import http.client
from collections.abc import Iterator
from contextlib import closing

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.metrics import RouteTemplates
from tests.databases import Sqlite
from tests.integration.publish.loading import load
from tests.servers import Server, serving
from tests.timeouts import wait_until

Samples = dict[tuple[str, ...], float]


@pytest.fixture(scope="module")
def server(sqlite_databases: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    url = sqlite_databases.new(tmp_path_factory.mktemp("served") / "hkus.db", load)
    with serving(url, "--workers", "2", metrics_port="0") as server:
        yield server


def samples(server: Server) -> Samples:
    """The number of requests by (route, method, status)."""
    assert server.metrics_port
    with closing(http.client.HTTPConnection("127.0.0.1", server.metrics_port)) as connection:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    assert "hkus_request_seconds_bucket" in text
    return {
        (sample.labels["route"], sample.labels["method"], sample.labels["status"]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "hkus_requests_total"
    }


def test_requests_to_all_workers_are_counted_by_route_and_status(server: Server) -> None:
    for number in range(20):
        server.get(f"/v1/actors?limit={number + 1}")
        server.get(f"/v1/actors/nobody-{number}")
        server.get(f"/nothing/{number}")
    # The server counts a request after its answer.
    wait_until(lambda: sum(samples(server).values()) == 60)
    found = samples(server)
    assert found["/v1/actors", "GET", "200"] == 20
    assert found["/v1/actors/{id}", "GET", "404"] == 20
    assert found["other", "GET", "404"] == 20


def test_metrics_are_not_on_the_public_port(server: Server) -> None:
    assert server.get("/metrics").status == 404


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/v1/events", "/v1/events"),
        ("/v1/events/x", "/v1/events/{id}"),
        ("/v1/stats/events", "/v1/stats/events"),
        ("/v1/stats/x", "other"),
        ("/v1/events/x/y", "other"),
        ("/v1", "/v1"),
        ("", "other"),
    ],
)
def test_a_path_is_told_by_its_template(path: str, template: str) -> None:
    known = ("/v1", "/v1/events", "/v1/events/{id}", "/v1/stats/events")
    assert RouteTemplates(known).matching(path) == template

"""Serving: what real processes do when they are told to end, to begin anew, or the data change."""

import json
import signal
import socket
import time
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection

import pytest
from sqlalchemy import URL

from seeds.content import Content
from tests.publishing.loading import load
from tests.publishing.made_up import content, renamed
from tests.publishing.made_up_rows import rows
from tests.servers import Crowd, Server, read, serving, wait_until_ready

ACTORS = "/v1/actors?sort=id&limit=200"


def named(name: str) -> Content:
    """The made-up content, all of whose rows have one name."""
    return content([renamed(row, name) for row in rows()])

REPLACED_SECONDS = 180.0
"""Longest wait for two workers to be replaced; a machine with too much to do takes most of a
minute."""


@pytest.fixture
def filled(database: URL) -> URL:
    load(database, named("Old"))
    return database


@pytest.fixture
def on_file(tmp_path_factory: pytest.TempPathFactory) -> URL:
    url = URL.create("sqlite", database=str(tmp_path_factory.mktemp("served") / "hkus.db"))
    load(url)
    return url


def opened(stack: ExitStack, server: Server) -> HTTPConnection:
    connection = stack.enter_context(closing(server.connection()))
    connection.connect()
    return connection


def test_no_request_that_was_taken_on_is_lost_when_the_server_ends(on_file: URL) -> None:
    """Requests arrive in the very moment of SIGTERM: on idle connections, on connections that had
    no request yet, and on such that wait to be accepted."""
    with serving(on_file) as server, ExitStack() as stack:
        used = [opened(stack, server) for _ in range(4)]
        for connection in used:
            connection.request("GET", ACTORS)
            assert read(connection).status == 200
        fresh = [opened(stack, server) for _ in range(4)]
        server.get("/healthz")  # by now those are accepted
        server.signal(signal.SIGSTOP)
        waiting = [opened(stack, server) for _ in range(4)]
        for connection in (*used, *fresh, *waiting):
            connection.request("GET", ACTORS)
        server.signal(signal.SIGTERM)
        server.signal(signal.SIGCONT)
        for connection in (*used, *fresh, *waiting):
            assert read(connection).status == 200
        assert server.process.wait(15) == 0


def wait_until_refused(server: Server) -> None:
    """Wait until the server listens no more."""
    with suppress(ConnectionRefusedError):
        while True:
            socket.create_connection(("127.0.0.1", server.port)).close()


def test_requests_on_their_way_to_a_server_that_ends_are_answered(on_file: URL) -> None:
    """The server takes on nobody any more, but who is connected already may have just asked."""
    with serving(on_file) as server, ExitStack() as stack:
        fresh = [opened(stack, server) for _ in range(4)]
        server.get("/healthz")  # by now those are accepted
        server.signal(signal.SIGTERM)
        wait_until_refused(server)
        for connection in fresh:
            connection.request("GET", ACTORS)
        for connection in fresh:
            assert read(connection).status == 200


def test_workers_are_replaced_without_losing_a_request(on_file: URL) -> None:
    with serving(on_file, "--workers", "2") as server:
        wait_until_ready(server)
        before = server.workers
        crowd = Crowd(server, ACTORS)
        with crowd.asking():
            server.signal(signal.SIGHUP)
            end = time.monotonic() + REPLACED_SECONDS
            while (server.workers & before or len(server.workers) < 2) and time.monotonic() < end:
                time.sleep(0.1)
        assert not server.workers & before
        assert crowd.lost == []
        assert {answer.status for answer in crowd.answers} == {200}


def test_one_process_survives_sighup(on_file: URL) -> None:
    with serving(on_file) as server:
        server.get("/healthz")
        server.signal(signal.SIGHUP)
        assert server.get(ACTORS).status == 200


def versions_of(crowd: Crowd) -> dict[str, set[str]]:
    """The names that were seen under each dataset version."""
    seen: dict[str, set[str]] = {}
    for answer in crowd.answers:
        body = json.loads(answer.body)
        assert body["meta"]["dataset"]["version"] == answer.version
        seen.setdefault(answer.version, set()).update(row["name"] for row in body["data"])
    return seen


def test_a_load_is_seen_by_all_workers_and_no_answer_mixes_old_and_new(filled: URL) -> None:
    with serving(filled, "--workers", "2") as server:
        wait_until_ready(server)
        cursor = json.loads(server.get("/v1/actors?limit=1").body)["links"]["next"]
        crowd = Crowd(server, ACTORS)
        with crowd.asking():
            for name in ("New", "Newer"):
                version = load(filled, named(name)).version
                if filled.get_backend_name() == "postgresql":
                    time.sleep(1.1)  # each worker looks once a second
                answers = [server.get(f"{ACTORS}&count=exact") for _ in range(20)]
                assert {answer.version for answer in answers} == {version}
                assert all(f'"name":"{name}"'.encode() in answer.body for answer in answers)
        assert crowd.lost == []
        assert {answer.status for answer in crowd.answers} == {200}
        names = versions_of(crowd).values()
        assert all(len(each) == 1 for each in names)
        assert {"Old", "Newer"} <= {name for each in names for name in each}
        page = json.loads(server.get(cursor).body)
        assert page["meta"]["dataset"]["changed_since_cursor"] is True

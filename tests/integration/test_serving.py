"""Server processes: what they do at SIGTERM, at SIGHUP, and when the data change."""

import json
import os
import signal
import socket
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import URL

from seeds.dataset_content import Content
from tests.databases import NewDatabase
from tests.integration.publish.loading import load
from tests.integration.publish.sample_content import content, renamed
from tests.integration.publish.sample_rows import rows
from tests.servers import LoadGenerator, Server, read, serving, wait_until_ready
from tests.timeouts import TIMEOUT, wait_until

ACTORS = "/v1/actors?sort=id&limit=200"


def content_named(name: str) -> Content:
    """The sample content with the same name for all rows."""
    return content([renamed(row, name) for row in rows()])


def load_old(url: URL) -> None:
    load(url, content_named("Old"))


@pytest.fixture
def filled(new_database: NewDatabase) -> URL:
    return new_database(load_old)


@pytest.fixture
def on_file(new_file: NewDatabase) -> URL:
    return new_file(load)


def opened(stack: ExitStack, server: Server) -> HTTPConnection:
    connection = stack.enter_context(closing(server.connection()))
    connection.connect()
    return connection


LISTENING_LONG = {"app.protocol.GRACE_SECONDS": TIMEOUT}
"""How long connections accept requests at shutdown, in seconds. The machine may be busy."""


def waiting_at(port: int) -> int:
    """The number of connections that wait for accept(): the receive queue in proc(5)."""
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, _, state, queues, *_ = line.split()
        if local.endswith(f":{port:04X}") and state == LISTENS:
            return int(queues.partition(":")[2], 16)
    raise AssertionError("nobody listens")


LISTENS = "0A"


def test_no_request_that_was_taken_on_is_lost_when_the_server_ends(on_file: URL) -> None:
    """Requests arrive at the moment of SIGTERM: on idle connections, on connections without a
    request before, and on connections that were just accepted."""
    with serving(on_file, constants=LISTENING_LONG) as server, ExitStack() as stack:
        used = [opened(stack, server) for _ in range(4)]
        for connection in used:
            connection.request("GET", ACTORS)
            assert read(connection).status == 200
        fresh = [opened(stack, server) for _ in range(4)]
        server.get("/healthz")  # by now these connections are accepted
        server.signal(signal.SIGSTOP)
        waiting = [opened(stack, server) for _ in range(4)]
        for connection in (*used, *fresh, *waiting):
            connection.request("GET", ACTORS)
        server.signal(signal.SIGCONT)
        while waiting_at(server.port):
            pass
        server.signal(signal.SIGTERM)
        for connection in (*used, *fresh, *waiting):
            assert read(connection).status == 200
        assert server.process.wait(TIMEOUT) == 0


def wait_until_refused(server: Server) -> None:
    """Wait until the server accepts no connections."""
    with suppress(ConnectionRefusedError):
        while True:
            socket.create_connection(("127.0.0.1", server.port)).close()


def test_requests_on_their_way_to_a_server_that_ends_are_answered(on_file: URL) -> None:
    """The server accepts no new connections, but a client may just have sent a request on an old
    one."""
    with serving(on_file, constants=LISTENING_LONG) as server, ExitStack() as stack:
        fresh = [opened(stack, server) for _ in range(4)]
        server.get("/healthz")  # by now these connections are accepted
        server.signal(signal.SIGTERM)
        wait_until_refused(server)
        for connection in fresh:
            connection.request("GET", ACTORS)
        for connection in fresh:
            assert read(connection).status == 200


def test_workers_are_replaced_without_losing_a_request(on_file: URL) -> None:
    patience = {"app.server.WORKER_SECONDS": TIMEOUT}
    with serving(on_file, "--workers", "2", constants=patience) as server:
        wait_until_ready(server)
        before = server.workers
        generator = LoadGenerator(server, ACTORS)
        with generator.running():
            server.signal(signal.SIGHUP)
            wait_until(lambda: not server.workers & before and len(server.workers) == 2)
        assert generator.lost == []
        assert {answer.status for answer in generator.answers} == {200}


def test_a_worker_that_was_killed_is_replaced_and_its_end_is_logged(
    on_file: URL, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with serving(on_file, "--workers", "2", log=log) as server:
        wait_until_ready(server)
        wait_until(lambda: len(server.workers) == 2)
        killed = min(server.workers)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: len(server.workers - {killed}) == 2)
        wait_until(lambda: f"worker process {killed} ended (SIGKILL)" in log.read_text())


def test_one_process_survives_sighup(on_file: URL) -> None:
    with serving(on_file) as server:
        server.get("/healthz")
        server.signal(signal.SIGHUP)
        assert server.get(ACTORS).status == 200


def versions(server: Server) -> set[str]:
    """The dataset versions that the workers serve."""
    return {server.get(ACTORS).version for _ in range(20)}


def versions_of(generator: LoadGenerator) -> dict[str, set[str]]:
    """The names in the answers, by dataset version."""
    seen: dict[str, set[str]] = {}
    for answer in generator.answers:
        body = json.loads(answer.body)
        assert body["meta"]["dataset"]["version"] == answer.version
        seen.setdefault(answer.version, set()).update(row["name"] for row in body["data"])
    return seen


def test_a_load_is_seen_by_all_workers_and_no_answer_mixes_old_and_new(filled: URL) -> None:
    with serving(filled, "--workers", "2") as server:
        wait_until_ready(server)
        cursor = json.loads(server.get("/v1/actors?limit=1").body)["links"]["next"]
        generator = LoadGenerator(server, ACTORS)
        with generator.running():
            for name in ("New", "Newer"):
                version = load(filled, content_named(name)).version
                if filled.get_backend_name() == "postgresql":  # each worker checks once per second
                    wait_until(lambda version=version: versions(server) == {version})
                answers = [server.get(f"{ACTORS}&count=exact") for _ in range(20)]
                assert {answer.version for answer in answers} == {version}
                assert all(f'"name":"{name}"'.encode() in answer.body for answer in answers)
        assert generator.lost == []
        assert {answer.status for answer in generator.answers} == {200}
        names = versions_of(generator).values()
        assert all(len(each) == 1 for each in names)
        assert {"Old", "Newer"} <= {name for each in names for name in each}
        page = json.loads(server.get(cursor).body)
        assert page["meta"]["dataset"]["changed_since_cursor"] is True

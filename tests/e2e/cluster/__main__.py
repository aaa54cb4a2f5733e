"""Test on one machine what docs/deploy.md says about a cluster:
`python -m tests.e2e.cluster`.

Needs Debian's packages `postgresql`, `nginx-light` and `pgbouncer`. As root, PostgreSQL runs as
another user. Starts a primary, a standby, two API processes and a caching proxy. Shows that a
standby serves, also without the primary; that the loss of a standby costs at most one retry; that
PgBouncer moves clients from the primary to the standby without a lost request; and that the proxy
serves a new load within `max-age`.
"""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, make_url

import hkus
from tests.e2e.cluster.machines import Postgres, new_primary, new_standby, run
from tests.e2e.trials.figures import Figure
from tests.pooler import pooler
from tests.postgresql import signal_all
from tests.proxy import programs, proxy
from tests.servers import LoadGenerator, Server, serving, wait_until_ready
from tests.timeouts import wait_until

PAGE = "/v1/events?limit=5"
MAX_AGE = 60
QUERY_SECONDS = "2"
"""The default of the server: how long a request waits for a standby that is frozen."""
OLD = "summary: >-\n      "
"""The start of the first long summary in the reading; the test edits this summary."""


def main() -> None:
    """Run all steps and print their figures."""
    broken = False
    with TemporaryDirectory(prefix="hkus-cluster-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o777)  # PostgreSQL runs as another user
        primary = stack.enter_context(_running(new_primary(folder)))
        run(sys.executable, "-m", "hkus", "load", HKUS_DATABASE_URL=_owner(primary))
        standby = stack.enter_context(_running(new_standby(primary)))
        apis = [stack.enter_context(_api(primary, standby)) for _ in range(2)]
        for api in apis:
            wait_until_ready(api)
        edge = programs()["machine"]
        port = stack.enter_context(proxy(folder, [api.port for api in apis], edge))
        for figure in _story(folder, primary, standby, apis, port):
            broken |= figure.is_broken
            sys.stdout.write(f"{figure}\n")
            sys.stdout.flush()
    sys.exit(1 if broken else 0)


def _story(
    folder: Path, primary: Postgres, standby: Postgres, apis: list[Server], port: int
) -> Iterator[Figure]:
    yield from _caching(port)
    yield Figure("connections of the API to the standby", standby.readers())
    yield Figure("connections of the API to the primary", primary.readers(), most=0)
    yield from _without_primary(primary, standby, apis)
    yield from _reload(folder, primary, apis, port)
    yield from _failover(primary, standby, apis, port)
    with _api(primary, standby) as another:
        yield from _frozen(standby, another)
    yield from _pooled(primary, standby)
    yield from _backup(folder, primary)


def _caching(port: int) -> Iterator[Figure]:
    first, second = _edge(port, PAGE), _edge(port, PAGE)
    yield Figure("edge: first answer taken from the cache", int(first[0] == "HIT"), most=0)
    yield Figure("edge: second answer not taken from the cache", int(second[0] != "HIT"), most=0)
    tagged = _edge(port, PAGE, first[2])
    yield Figure("edge: a client that has the answer gets", tagged[3], "(status)", most=304)


def _without_primary(primary: Postgres, standby: Postgres, apis: list[Server]) -> Iterator[Figure]:
    """Stop the primary: the API still answers, and a load reports why it cannot write."""
    primary.stop()
    answers = [api.get(f"{PAGE}&offset={n}").status for api in apis for n in range(50)]
    yield Figure("without the primary: requests", len(answers))
    yield Figure("… answers that are not 200", len(answers) - answers.count(200), most=0)
    refusals = {
        _refusal(primary): "see that the server runs",
        _refusal(standby): "name the primary",
    }
    unclear = sum(words not in said for said, words in refusals.items())
    yield Figure("… loads (at the primary, at the standby) without a reason", unclear, most=0)
    primary.start()


def _refusal(server: Postgres) -> str:
    """The error message of a load that cannot write."""
    load = [sys.executable, "-m", "hkus", "load", "--render"]
    settings = {**os.environ, "HKUS_DATABASE_URL": _owner(server)}
    ended = subprocess.run(load, env=settings, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 1, ended.stderr
    return " ".join(ended.stderr.split())


def _reload(folder: Path, primary: Postgres, apis: list[Server], port: int) -> Iterator[Figure]:
    """Load an edited reading into the primary; wait until the API, then the proxy, serve it."""
    before = _edge(port, PAGE)[1]
    seeds = shutil.copytree(hkus.ARTICLES, folder / "seeds")
    for reading in seeds.glob("*/reading.yaml"):
        text = reading.read_text()
        reading.write_text(text.replace(OLD, f"{OLD}Edited. ", 1))
    run(sys.executable, "-m", "hkus", "load", "--seeds", seeds, HKUS_DATABASE_URL=_owner(primary))
    begun = time.monotonic()
    while any(api.get(PAGE).version == before for api in apis):
        time.sleep(0.02)
    yield Figure("reload: seen by all API processes after", time.monotonic() - begun, "s", most=2)
    while _edge(port, PAGE)[1] == before:
        time.sleep(0.1)
    spent = time.monotonic() - begun
    yield Figure("reload: seen at the edge after", spent, "s", most=MAX_AGE + 2)


def _failover(
    primary: Postgres, standby: Postgres, apis: list[Server], port: int
) -> Iterator[Figure]:
    """Stop the standby during requests, start it again, then stop an API process."""
    generators = [LoadGenerator(api, f"{PAGE}&offset={{n}}") for api in apis]
    with ExitStack() as asking:
        for generator in generators:
            asking.enter_context(generator.running())
        time.sleep(1)
        standby.stop()
        time.sleep(4)
    answers = [answer for generator in generators for answer in generator.answers]
    lost = sum(len(generator.lost) for generator in generators)
    retried = sum(answer.status != 200 for answer in answers)
    yield Figure("failover: requests meanwhile", len(answers) + lost)
    yield Figure("failover: connections broken off", lost, most=0)
    yield Figure("failover: answers 503, to be sent again", retried)
    yield Figure("failover: connections to the primary afterwards", primary.readers())
    standby.start()
    apis[0].process.kill()
    statuses = [_edge(port, f"{PAGE}&offset={n + 100}")[3] for n in range(40)]
    failed = sum(status != 200 for status in statuses)
    yield Figure("edge: errors of 40 requests after an API process was killed", failed, most=0)


def _frozen(standby: Postgres, api: Server) -> Iterator[Figure]:
    """Freeze the standby; its machine still accepts connections. The API must use the primary."""
    wait_until_ready(api)
    signal_all(standby.folder, signal.SIGSTOP)
    begun = time.monotonic()
    failed = 0
    while api.get("/readyz").status != 200:
        failed += 1
    spent = time.monotonic() - begun
    yield Figure("frozen standby: served by the primary after", spent, "s", most=10)
    yield Figure("… answers 503 until then, to be sent again", failed)
    answers = [api.get(f"{PAGE}&offset={n}").status for n in range(20)]
    yield Figure("… answers that are not 200 afterwards", 20 - answers.count(200), most=0)
    signal_all(standby.folder, signal.SIGCONT)


def _pooled(primary: Postgres, standby: Postgres) -> Iterator[Figure]:
    """Put PgBouncer in front, move it from the primary to the standby, and stop the primary."""
    with (
        pooler(_reader(primary)) as front,
        serving(front.url, database_pooler="transaction", remembered_megabytes="0") as api,
    ):
        wait_until_ready(api)
        direct = primary.readers(), standby.readers()
        crowd = LoadGenerator(api, f"{PAGE}&offset={{n}}", clients=4)
        with crowd.running():
            wait_until(lambda: len(crowd.answers) >= 50)
            front.move(_reader(primary), _reader(standby))
            wait_until(lambda: primary.readers() < direct[0] and standby.readers() > direct[1])
            seen = len(crowd.answers)
            wait_until(lambda: len(crowd.answers) >= seen + 50)
        bad = sum(answer.status != 200 for answer in crowd.answers)
        yield Figure("pooler moved to the standby: requests meanwhile", len(crowd.answers))
        yield Figure("… broken off", len(crowd.lost), most=0)
        yield Figure("… answers that are not 200", bad, most=0)
        primary.stop()
        answers = [api.get(f"{PAGE}&offset={n + 200}").status for n in range(50)]
        yield Figure("… of 50 without the primary, not 200", 50 - answers.count(200), most=0)
        primary.start()


def _backup(folder: Path, primary: Postgres) -> Iterator[Figure]:
    """Dump, restore into another database, and compare `hkus info` of both."""
    where = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "owner")
    primary.command("pg_dump", *where, "-Fc", "-f", folder / "hkus.dump", "hkus")
    primary.command("createdb", *where, "hkus_back")
    primary.command("pg_restore", *where, "-d", "hkus_back", folder / "hkus.dump")
    versions = [primary.ask("SELECT version FROM dataset", name) for name in ("hkus", "hkus_back")]
    yield Figure(
        "backup: restored with another dataset version", int(len({*versions}) != 1), most=0
    )
    whole = make_url(_owner(primary)).set(database="hkus_back")
    with serving(whole) as server:
        served = server.get(PAGE).version
    yield Figure("backup: served with another dataset version", int(served != versions[0]), most=0)


def _edge(port: int, path: str, tag: str = "") -> tuple[str, str, str, int]:
    """The header X-Cache, dataset version, ETag and status of an answer of the proxy."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
        response = connection.getresponse()
        response.read()
        found = [response.headers.get(n, "") for n in ("X-Cache", "X-Dataset-Version", "ETag")]
        return found[0], found[1], found[2], response.status


def _reader(server: Postgres) -> URL:
    return make_url(f"postgresql+psycopg://hkus_reader@127.0.0.1:{server.port}/hkus")


def _owner(primary: Postgres) -> str:
    return f"postgresql://owner@127.0.0.1:{primary.port}/hkus"


@contextmanager
def _api(primary: Postgres, standby: Postgres) -> Generator[Server]:
    """Start an API process that reads the standby, or the primary if the standby is unreachable."""
    hosts = f"host=127.0.0.1:{standby.port}&host=127.0.0.1:{primary.port}"
    url = make_url(f"postgresql+psycopg://hkus_reader@/hkus?{hosts}")
    with serving(url, query_seconds=QUERY_SECONDS) as server:
        yield server


@contextmanager
def _running(server: Postgres) -> Generator[Postgres]:
    try:
        yield server
    finally:
        if (server.folder / "postmaster.pid").exists():
            server.stop("immediate")


if __name__ == "__main__":
    os.umask(0o022)
    main()

"""Faults of a PostgreSQL server: the test freezes, crashes, fills, and restores it from a dump."""

import os
import shlex
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import URL

from seeds.publish.faults import PublishError
from tests.e2e.guide.commands import commands
from tests.integration.publish.loading import load, run_sql
from tests.integration.publish.sample_content import content
from tests.integration.publish.sample_rows import rows
from tests.integration.publish.table_contents import contents
from tests.integration.test_recovery import PATHS, check_fault_and_recovery, client_of, problem_code
from tests.postgresql import OwnServer, on_server, own_server, plain, temporary_database
from tests.servers import LoadGenerator, serving, wait_until_ready

BUDGET = 0.5


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    with own_server() as server:
        yield server


@pytest.fixture(scope="module")
def original(server: OwnServer) -> Iterator[str]:
    """The name of a database with the sample content, as a template."""
    with temporary_database(server.url) as url:
        load(url)
        yield str(url.database)


@pytest.fixture
def filled(server: OwnServer, original: str) -> Iterator[URL]:
    with temporary_database(server.url, like=original) as url:
        yield url


def frozen(server: OwnServer) -> Generator[None]:
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


def crashed(server: OwnServer) -> Generator[None]:
    server.crash()
    yield
    server.start()


@pytest.mark.parametrize("cause_fault", [frozen, crashed])
def test_a_server_that_stands_still_is_told_and_found_again(
    server: OwnServer,
    filled: URL,
    monkeypatch: pytest.MonkeyPatch,
    cause_fault: Callable[[OwnServer], Generator[None]],
) -> None:
    monkeypatch.setattr("app.db.postgres.WAIT_SECONDS", 0.5)
    check_fault_and_recovery(
        filled, lambda _: cause_fault(server), "database-away", soon=True, query_seconds=BUDGET
    )


def test_nobody_waits_until_a_frozen_server_breaks_off_what_it_does(
    server: OwnServer, filled: URL
) -> None:
    """Without our timeout, the driver waits ten seconds longer."""
    with client_of(filled, query_seconds=BUDGET) as client:
        assert client.get("/readyz").status_code == 200
        server.freeze()
        begun = monotonic()
        assert problem_code(client, "/readyz") == "database-away"
        spent = monotonic() - begun
        server.thaw()
    assert spent < 10


def test_a_restart_under_load_breaks_no_request_off(server: OwnServer, filled: URL) -> None:
    with serving(filled) as api:
        wait_until_ready(api)
        generator = LoadGenerator(api, "/v1/actors?offset={n}")
        with generator.running():
            server.crash()
            api.get("/readyz")
            server.start()
            wait_until_ready(api)
            after = [api.get(f"/v1/actors?limit={n}").status for n in range(1, 21)]
        assert after == [200] * 20
        assert generator.lost == []
        assert {answer.status for answer in generator.answers} <= {200, 503}


FULL = (
    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; "
    "END $$",
    "CREATE TRIGGER full_disk BEFORE INSERT ON entries EXECUTE FUNCTION full_disk()",
)
"""The error message and code that PostgreSQL uses. `make trials TRIALS=full` fills a real disk."""


def test_a_load_that_the_server_has_no_room_for_changes_nothing(filled: URL) -> None:
    before = contents(filled)
    run_sql(filled, *FULL)
    with client_of(filled) as client:
        with pytest.raises(PublishError, match=r"No space left.*its disk is full: make room"):
            load(filled, content(rows()[:4]))
        for path in PATHS:
            assert client.get(path).status_code == 200
    assert contents(filled) == before


def test_a_dump_comes_back_in_another_database(
    server: OwnServer, filled: URL, tmp_path: Path
) -> None:
    dump = str(tmp_path / "hkus.dump")
    server.run("pg_dump", "-Fc", "-d", plain(filled), "-f", dump)
    with temporary_database(server.url) as back:
        server.run("pg_restore", "-d", plain(back), dump)
        with client_of(filled) as old, client_of(back) as new:
            for path in PATHS:
                assert new.get(path).content == old.get(path).content
        assert contents(back) == contents(filled)
        assert not load(back).changed


GUIDE = Path("docs/deploy.md").read_text(encoding="utf-8")


@pytest.fixture
def hkus(server: OwnServer, original: str) -> Iterator[URL]:
    """The database of the guide. Afterwards, everything that the guide creates is deleted."""
    on_server(server.url, f"CREATE DATABASE hkus TEMPLATE {original}")
    yield server.url.set(database="hkus")
    for name in ("hkus", "hkus_2", "hkus_back"):
        on_server(server.url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    on_server(server.url, "DROP ROLE IF EXISTS hkus_reader")


def test_the_commands_of_the_guide_give_the_reader_both_databases(
    server: OwnServer, hkus: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m tests.e2e.guide` runs all commands of the guide; these need no installation."""
    monkeypatch.setenv("PATH", f"{server.programs}:{os.environ['PATH']}")
    found = [line for line in commands(GUIDE) if "-h db -U owner" in line and "-c" not in line]
    programs = [line.split()[0] for line in found]
    assert programs == [
        "psql", "createdb", "psql", "psql", "pg_dump", "createdb", "pg_restore", "psql",
    ]  # fmt: skip
    address = f"-h {server.url.query['host']} -U {server.url.username}"
    for line in found:
        written = line.replace("-h db -U owner", address).replace("hkus.dump", f"{tmp_path}/dump")
        subprocess.run(["sh", "-ec", written], check=True, stdout=subprocess.DEVNULL)
    for name in ("hkus", "hkus_back"):
        with client_of(hkus.set(username="hkus_reader", database=name)) as client:
            for path in PATHS:
                assert client.get(path).status_code == 200


def test_a_database_of_an_earlier_revision_is_replaced_by_the_command_that_a_load_names(
    server: OwnServer, filled: URL
) -> None:
    before = contents(filled, timeless=True)
    run_sql(filled, "UPDATE alembic_version SET version_num = '0031'")
    with pytest.raises(PublishError, match=r"'0031'.*`(.*) && hkus load`") as refused:
        load(filled)
    command = str(refused.value).split("`")[1].removesuffix(" && hkus load")
    for part in command.split(" && "):
        server.run(*shlex.split(part))
    assert load(filled).changed
    assert contents(filled, timeless=True) == before

"""Recovery: the answers report each fault of the database, and work again after the fault."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool

from app.main import create_app, with_middleware
from migrations import BASE, HEAD
from seeds.publish import migrate_to
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import problem
from tests.databases import NewDatabase, Sqlite
from tests.integration.publish.loading import file_of, load, other_files, run_sql
from tests.integration.publish.sample_content import content, renamed
from tests.integration.publish.sample_rows import rows
from tests.timeouts import wait_until

Fault = Callable[[URL], Generator[None]]

PATHS = ("/readyz", "/v1", "/v1/actors/alice", "/v1/stats/events?by=type", "/v1/events?format=csv")


@contextmanager
def client_of(url: URL, **changes: Any) -> Generator[ApiClient]:
    settings = settings_for(url).model_copy(update=changes)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


def problem_code(client: ApiClient, path: str) -> str:
    """The code of the reason in `/readyz`."""
    response = client.get(path)
    body = problem(response, 503)
    assert int(response.headers["retry-after"]) > 0
    assert not any(word in response.text for word in ("hkus.db", "/tmp", "sqlite", "psycopg"))
    return body["errors"][0]["code"]


def missing(url: URL) -> Generator[None]:
    aside = file_of(url).with_suffix(".aside")
    file_of(url).rename(aside)
    yield
    aside.rename(file_of(url))


def unreadable(url: URL) -> Generator[None]:
    """Replace the file with a folder. Not even root can read a folder as a file."""
    aside = file_of(url).with_suffix(".aside")
    file_of(url).rename(aside)
    file_of(url).mkdir()
    yield
    file_of(url).rmdir()
    aside.rename(file_of(url))


def locked(url: URL) -> Generator[None]:
    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def damaged(url: URL) -> Generator[None]:
    """Overwrite all pages except the first, as after a disk error or an incomplete copy."""
    whole = file_of(url).read_bytes()
    file_of(url).write_bytes(whole[:100] + b"\xa5" * (len(whole) - 100))
    yield
    load(url.set(database=f"{url.database}.new"))
    Path(f"{url.database}.new").replace(file_of(url))


def cut_off(url: URL) -> Generator[None]:
    backup = shutil.copy(file_of(url), f"{url.database}.backup")
    os.truncate(file_of(url), 4096 * 3)
    yield
    Path(backup).replace(file_of(url))


def half_written(url: URL) -> Generator[None]:
    """Leave a journal that must be rolled back, as after a power failure during a write."""
    crashed = Path(f"{url.database}.crashed")
    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN")
        writer.execute("UPDATE renderings SET body = body || 'x'")
        shutil.copy(file_of(url), crashed)
        shutil.copy(f"{url.database}-journal", f"{url.database}.kept")
        writer.execute("ROLLBACK")
    crashed.replace(file_of(url))
    Path(f"{url.database}.kept").replace(f"{url.database}-journal")
    yield
    load(url, force=True)


def foreign(url: URL) -> Generator[None]:
    aside = file_of(url).with_suffix(".aside")
    file_of(url).rename(aside)
    with closing(sqlite3.connect(file_of(url))) as other:
        other.execute("CREATE TABLE diary (entry)")
    yield
    aside.rename(file_of(url))


def not_migrated(url: URL) -> Generator[None]:
    migrate_to(url, Quiet(), BASE)
    yield
    load(url)


def emptied(url: URL) -> Generator[None]:
    migrate_to(url, Quiet(), BASE)
    migrate_to(url, Quiet())
    yield
    load(url)


def of_another_version(url: URL) -> Generator[None]:
    run_sql(url, "UPDATE dataset SET rendering = 'another'")
    yield
    load(url)


def unavailable(url: URL) -> Generator[None]:
    """Refuse new connections and end open ones, as during a restart."""
    name = url.database
    with create_engine(
        url.set(database="postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    ).connect() as admin:
        admin.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        admin.execute(text(ENDED), {"name": name})
        yield
        admin.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))


ENDED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"


def of_revision(url: URL, revision: str) -> Generator[None]:
    """The state after a load by another version of the software, which also rendered the rows."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        held = connection.execute(text("SELECT rendering FROM dataset")).scalar_one()
    told = "UPDATE alembic_version SET version_num = '{}'", "UPDATE dataset SET rendering = '{}'"
    run_sql(url, told[0].format(revision), told[1].format("another"))
    yield
    run_sql(url, told[0].format(HEAD), told[1].format(held))


OF_FILES = {
    "database-missing": missing,
    "disk-failed": unreadable,
    "database-locked": locked,
    "database-damaged": damaged,
    "database-half-written": half_written,
}
OF_BOTH = {
    "not-migrated": not_migrated,
    "not-loaded": emptied,
    "other-rendering": of_another_version,
}


def check_fault_and_recovery(
    url: URL, cause_fault: Fault, code: str, *, soon: bool = False, **changes: Any
) -> None:
    """Check that the server reports the fault while it lasts, and that it answers afterwards: at
    once, or with `soon` within the timeout."""
    with client_of(url, **changes) as client:
        assert client.get("/readyz").status_code == 200
        with contextmanager(cause_fault)(url):
            for path in PATHS:
                assert problem_code(client, path) == code
            assert client.get("/healthz").status_code == 200
        if soon:
            wait_until(lambda: client.get("/readyz").status_code == 200)
        assert client.get("/readyz").status_code == 200
        for path in PATHS:
            assert client.get(path).status_code == 200


@pytest.fixture
def file(sqlite_databases: Sqlite, tmp_path: Path) -> URL:
    return sqlite_databases.new(tmp_path / "hkus.db", load)


@pytest.mark.parametrize("code", OF_FILES)
def test_what_befalls_a_file_is_told_and_is_over_when_it_is_over(file: URL, code: str) -> None:
    check_fault_and_recovery(file, OF_FILES[code], code)


@pytest.mark.parametrize(
    ("cause_fault", "code"), [(cut_off, "database-damaged"), (foreign, "not-migrated")]
)
def test_a_wrong_file_is_told(file: URL, cause_fault: Fault, code: str) -> None:
    check_fault_and_recovery(file, cause_fault, code)


@pytest.mark.parametrize("code", OF_BOTH)
def test_what_befalls_the_tables_is_told_and_is_over_when_it_is_over(
    filled: URL, code: str
) -> None:
    check_fault_and_recovery(filled, OF_BOTH[code], code)


@pytest.mark.parametrize(
    ("revision", "cure"),
    [
        ("0031", "run `load`: it makes a new SQLite file, or says how to replace a database."),
        ("0103", "run `load`."),
        ("9999", "run the version of the program that made them."),
        ("ae1027a6acf", "set HKUS_DATABASE_URL to a database of this project."),
    ],
)
def test_tables_of_another_revision_are_told_by_both_revisions(
    filled: URL, revision: str, cure: str
) -> None:
    def cause_fault(url: URL) -> Generator[None]:
        for _ in of_revision(url, revision):
            with client_of(url) as client:
                detail = client.get("/readyz").json()["detail"]
            assert f"revision {revision!r}, but this program needs {HEAD!r}" in detail
            assert cure in detail
            yield

    check_fault_and_recovery(filled, cause_fault, "not-migrated")


@pytest.fixture
def postgres(new_postgres: NewDatabase) -> URL:
    return new_postgres(load)


def test_a_server_that_is_away_is_told_and_found_again(
    postgres: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.postgres.WAIT_SECONDS", 0.5)
    check_fault_and_recovery(postgres, unavailable, "database-away", soon=True)


def test_connections_that_were_lost_cost_nobody_an_answer(postgres: URL) -> None:
    with client_of(postgres) as client:
        for _ in range(5):
            assert client.get("/readyz").status_code == 200
            run_sql(
                postgres.set(database="postgres"), ENDED.replace(":name", f"'{postgres.database}'")
            )
            assert client.get("/readyz").status_code == 200
            assert client.get("/v1/actors/alice").status_code == 200


def test_a_load_that_the_disk_has_no_room_for_changes_nothing(file: URL) -> None:
    before = file_of(file).read_bytes()
    target = file.render_as_string(hide_password=False)
    program = f"{sys.executable} -m tests.integration.publish.killed_load {target}"
    limited = ["sh", "-c", f"ulimit -f 400; exec {program}"]
    ended = subprocess.run(limited, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "look at the disk" in ended.stderr or "the disk is full" in ended.stderr
    assert file_of(file).read_bytes() == before
    assert other_files(file_of(file)) == set()


def test_a_copy_is_a_backup_that_comes_back_under_a_running_server(file: URL) -> None:
    with client_of(file) as client:
        before = client.get("/v1/actors").content
        backup = shutil.copy(file_of(file), f"{file.database}.backup")
        load(file, content([renamed(row, "Other") for row in rows()]))
        assert client.get("/v1/actors").content != before
        Path(backup).replace(file_of(file))
        assert client.get("/v1/actors").content == before


def test_a_file_on_a_read_only_disk_is_served(file: URL) -> None:
    file_of(file).chmod(0o444)
    file_of(file).parent.chmod(0o555)
    with client_of(file) as client:
        assert client.get("/v1/events?facet=type&sort=-name").status_code == 200
    file_of(file).parent.chmod(0o755)
    assert {each.name for each in file_of(file).parent.iterdir()} <= {"hkus.db", ".hkus.db.lock"}

"""PostgreSQL only: unreachable servers, and readers that do not wait for a load."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL

from seeds.publish import postgres, publish, search
from seeds.publish.faults import PublishError
from seeds.publish.postgres_faults import as_publish_error
from seeds.publish.progress import Quiet
from tests.databases import NewDatabase, with_tables
from tests.integration.publish.loading import load, run_sql
from tests.integration.publish.sample_content import content, renamed
from tests.integration.publish.sample_rows import rows
from tests.integration.test_recovery import client_of, problem_code
from tests.postgresql import on_server
from tests.timeouts import wait_until


@pytest.fixture
def database(new_postgres: NewDatabase) -> URL:
    """An empty database."""
    return new_postgres()


@pytest.fixture
def filled(new_postgres: NewDatabase) -> URL:
    return new_postgres(load)


def refused(url: URL, message: str) -> None:
    with pytest.raises(PublishError, match=message) as caught:
        load(url)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_away_is_told_without_the_password():
    url = URL.create("postgresql+psycopg", "me", "secret", "127.0.0.1", 1, "hkus")
    refused(url, r"me:\*\*\*@127.0.0.1:1/hkus: .*see that the server runs")
    refused(url.set(password=None, query={"password": "secret"}), "see that the server runs")


def test_a_database_that_is_not_there_is_told(database: URL):
    refused(database.set(database="not_there"), "createdb not_there")


def test_a_user_without_rights_is_told(database: URL):
    user = f"user_{uuid4().hex}"
    run_sql(database, f"CREATE ROLE {user} LOGIN")
    refused(database.set(username=user), "the user has not the rights")
    run_sql(database, f"DROP ROLE {user}")
    refused(database.set(username=user), "check user and password")


@pytest.mark.parametrize(
    ("fault", "cure"),
    [
        (psycopg.OperationalError('password authentication failed for user "me"'), "check user"),
        (psycopg.OperationalError("FATAL: sorry, too many clients already"), "try again later"),
        (psycopg.errors.DiskFull("could not extend file"), "make room"),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute COPY"), "the primary"),
        (psycopg.OperationalError('FATAL:  database "password" does not exist'), "createdb hkus"),
        (psycopg.errors.LockNotAvailable("canceling statement"), "other programs"),
    ],
)
def test_what_the_server_refuses_is_told_with_a_cure(fault: psycopg.Error, cure: str):
    url = URL.create("postgresql+psycopg", "me", "secret", "server", database="hkus")
    with pytest.raises(PublishError, match=cure) as caught, as_publish_error(url):
        raise fault
    assert "secret" not in str(caught.value)


def test_tables_of_another_program_are_left_alone(database: URL):
    run_sql(database, "CREATE TABLE entries (diary text)")
    refused(database, "not ours")


@pytest.mark.parametrize(
    "made",
    [
        "TABLE events (x int)",
        "VIEW actors AS SELECT 1",
        "TYPE polls AS (x int)",
        "SEQUENCE laws",
        "TABLE alembic_version (x int)",
        "TABLE alembic_version (version_num int)",
    ],
)
def test_names_that_another_program_has_taken_are_told(database: URL, made: str):
    run_sql(database, f"CREATE {made}")
    refused(database, "tables of another program: name another database in HKUS_DATABASE_URL")


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_JP"])
def test_a_database_that_cannot_hold_every_character_is_refused(
    postgres_url: URL, encoding: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("app.db.postgres.WAIT_SECONDS", 1.0)
    name = f"test_{uuid4().hex}"
    like = "LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    on_server(postgres_url, f"CREATE DATABASE {name} ENCODING '{encoding}' {like}")
    try:
        database = postgres_url.set(database=name)
        refused(database, f"encoded in {encoding}, and UTF8 is needed: create another one by `")
        with client_of(database) as client:
            wait_until(lambda: problem_code(client, "/readyz") == "database-unreadable")
            assert "not encoded in UTF8" in client.get("/readyz").json()["detail"]
    finally:
        on_server(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("encoding", ["latin1", "sql_ascii", "euc_jp"])
def test_the_encoding_of_clients_in_the_environment_does_not_count(
    filled: URL, encoding: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PGCLIENTENCODING", encoding)
    assert load(filled, force=True).changed
    with client_of(filled) as client:
        assert client.get("/v1/actors").status_code == 200


@pytest.mark.parametrize(
    "query", ["nosuch=1", "options=-c nosuch=1", "options=xx", "sslmode=foo", "service=nosuch"]
)
def test_an_option_that_nobody_takes_is_told(filled: URL, query: str):
    name, _, value = query.partition("=")
    refused(filled.update_query_dict({name: value}), "mend that option in HKUS_DATABASE_URL")


def test_a_user_whose_transactions_are_read_only_is_told(filled: URL):
    user = f"user_{uuid4().hex}"
    run_sql(filled, f"CREATE ROLE {user} LOGIN SUPERUSER")
    run_sql(filled, f"ALTER ROLE {user} SET default_transaction_read_only = on")
    refused(filled.set(username=user), "default_transaction_read_only is on for this user")
    run_sql(filled, f"DROP ROLE {user}")


def test_why_a_server_refuses_the_connection_is_told(filled: URL, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.db.postgres.WAIT_SECONDS", 1.0)
    for wrong, code in (
        (filled.set(username="nobody_known"), "no-permission"),
        (filled.set(database="not_there"), "database-missing"),
        (filled.update_query_dict({"sslmode": "foo"}), "database-unreadable"),
    ):
        with client_of(wrong) as client:
            wait_until(lambda client=client, code=code: problem_code(client, "/readyz") == code)


def test_rows_that_stay_the_same_are_not_written(filled: URL):
    places = "SELECT string_agg(ctid::text, ' ' ORDER BY id) FROM entries WHERE id <> 'bob'"
    with postgres.connected(filled) as driver:
        before = driver.execute(places).fetchone()
        load(filled, content([renamed(r, "B") if r.row.id == "bob" else r for r in rows()]))
        assert driver.execute(places).fetchone() == before


def test_words_of_more_rows_than_a_rare_one_has_are_common(
    new_postgres: NewDatabase, monkeypatch: pytest.MonkeyPatch
):
    database = new_postgres(with_tables)
    monkeypatch.setattr(search, "RARE", 3)
    load(database)
    having = "SELECT count(*) FROM search_rows WHERE vector @@ quote_literal(stem)::tsquery"
    with postgres.connected(database) as driver:
        found = driver.execute(f"SELECT stem, ({having}) FROM common_stems").fetchall()
    assert sorted(found) == [("a", 4), ("alic", 5)]


@pytest.fixture
def reader(filled: URL) -> Iterator[postgres.Driver]:
    """A reader in an open transaction. It sees the state at the start of the transaction."""
    with postgres.connected(filled) as driver, driver.transaction():
        driver.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        driver.execute("SELECT count(*) FROM entries")
        yield driver


def test_readers_neither_wait_nor_see_a_load_half_done(filled: URL, reader: postgres.Driver):
    names = reader.execute("SELECT name FROM actors").fetchall()
    load(filled, content([renamed(row, "Edited") for row in rows()]))
    assert reader.execute("SELECT name FROM actors").fetchall() == names
    with postgres.connected(filled) as driver:
        found = driver.execute("SELECT DISTINCT name FROM actors").fetchall()
    assert found == [("Edited",)]


class ProgressMessages(Quiet):
    """Ends the other load when this load reports that it waits."""

    def __init__(self, other: psycopg.Connection[tuple[object, ...]]) -> None:
        self.other = other
        self.messages: list[str] = []

    def notify(self, message: str) -> None:
        self.messages.append(message)
        self.other.close()


def test_a_second_load_waits_for_the_first_and_says_so(filled: URL):
    with postgres.connected(filled) as driver:
        driver.execute("SELECT pg_advisory_lock(%s)", (postgres.LOCK,))
        progress = ProgressMessages(driver)
        assert publish(filled, content(rows()), progress, force=True).changed
    assert progress.messages == ["another load is running; waiting for it to end"]


def test_what_was_loaded_is_not_called_refused_if_tidying_up_fails(filled: URL):
    run_sql(filled, f"ALTER DATABASE {filled.database} SET lock_timeout = '100ms'")
    with postgres.connected(filled) as driver, driver.transaction():
        driver.execute("LOCK TABLE entries IN SHARE UPDATE EXCLUSIVE MODE")  # like VACUUM
        progress = ProgressMessages(driver)
        published = publish(filled, content(rows()[:4]), progress)
    assert published.changed
    assert published.version == postgres.published_state(filled).version
    (message,) = progress.messages
    assert "until VACUUM ANALYZE has run: canceling statement due to lock timeout" in message

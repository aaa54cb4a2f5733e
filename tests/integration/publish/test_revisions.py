"""Loads and migrations of a database whose tables have another revision."""

from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, inspect
from sqlalchemy.pool import NullPool

import migrations
from seeds.publish import migrate_to, published_state
from seeds.publish.faults import PublishError
from seeds.publish.progress import Quiet
from seeds.publish.result import DatabaseState
from tests.databases import NewDatabase
from tests.integration.publish.loading import load, run_sql
from tests.integration.publish.sample_content import content
from tests.integration.publish.sample_rows import rows
from tests.integration.publish.table_contents import contents

EARLIER = ("0001", "0031")
LOSSLESS = "nothing is lost, since all of it comes from the articles"


@pytest.fixture
def filled(database: URL) -> URL:
    load(database)
    return database


def with_revision(url: URL, revision: str) -> URL:
    """Write a revision into the database, as if its tables had this revision."""
    run_sql(url, f"UPDATE alembic_version SET version_num = '{revision}'")
    return url


def refused(url: URL, *words: str) -> None:
    """No load or migration starts. The message is one line with all the given words."""
    before = contents(url)
    for attempt in (
        lambda: load(url, content(rows()[:4])),
        lambda: migrate_to(url, Quiet()),
        lambda: migrate_to(url, Quiet(), migrations.BASE),
    ):
        with pytest.raises(PublishError) as caught:
            attempt()
        message = str(caught.value)
        assert [word for word in words if word not in message] == []
        assert "\n" not in message
    assert contents(url) == before


@pytest.mark.parametrize(
    ("revision", "standing"),
    [
        ("0001", "earlier"), ("0031", "earlier"), ("0100", "earlier"), ("0101", "behind"),
        (migrations.HEAD, "current"), ("9999", "newer"), ("ae1027a6acf", "foreign"),
        ("0001, 0105", "foreign"), ("", "foreign"), ("٠١٠٥", "foreign"),
    ],
)  # fmt: skip
def test_revisions_are_told_apart(revision: str, standing: str):
    assert migrations.standing(revision) == standing


@pytest.mark.parametrize("revision", EARLIER)
def test_a_file_of_an_earlier_revision_is_built_again_by_a_load_alone(
    tmp_path: Path, revision: str
):
    url = URL.create("sqlite", database=str(tmp_path / "hkus.db"))
    load(url)
    before = contents(url, timeless=True)
    with_revision(url, revision)
    for target in (migrations.HEAD, migrations.BASE):
        with pytest.raises(PublishError, match=f"'{revision}'.*by `hkus load`; {LOSSLESS}"):
            migrate_to(url, Quiet(), target)
    assert published_state(url) == DatabaseState(revision)
    assert load(url).changed
    assert contents(url, timeless=True) == before


@pytest.mark.parametrize("revision", EARLIER)
def test_postgresql_of_an_earlier_revision_is_refused_with_the_command_that_replaces_it(
    new_postgres: NewDatabase, revision: str
):
    url = new_postgres()
    load(url)
    command = f"{url.database} && hkus load`"
    refused(with_revision(url, revision), repr(revision), repr(migrations.HEAD), command, LOSSLESS)


@pytest.mark.parametrize(
    ("revision", "cure"),
    [("9999", "use the version that made it"), ("ae1027a6acf", "name another database")],
)
def test_tables_of_no_revision_of_ours_are_left_alone(filled: URL, revision: str, cure: str):
    refused(with_revision(filled, revision), repr(revision), repr(migrations.HEAD), cure)


def test_tables_that_name_several_revisions_are_left_alone(filled: URL):
    run_sql(filled, "INSERT INTO alembic_version VALUES ('0003')")
    refused(filled, "0003", migrations.HEAD, "name another database")


def test_tables_that_name_no_revision_are_left_alone(filled: URL):
    run_sql(filled, "DELETE FROM alembic_version")
    refused(filled, "is left as it is")


def test_tables_that_lack_what_their_revision_has_are_told(filled: URL):
    run_sql(filled, "DROP TABLE dataset")
    with pytest.raises(PublishError, match="its tables are not those of its revision"):
        load(filled)


def test_tables_that_are_in_the_way_are_told(new_postgres: NewDatabase):
    url = new_postgres()
    run_sql(url, "CREATE TABLE names (diary text)")
    with pytest.raises(PublishError, match="tables of another program: name another database"):
        load(url)
    with create_engine(url, poolclass=NullPool).connect() as connection:
        assert inspect(connection).get_table_names() == ["names"]


def test_tables_that_are_behind_are_migrated_by_a_load(filled: URL):
    migrate_to(filled, Quiet(), migrations.REVISIONS[2])
    assert load(filled).changed
    assert published_state(filled).migrated

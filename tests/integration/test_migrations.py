"""The migrations create the same tables as the models, on both databases, upwards and downwards."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, inspect, text
from sqlalchemy.pool import NullPool

import migrations
from app.resources.registry import METADATA
from app.search.fts5 import TOKENIZE
from app.search.layout import PARTS
from seeds.publish import migrate_to, published_state
from seeds.publish.dictionary import VIEWS
from seeds.publish.progress import Quiet
from tests.databases import NewDatabase
from tests.integration.publish.loading import load
from tests.integration.publish.table_contents import contents
from tests.reflection import reflect


@contextmanager
def connected(url: URL) -> Generator[Connection]:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        yield connection


@pytest.fixture
def migrated(database: URL) -> URL:
    return database


def test_there_is_one_line_of_revisions_and_the_last_file_is_its_head():
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [migrations.HEAD]
    found = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(found)) == migrations.REVISIONS


def test_an_empty_database_is_brought_to_the_head(migrated: URL):
    assert published_state(migrated).migrated
    with connected(migrated) as connection:
        names = set(inspect(connection).get_table_names())
    names = {name for name in names if not name.startswith("search_index")}
    assert names == {*METADATA.tables, "alembic_version"}


MODELLED_NOWHERE = {
    "sqlite": (
        "table search_index", "table search_index_data", "table search_index_idx",
        "table search_index_config",
    ),
    "postgresql": ("index ix_search_rows_vector",),
}  # fmt: skip
"""The search index, which depends on the database."""


def test_models_and_migrations_do_not_drift_apart(new_database: NewDatabase):
    """The schemas must be equal, including the order of columns."""
    made, declared = new_database(), new_database()
    migrate_to(made, Quiet())
    with create_engine(declared, poolclass=NullPool).begin() as connection:
        METADATA.create_all(connection)
    with connected(made) as one, connected(declared) as other:
        found, modelled = reflect(one), reflect(other)
    apart = [*MODELLED_NOWHERE[made.get_backend_name()], *(f"view {view}" for view in VIEWS)]
    assert set(apart) <= set(found)
    apart += ["table alembic_version", "index alembic_version_pkc"]
    found = {name: facts for name, facts in found.items() if name not in apart}
    different = {
        name: (found.get(name), modelled.get(name))
        for name in {**found, **modelled}
        if repr(found.get(name)) != repr(modelled.get(name))
    }
    assert different == {}


def test_words_are_found_by_the_index_that_each_database_is_asked_by(migrated: URL):
    with connected(migrated) as connection:
        found = reflect(connection)
    if migrated.get_backend_name() == "sqlite":
        made = found["table search_index"]["sql"]
        columns = ", ".join(PARTS)
        assert f"USING fts5( {columns}, content='', columnsize=0, " in made
        assert made.endswith(f'tokenize="{TOKENIZE}" )')
    else:
        made = found["index ix_search_rows_vector"]["index"]
        assert made.endswith("ON public.search_rows USING gin (vector)")


def test_downgrades_leave_nothing_and_can_be_upgraded_again(migrated: URL):
    migrate_to(migrated, Quiet(), migrations.BASE)
    with connected(migrated) as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert inspect(connection).get_view_names() == []
    migrate_to(migrated, Quiet())
    assert published_state(migrated).migrated


@pytest.mark.parametrize("back_to", [migrations.REVISIONS[0], migrations.REVISIONS[-2]])
def test_data_come_back_whole_after_any_way_back_and_forth(database: URL, back_to: str):
    load(database)
    before = contents(database, timeless=True)
    migrate_to(database, Quiet(), back_to)
    migrate_to(database, Quiet())
    assert published_state(database).rendering in (None, "")  # so that no server uses this database
    assert load(database).changed
    assert contents(database, timeless=True) == before


def test_every_revision_can_be_stopped_at(new_database: NewDatabase):
    database = new_database()
    for revision in migrations.REVISIONS:
        migrate_to(database, Quiet(), revision)
        assert published_state(database).revision == revision


def test_the_dictionary_knows_every_view(migrated: URL):
    with connected(migrated) as connection:
        assert set(inspect(connection).get_view_names()) == set(VIEWS)


def test_every_view_can_be_read(migrated: URL):
    with connected(migrated) as connection:
        for view in VIEWS:
            assert connection.execute(text(f"SELECT * FROM {view}")).all() == []


def test_postgresql_shows_what_views_mean(new_postgres: NewDatabase):
    url = new_postgres()
    migrate_to(url, Quiet())
    with connected(url) as connection:
        found = reflect(connection)
    assert {view: found[f"view {view}"]["comment"] for view in VIEWS} == VIEWS


def test_alembic_can_be_run_by_hand(database: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Alembic creates the folder of the file, and nothing that the migrations do not create."""
    from alembic import command

    if database.get_backend_name() == "sqlite":
        database = database.set(database=str(tmp_path / "folder" / "hkus.db"))
    plain = database.set(drivername=database.get_backend_name())
    monkeypatch.setenv("HKUS_DATABASE_URL", plain.render_as_string(hide_password=False))
    command.upgrade(Config("alembic.ini"), "head")
    assert published_state(database).migrated
    command.check(Config("alembic.ini"))


@pytest.mark.parametrize("scheme", ["sqlite:///", "postgresql://nobody@nowhere/"])
def test_the_sql_can_be_printed_without_a_database(
    scheme: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("HKUS_DATABASE_URL", f"{scheme}none.db")
    migrations.print_sql(migrations.HEAD)
    printed = capsys.readouterr().out
    assert all(f"CREATE TABLE {name} (" in printed for name in METADATA.tables)

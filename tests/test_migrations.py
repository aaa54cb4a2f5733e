"""The migrations make the tables that the models declare, on both databases, up and down."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, CheckConstraint, Connection, create_engine, inspect, text
from sqlalchemy.pool import NullPool

import migrations
from app.tables import Base
from seeds.publishing import held_by, migrate_to
from seeds.publishing.dictionary import VIEWS
from seeds.publishing.progress import Quiet
from tests.databases import NewDatabase
from tests.publishing.contents import contents
from tests.publishing.loading import load

PLUGINS = ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"]


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
    assert held_by(migrated).migrated
    with connected(migrated) as connection:
        names = set(inspect(connection).get_table_names())
    names = {name for name in names if not name.startswith("search_index")}
    assert names == {*Base.metadata.tables, "alembic_version"}


def is_compared(name: str | None, kind: str, _parents: object) -> bool:
    """The index of the search is another one on each database, and in no model."""
    apart = ("search_index", "ix_search_words_vector")
    return not (kind in ("table", "index") and name and name.startswith(apart))


def test_models_and_migrations_do_not_drift_apart(migrated: URL):
    with connected(migrated) as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(
            connection,
            opts={**options, "autogenerate_plugins": PLUGINS, "include_name": is_compared},
        )
        assert compare_metadata(context, Base.metadata) == []


def codes(rule: str) -> set[str]:
    return set(re.findall(r"'([^']*)'", rule))


def test_columns_of_codes_allow_the_codes_of_their_vocabularies(migrated: URL):
    with connected(migrated) as connection:
        found = inspect(connection)
        for table in Base.metadata.tables.values():
            allowed = {
                str(rule.name): codes(str(rule.sqltext))
                for rule in table.constraints
                if isinstance(rule, CheckConstraint)
            }
            rules = found.get_check_constraints(table.name)
            assert {str(rule["name"]): codes(rule["sqltext"]) for rule in rules} == allowed


def test_indexes_have_the_columns_that_the_models_give_them(migrated: URL):
    with connected(migrated) as connection:
        found = inspect(connection)
        for table in Base.metadata.tables.values():
            wanted = {str(i.name): [column.name for column in i.columns] for i in table.indexes}
            made = {str(i["name"]): i["column_names"] for i in found.get_indexes(table.name)}
            assert {name: made.get(name) for name in wanted} == wanted


def test_downgrades_leave_nothing_and_can_be_upgraded_again(migrated: URL):
    migrate_to(migrated, Quiet(), migrations.BASE)
    with connected(migrated) as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert inspect(connection).get_view_names() == []
    migrate_to(migrated, Quiet())
    assert held_by(migrated).migrated


@pytest.mark.parametrize("back_to", ["0008", migrations.REVISIONS[-2]])
def test_data_come_back_whole_after_any_way_back_and_forth(database: URL, back_to: str):
    load(database)
    before = contents(database, timeless=True)
    migrate_to(database, Quiet(), back_to)
    migrate_to(database, Quiet())
    assert held_by(database).rendering in (None, "")  # so that no server answers from it
    assert load(database).changed
    assert contents(database, timeless=True) == before


def test_every_revision_can_be_stopped_at(new_database: NewDatabase):
    database = new_database()
    for revision in migrations.REVISIONS:
        migrate_to(database, Quiet(), revision)
        assert held_by(database).revision == revision


def test_the_dictionary_knows_every_view(migrated: URL):
    with connected(migrated) as connection:
        assert set(inspect(connection).get_view_names()) == set(VIEWS)


def test_every_view_can_be_read(migrated: URL):
    with connected(migrated) as connection:
        for view in VIEWS:
            assert connection.execute(text(f"SELECT * FROM {view}")).all() == []


def test_postgresql_shows_what_tables_views_and_columns_mean(new_postgres: Any):
    url = new_postgres()
    migrate_to(url, Quiet())
    with connected(url) as connection:
        found = inspect(connection)
        for name, table in Base.metadata.tables.items():
            assert found.get_table_comment(name) == {"text": table.comment}
            comments = {column["name"]: column.get("comment") for column in found.get_columns(name)}
            assert comments == {column.name: column.comment for column in table.columns}
        for view, meaning in VIEWS.items():
            shown = text("SELECT obj_description(to_regclass(:view))")
            assert connection.execute(shown, {"view": view}).scalar() == meaning


def test_alembic_can_be_run_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from alembic import command

    database = tmp_path / "folder" / "hkus.db"
    monkeypatch.setenv("HKUS_DATABASE_URL", f"sqlite:///{database}")
    command.upgrade(Config("alembic.ini"), "head")
    assert held_by(URL.create("sqlite", database=str(database))).migrated
    command.check(Config("alembic.ini"))


@pytest.mark.parametrize("scheme", ["sqlite:///", "postgresql://nobody@nowhere/"])
def test_the_sql_can_be_printed_without_a_database(
    scheme: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("HKUS_DATABASE_URL", f"{scheme}none.db")
    migrations.print_sql(migrations.HEAD)
    printed = capsys.readouterr().out
    assert all(f"CREATE TABLE {name} (" in printed for name in Base.metadata.tables)

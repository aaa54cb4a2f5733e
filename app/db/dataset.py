"""Checks that the data can be served: the tables are migrated and loaded, and this version of the
program has rendered their rows."""

from typing import Any

from sqlalchemy import Select, Text, column, func, select, table

from app.db.reader import DatasetState, Rows
from app.problems.problems import unavailable
from app.rendering import rendering_hash
from app.resources.derived import Dataset
from app.resources.resource import table_of
from migrations import HEAD, Standing, standing

_CURES: dict[Standing, str] = {
    "behind": "run `load`",
    "earlier": "run `load`: it makes a new SQLite file, or says how to replace a database",
    "newer": "run the version of the program that made them",
    "foreign": "set HKUS_DATABASE_URL to a database of this project",
}


def state_select() -> Select[Any, Any, Any]:
    """A statement for the one row about the dataset: its version, load time and rendering hash."""
    columns = table_of(Dataset).c
    return select(columns.version, columns.loaded_at, columns.rendering).limit(1)


def revision_select() -> Select[Any]:
    """A statement for the migration revision of the tables. It yields no row if there is none."""
    return select(table("alembic_version", column("version_num", Text)).c.version_num)


def check_revision(rows: Rows) -> None:
    """Raise a problem if this version cannot read tables of that revision. The problem names the
    revision and the cure."""
    for (revision,) in rows:
        cure = _CURES.get(standing(revision))
        if cure:
            found = f"The tables have revision {revision!r}, but this program needs {HEAD!r}."
            raise unavailable("not-migrated", f"{found} The operator has to {cure}.")


def with_state(statement: Select[Any]) -> Select[Any]:
    """Add a last column to the statement: the dataset state, as one text."""
    state = state_select().subquery()
    state_text = select(func.concat_ws(" ", *state.c)).scalar_subquery()
    return statement.add_columns(state_text)


def split_state(rows: Rows) -> tuple[Rows, Rows]:
    """Split the rows of `with_state`: the row of the dataset state, and the rows without the last
    column. Without rows there is no state."""
    state = [tuple(state.split()) for *_, state in rows[:1] if state]
    return state, [row[:-1] for row in rows]


def checked_state(rows: Rows) -> DatasetState:
    """The dataset state; raises a problem if the data cannot be served."""
    if not rows:
        raise unavailable("not-loaded", "The database is empty. The operator has to run `load`.")
    version, loaded_at, rendering = rows[0]
    if rendering != rendering_hash():
        raise unavailable(
            "other-rendering",
            "Another version of this program rendered the rows. "
            "The operator has to run `load --render`.",
        )
    return DatasetState(version, loaded_at)

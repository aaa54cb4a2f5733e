"""Checks that the data can be served: the tables are migrated, loaded, and rendered by this
version."""

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
    "earlier": "run `load`, which builds a new file, or tells how to replace a PostgreSQL database",
    "newer": "run the version that made them",
    "foreign": "name a database of this project",
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
            found = f"The tables have revision {revision} and this version needs {HEAD}"
            raise unavailable("not-migrated", f"{found}; the operator has to {cure}.")


def with_state(statement: Select[Any]) -> Select[Any]:
    """Add a last column to the statement: the dataset state, as one text."""
    state = state_select().subquery()
    told = select(func.concat_ws(" ", *state.c)).scalar_subquery()
    return statement.add_columns(told)


def split_state(rows: Rows) -> tuple[Rows, Rows]:
    """Split the rows of `with_state`: the row of the dataset state, and the rows without the last
    column. Without rows there is no state."""
    state = [tuple(state.split()) for *_, state in rows[:1] if state]
    return state, [row[:-1] for row in rows]


def checked_state(rows: Rows) -> DatasetState:
    """The dataset state; raises a problem if the data cannot be served."""
    if not rows:
        raise unavailable("not-loaded", "The database is empty; the operator has to run `load`.")
    version, loaded_at, rendering = rows[0]
    if rendering != rendering_hash():
        raise unavailable(
            "other-rendering",
            "The rows were rendered by another version; the operator has to run `load --render`.",
        )
    return DatasetState(version, loaded_at)

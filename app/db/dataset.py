"""Whether the data can be served: migrated, loaded, and rendered as this version renders."""

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
    """The one row that says which content the database holds."""
    columns = table_of(Dataset).c
    return select(columns.version, columns.loaded_at, columns.rendering).limit(1)


def revision_select() -> Select[Any]:
    """The revision of the tables; no row if there are none."""
    return select(table("alembic_version", column("version_num", Text)).c.version_num)


def check_revision(rows: Rows) -> None:
    """Raise a problem that names the revision, if this version cannot read such tables."""
    for (revision,) in rows:
        cure = _CURES.get(standing(revision))
        if cure:
            found = f"The tables have revision {revision} and this version needs {HEAD}"
            raise unavailable("not-migrated", f"{found}; the operator has to {cure}.")


def with_state(statement: Select[Any]) -> Select[Any]:
    """The statement with one more column, the last one: the state, in one text."""
    state = state_select().subquery()
    told = select(func.concat_ws(" ", *state.c)).scalar_subquery()
    return statement.add_columns(told)


def split_state(rows: Rows) -> tuple[Rows, Rows]:
    """The row of the state, and the rows without that column. Without rows nothing tells it."""
    state = [tuple(told.split()) for *_, told in rows[:1] if told]
    return state, [row[:-1] for row in rows]


def checked_state(rows: Rows) -> DatasetState:
    """The state of the data; raises a problem if they cannot be served."""
    if not rows:
        raise unavailable("not-loaded", "The database is empty; the operator has to run `load`.")
    version, loaded_at, rendering = rows[0]
    if rendering != rendering_hash():
        raise unavailable(
            "other-rendering",
            "The rows were rendered by another version; the operator has to run `load --render`.",
        )
    return DatasetState(version, loaded_at)

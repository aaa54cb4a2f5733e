"""A derived table with a different SELECT statement for each database."""

from typing import Any

from sqlalchemy import CompoundSelect, FromClause, Select, column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

RowsSelect = Select[Any] | CompoundSelect[Any]


def either(*, sqlite: RowsSelect, postgresql: RowsSelect, name: str) -> FromClause:
    """A derived table: the statement for the database in use. Both statements have the same
    columns."""
    columns = [column(each.name, each.type) for each in sqlite.selected_columns]
    return _Either(sqlite, postgresql).table_valued(*columns, name=name)


class _Either(FunctionElement[Any]):
    """The SQLAlchemy element that is compiled to the statement for the database."""

    inherit_cache = False

    def __init__(self, sqlite: RowsSelect, postgresql: RowsSelect) -> None:
        self.by_database = {"sqlite": sqlite, "postgresql": postgresql}
        super().__init__()


@compiles(_Either)
def _by_database(element: _Either, compiler: Any, **_options: Any) -> str:
    statement = element.by_database[compiler.dialect.name]
    return f"({compiler.process(statement, asfrom=True)})"

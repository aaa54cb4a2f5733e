"""SQL text for PostgreSQL, written so that PostgreSQL can reuse the plan of a statement."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from psycopg.sql import Literal
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import psycopg as dialects

from app.db.binds import LIMIT, OFFSET
from app.db.reader import CompiledStatement, SqlStatement, StatementCache

_NUMBERED = re.compile(r"\$(\d+)")


class PostgresStatementCache(StatementCache):
    """Statements with numbered parameters (`$1`), except for some values that are literals.

    Literals are all constants, and the number of rows of the first page. With these, PostgreSQL
    finds a generic plan that is good for any values of the parameters.
    """

    def __init__(
        self,
        make_select: Callable[[SqlStatement], Select[Any]] = lambda statement: statement.build(),
    ) -> None:
        super().__init__(dialects.dialect(paramstyle="numeric_dollar"), make_select)

    def _key(self, statement: SqlStatement) -> tuple[Any, ...]:
        return statement.shape, *_first_page_values(statement).values()

    def _compile(self, statement: SqlStatement) -> CompiledStatement:
        compiled = super()._compile(statement)
        return _with_literals(compiled, {**compiled.constants, **_first_page_values(statement)})


def _first_page_values(statement: SqlStatement) -> dict[str, Any]:
    """The values of `LIMIT` and `OFFSET` if the statement is for a first page, else nothing."""
    if LIMIT.key not in statement.values or statement.values[OFFSET.key]:
        return {}
    return {LIMIT.key: statement.values[LIMIT.key], OFFSET.key: 0}


def _with_literals(compiled: CompiledStatement, literals: Mapping[str, Any]) -> CompiledStatement:
    """The statement with the values of `literals` in its text; other parameters are renumbered."""
    order = [name for name in compiled.order if name not in literals]
    texts = {name: f"${number}" for number, name in enumerate(order, start=1)}
    texts |= {name: Literal(value).as_string() for name, value in literals.items()}
    by_number = [texts[name] for name in compiled.order]
    sql = _NUMBERED.sub(lambda found: by_number[int(found[1]) - 1], compiled.sql)
    return replace(compiled, sql=sql, constants={}, order=order)

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
        self, built: Callable[[SqlStatement], Select[Any]] = lambda ask: ask.build()
    ) -> None:
        super().__init__(dialects.dialect(paramstyle="numeric_dollar"), built)

    def _key(self, ask: SqlStatement) -> tuple[Any, ...]:
        return ask.shape, *_of_first_page(ask).values()

    def _compile(self, ask: SqlStatement) -> CompiledStatement:
        compiled = super()._compile(ask)
        return _written(compiled, {**compiled.constants, **_of_first_page(ask)})


def _of_first_page(ask: SqlStatement) -> dict[str, Any]:
    """The values of `LIMIT` and `OFFSET` if the statement is for a first page, else nothing."""
    if LIMIT.key not in ask.values or ask.values[OFFSET.key]:
        return {}
    return {LIMIT.key: ask.values[LIMIT.key], OFFSET.key: 0}


def _written(compiled: CompiledStatement, fixed: Mapping[str, Any]) -> CompiledStatement:
    """The statement with the values `fixed` as literals; the other parameters are renumbered."""
    order = [name for name in compiled.order if name not in fixed]
    told = {name: f"${number}" for number, name in enumerate(order, start=1)}
    told |= {name: Literal(value).as_string() for name, value in fixed.items()}
    in_place = [told[name] for name in compiled.order]
    sql = _NUMBERED.sub(lambda found: in_place[int(found[1]) - 1], compiled.sql)
    return replace(compiled, sql=sql, constants={}, order=order)

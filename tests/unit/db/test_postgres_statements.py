"""Statements as the PostgreSQL driver gets them: which values are literals in the SQL."""

from typing import Any

from sqlalchemy import Select, Text, column, literal, select

from app.db import SqlStatement
from app.db.binds import LIMIT, OFFSET, bound
from app.db.postgres_statements import PostgresStatementCache
from app.resources.columns import Key

CONSTANT = "it's $1 and \\$2"


NAME = bound("name", Key)


def statement(limit: int, offset: int) -> SqlStatement:
    return SqlStatement("shape", built, {NAME.key: "Kong", LIMIT.key: limit, OFFSET.key: offset})


def built() -> Select[*tuple[Any, ...]]:
    found = select(literal(CONSTANT), NAME).where(column("text", Text) == NAME)
    return found.limit(LIMIT).offset(OFFSET)


def test_constants_and_the_size_of_a_first_page_are_written_and_other_values_numbered() -> None:
    compiled = PostgresStatementCache().compiled(statement(limit=51, offset=0))
    assert compiled.order == [NAME.key]
    assert "'it''s $1 and \\\\$2'" in compiled.sql
    assert compiled.sql.count("$1::") == 2
    assert "LIMIT 51" in compiled.sql
    assert "OFFSET 0" in compiled.sql


def test_a_page_further_on_has_one_statement_for_all_sizes() -> None:
    statements = PostgresStatementCache()
    compiled = statements.compiled(statement(limit=51, offset=50))
    assert set(compiled.order) == {NAME.key, LIMIT.key, OFFSET.key}
    assert statements.compiled(statement(limit=21, offset=100)) is compiled


def test_first_pages_of_other_sizes_are_other_statements() -> None:
    statements = PostgresStatementCache()
    first, other = (statements.compiled(statement(limit=size, offset=0)) for size in (51, 21))
    assert "LIMIT 51" in first.sql
    assert "LIMIT 21" in other.sql
    assert statements.compiled(statement(limit=51, offset=0)) is first

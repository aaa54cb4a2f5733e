"""Statements as PostgreSQL is given them: which values are written into them."""

from typing import Any

from sqlalchemy import Integer, Select, Text, bindparam, column, literal, select

from app.data import Ask
from app.data.postgres_statements import PostgresStatements
from app.query.values import Scalar
from app.tables import Key

CONSTANT = "it's $1 and \\$2"


def asked(**values: Scalar) -> Ask:
    return Ask("shape", built, {"name": "Kong", **values})


def built() -> Select[*tuple[Any, ...]]:
    name = bindparam("name", type_=Key)
    found = select(literal(CONSTANT), name).where(column("text", Text) == name)
    limit, offset = bindparam("limit", type_=Integer), bindparam("offset", type_=Integer)
    return found.limit(limit).offset(offset)


def test_constants_and_the_size_of_a_first_page_are_written_and_other_values_numbered() -> None:
    compiled = PostgresStatements().compiled(asked(limit=51, offset=0))
    assert compiled.order == ["name"]
    assert "'it''s $1 and \\\\$2'" in compiled.sql
    assert compiled.sql.count("$1::") == 2
    assert "LIMIT 51" in compiled.sql
    assert "OFFSET 0" in compiled.sql


def test_a_page_further_on_has_one_statement_for_all_sizes() -> None:
    statements = PostgresStatements()
    compiled = statements.compiled(asked(limit=51, offset=50))
    assert set(compiled.order) == {"name", "limit", "offset"}
    assert statements.compiled(asked(limit=21, offset=100)) is compiled


def test_first_pages_of_other_sizes_are_other_statements() -> None:
    statements = PostgresStatements()
    first, other = (statements.compiled(asked(limit=size, offset=0)) for size in (51, 21))
    assert "LIMIT 51" in first.sql
    assert "LIMIT 21" in other.sql
    assert statements.compiled(asked(limit=51, offset=0)) is first

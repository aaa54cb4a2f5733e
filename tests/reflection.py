"""Read the complete schema of a database, so that two schemas can be compared."""

import re
from typing import Any

from sqlalchemy import Connection, text

Facts = dict[str, Any]

Schema = dict[str, Facts]
"""The properties of each table, view, index and so on, by kind and name: `table events`.

Columns are in the order of the table; everything else is sorted.
"""


def reflect(connection: Connection) -> Schema:
    """The schema of the connected database, without the system tables of PostgreSQL and SQLite."""
    postgresql = connection.dialect.name == "postgresql"
    return _postgresql(connection) if postgresql else _sqlite(connection)


def _rows(connection: Connection, statement: str, **values: Any) -> list[Facts]:
    return [dict(row) for row in connection.execute(text(statement), values).mappings()]


def _without(facts: Facts, *names: str) -> Facts:
    return {name: value for name, value in facts.items() if name not in names}


# --- PostgreSQL

_OURS = "relnamespace = current_schema()::regnamespace"

_RELATIONS = f"""
    SELECT relname, relkind::text AS kind, relpersistence::text AS persistence, amname AS method,
        relreplident::text AS replica_identity, relrowsecurity AS row_security, reloptions,
        spcname AS tablespace, obj_description(c.oid, 'pg_class') AS comment,
        CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS view,
        CASE WHEN relkind = 'i' THEN pg_get_indexdef(c.oid) END AS index,
        (SELECT array_agg(attstattarget) FROM pg_attribute
            WHERE relkind = 'i' AND attrelid = c.oid AND attstattarget >= 0) AS statistics
    FROM pg_class c LEFT JOIN pg_am am ON am.oid = relam
    LEFT JOIN pg_tablespace t ON t.oid = reltablespace
    WHERE {_OURS} AND relkind <> 'c'
"""

_COLUMNS = f"""
    SELECT relname, attname AS name, format_type(atttypid, atttypmod) AS type,
        collname AS collation, attnotnull AS not_null, pg_get_expr(adbin, adrelid) AS "default",
        NULLIF(attidentity::text, '') AS identity, NULLIF(attgenerated::text, '') AS generated,
        attstorage::text AS storage, NULLIF(attcompression::text, '') AS compression,
        NULLIF(attstattarget, -1) AS statistics, attoptions AS options,
        col_description(attrelid, attnum) AS comment
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    LEFT JOIN pg_collation l ON l.oid = attcollation
    WHERE {_OURS} AND relkind IN ('r', 'p', 'v', 'm', 'f') AND attnum > 0 AND NOT attisdropped
    ORDER BY relname, attnum
"""

_CONSTRAINTS = f"""
    SELECT relname, conname AS name, contype::text AS kind, pg_get_constraintdef(o.oid)
        AS definition, convalidated AS validated, obj_description(o.oid, 'pg_constraint') AS comment
    FROM pg_constraint o JOIN pg_class c ON c.oid = conrelid
    WHERE {_OURS} ORDER BY relname, conname
"""

_OTHERS = {
    "function": """
        SELECT proname AS name, pg_get_functiondef(oid) AS definition FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace
    """,
    "type": """
        SELECT typname AS name, typtype::text AS kind, format_type(typbasetype, typtypmod) AS base,
            (SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum
                WHERE enumtypid = t.oid) AS labels
        FROM pg_type t
        WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('d', 'e', 'r', 'm')
    """,
    "trigger": f"""
        SELECT tgname AS name, pg_get_triggerdef(t.oid) AS definition
        FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE {_OURS} AND NOT tgisinternal
    """,
    "rule": """
        SELECT tablename || '.' || rulename AS name, definition FROM pg_rules
        WHERE schemaname = current_schema()
    """,
    "policy": """
        SELECT tablename || '.' || policyname AS name, qual, with_check FROM pg_policies
        WHERE schemaname = current_schema()
    """,
    "statistics": """
        SELECT stxname AS name, pg_get_statisticsobjdef(oid) AS definition FROM pg_statistic_ext
        WHERE stxnamespace = current_schema()::regnamespace
    """,
    "extension": "SELECT extname AS name, extversion AS version FROM pg_extension",
}

_KINDS = {"r": "table", "i": "index", "v": "view", "S": "sequence", "m": "materialized view"}


def _postgresql(connection: Connection) -> Schema:
    found: Schema = {}
    relations: dict[str, Facts] = {}
    for row in _rows(connection, _RELATIONS):
        name, kind = row["relname"], row["kind"]
        relations[name] = found[f"{_KINDS.get(kind, kind)} {name}"] = _set(row, "relname", "kind")
    for label, statement in (("columns", _COLUMNS), ("constraints", _CONSTRAINTS)):
        for row in _rows(connection, statement):
            described = relations[row["relname"]].setdefault(label, {})
            described[row["name"]] = _set(row, "relname", "name")
    for kind, statement in _OTHERS.items():
        for row in _rows(connection, statement):
            found[f"{kind} {row['name']}"] = _set(row, "name")
    return found


def _set(facts: Facts, *names: str) -> Facts:
    """The facts that are not None, without the given names."""
    return {name: fact for name, fact in _without(facts, *names).items() if fact is not None}


# --- SQLite

_MASTER = """
    SELECT type, name, tbl_name AS "table", sql FROM sqlite_master WHERE name NOT GLOB 'sqlite_*'
"""


def _sqlite(connection: Connection) -> Schema:
    found: Schema = {}
    for row in _rows(connection, _MASTER):
        plain = row["type"] == "table" and not row["sql"].startswith("CREATE VIRTUAL")
        found[f"{row['type']} {row['name']}"] = (
            _table(connection, row["name"], row["sql"])
            if plain
            else {"table": row["table"], "sql": " ".join(row["sql"].split())}
        )
    return found


def _table(connection: Connection, name: str, sql: str) -> Facts:
    """The properties of a table and the clauses of its CREATE TABLE. Only these clauses show the
    CHECKs and when foreign keys are checked."""
    clauses, options = _clauses(sql)
    columns = _pragma(connection, "table_xinfo", name)
    keys = [_without(row, "id") for row in _pragma(connection, "foreign_key_list", name)]
    return {
        "columns": {row["name"]: _without(row, "cid", "name") for row in columns},
        "indexes": {
            row["name"]: {**_without(row, "seq", "name"), "columns": _indexed(connection, row)}
            for row in sorted(_pragma(connection, "index_list", name), key=lambda row: row["name"])
        },
        "foreign keys": sorted(map(str, keys)),
        "table": [_without(row, "schema") for row in _pragma(connection, "table_list", name)],
        "clauses": sorted(clauses),
        "options": options,
    }


def _indexed(connection: Connection, index: Facts) -> list[Facts]:
    return [_without(row, "cid") for row in _pragma(connection, "index_xinfo", index["name"])]


def _pragma(connection: Connection, pragma: str, name: str) -> list[Facts]:
    return _rows(connection, f"SELECT * FROM pragma_{pragma}(:name)", name=name)


def _clauses(sql: str) -> tuple[list[str], str]:
    """The columns and constraints of a CREATE TABLE, and the options after them."""
    inner, _, options = sql.partition("(")[2].rpartition(")")
    clauses, depth, begun = list[str](), 0, 0
    for found in re.finditer(r"'(?:[^']|'')*'|[(),]", inner):
        token = found.group()
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            clauses.append(inner[begun : found.start()])
            begun = found.end()
    clauses.append(inner[begun:])
    plain = [" ".join(clause.split()) for clause in clauses]
    # A CHECK may be written beside its column or after all columns; both mean the same.
    apart = [part for clause in plain for part in re.split(r"(?<=\S) (?=CONSTRAINT )", clause)]
    return apart, options.strip()

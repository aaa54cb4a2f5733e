"""The same queries on Datasette, as stored queries on the same file.

The settings suit a public, read-only site: no suggested facets, no unrequested counts, up to 1,000
rows, no time limit that would cut an answer. SQLite builds the JSON of the participants of an
event. Datasette does less than our server: a date query compares only the first day of an event,
and a search highlights nothing.
"""

import json
from pathlib import Path

NAME = "base"
"""The name of the database in its paths."""

_ROW = """
    events.*, (SELECT json_group_array(json_object('id', actors.id, 'name', actors.name,
        'role', event_actors.role)) FROM event_actors JOIN actors ON actors.id = actor_id
        WHERE event_id = events.id) AS actors
"""
_CITATIONS = """
    (SELECT json_group_array(json_object('fields', fields, 'document', document_id, 'section',
        section, 'passage', passage_id, 'start', start_offset, 'end', end_offset, 'exact', exact,
        'prefix', prefix, 'suffix', suffix)) FROM citations
        WHERE entry_id = events.id) AS citations
"""
_KEY = "date_undated, date_sort, position, id"
_BACKWARDS = "date_undated DESC, date_sort DESC, position DESC, id DESC"
_WITHIN = "date_undated = 0 AND date_sort BETWEEN :first AND :last"
_FACETS = """
    SELECT 'type' AS facet, type AS value, count(*) AS count FROM events WHERE {where} GROUP BY 2
    UNION ALL
    SELECT 'year', substr(date_sort, 1, 4), count(*) FROM events WHERE {where} GROUP BY 2
"""

QUERIES = {
    "event": f"SELECT {_ROW}, {_CITATIONS} FROM events WHERE id = :id",
    "window": f"SELECT {_ROW} FROM events WHERE {_WITHIN} ORDER BY {_KEY} LIMIT 50",
    "after": f"SELECT {_ROW} FROM events WHERE ({_KEY}) > (0, :date, CAST(:position AS INTEGER), "
    f":id) ORDER BY {_KEY} LIMIT 50",
    "before": f"SELECT {_ROW} FROM events WHERE ({_KEY}) < (0, :date, CAST(:position AS INTEGER), "
    f":id) ORDER BY {_BACKWARDS} LIMIT 50",
    "actor": f"SELECT {_ROW} FROM event_actors AS taking JOIN events ON events.id = taking.event_id"
    " WHERE taking.actor_id = :actor AND events.type = :type AND taking.date_undated = 0"
    " AND taking.date_sort BETWEEN :first AND :last"
    " ORDER BY taking.date_sort, taking.position, taking.event_id LIMIT 50",
    "search": f"SELECT {_ROW} FROM events WHERE id IN (SELECT entry_id FROM search_rows WHERE "
    "ordinal IN (SELECT rowid FROM search_index WHERE search_index MATCH :words))"
    " ORDER BY position, id LIMIT 20",
    "facets": _FACETS.format(where=_WITHIN),
    "all-facets": _FACETS.format(where="1"),
    "count": f"SELECT count(*) AS count FROM events WHERE type = :type AND {_WITHIN}",
    "timeline": "SELECT substr(date_sort, 1, 4) AS year, kind, count(*) AS count FROM entries "
    "WHERE datable = 1 AND date_undated = 0 AND date_sort BETWEEN :first AND :last GROUP BY 1, 2",
}  # fmt: skip

SETTINGS = {
    "suggest_facets": "off",
    "sql_time_limit_ms": "60000",
    "max_returned_rows": "1000",
    "cache_size_kb": "65536",
    "default_cache_ttl": "60",
    "allow_download": "off",
    "num_sql_threads": "3",
}


def arguments(file: Path, folder: Path) -> list[str]:
    """The arguments that serve the file as immutable."""
    stored = {name: {"sql": " ".join(sql.split())} for name, sql in QUERIES.items()}
    metadata = folder / "datasette.json"
    metadata.write_text(json.dumps({"databases": {NAME: {"queries": stored}}}))
    link = folder / f"{NAME}.db"
    link.unlink(missing_ok=True)
    link.symlink_to(file.resolve())
    given = [each for pair in SETTINGS.items() for each in ("--setting", *pair)]
    return [
        "-m", "datasette", "serve", "--immutable", str(link), "--metadata", str(metadata),
        "--host", "127.0.0.1", "--port", "{port}", *given,
    ]  # fmt: skip


def path(query: str, values: str) -> str:
    """The path of a stored query; it answers an array of objects."""
    return f"/{NAME}/{query}.json?_shape=array&{values}"

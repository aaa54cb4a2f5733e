"""SQL for both databases: count the rows."""

from app.resources.registry import METADATA

KIND_COUNTS = "SELECT kind, count(*) FROM entries GROUP BY kind"


def table_count_select() -> str:
    """A statement that yields rows (table, number of its rows)."""
    counts = (
        f"SELECT '{name}', count(*) FROM \"{name}\""  # noqa: S608 - the name of our table
        for name in METADATA.tables
    )
    return " UNION ALL ".join(counts)

"""SQLite and PostgreSQL hold the same, row by row, but for their indexes of words."""

from pathlib import Path

from sqlalchemy import URL

from tests.databases import NewDatabase
from tests.publishing.contents import contents
from tests.publishing.loading import load


def test_the_same_content_makes_the_same_rows_in_every_table(
    new_postgres: NewDatabase, tmp_path: Path
):
    sqlite = URL.create("sqlite", database=str(tmp_path / "hkus.db"))
    postgresql = new_postgres()
    assert load(sqlite).version == load(postgresql).version
    held = [contents(url, timeless=True, without={"vector"}) for url in (sqlite, postgresql)]
    assert held[0] == held[1]

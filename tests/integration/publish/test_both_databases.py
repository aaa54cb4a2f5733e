"""SQLite and PostgreSQL have the same rows, except for their search indexes."""

from seeds.publish import published_state
from tests.databases import NewDatabase
from tests.integration.publish.loading import load
from tests.integration.publish.table_contents import contents


def test_the_same_content_makes_the_same_rows_in_every_table(
    new_file: NewDatabase, new_postgres: NewDatabase
):
    both = new_file(load), new_postgres(load)
    assert published_state(both[0]).version == published_state(both[1]).version
    held = [contents(url, timeless=True, without={"vector"}) for url in both]
    assert held[0] == held[1]

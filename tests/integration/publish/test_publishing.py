"""Loads into either database: the result and the tables."""

from sqlalchemy import URL

from seeds.publish import published_state
from seeds.publish.result import Difference
from tests.databases import NewDatabase, with_tables
from tests.integration.publish.loading import load
from tests.integration.publish.sample_content import content, renamed
from tests.integration.publish.sample_rows import rows
from tests.integration.publish.table_contents import contents


def test_an_empty_database_is_migrated_and_filled(new_database: NewDatabase):
    database = new_database()
    published = load(database, content(rows()))
    assert published.changed
    assert published.difference == Difference(added=len(rows()))
    empty = {name for name, held in contents(database).items() if not held}
    assert empty == {"common_stems"}  # Too few rows for common words.


def test_a_second_load_changes_nothing(filled: URL):
    before = contents(filled)
    again = load(filled, content(rows()))
    assert not again.changed
    assert again.difference == Difference()
    assert again.counts["event"] == 2
    assert contents(filled) == before


def test_an_edit_changes_just_that(filled: URL):
    before = contents(filled)
    edited = [renamed(row, "Bob II") if row.row.id == "bob" else row for row in rows()]
    assert load(filled, content(edited)).difference == Difference(changed=1)
    after = contents(filled)
    changed = {name for name in after if after[name] != before[name]}
    tables = {"actors", "entries", "names", "renderings", "dataset"}
    if filled.get_backend_name() == "postgresql":
        tables.add("search_rows")  # the rows of SQLite's search index cannot be compared
    assert changed == tables | {"event_participants", "quotes"}
    assert len(after["actors"] ^ before["actors"]) == 2


def test_what_is_gone_from_the_content_is_gone_from_every_table(filled: URL):
    fewer = [row for row in rows() if row.row.id not in ("tea", "consulate")]
    assert load(filled, content(fewer)).difference == Difference(removed=2)
    for name, held in contents(filled).items():
        assert not [row for row in held if "tea" in row or "consulate" in row], name


def test_a_load_after_an_edit_leaves_what_a_load_from_nothing_does(new_database: NewDatabase):
    edited, fresh = new_database(load), new_database(with_tables)
    fewer = content([row for row in rows() if row.row.id != "tea"])
    load(edited, fewer)
    load(fresh, fewer)
    assert contents(edited, timeless=True) == contents(fresh, timeless=True)


def test_rendering_anew_keeps_the_version(filled: URL):
    first = published_state(filled)
    again = load(filled, content(rows()), force=True)
    assert again.changed
    assert again.version == first.version
    assert again.difference == Difference()

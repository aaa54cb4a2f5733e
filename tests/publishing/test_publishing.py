"""What a load does to a database, whichever it is."""

from sqlalchemy import URL

from seeds.publishing.published import Difference
from tests.databases import NewDatabase
from tests.publishing.contents import contents
from tests.publishing.loading import load
from tests.publishing.made_up import content, renamed
from tests.publishing.made_up_rows import rows


def test_an_empty_database_is_migrated_and_filled(database: URL):
    published = load(database, content(rows()))
    assert published.changed
    assert published.difference == Difference(added=len(rows()))
    empty = {name for name, held in contents(database).items() if not held}
    assert empty == {"common_words"}  # Among so few rows, none is.


def test_a_second_load_changes_nothing(database: URL):
    load(database, content(rows()))
    before = contents(database)
    again = load(database, content(rows()))
    assert not again.changed
    assert again.difference == Difference()
    assert again.counts["event"] == 2
    assert contents(database) == before


def test_an_edit_changes_just_that(database: URL):
    load(database, content(rows()))
    before = contents(database)
    edited = [renamed(row, "Bob II") if row.row.id == "bob" else row for row in rows()]
    assert load(database, content(edited)).difference == Difference(changed=1)
    after = contents(database)
    changed = {name for name in after if after[name] != before[name]}
    tables = {"actors", "entries", "names", "renderings", "dataset"}
    if database.get_backend_name() == "postgresql":
        tables.add("search_words")  # SQLite's index is no table whose rows could be compared
    assert changed == tables | {"event_participants", "quotes"}
    assert len(after["actors"] ^ before["actors"]) == 2


def test_what_is_gone_from_the_content_is_gone_from_every_table(database: URL):
    load(database, content(rows()))
    fewer = [row for row in rows() if row.row.id not in ("tea", "consulate")]
    assert load(database, content(fewer)).difference == Difference(removed=2)
    for name, held in contents(database).items():
        assert not [row for row in held if "tea" in row or "consulate" in row], name


def test_a_load_after_an_edit_leaves_what_a_load_from_nothing_does(new_database: NewDatabase):
    edited, fresh = new_database(), new_database()
    load(edited, content(rows()))
    fewer = content([row for row in rows() if row.row.id != "tea"])
    load(edited, fewer)
    load(fresh, fewer)
    assert contents(edited, timeless=True) == contents(fresh, timeless=True)


def test_rendering_anew_keeps_the_version(database: URL):
    first = load(database, content(rows()))
    again = load(database, content(rows()), anew=True)
    assert again.changed
    assert again.version == first.version
    assert again.difference == Difference()

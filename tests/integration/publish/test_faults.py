"""Faults during a load: the message is clear, and the old content stays."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import URL

from app.resources.documents import DocumentRow
from seeds.dataset_content import LoadedRow
from seeds.publish.faults import PublishError
from seeds.publish.result import Difference
from tests.integration.publish.loading import load, run_sql
from tests.integration.publish.sample_content import content, loaded, ref, renamed
from tests.integration.publish.sample_rows import rows
from tests.integration.publish.table_contents import contents


def broken_off(fault: BaseException) -> Iterator[LoadedRow]:
    """An iterable of rows that differ from the loaded ones. It raises an error after them."""
    yield from [renamed(row, "Changed") for row in rows()[:9]]
    raise fault


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), SystemExit(143), ValueError("bad row")])
def test_a_load_that_breaks_off_leaves_the_old_content(filled: URL, fault: BaseException):
    before = contents(filled)
    with pytest.raises(type(fault)):
        load(filled, replace(content(rows()), version="other", rows=broken_off(fault)))
    assert contents(filled) == before
    assert not load(filled).changed


def test_a_database_from_a_newer_version_is_left_alone(filled: URL):
    run_sql(filled, "UPDATE alembic_version SET version_num = '9999'")
    before = contents(filled)
    with pytest.raises(PublishError, match=r"'9999'.*use the version that made it"):
        load(filled, content(rows()[:4]))
    assert contents(filled) == before


def test_a_row_that_names_one_which_is_not_there_is_refused(filled: URL):
    before = contents(filled)
    lost = loaded("statement", "lost", 30, outlet=ref("actor", "nobody"), mode="direct", text="x")
    with pytest.raises(PublishError, match=r"nothing was loaded.*(lost|nobody)"):
        load(filled, content([*rows(), lost]))
    assert contents(filled) == before


def test_a_code_outside_its_vocabulary_is_refused(filled: URL):
    before = contents(filled)
    odd = loaded("statement", "odd", 30, mode="sung", text="x")
    with pytest.raises(PublishError, match="ck_statements_mode"):
        load(filled, content([*rows(), odd]))
    assert contents(filled) == before


def test_an_id_may_not_be_given_twice(filled: URL):
    twin = loaded("actor", "treaty", 30, type="person")
    with pytest.raises(PublishError, match="entries"):
        load(filled, content([*rows(), twin]))


def test_sections_may_change_places(filled: URL):
    document, *others = rows()
    assert isinstance(document.row, DocumentRow)
    (outer,) = document.row.sections
    inner = outer.sections[0].model_copy(update={"id": "top"})
    outer = outer.model_copy(update={"id": "meeting", "sections": [inner]})
    swapped = document.row.model_copy(update={"sections": [outer], "version": "swapped"})
    changed = content([replace(document, row=swapped), *others])
    assert load(filled, changed).difference == Difference(changed=1)
    assert not load(filled, changed).changed

"""The four files in the README are enough to add a table, and the contract tests pass with it.

The test adds two tables to a copy of the project: visits, which have a place and a date; and
summits, which have a code list and a child table.
"""

import re
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.postgresql import plain
from tests.project_copies import ROOT, copy_project, run_in

README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = re.findall(r"^\| `([a-z_/<>]+\.py)` \|", README, re.MULTILINE)
"""The files that the README lists for a new table."""
COPIED = ("app", "benchmarks", "docs", "migrations", "seeds", "tests")
BESIDE = ("hkus.py", "alembic.ini", "pyproject.toml", "README.md", "Makefile", "openapi.json")
READING = "seeds/articles/hong-kong-united-states-relations/reading.yaml"
BEFORE = '    Kind("document",'
"""The test inserts new kinds before this line of the registry."""

VISITS = {
    "app/vocabularies/kinds.py": """\
    Kind("visit", "visits", "Visit", "Somebody goes to a place."),
""",
    "app/resources/visits.py": '''\
"""Visits: who went where."""

from typing import Literal

from sqlalchemy.orm import Mapped

from app.resources.bases import DatedColumns, Record
from app.resources.columns import reference
from app.resources.documents import in_documents
from app.resources.filter_types import named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference


class Visit(DatedColumns, Record):
    """Somebody goes to a place."""

    __tablename__ = "visits"

    visitor_id: Mapped[str] = reference("actors", "Who goes.")
    place_id: Mapped[str | None] = reference("actors", "Where to.")


class VisitRow(CitedRow):
    """Somebody goes to a place."""

    kind: Literal["visit"] = "visit"
    visitor: Reference
    """Who goes."""
    place: Reference | None
    """Where to."""
    date: DateValue | None
    """When, as far as the document says."""


VISITS = Resource(
    kind="visit",
    path="visits",
    title="Visits",
    description="Who went where.",
    model=Visit,
    row=VisitRow,
    example="snowden-in-hong-kong",
    period="2013-05",
    actors=("visitor",),
    filters=(
        named(Visit.visitor_id, "Who goes.", "edward-snowden"),
        named(Visit.place_id, "Where to.", "hong-kong"),
        *in_documents("edward-snowden"),
    ),
)
''',
    "seeds/builders/visits.py": '''\
"""Visits: from their entries to their rows."""

from app.resources.visits import VisitRow
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.values import date_value
from seeds.reading.entry import Date, Id, RowEntry


class VisitEntry(RowEntry):
    visitor: Id
    place: Id | None = None
    date: Date | None = None


def build_visit(entry_context: EntryContext[VisitEntry]) -> VisitRow:
    """The row of a visit."""
    entry = entry_context.entry
    return VisitRow(
        **entry_context.common_fields(),
        visitor=entry_context.refer(entry.visitor, "visitor"),
        place=entry_context.refer_if(entry.place, "place"),
        date=date_value(entry_context, entry.date),
    )


BUILDER = Builder(VisitEntry, build_visit)
''',
}
SUMMITS = {
    "app/vocabularies/kinds.py": """\
    Kind("summit", "summits", "Summit", "A meeting of those who decide."),
""",
    "app/resources/summits.py": '''\
"""Summits: meetings of those who decide."""

from typing import Annotated, Literal

from sqlalchemy.orm import Mapped

from app.resources.bases import DatedColumns, ChildTable, Record
from app.resources.columns import code, owner, reference
from app.resources.documents import in_documents
from app.resources.filter_types import coded, named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, in_vocabulary
from app.vocabularies.vocabulary import vocabulary

SUMMIT_TYPES = vocabulary(
    "summit-types",
    "Types of summits",
    "How many sides meet.",
    ("two-sided", "Two-sided", "Two sides meet."),
    ("many-sided", "Many-sided", "More than two sides meet."),
)


class Summit(DatedColumns, Record):
    """A meeting of those who decide."""

    __tablename__ = "summits"

    type: Mapped[str] = code(SUMMIT_TYPES)


class SummitGuest(ChildTable):
    """Who takes part in a summit."""

    __tablename__ = "summit_guests"

    summit_id: Mapped[str] = owner("summits")
    actor_id: Mapped[str] = reference("actors", "Who takes part.")


class SummitRow(CitedRow):
    """A meeting of those who decide."""

    kind: Literal["summit"] = "summit"
    type: Annotated[str, in_vocabulary(SUMMIT_TYPES)]
    """Vocabulary `summit-types`."""
    guests: list[Reference]
    """Who takes part."""
    date: DateValue | None
    """When, as far as the document says."""


SUMMITS = Resource(
    kind="summit",
    path="summits",
    title="Summits",
    description="Meetings of those who decide.",
    model=Summit,
    row=SummitRow,
    example="snowden-summit",
    period="2013-06",
    actors=("guests",),
    parts={"guests": SummitGuest},
    filters=(
        coded(Summit.type, "two-sided"),
        named(SummitGuest.actor_id, "Who takes part.", "united-states", name="guest"),
        *in_documents("edward-snowden"),
    ),
    sorts=(Summit.type,),
)
''',
    "seeds/builders/summits.py": '''\
"""Summits: from their entries to their rows."""

from typing import Annotated

from pydantic import Field

from app.resources.summits import SUMMIT_TYPES, SummitRow
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.values import date_value
from seeds.reading.code_fields import coded
from seeds.reading.entry import Date, Id, RowEntry


class SummitEntry(RowEntry):
    type: Annotated[str, coded(SUMMIT_TYPES)]
    guests: Annotated[tuple[Id, ...], Field(min_length=1)]
    date: Date | None = None


def build_summit(entry_context: EntryContext[SummitEntry]) -> SummitRow:
    """The row of a summit."""
    entry = entry_context.entry
    return SummitRow(
        **entry_context.common_fields(),
        type=entry.type,
        guests=entry_context.refer_all(entry.guests, "guests"),
        date=date_value(entry_context, entry.date),
    )


BUILDER = Builder(SummitEntry, build_summit)
''',
}
ENTRIES = """
visits:

  - id: snowden-in-hong-kong
    name: Snowden goes to Hong Kong
    visitor: edward-snowden
    place: hong-kong
    date: May 20, 2013
    cite:
      - On May 20, 2013, Edward Snowden, a former Central Intelligence Agency (CIA) employee, arrived in Hong Kong.

summits:

  - id: snowden-summit
    name: A summit that never was
    type: two-sided
    guests: [hong-kong, united-states]
    date: "2013"
    cite:
      - The Edward Snowden incident in 2013 had been a diplomatic crisis between Hong Kong and United States.
"""  # noqa: E501 - sentences of the article


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the project."""
    return copy_project(tmp_path, COPIED, BESIDE)


def add(checkout: Path, name: str, files: dict[str, str]) -> list[str]:
    """Add a table as the README describes. Return the new files by their names there."""
    for file, text in files.items():
        path = checkout / file
        if path.exists():
            before, after = path.read_text(encoding="utf-8").split(BEFORE)
            text = f"{before}{text}{BEFORE}{after}"
        path.write_text(text, encoding="utf-8")
    known = set(checkout.glob("migrations/versions/*.py"))
    run_in(checkout, "alembic", "upgrade", "head")
    run_in(checkout, "alembic", "revision", "--autogenerate", "-m", name)
    [revision] = set(checkout.glob("migrations/versions/*.py")) - known
    number = f"{revision.stem[:4]}_{name}"
    assert revision.stem == number
    written = [*files, str(revision.relative_to(checkout))]
    return [each.replace(number, "<number>_<list>").replace(name, "<list>") for each in written]


def test_two_tables_are_added_by_four_files_each(checkout: Path, postgres_url: URL) -> None:
    assert len(FILES) == 4
    assert sorted(add(checkout, "visits", VISITS)) == sorted(FILES)
    assert sorted(add(checkout, "summits", SUMMITS)) == sorted(FILES)
    with (checkout / READING).open("a", encoding="utf-8") as reading:
        reading.write(ENTRIES)
    told = run_in(
        checkout, "pytest", "-q", "-p", "no:cacheprovider", "tests/contract",
        "-k", "visits or summits", HKUS_TEST_POSTGRES_URL=plain(postgres_url),
    )  # fmt: skip
    assert re.search(r"\d{3,} passed", told), told

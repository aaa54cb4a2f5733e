"""The timeline: rows of all kinds that can have a date, in one list."""

from typing import Annotated

from app.resources.actors import within
from app.resources.documents import in_documents
from app.resources.filter_types import coded, named
from app.resources.registry import BY_KIND, ENTRY_TYPES, RESOURCES, titles
from app.resources.resource import Resource
from app.resources.rows import DateValue, Id, Match, Reference, RowLinks, in_vocabulary
from app.resources.shared import Entry, EntryActor
from app.schema import Schema
from app.vocabularies.events import MODALITIES
from app.vocabularies.kinds import KINDS
from app.vocabularies.plover import QUADS


class EntryRow(Schema):
    """A row of any kind, with only the fields that all kinds share."""

    kind: Annotated[str, in_vocabulary(KINDS)]
    """Kind of the row; its item route has all fields."""
    id: Id
    """Slug, unique over all kinds."""
    name: str
    """Display name, in one line; our words."""
    type: Annotated[str, in_vocabulary(ENTRY_TYPES)] | None
    """Type of the row; null if its kind has no types. Vocabulary `entry-types`."""
    date: DateValue | None
    """The date, as exact as the document gives it; null without one."""
    modality: Annotated[str, in_vocabulary(MODALITIES)] | None
    """The modality of an event: done, announced, planned, threatened or alleged."""
    quad: Annotated[str, in_vocabulary(QUADS)] | None
    """The quad class of a coded event: verbal or material, cooperation or conflict."""
    actors: list[Reference]
    """The actors that take part in it."""
    links: RowLinks
    match: Match | None = None
    """Present on lists that are filtered by a period or a search."""


DATABLE = tuple(resource.kind for resource in RESOURCES if resource.dated)
"""The kinds of rows that can have a date."""

_ACTOR = named(EntryActor.actor_id, "A participant.", "donald-trump")

ENTRY_FILTERS = (
    coded(Entry.kind, "law"),
    coded(Entry.type, "order", vocabulary=ENTRY_TYPES),
    coded(Entry.quad, "material-conflict"),
    coded(Entry.modality, "announced"),
    _ACTOR,
    within(_ACTOR),
    *in_documents("hong-kong-united-states-relations"),
)

TIMELINE = Resource(
    kind="entry",
    path="timeline",
    title="Timeline",
    description="Rows of all kinds that can have a date, in one list: "
    f"{titles(BY_KIND[kind] for kind in DATABLE)}.",
    model=Entry,
    row=EntryRow,
    parts={"actors": EntryActor},
    filters=ENTRY_FILTERS,
    sorts=(Entry.kind, Entry.type),
    example="hong-kong-autonomy-act-signed",
    evidence=None,
    kinds=DATABLE,
    rendering="entry",
    scope=Entry.datable.is_(True),
)

SEARCH = Resource(
    kind="entry",
    path="search",
    title="Search",
    description="Rows of all kinds that have the words of a search, the most relevant first.",
    model=Entry,
    row=EntryRow,
    parts={"actors": EntryActor},
    filters=ENTRY_FILTERS,
    sorts=(Entry.kind, Entry.type),
    example="hong-kong-autonomy-act-signed",
    evidence=None,
    kinds=KINDS.values,
    only_searched=True,
    rendering="entry",
)

"""Dyads: the ordered pairs of actors of each event, derived while the events are published."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, cast

from app.resources.actors import ActorRow
from app.resources.dyads import DYADS, DyadLinks, DyadRow
from app.resources.events import EventRow, Participant, is_acting, is_affected
from app.resources.rows import Reference, Row
from seeds.dataset_content import LoadedRow


class DerivedDyad(NamedTuple):
    """A dyad as a row to publish, its event, and its two actors."""

    loaded: LoadedRow
    event: str
    actors: tuple[Participant, Participant]


def dyads_of(events: Sequence[LoadedRow], actors: Mapping[str, ActorRow]) -> list[DerivedDyad]:
    """The dyads of events, in the order of the events and then of their ids."""
    return [
        _dyad(loaded, row, pair, actors)
        for loaded in events
        if isinstance(row := loaded.row, EventRow)
        for pair in sorted(pairs_of(row), key=lambda pair: (pair[0].id, pair[1].id))
    ]


def pairs_of(event: EventRow) -> Iterator[tuple[Participant, Participant]]:
    """Each ordered pair of different actors, one acting and one affected. Each pair comes once,
    with the first roles that it has."""
    acting = [each for each in event.actors if is_acting(event, each)]
    affected = [each for each in event.actors if is_affected(event, each)]
    seen = set[tuple[str, str]]()
    for one, other in product(acting, affected):
        pair = (one.id, other.id)
        if one.id != other.id and pair not in seen:
            seen.add(pair)
            yield one, other


def _dyad(
    loaded: LoadedRow,
    event: EventRow,
    pair: tuple[Participant, Participant],
    actors: Mapping[str, ActorRow],
) -> DerivedDyad:
    source, target = pair
    id = f"{event.id}--{source.id}--{target.id}"
    coding = event.coding
    row = DyadRow(
        id=id,
        name=f"{source.name} → {target.name}: {event.name}",
        note=event.note,
        date=event.date,
        source=_reference(source),
        source_type=actors[source.id].type,
        source_country=actors[source.id].country,
        target=_reference(target),
        target_type=actors[target.id].type,
        target_country=actors[target.id].country,
        type=event.type,
        category=coding and coding.category,
        mode=coding and coding.mode,
        quad=coding and coding.quad,
        score=coding and coding.score,
        modality=event.modality,
        aspect=event.aspect,
        negated=event.negated,
        place=event.place,
        role_source=source.role,
        role_target=target.role,
        event=Reference(kind=event.kind, id=event.id, name=event.name),
        text=loaded.citations[0].exact if loaded.citations else "",
        links=DyadLinks(self=f"/v1/dyads?id={id}", event=event.links.self),
    )
    # A dyad has no version, which no table of dyads needs.
    published = LoadedRow(DYADS, cast(Row, row), loaded.position)
    return DerivedDyad(published, event.id, pair)


def _reference(participant: Participant) -> Reference:
    return Reference(kind=participant.kind, id=participant.id, name=participant.name)

"""The history of laws and agreements: their stages in order, derived from events."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from app.edtf.dates import parse_edtf
from app.resources.agreements import AgreementStage
from app.resources.events import EventRow
from app.resources.history import Stage
from app.resources.laws import LawStage
from app.resources.rows import Reference
from app.vocabularies.laws import AGREEMENT_STEPS, LAW_STEPS
from seeds.builders.entry_context import EntryContext

_HAPPENED = frozenset({"occurred", "alleged"})
_ANNOUNCED_STEPS = frozenset({"proposed", "to-be-affected"})
_ORDER: dict[type[LawStage | AgreementStage], tuple[str, ...]] = {
    LawStage: LAW_STEPS.values,
    AgreementStage: AGREEMENT_STEPS.values,
}


def status(
    entry_context: EntryContext[Any], history: Sequence[LawStage | AgreementStage]
) -> str | None:
    """The last stage that the document itself tells. A stage that somebody only claims is none."""
    known = entry_context.context.ids.known
    own_steps = [
        stage.step
        for stage in history
        if getattr(known[stage.event.id].entry, "modality", None) != "alleged"
    ]
    return own_steps[-1] if own_steps else None


class _SortedStage(NamedTuple):
    """A stage with its sort key: date, whether it has no date, and order of the step."""

    key: tuple[str, bool, int]
    stage: LawStage | AgreementStage


def stages(events: Iterable[EventRow]) -> dict[str, list[Stage]]:
    """The stages of each law and agreement, by its id. `events` are in the order of the document.

    Stages are sorted by date. Stages of one date have the order of the vocabulary of steps. A stage
    without a date comes after the latest date before it in the document. A negated event gives no
    stage. An event that has not happened yet (planned, threatened) gives only the stages `proposed`
    and `to-be-affected`.
    """
    histories: dict[str, list[_SortedStage]] = {}
    for event in events:
        for id, stage in _stages_of(event):
            earlier = histories.setdefault(id, [])
            earlier.append(_SortedStage(_sort_key(stage, earlier), stage))
    return {
        id: [item.stage for item in sorted(items, key=lambda item: item.key)]
        for id, items in histories.items()
    }


def _stages_of(event: EventRow) -> Iterator[tuple[str, LawStage | AgreementStage]]:
    if event.negated:
        return
    reference = Reference(kind=event.kind, id=event.id, name=event.name)
    speaker = event.according_to[0] if event.according_to else None
    for steps, links, stage in (
        (LAW_STEPS, event.laws, LawStage),
        (AGREEMENT_STEPS, event.agreements, AgreementStage),
    ):
        for link in links:
            step = link.relation
            if step in steps.values and (event.modality in _HAPPENED or step in _ANNOUNCED_STEPS):
                yield (
                    link.id,
                    stage(step=step, date=event.date, event=reference, according_to=speaker),
                )


def _sort_key(
    stage: LawStage | AgreementStage, earlier: list[_SortedStage]
) -> tuple[str, bool, int]:
    if stage.date is not None:
        order = _ORDER[type(stage)].index(stage.step)
        return parse_edtf(stage.date.edtf).sort_key, False, order
    return max((item.key[0] for item in earlier), default=""), True, 0

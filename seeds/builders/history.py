"""The history of laws and agreements: their stages, which come from events, in order."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.edtf.dates import parse_edtf
from app.resources.agreements import AgreementStage
from app.resources.events import EventRow
from app.resources.history import Stage
from app.resources.laws import LawStage
from app.resources.rows import Reference
from app.vocabularies.laws import AGREEMENT_STEPS, LAW_STEPS

_HAPPENED = frozenset({"occurred", "alleged"})
_ANNOUNCED_STEPS = frozenset({"proposed", "to-be-affected"})
_ORDER = {step: n for steps in (LAW_STEPS, AGREEMENT_STEPS) for n, step in enumerate(steps.values)}


class _SortedStage(NamedTuple):
    """A stage with its sort key."""

    key: tuple[str, bool, int]
    stage: LawStage | AgreementStage


def stages(events: Iterable[EventRow]) -> dict[str, list[Stage]]:
    """The stages of each law and agreement, from events in the order of the document.

    Stages are sorted by date; stages of one date have the usual order of laws and agreements. A
    stage without a date comes after the latest date before it. What did not happen is no stage.
    What is only announced, planned or threatened counts only as a proposal or a coming effect.
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
        return parse_edtf(stage.date.edtf).sort_key, False, _ORDER[stage.step]
    return max((item.key[0] for item in earlier), default=""), True, 0

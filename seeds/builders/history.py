"""The history of laws and agreements: the stages that events tell, in order."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.edtf.dates import parse_edtf
from app.resources.agreements import AgreementStage
from app.resources.events import EventRow
from app.resources.history import Stage
from app.resources.laws import LawStage
from app.resources.rows import Reference
from app.vocabularies.laws import AGREEMENT_STEPS, LAW_STEPS

_TOLD = frozenset({"occurred", "alleged"})
_ANNOUNCED_STEPS = frozenset({"proposed", "to-be-affected"})
_ORDER = {step: n for steps in (LAW_STEPS, AGREEMENT_STEPS) for n, step in enumerate(steps.values)}


class _Told(NamedTuple):
    """A stage with what puts it in order."""

    order: tuple[str, bool, int]
    stage: LawStage | AgreementStage


def stages(events: Iterable[EventRow]) -> dict[str, list[Stage]]:
    """The stages of each law and agreement, from events in the order of the document.

    They go by date, and those of one date as laws and agreements usually go; an undated one comes
    behind the last date told before it. What did not happen, or is only announced, planned or
    threatened, is no stage, but a proposal and what is to come of a decision are.
    """
    found: dict[str, list[_Told]] = {}
    for event in events:
        for id, stage in _stages_of(event):
            told = found.setdefault(id, [])
            told.append(_Told(_order(stage, told), stage))
    return {
        id: [item.stage for item in sorted(told, key=lambda item: item.order)]
        for id, told in found.items()
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
            if step in steps.values and (event.modality in _TOLD or step in _ANNOUNCED_STEPS):
                yield (
                    link.id,
                    stage(step=step, date=event.date, event=reference, according_to=speaker),
                )


def _order(stage: LawStage | AgreementStage, told: list[_Told]) -> tuple[str, bool, int]:
    if stage.date is not None:
        return parse_edtf(stage.date.edtf).sort_key, False, _ORDER[stage.step]
    return max((item.order[0] for item in told), default=""), True, 0

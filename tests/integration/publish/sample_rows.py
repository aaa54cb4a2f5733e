"""The rows of the sample content: one or two of every kind, for every table."""

from typing import Any

from app.resources.actors import Affiliation
from app.resources.agreements import AgreementStage
from app.resources.documents import InfoboxItem, Section
from app.resources.events import Coding, LinkedAgreement, LinkedLaw, NumberValue, Participant
from app.resources.history import Stage
from app.resources.laws import LawStage, Provision
from app.resources.polls import Answer
from app.resources.rows import Relation
from app.vocabularies.actors import ACTOR_TYPES, AFFILIATION_ROLES, OFFICE_TYPES, STANDINGS
from app.vocabularies.events import EVENT_TYPES
from app.vocabularies.laws import (
    AGREEMENT_DATES,
    AGREEMENT_STEPS,
    AGREEMENT_TYPES,
    LAW_DATES,
    LAW_STEPS,
    LAW_TYPES,
    PROVISION_TYPES,
)
from app.vocabularies.plover import PLOVER_CATEGORIES, PLOVER_MODES, QUADS
from app.vocabularies.relations import AGREEMENT_LINKS, LAW_LINKS, RELATIONS
from app.vocabularies.trade import FLOWS, INDICATORS, MEASURES, SCOPES, UNITS
from app.vocabularies.vocabulary import Vocabulary
from seeds.dataset_content import LoadedRow
from tests.integration.publish.sample_content import TEXT, cited, citing, date, loaded, ref


def a(vocabulary: Vocabulary) -> str:
    """The first code of the vocabulary; any code is suitable."""
    return vocabulary.values[0]


def rows() -> list[LoadedRow]:
    return [*_sources(), *_actors(), *_events(), *_law_and_agreement(), *_others()]


def _sources() -> list[LoadedRow]:
    document = ref("document", "made-up")
    inner = Section(id="meeting", title="Meeting", level=2, start=9, end=len(TEXT), sections=[])
    outer = Section(id="top", title="Made up", level=1, start=0, end=len(TEXT), sections=[inner])
    places = {1: (9, 31), 2: (33, 54)}
    return [
        loaded(
            "document", "made-up", 0, url="https://example.org/made-up", licence="CC0-1.0",
            attribution="Nobody", language="en", sha256="0" * 64, characters=len(TEXT),
            sections=[outer], infobox=[InfoboxItem(key="Capital", value="None")],
            see_also=["Fiction", "Treaties"], columns={"text": TEXT},
        ),
        *(
            loaded(
                "passage", f"made-up-{number}", start, type="sentence", document=document,
                section="meeting", start=start, end=end, text=TEXT[start:end], names=(),
                evidence=(citing("event", "alice-met-bob", TEXT[9:18]),),
            )
            for number, (start, end) in places.items()
        ),
    ]  # fmt: skip


def _actors() -> list[LoadedRow]:
    role = a(AFFILIATION_ROLES)
    bobland = Affiliation(kind="actor", id="bobland", name="Bobland", role=role)
    return [
        loaded("actor", "bobland", 15, type=a(ACTOR_TYPES), country="HKG"),
        loaded(
            "actor", "alice", 9, name="Alicé", type="person", aliases=["Al", "The Queen"],
            names=("Alicé", "Al", "The Queen", "ALICE"), former_ids=("alicia",),
        ),
        loaded("actor", "bob", 19, type="person", affiliations=[bobland], description="a king"),
    ]  # fmt: skip


def _events() -> list[LoadedRow]:
    coding = Coding(
        scheme="PLOVER-0.8", category=a(PLOVER_CATEGORIES), mode=a(PLOVER_MODES), quad=a(QUADS),
        score=6, rationale="They met.",
    )  # fmt: skip
    alice = Participant(kind="actor", id="alice", name="Alicé", role="source")
    bob = Participant(kind="actor", id="bob", name="Bob", role="target")
    law = LinkedLaw(kind="law", id="law-of-meetings", name="Law", relation=a(LAW_LINKS))
    treaty = LinkedAgreement(
        kind="agreement", id="treaty", name="Treaty", relation=a(AGREEMENT_LINKS)
    )
    related = Relation(
        kind="event", id="nothing-happened", name="Nothing", relation=a(RELATIONS),
        according_to=ref("actor", "bob"),
    )  # fmt: skip
    number = NumberValue(
        of="cups of tea", value=2, unit=a(UNITS), currency=None, approximate=True, text="two"
    )
    told: dict[str, Any] = {"modality": "occurred", "aspect": "event", "summary": "A tale."}
    return [
        loaded(
            "event", "alice-met-bob", 9, type=a(EVENT_TYPES), coding=coding, negated=False,
            date=date("2019", modifier="early"), place=ref("actor", "bobland"),
            actors=[alice, bob], laws=[law], agreements=[treaty], numbers=[number],
            according_to=[ref("actor", "bob")], related=[related], **told,
            citations=(cited(9, 18, "name", "actors"), cited(26, 30, "date")),
        ),
        loaded("event", "nothing-happened", 34, type=a(EVENT_TYPES), negated=True, **told),
    ]  # fmt: skip


def _law_and_agreement() -> list[LoadedRow]:
    event, bob = ref("event", "alice-met-bob"), ref("actor", "bob")
    stage = Stage(date=date("2019"), event=event, according_to=bob).model_dump()
    return [
        loaded(
            "law", "law-of-meetings", 12, type=a(LAW_TYPES), aliases=["The Law"],
            jurisdiction=ref("actor", "bobland"), date=date("2019-03-15/.."), date_of=a(LAW_DATES),
            status=a(LAW_STEPS), history=[LawStage(**stage, step=a(LAW_STEPS))], signed_by=[bob],
            issued_by=[bob], summary="It allows meetings.",
            provisions=[Provision(type=a(PROVISION_TYPES), text="met")],
        ),
        loaded(
            "agreement", "treaty", 40, type=a(AGREEMENT_TYPES), aliases=["Pact"],
            parties=[ref("actor", "alice"), bob], date=date("[..2019-06-09]"),
            date_of=a(AGREEMENT_DATES), status=a(AGREEMENT_STEPS), summary="It ends the tale.",
            history=[AgreementStage(**stage, step=a(AGREEMENT_STEPS))],
        ),
    ]  # fmt: skip


def _others() -> list[LoadedRow]:
    alice, bobland = ref("actor", "alice"), ref("actor", "bobland")
    return [
        loaded(
            "trade-figure", "tea", 20, indicator=a(INDICATORS), measure=a(MEASURES),
            flow=a(FLOWS), scope=a(SCOPES), value=17_800_000_000, unit=a(UNITS), currency="USD",
            approximate=False, date=date("2018~"), reporter=alice, partner=bobland,
            product="Téa", text="tea",
        ),
        loaded(
            "poll", "poll-of-kings", 21, question="Who?", population="kings", about=alice,
            pollster=bobland, date=date("2013-06"),
            answers=[Answer(answer="Alice", percent=52.5), Answer(answer="Bob", percent=47)],
        ),
        loaded(
            "statement", "alice-said", 22, speakers=[alice], outlet=bobland, mode="direct",
            text="Hello", about=[bobland, ref("law", "law-of-meetings")],
            event=ref("event", "alice-met-bob"),
        ),
        loaded("office", "embassy", 23, type=a(OFFICE_TYPES), operator=alice, city="Zürich"),
        loaded(
            "office", "consulate", 24, type=a(OFFICE_TYPES), host=bobland, holder=alice,
            reports_to=ref("office", "embassy"), date=date("201X"), rank="second",
        ),
        loaded(
            "membership", "alice-in-bobland", 25, member=alice, organisation=bobland,
            standing=a(STANDINGS), date=date("1997-07-01/"),
        ),
    ]  # fmt: skip

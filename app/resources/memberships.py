"""Memberships: who belongs to which organisation, and as what."""

from typing import Annotated, Literal

from sqlalchemy.orm import Mapped

from app.resources.bases import Dated, Record
from app.resources.columns import code, reference
from app.resources.documents import in_documents
from app.resources.filter_types import coded, named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, in_vocabulary
from app.vocabularies.actors import STANDINGS


class Membership(Dated, Record):
    """Who belongs to which organisation, and as what."""

    __tablename__ = "memberships"

    member_id: Mapped[str] = reference("actors", "Who belongs.")
    organisation_id: Mapped[str] = reference("actors", "To what.")
    standing: Mapped[str] = code(STANDINGS)


class MembershipRow(CitedRow):
    """Who belongs to which organisation, and as what."""

    kind: Literal["membership"] = "membership"
    member: Reference
    """Who belongs."""
    organisation: Reference
    """To what."""
    standing: Annotated[str, in_vocabulary(STANDINGS)]
    """As what; vocabulary `standings`."""
    date: DateValue | None
    """The date, as exact as the document gives it; null without one."""


MEMBERSHIPS = Resource(
    kind="membership",
    path="memberships",
    title="Memberships",
    description="Who belongs to which organisation, and with what standing.",
    model=Membership,
    row=MembershipRow,
    example="hong-kong-in-wto",
    texts=("note",),
    actors=("member", "organisation"),
    filters=(
        named(Membership.member_id, "Who belongs.", "hong-kong"),
        named(Membership.organisation_id, "To what.", "world-trade-organization"),
        coded(Membership.standing, "full-member"),
        *in_documents("economic-relations"),
    ),
    sorts=(Membership.standing,),
)

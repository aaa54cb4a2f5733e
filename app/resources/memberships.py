"""Memberships of actors in organisations."""

from typing import Annotated, Literal

from sqlalchemy.orm import Mapped

from app.resources.bases import DatedColumns, Record
from app.resources.columns import code, reference
from app.resources.documents import in_documents
from app.resources.filter_types import coded, named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, in_vocabulary
from app.vocabularies.actors import STANDINGS


class Membership(DatedColumns, Record):
    """The membership of an actor in an organisation."""

    __tablename__ = "memberships"

    member_id: Mapped[str] = reference("actors", "The member.")
    organisation_id: Mapped[str] = reference("actors", "The organisation.")
    standing: Mapped[str] = code(STANDINGS)


class MembershipRow(CitedRow):
    """The membership of an actor in an organisation."""

    kind: Literal["membership"] = "membership"
    member: Reference
    """The member."""
    organisation: Reference
    """The organisation."""
    standing: Annotated[str, in_vocabulary(STANDINGS)]
    """Standing of the member; vocabulary `standings`."""
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
        named(Membership.member_id, "The member.", "hong-kong"),
        named(Membership.organisation_id, "The organisation.", "world-trade-organization"),
        coded(Membership.standing, "full-member"),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(Membership.standing,),
)

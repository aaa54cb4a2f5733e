"""Memberships: makes their rows from the entries of a reading."""

from typing import Annotated

from app.resources.memberships import MembershipRow
from app.vocabularies.actors import STANDINGS
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.values import date_value, refuse_lasting
from seeds.reading.code_fields import coded
from seeds.reading.entry import Date, Id, RowEntry


class MembershipEntry(RowEntry):
    member: Id
    organisation: Id
    standing: Annotated[str, coded(STANDINGS)]
    date: Date | None = None


def build_membership(entry_context: EntryContext[MembershipEntry]) -> MembershipRow:
    """The row of a membership."""
    entry = entry_context.entry
    date = date_value(entry_context, entry.date, is_state=True)
    refuse_lasting(entry_context, date)
    return MembershipRow(
        **entry_context.common_fields(),
        member=entry_context.refer(entry.member, "member"),
        organisation=entry_context.refer(entry.organisation, "organisation"),
        standing=entry.standing,
        date=date,
    )


BUILDER = Builder(MembershipEntry, build_membership)

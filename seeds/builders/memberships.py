"""Memberships: from their entries to their rows."""

from app.resources.memberships import MembershipRow
from seeds.builders.entry_context import Dossier
from seeds.builders.values import date_value
from seeds.reading.entries import MembershipEntry


def load_membership(dossier: Dossier[MembershipEntry]) -> MembershipRow:
    """The row of a membership."""
    entry = dossier.entry
    return MembershipRow(
        **dossier.base(),
        member=dossier.refer(entry.member, "member"),
        organisation=dossier.refer(entry.organisation, "organisation"),
        standing=entry.standing,
        date=date_value(dossier, entry.date, opens=True),
    )

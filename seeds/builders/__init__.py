"""The loaders, one per table: each makes rows of entries, or of the document."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.resources.rows import CitedRow
from seeds.builders.actors import load_actor
from seeds.builders.agreements import load_agreement
from seeds.builders.entry_context import Dossier
from seeds.builders.events import load_event
from seeds.builders.laws import load_law
from seeds.builders.memberships import load_membership
from seeds.builders.offices import load_office
from seeds.builders.polls import load_poll
from seeds.builders.statements import load_statement
from seeds.builders.trade_figures import load_trade_figure
from seeds.reading.groups import GROUPS

Loader = Callable[[Dossier[Any]], CitedRow]


def for_each_kind(loaders: Mapping[str, Loader], kinds: Iterable[str]) -> Mapping[str, Loader]:
    """The loaders, if there is one for each kind that a reading can declare, and no other.

    Raises `TypeError`, and so refuses the import of this module: entries without a loader would be
    read, and make no rows.
    """
    kinds = set(kinds)
    for kind in sorted(kinds - set(loaders)):
        raise TypeError(f"the kind {kind!r} has no loader; add one to LOADERS in {__name__}")
    for kind in sorted(set(loaders) - kinds):
        raise TypeError(f"the loader of {kind!r} is for no kind that a reading can declare")
    return loaders


LOADERS = for_each_kind(
    {
        "event": load_event,
        "law": load_law,
        "actor": load_actor,
        "agreement": load_agreement,
        "trade-figure": load_trade_figure,
        "poll": load_poll,
        "statement": load_statement,
        "office": load_office,
        "membership": load_membership,
    },
    GROUPS.values(),
)
"""The loader of each kind of entry. Events come first: laws and agreements tell their history by
them. Documents and passages are made of the document itself."""

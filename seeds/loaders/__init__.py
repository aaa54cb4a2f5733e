"""The loaders, one per table: each makes rows of entries, or of the document."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.resources.rows import CitedRow
from seeds.loaders.actors import load_actor
from seeds.loaders.agreements import load_agreement
from seeds.loaders.dossier import Dossier
from seeds.loaders.events import load_event
from seeds.loaders.laws import load_law
from seeds.loaders.memberships import load_membership
from seeds.loaders.offices import load_office
from seeds.loaders.polls import load_poll
from seeds.loaders.statements import load_statement
from seeds.loaders.trade_figures import load_trade_figure
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

"""Checks of the words that a reading itself writes: names and summaries."""

from typing import Any

from seeds.builders.entry_context import EntryContext
from seeds.builders.proofs import NEGATIONS
from seeds.faults import quoted


def refuse_negative_name(entry_context: EntryContext[Any]) -> None:
    """Add a fault if a negated event has a negative name, so that it says "not" twice."""
    name = entry_context.entry.name
    found = NEGATIONS.search(name)
    if entry_context.entry.negated and found:
        message = f"the name {quoted(name)} says {found[0]!r}, and `negated: true` says it again"
        cure = (
            "name what did not happen without a negation; a refusal is no negation: name it as "
            "an act, without `negated:`"
        )
        entry_context.fault(message, cure, "negated")

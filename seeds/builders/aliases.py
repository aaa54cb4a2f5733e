"""Aliases: other names that the document uses for an entry. The row cites each of them."""

from collections.abc import Iterable
from typing import Any

from seeds.builders.entry_context import EntryContext
from seeds.builders.quote_offsets import CharRange
from seeds.faults import quoted


def aliases(entry_context: EntryContext[Any], names: Iterable[str]) -> list[str]:
    """The aliases without duplicates and without the name itself.

    If an alias is in no quote of the entry, the row cites its first use in the document.
    """
    distinct = [name for name in dict.fromkeys(names) if name != entry_context.entry.name]
    for index, name in enumerate(distinct):
        spans = entry_context.evidence.find_spans(name, "aliases")
        whole_words = [span for span in spans if _is_whole_name(entry_context, name, span)]
        if whole_words:
            entry_context.evidence.prove(whole_words[0], "aliases")
        elif (first := _first_use(entry_context, name)) is not None:
            entry_context.evidence.add(first, {"aliases"})
        elif not entry_context.context.mentions.occurs(name):
            cure = "write it exactly as the document does, or remove it"
            entry_context.fault(f"the alias {quoted(name)} never occurs", cure, "aliases", index)
    return distinct


def _first_use(entry_context: EntryContext[Any], name: str) -> CharRange | None:
    mentions = entry_context.context.mentions.of(entry_context.article)
    return next(
        (
            CharRange(mention.start, mention.end)
            for mention in mentions
            if entry_context.entry.id in mention.id.split()
            and entry_context.article.text[mention.start : mention.end] == name
        ),
        None,
    )


def _is_whole_name(entry_context: EntryContext[Any], name: str, span: CharRange) -> bool:
    """Whether the span is the whole name, not part of a longer word (`America` in `American`)."""
    text = entry_context.article.text
    before = text[span.start - 1 : span.start]
    after = text[span.end : span.end + 1]
    is_name = text[slice(*span)].split() == name.split()
    return is_name and not (before.isalnum() or after.isalnum())

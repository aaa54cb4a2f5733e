"""Aliases: the other names that the document itself uses for an entry, each of them cited."""

from collections.abc import Iterable
from typing import Any

from seeds.builders.entry_context import Dossier
from seeds.builders.quote_offsets import Span
from seeds.faults import shown


def aliases(dossier: Dossier[Any], names: Iterable[str]) -> list[str]:
    """The aliases. One that stands in no quote of the entry is cited where it is first used."""
    found = [name for name in dict.fromkeys(names) if name != dossier.entry.name]
    for index, name in enumerate(found):
        places = dossier.evidence.places(name, "aliases")
        whole = [place for place in places if _is_whole(dossier, place)]
        if whole:
            dossier.evidence.prove(whole[0], "aliases")
        elif (first := _first_use(dossier, name)) is not None:
            dossier.evidence.add(first, {"aliases"})
        elif not dossier.context.mentions.occurs(name):
            cure = "write it exactly as the document does, or remove it"
            dossier.fault(f"the alias {shown(name)} never occurs", cure, "aliases", index)
    return found


def _first_use(dossier: Dossier[Any], name: str) -> Span | None:
    mentions = dossier.context.mentions.of(dossier.article)
    return next(
        (
            Span(mention.start, mention.end)
            for mention in mentions
            if dossier.entry.id in mention.id.split()
            and dossier.article.text[mention.start : mention.end] == name
        ),
        None,
    )


def _is_whole(dossier: Dossier[Any], place: Span) -> bool:
    """Whether the words are no part of a longer word: no `America` in `American`."""
    text = dossier.article.text
    before = text[place.start - 1 : place.start]
    behind = text[place.end : place.end + 1]
    return not (before.isalnum() or behind.isalnum())

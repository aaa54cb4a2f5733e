"""Builds the content of the dataset from all articles, or raises all their faults at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from app.hashing import short_hash
from app.rendering import content_hash
from app.resources.actors import ActorRow
from app.resources.passages import CitingRow
from app.resources.registry import BY_KIND, RESOURCES
from app.resources.rows import Citation, CitedRow, Reference, Row
from seeds.articles import ARTICLES, Article, find_articles
from seeds.builders.citations import NEVER_CITED, Evidence, filled
from seeds.builders.documents import build_document
from seeds.builders.entry_context import ArticleContext, EntryContext
from seeds.builders.history import stages
from seeds.builders.ids import read_ids
from seeds.builders.mentions import Mentions
from seeds.builders.passages import build_passages
from seeds.builders.proofs import Names, claims, refuse_idle
from seeds.builders.quote_offsets import CharRange, QuoteNotFound, locate
from seeds.builders.registry import BUILDERS, ENTRY_LISTS
from seeds.builders.sections import enclosing_sections
from seeds.coverage.ledger import BackgroundWords
from seeds.coverage.report import coverage
from seeds.dataset_content import Content, LoadedRow
from seeds.faults import LoadError, nearest
from seeds.reading.entry import RowEntry
from seeds.reading.locations import FileLocation, LocatedSentence

R = TypeVar("R", bound=Row)


def read_content(folder: Path = ARTICLES) -> Content:
    """The content of the articles in `folder`. Raises `LoadError` with all faults."""
    found = find_articles(folder, ENTRY_LISTS)
    ids, duplicates = read_ids(found)
    readable = [article for article in found.articles if article.reading.reading is not None]
    context = ArticleContext(ids, Mentions(readable), [*found.faults, *duplicates])
    entry_contexts = [item for article in readable for item in _entry_contexts(article, context)]
    cited = _entry_rows(entry_contexts, context)
    background = _background_words(readable, context)
    if context.faults:
        raise LoadError(context.faults)
    rows = [*cited, *_document_rows(readable, cited)]
    order = {resource.kind: number for number, resource in enumerate(RESOURCES)}
    rows.sort(key=lambda item: (order[item.row.kind], item.position, item.row.id))
    report = coverage(readable, rows, context, background)
    published = [[item.row.id, item.row.version, item.position, item.former_ids] for item in rows]
    version = short_hash({"rows": published, "coverage": report})
    actors = {item.row.id: item.row for item in rows if isinstance(item.row, ActorRow)}
    return Content(version, rows, len(rows), report, actors)


def _entry_contexts(article: Article, context: ArticleContext) -> Iterator[EntryContext[Any]]:
    """The contexts of the entries of an article. Their quotes are located in the document."""
    sentences = {
        item.location.path: _find_sentence(article, item, context)
        for item in article.reading.sentences
    }
    for kind, entry, location in article.reading.entries():
        evidence = Evidence(article)
        within: CharRange | None = None
        if location.sentence is not None:
            within = sentences[location.sentence.location.path]
            evidence.complete = within is not None
            if within is not None and not entry.cite:
                evidence.add(within, set(), is_default=True)
        _add_quotes(evidence, kind, entry, location, context, within)
        yield EntryContext(BY_KIND[kind], entry, location, article, evidence, context)


def _find_sentence(
    article: Article, item: LocatedSentence, context: ArticleContext
) -> CharRange | None:
    """The span of the sentence in the document. On a fault, add it and return null."""
    if item.sentence is None:
        return None
    try:
        return locate(article, item.sentence)
    except QuoteNotFound as error:
        context.faults.append(item.location.fault(error.message, error.cure, "quote"))
        return None


def _add_quotes(
    evidence: Evidence,
    kind: str,
    entry: RowEntry,
    location: FileLocation,
    context: ArticleContext,
    within: CharRange | None,
) -> None:
    """Locate the quotes of an entry in the document and add them to its evidence."""
    fields = BY_KIND[kind].row.model_fields
    known = [name for name in fields if name not in NEVER_CITED]
    for quote, path in entry.quotes():
        if location.sentence is not None and within is None and path[0] == "cite":
            continue  # The sentence has a fault, so the span to search in is not known.
        try:
            span = locate(evidence.article, quote, within)
        except QuoteNotFound as error:
            context.faults.append(location.fault(error.message, error.cure, *path))
            evidence.complete = False
            continue
        evidence.add(span, set(quote.fields), is_default=not quote.fields, path=path)
        for name in quote.fields:
            if name == "note":
                message = "a quote is said to prove 'note', which needs no proof"
                cure = "remove it; a heading that no row needs stands in `background:`"
                context.faults.append(location.fault(message, cure, *path))
            elif name not in known:
                cure = f"{nearest(name, known)}The fields are {', '.join(known)}"
                message = f"{kind} rows have no field {name!r}"
                context.faults.append(location.fault(message, cure, *path, "fields"))


def _entry_rows(
    entry_contexts: list[EntryContext[Any]], context: ArticleContext
) -> list[LoadedRow]:
    """The rows of all entries. Events come first, because histories are made from events."""
    for entry_context in sorted(entry_contexts, key=lambda item: (item.position, item.entry.id)):
        entry_context.declare(getattr(entry_context.entry, "related", {}))
    built: list[tuple[EntryContext[Any], CitedRow]] = []
    for kind, builder in BUILDERS.items():
        mine = [
            entry_context for entry_context in entry_contexts if entry_context.resource.kind == kind
        ]
        loaded = [(entry_context, builder.build(entry_context)) for entry_context in mine]
        if kind == "event":
            ordered = sorted(loaded, key=lambda pair: (pair[0].position, pair[1].id))
            context.stages.update(stages(event for _, event in ordered))  # pyright: ignore[reportArgumentType]
        built += loaded
    context.checked = len(context.faults)
    names = _names(entry_contexts, context)
    return [
        _with_citations(entry_context, row, names[entry_context.article.number])
        for entry_context, row in built
    ]


def _names(entry_contexts: list[EntryContext[Any]], context: ArticleContext) -> dict[int, Names]:
    """The names of the rows in each article, by the number of the article."""
    names: dict[int, Names] = {}
    for item in entry_contexts:
        article = item.article
        found = names.setdefault(article.number, Names(article, context.ids, {}))
        found.cited[item.entry.id] = [cited.span for cited in item.evidence.cited]
    return names


def _with_citations(entry_context: EntryContext[Any], row: CitedRow, names: Names) -> LoadedRow:
    """The row with its citations, its version and its names."""
    row = row.model_copy(update={"note": entry_context.note()})
    _refuse_empty(entry_context, row)
    derived = frozenset[str]() if entry_context.declared else frozenset({"related"})
    entry_context.prove_inverses(names.is_in)
    proving = claims(entry_context, row, names)
    citations = entry_context.evidence.citations(row, derived, proving)
    refuse_idle(entry_context, citations)
    return LoadedRow(
        resource=entry_context.resource,
        row=_versioned(row, citations),
        position=entry_context.position,
        citations=citations,
        evidence=citations,
        names=(row.name, *getattr(row, "aliases", ())),
        former_ids=entry_context.entry.formerly,
        in_sections=enclosing_sections(
            entry_context.article, (citation.section for citation in citations)
        ),
    )


def _versioned(row: R, citations: tuple[Citation, ...] = ()) -> R:
    """The finished row with the hash of its content and citations."""
    return row.model_copy(update={"version": content_hash(row, list(citations))})


def _refuse_empty(entry_context: EntryContext[Any], row: CitedRow) -> None:
    """Add a fault for each quote that should prove a field without a value."""
    for quote, path in entry_context.entry.quotes():
        for name in quote.fields:
            if name != "note" and name in type(row).model_fields and not filled(row, name):
                cure = "fill the field, or take it out of `fields:`"
                message = f"a quote is said to prove {name!r}, which is empty"
                entry_context.fault(message, cure, *path, "fields")


def _background_words(articles: list[Article], context: ArticleContext) -> list[BackgroundWords]:
    """The spans of the background sentences, which no row needs to cite."""
    background: list[BackgroundWords] = []
    for article in articles:
        for item, location in article.reading.background():
            try:
                span = locate(article, item)
            except QuoteNotFound as error:
                context.faults.append(location.fault(error.message, error.cure, "quote"))
            else:
                background.append(BackgroundWords(article.number, span, item.reason))
    return background


def _document_rows(articles: list[Article], cited: list[LoadedRow]) -> Iterator[LoadedRow]:
    """The rows of the documents and of their passages. Each passage has the rows that cite it."""
    for article in articles:
        document = _versioned(build_document(article))
        yield LoadedRow(
            BY_KIND["document"],
            document,
            article.position(0),
            names=(document.name,),
            columns={"text": article.text},
        )
        reference = Reference(kind="document", id=document.id, name=document.name)
        mine = [
            (citation, item)
            for item in cited
            for citation in item.citations
            if citation.document == document.id
        ]
        for passage in map(_versioned, build_passages(article, reference)):
            yield LoadedRow(
                BY_KIND["passage"],
                passage,
                article.position(passage.start),
                evidence=tuple(
                    CitingRow(
                        kind=item.row.kind,
                        id=item.row.id,
                        name=item.row.name,
                        fields=citation.fields,
                        exact=citation.exact,
                    )
                    for citation, item in mine
                    if citation.start < passage.end and passage.start < citation.end
                ),
                in_sections=enclosing_sections(article, (passage.section,)),
            )

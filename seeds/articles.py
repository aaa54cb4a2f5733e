"""Finds the articles: folders that hold a document and its reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from seeds.faults import LoadFault
from seeds.prose.dates import DateMention, find_dates
from seeds.prose.document import Document, DocumentError, decode, read_document
from seeds.prose.line_ends import unwrapped
from seeds.prose.open_items import OpenItem, find_open
from seeds.prose.quantities import Quantity, find_quantities
from seeds.prose.quotations import Quotation, find_quotations
from seeds.reading.entries import Source
from seeds.reading.file import ReadingFile, read_file
from seeds.reading.groups import Groups

ARTICLES = Path(__file__).parent / "articles"
DOCUMENT_FILE = "article.txt"
READING_FILE = "reading.yaml"
MOST_BYTES = 20_000_000
MOST_CHARACTERS = 1_000_000_000
"""Positions count characters; each article has a range of this length for its own."""


@dataclass(frozen=True)
class Article:
    """A document with its reading; `number` counts the articles from 0, in order of their names."""

    number: int
    document_file: str
    document: Document
    reading: ReadingFile

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def source(self) -> Source:
        """What the reading says about the document. Only of an article without faults."""
        reading = self.reading.reading
        if reading is None:
            raise ValueError(f"{self.reading.file}: the reading has faults")
        return reading.document

    @cached_property
    def one_line(self) -> str:
        """The text with blanks for line breaks, so that words are found across these."""
        return self.text.replace("\n", " ")

    @cached_property
    def plain(self) -> str:
        """The text with blanks for line ends within paragraphs, as the reader reads it."""
        return unwrapped(self.text)

    @cached_property
    def dates(self) -> Sequence[DateMention]:
        """Every date in the document."""
        return find_dates(self.text)

    @cached_property
    def quantities(self) -> Sequence[Quantity]:
        """Every quantity in the document."""
        return find_quantities(self.text)

    @cached_property
    def quotations(self) -> Sequence[Quotation]:
        """Every quotation in the document."""
        return find_quotations(self.text)

    @cached_property
    def open_items(self) -> Sequence[OpenItem]:
        """What stands in the document and is not read: digits, number words, date words, marks."""
        spans = [
            (item.start, item.end) for items in (self.dates, self.quantities) for item in items
        ]
        return find_open(self.text, spans)

    def position(self, offset: int) -> int:
        """The place of a character among all articles."""
        return self.number * MOST_CHARACTERS + offset

    def line(self, offset: int) -> int:
        """The line of the document, from 1, that holds the character."""
        return self.text.count("\n", 0, offset) + 1


@dataclass(frozen=True)
class Found:
    """The articles of a folder; `whole` is false if some part of one could not be read."""

    articles: list[Article]
    faults: list[LoadFault]
    whole: bool


def find_articles(folder: Path, groups: Groups) -> Found:
    """The articles in the folders of `folder`, by name, with readings of this form, and what is
    wrong with their files."""
    try:
        folders = sorted(
            item for item in folder.iterdir() if item.is_dir() and not item.name.startswith(".")
        )
    except OSError as error:
        cure = "name the folder that holds a folder for each article"
        message = f"cannot be read: {error.strerror}"
        return Found([], [LoadFault(_shown(folder), None, None, message, cure)], whole=False)
    if not folders:
        cure = f"make a folder in it for each article, with {DOCUMENT_FILE} and {READING_FILE}"
        message = "the folder holds no articles"
        return Found([], [LoadFault(_shown(folder), None, None, message, cure)], whole=False)
    articles: list[Article] = []
    faults: list[LoadFault] = []
    for number, item in enumerate(folders):
        reading = read_file(item / READING_FILE, _shown(item / READING_FILE), groups)
        faults += reading.faults
        document = _read_document(item / DOCUMENT_FILE)
        if isinstance(document, LoadFault):
            faults.append(document)
        else:
            articles.append(Article(number, _shown(item / DOCUMENT_FILE), document, reading))
    whole = len(articles) == len(folders) and all(
        item.reading.reading and item.reading.whole for item in articles
    )
    return Found(articles, faults, whole)


def _shown(path: Path) -> str:
    """The path as messages name it: from the folder where the person is, if it lies in there."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)


def _read_document(path: Path) -> Document | LoadFault:
    try:
        raw = path.read_bytes()
    except OSError as error:
        cure = "put the text of the article there, as UTF-8"
        return LoadFault(
            _shown(path), None, None, f"the document cannot be read: {error.strerror}", cure
        )
    if len(raw) > MOST_BYTES:
        message = f"{len(raw):,} bytes are more than {MOST_BYTES:,}"
        return LoadFault(_shown(path), None, None, message, "split the article")
    try:
        return read_document(decode(raw))
    except DocumentError as error:
        what, _, cure = str(error).partition(": ")[2].rpartition("; ")
        return LoadFault(_shown(path), error.line, None, what or cure, cure)

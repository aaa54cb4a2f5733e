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
from seeds.reading.regular_files import FileError, read_regular

ARTICLES = Path(__file__).parent / "articles"
DOCUMENT_FILE = "article.txt"
READING_FILE = "reading.yaml"
MOST_CHARACTERS = 1_000_000_000
"""Range of positions for one article. A position counts the characters of all articles."""


@dataclass(frozen=True)
class Article:
    """A document with its reading; `number` is its index among the articles, by name, from 0."""

    number: int
    document_file: str
    document: Document
    reading: ReadingFile

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def source(self) -> Source:
        """Where the document comes from; raises `ValueError` if the reading has faults."""
        reading = self.reading.reading
        if reading is None:
            raise ValueError(f"{self.reading.file}: the reading has faults")
        return reading.document

    @cached_property
    def one_line(self) -> str:
        """The text with a blank for every line end, to find words that run over line ends."""
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
        """The position of a character among the characters of all articles."""
        return self.number * MOST_CHARACTERS + offset

    def line(self, offset: int) -> int:
        """The line of the document, from 1, that holds the character."""
        return self.text.count("\n", 0, offset) + 1


@dataclass(frozen=True)
class Found:
    """The articles of a folder; `whole` is false if a file or a part of one could not be read."""

    articles: list[Article]
    faults: list[LoadFault]
    whole: bool


def find_articles(folder: Path, groups: Groups) -> Found:
    """The articles in the folders of `folder`, by name, and the faults of their files.

    `groups` is the form of the readings.
    """
    try:
        folders = sorted(
            item for item in folder.iterdir() if item.is_dir() and not item.name.startswith(".")
        )
    except OSError as error:
        cure = "name the folder that holds a folder for each article"
        message = f"cannot be read: {error.strerror}"
        return Found([], [LoadFault(_relative(folder), None, None, message, cure)], whole=False)
    if not folders:
        cure = f"make a folder in it for each article, with {DOCUMENT_FILE} and {READING_FILE}"
        message = "the folder holds no articles"
        return Found([], [LoadFault(_relative(folder), None, None, message, cure)], whole=False)
    articles: list[Article] = []
    faults: list[LoadFault] = []
    for number, item in enumerate(folders):
        document = _read_document(item / DOCUMENT_FILE)
        text = document.text if isinstance(document, Document) else None
        reading = read_file(item / READING_FILE, _relative(item / READING_FILE), groups, text)
        faults += reading.faults
        if isinstance(document, LoadFault):
            faults.append(document)
        else:
            articles.append(Article(number, _relative(item / DOCUMENT_FILE), document, reading))
    whole = len(articles) == len(folders) and all(
        item.reading.reading and item.reading.whole for item in articles
    )
    return Found(articles, faults, whole)


def _relative(path: Path) -> str:
    """The path for messages: relative to the working directory if the file lies below it."""
    absolute = path.absolute()
    directory = Path.cwd()
    return str(absolute.relative_to(directory) if absolute.is_relative_to(directory) else path)


def _read_document(path: Path) -> Document | LoadFault:
    file = _relative(path)
    try:
        raw = read_regular(path, "put the text of the article there, as UTF-8", "split the article")
        return read_document(decode(raw))
    except FileError as error:
        return LoadFault(file, None, None, f"the document {error.message}", error.cure)
    except DocumentError as error:
        message, _, cure = str(error).partition(": ")[2].rpartition("; ")
        return LoadFault(file, error.line, None, message or cure, cure)

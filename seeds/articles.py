"""Finds the articles. An article is a folder with a document and its reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.edtf.calendar import sort_key
from app.edtf.dates import EdtfError, parse_edtf
from seeds.faults import LoadFault
from seeds.prose.dates import DateMention, find_dates
from seeds.prose.document import Document, DocumentError, decode, read_document
from seeds.prose.line_ends import unwrapped
from seeds.prose.open_items import OpenItem, find_open
from seeds.prose.quantities import Quantity, find_quantities
from seeds.prose.quotations import Quotation, find_quotations
from seeds.reading.entry_lists import EntryLists
from seeds.reading.file import ReadingFile, read_file
from seeds.reading.parts import Source
from seeds.reading.regular_files import FileError, read_regular

ARTICLES = Path(__file__).parent / "articles"
DOCUMENT_FILE = "article.txt"
READING_FILE = "reading.yaml"
POSITIONS_PER_ARTICLE = 1_000_000_000
"""Number of positions that are reserved for each article. See `Article.position`."""


@dataclass(frozen=True)
class Article:
    """A document with its reading. `number` is the index of the article by name, from 0."""

    number: int
    document_file: str
    document: Document
    reading: ReadingFile

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def source(self) -> Source:
        """The source of the document. Raises `ValueError` if the reading has faults."""
        reading = self.reading.reading
        if reading is None:
            raise ValueError(f"{self.reading.file}: the reading has faults")
        return reading.document

    @cached_property
    def one_line(self) -> str:
        """The text with a blank for every line end. A search in it finds words across line ends."""
        return self.text.replace("\n", " ")

    @cached_property
    def plain(self) -> str:
        """The text with a blank for every line end within a paragraph. The reader reads this."""
        return unwrapped(self.text)

    @cached_property
    def dates(self) -> Sequence[DateMention]:
        """Every date in the document."""
        return find_dates(self.text)

    @cached_property
    def as_of(self) -> str | None:
        """The day up to which an open state surely lasts: the first day of the last date that the
        document names, or null if it names none with a year. The reading can say another one."""
        if self.source.as_of is not None:
            return self.source.as_of
        days = [day for mention in self.dates if (day := _first_day(mention))]
        return max(days, key=sort_key, default=None)

    @cached_property
    def quantities(self) -> Sequence[Quantity]:
        """Every quantity in the document."""
        return find_quantities(self.text, self.dates)

    @cached_property
    def quotations(self) -> Sequence[Quotation]:
        """Every quotation in the document."""
        return find_quotations(self.text)

    @cached_property
    def open_items(self) -> Sequence[OpenItem]:
        """The digits, number words, date words and marks that no reader has read."""
        spans = [
            (item.start, item.end) for items in (self.dates, self.quantities) for item in items
        ]
        return find_open(self.text, spans)

    def position(self, offset: int) -> int:
        """The position of a character, unique over all articles and in their order."""
        return self.number * POSITIONS_PER_ARTICLE + offset

    def line(self, offset: int) -> int:
        """The number of the line with the character, from 1."""
        return self.text.count("\n", 0, offset) + 1


@dataclass(frozen=True)
class FoundArticles:
    """The articles of a folder. `complete` is false if a file or a part of it cannot be read."""

    articles: list[Article]
    faults: list[LoadFault]
    complete: bool


def find_articles(folder: Path, entry_lists: EntryLists) -> FoundArticles:
    """The articles in the subfolders of `folder`, sorted by name, and the faults of their files.

    `entry_lists` are the lists of entries that a reading may have.
    """
    try:
        folders = sorted(
            item for item in folder.iterdir() if item.is_dir() and not item.name.startswith(".")
        )
    except OSError as error:
        cure = "name the folder that has one subfolder for each article"
        message = f"cannot be read: {error.strerror}"
        return FoundArticles(
            [], [LoadFault(_relative(folder), None, None, message, cure)], complete=False
        )
    if not folders:
        cure = f"make a folder in it for each article, with {DOCUMENT_FILE} and {READING_FILE}"
        message = "the folder has no articles"
        return FoundArticles(
            [], [LoadFault(_relative(folder), None, None, message, cure)], complete=False
        )
    articles: list[Article] = []
    faults: list[LoadFault] = []
    for number, item in enumerate(folders):
        document = _read_document(item / DOCUMENT_FILE)
        text = document.text if isinstance(document, Document) else None
        reading = read_file(item / READING_FILE, _relative(item / READING_FILE), entry_lists, text)
        faults += reading.faults
        if isinstance(document, LoadFault):
            faults.append(document)
        else:
            articles.append(Article(number, _relative(item / DOCUMENT_FILE), document, reading))
    complete = len(articles) == len(folders) and all(
        item.reading.reading and item.reading.complete for item in articles
    )
    return FoundArticles(articles, faults, complete)


def _first_day(mention: DateMention) -> str | None:
    """The first day of a date, or null if it has no year or cannot be read."""
    try:
        return parse_edtf(mention.edtf).earliest if mention.edtf else None
    except EdtfError:
        return None


def _relative(path: Path) -> str:
    """The path for messages. It is relative if the file is below the working directory."""
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

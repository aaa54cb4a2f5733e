"""Parses a document in light wiki markup into sections and passages with exact offsets."""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from seeds.prose.sentences import split_sentences

_HEADING = re.compile(r"(=+)\s*(.*?)\s*(=+)")
_ITEM = re.compile(r"-(?:\s+|$)")
_KEY = re.compile(r"(.+?):(?:\s+|$)")
_SLUG_LENGTH = 80
_MAX_PREFIXES = 6
"""Maximum number of ancestors whose ids are tried as a prefix of a section id."""

_UNREAD_MARKUP = re.compile(
    r"^[^\S\n]*(?P<line>\{\||\|[-}+]|[*#;:]+(?=[^\S\n]))"
    r"|(?P<within>\{\{|\}\}|\[\[|</?(?:ref|br|sup|sub|table|div|span)\b|<!--|'{2,3})",
    re.MULTILINE,
)
"""Unsupported wiki markup, which would be read as words: tables, other lists, templates, links,
tags, bold."""

PassageType = Literal["heading", "infobox", "sentence", "list-item"]
_PASSAGE_TYPES: dict[str, PassageType] = {
    "heading": "heading",
    "item": "list-item",
    "prose": "sentence",
}


class DocumentError(ValueError):
    """The source cannot be parsed. The message has the line and the cure. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, including subsections. Level 1 is the whole document."""

    id: str
    title: str
    level: int
    start: int
    end: int
    parent: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit that can be cited: `document.text[start:end]`, without markup.

    `section` is the id of the innermost section. `paragraph` is the number of its block, from 1. A
    block is a heading, a paragraph, or the lines of one list or infobox.
    """

    type: PassageType
    section: str
    start: int
    end: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class InfoboxLine:
    """A line `- key: value` of an infobox. `start` and `end` are those of its passage.

    If the line has no key, the key is empty and the value is the whole line.
    """

    key: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document and its parts. All parts are in the order of the text."""

    text: str
    title: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    infobox: tuple[InfoboxLine, ...]
    see_also: tuple[str, ...]

    def section_at(self, offset: int) -> Section:
        """The innermost section around a character. Raises `IndexError` outside of the text."""
        if not 0 <= offset < len(self.text):
            raise IndexError(f"offset {offset} is outside of the text (0..{len(self.text) - 1})")
        return self.sections[bisect_right(self.sections, offset, key=_start) - 1]

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that contains the character; null for blanks and markup between passages."""
        found = bisect_right(self.passages, offset, key=_start) - 1
        passage = self.passages[found] if found >= 0 else None
        return passage if passage and offset < passage.end else None

    def passages_between(self, start: int, end: int) -> list[Passage]:
        """The passages that have a character in `text[start:end]`, in order."""
        return [item for item in self.passages if max(item.start, start) < min(item.end, end)]

    def subsections(self, section_id: str) -> set[str]:
        """The ids of the section and all its subsections. Raises `KeyError` for an unknown id."""
        found = {section_id} & {section.id for section in self.sections}
        if not found:
            raise KeyError(f"no section {section_id!r} in {self.title!r}")
        for section in self.sections:
            if section.parent in found:
                found.add(section.id)
        return found


def decode(raw: bytes) -> str:
    """Decode a stored document. All offsets refer to exactly these characters.

    The file must be UTF-8 without a byte order mark, and its lines must end in LF. Nothing is
    converted. A copy with other line ends would have other offsets, so it is refused. Raises
    `DocumentError`.
    """
    mark = raw.find(b"\xef\xbb\xbf")
    if mark == 0:
        raise DocumentError(1, "a byte order mark at byte 0; save it as UTF-8 without BOM")
    if mark > 0:
        message = f"the invisible character U+FEFF at byte {mark}; remove it from the text"
        raise DocumentError(_line_of(raw, mark), message)
    for bad, name, cure in (
        (b"\x00", "a NUL", "is it text, in UTF-8? Remove the NUL"),
        (b"\r", "a carriage return", "save it with LF line ends (and git without autocrlf)"),
    ):
        position = raw.find(bad)
        if position >= 0:
            raise DocumentError(_line_of(raw, position), f"{name} at byte {position}; {cure}")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            _line_of(raw, error.start),
            f"byte {error.start} is {raw[error.start]:#04x}, which is not UTF-8 here"
            f" ({error.reason}); save the document as UTF-8",
        ) from None


def read_document(text: str) -> Document:
    """Parse a document: `= Title =`, infobox, sections, paragraphs and lists.

    A paragraph ends at a blank line, a heading or a list. A list item is a line `- text`. An
    infobox is a line `Infobox` with the list items after it. Raises `DocumentError` for other
    markup.
    """
    _refuse_unread_markup(text)
    lines = _lines(text)
    sections = _sections(text, lines)
    passages = tuple(_passages(text, lines, sections))
    titles = {section.id: section.title.casefold() for section in sections}
    return Document(
        text=text,
        title=sections[0].title,
        sections=sections,
        passages=passages,
        infobox=tuple(_infobox_line(item) for item in passages if item.type == "infobox"),
        see_also=tuple(
            item.text
            for item in passages
            if item.type == "list-item" and titles[item.section] == "see also"
        ),
    )


def _refuse_unread_markup(text: str) -> None:
    found = _UNREAD_MARKUP.search(text)
    if found:
        markup = found["line"] or found["within"]
        raise DocumentError(
            text.count("\n", 0, found.start()) + 1,
            f"markup that is not read, {markup!r}; write it as plain text, lists with '- '",
        )


class _Line(NamedTuple):
    """A line: `start` to `end` without its markup, `outer` with it. `level` is set for headings."""

    kind: Literal["heading", "label", "item", "prose", "blank"]
    number: int
    outer: int
    start: int
    end: int
    level: int = 0


def _line_of(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1


def _start(part: Section | Passage) -> int:
    return part.start


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        if lines and lines[-1].kind == "prose" and _ITEM.match(line.strip()):
            label = lines[-1]
            if text[label.start : label.end] == "Infobox":
                lines[-1] = label._replace(kind="label", start=label.end)
        outer = offset + len(line) - len(line.lstrip())
        lines.append(_line(line.strip(), number, outer))
        offset += len(line) + 1
    return lines


def _line(line: str, number: int, outer: int) -> _Line:
    end = outer + len(line)
    if not line:
        return _Line("blank", number, outer, outer, end)
    if item := _ITEM.match(line):
        return _Line("item", number, outer, outer + item.end(), end)
    if not line.startswith("="):
        return _Line("prose", number, outer, outer, end)
    heading = _HEADING.fullmatch(line)
    if heading is None or not heading[2] or len(heading[1]) != len(heading[3]):
        raise DocumentError(
            number,
            f"malformed heading {line[:80]!r}; write a title between equally many '=' on both"
            " sides, such as '== History =='",
        )
    start, end = outer + heading.start(2), outer + heading.end(2)
    return _Line("heading", number, outer, start, end, len(heading[1]))


def _sections(text: str, lines: list[_Line]) -> tuple[Section, ...]:
    headings = [line for line in lines if line.kind == "heading"]
    _check_title(text, lines, headings)
    ends = _ends_of_sections(headings, len(text))
    slugs = _Slugs()
    ancestors: list[Section] = []
    sections: list[Section] = []
    for index, (heading, end) in enumerate(zip(headings, ends, strict=True)):
        while ancestors and ancestors[-1].end <= heading.outer:
            ancestors.pop()
        title = text[heading.start : heading.end]
        section = Section(
            id=slugs.unique(title, ancestors),
            title=title,
            level=heading.level,
            start=heading.outer if index else 0,
            end=end,
            parent=ancestors[-1].id if ancestors else None,
        )
        sections.append(section)
        ancestors.append(section)
    return tuple(sections)


def _ends_of_sections(headings: list[_Line], length: int) -> list[int]:
    """The end offset of each section: the next heading of the same or a higher level."""
    ends = [length] * len(headings)
    unfinished: list[int] = []
    for index, heading in enumerate(headings):
        while unfinished and headings[unfinished[-1]].level >= heading.level:
            ends[unfinished.pop()] = heading.outer
        unfinished.append(index)
    return ends


def _check_title(text: str, lines: list[_Line], headings: list[_Line]) -> None:
    first = next((line for line in lines if line.kind != "blank"), None)
    if first is None:
        raise DocumentError(1, "the document is empty; it needs a first line '= Title ='")
    if first.level != 1:
        found = text[first.outer :].split("\n", 1)[0][:80]
        raise DocumentError(
            first.number, f"{found!r} stands where '= Title =' should; put that line first"
        )
    for heading in headings[1:]:
        if heading.level == 1:
            raise DocumentError(
                heading.number,
                f"a second title {text[heading.start : heading.end]!r}; a document has one:"
                " write '==' around the title of a section",
            )


class _Slugs:
    """Makes unique ids from titles."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._next: defaultdict[str, int] = defaultdict(lambda: 2)

    def unique(self, title: str, ancestors: list[Section]) -> str:
        """A unique id for the title: its slug, if necessary with an ancestor's id or a number."""
        slug = _slug(title)
        prefixes = [f"{ancestor.id}-" for ancestor in reversed(ancestors[-_MAX_PREFIXES:])]
        for prefix in ["", *prefixes]:
            candidate = (prefix + slug)[:_SLUG_LENGTH].rstrip("-")
            if candidate not in self._used:
                self._used.add(candidate)
                return candidate
        stem = slug[: _SLUG_LENGTH - 7]
        while (candidate := f"{stem}-{self._next[stem]}") in self._used:
            self._next[stem] += 1
        self._used.add(candidate)
        return candidate


def _slug(title: str) -> str:
    # Dashes separate words; apostrophes do not. Replace both before the step to ASCII drops them.
    parted = re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"['\u2019]", "", title))
    plain = unicodedata.normalize("NFKD", parted).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "section"


def _passages(text: str, lines: list[_Line], sections: tuple[Section, ...]) -> Iterator[Passage]:
    paragraph = 0
    previous = ""
    # Each heading is its own block. Other adjacent lines of the same kind form one block.
    blocks = groupby(lines, key=lambda line: (line.kind, line.number if line.level else 0))
    for (kind, _), block in blocks:
        spans = [(line.start, line.end) for line in block if line.start < line.end]
        if kind == "prose":
            spans = split_sentences(text, spans[0][0], spans[-1][1])
        if spans:
            paragraph += 1
        for start, end in spans:
            type_ = "infobox" if previous == "label" else _PASSAGE_TYPES[kind]
            section = sections[bisect_right(sections, start, key=_start) - 1]
            yield Passage(type_, section.id, start, end, text[start:end], paragraph)
        previous = kind


def _infobox_line(item: Passage) -> InfoboxLine:
    key = _KEY.match(item.text)
    value_start = item.start + (key.end() if key else 0)
    return InfoboxLine(
        key=key[1].rstrip() if key else "",
        value=item.text[value_start - item.start :],
        start=item.start,
        end=item.end,
        value_start=value_start,
        value_end=item.end,
    )

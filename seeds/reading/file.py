"""Reads a reading from its YAML file. Each fault has a line. Entries without faults are kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from seeds.faults import LoadFault
from seeds.reading.entry import RowEntry
from seeds.reading.entry_lists import EntryLists
from seeds.reading.layout import SENTENCES, Layout, RawEntry, fields_of, label_of
from seeds.reading.locations import FileLocation, LocatedSentence
from seeds.reading.parts import Background, Reading, Sentence
from seeds.reading.regular_files import FileError, read_regular
from seeds.reading.schema_errors import explain
from seeds.reading.spelling import words_spelled_by
from seeds.reading.tree import Tree, TreeError, TreePath

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class FaultyEntry:
    """An entry with faults. Its id stays known, so that references to it are not faults too."""

    kind: str
    id: str
    location: FileLocation


@dataclass(frozen=True)
class ReadingFile:
    """A reading with the locations of its entries in the file, and with its faults.

    `reading` is null if the document part has faults. `complete` is false if a list could not be
    read; then ids of entries may be missing.
    """

    file: str
    entry_lists: EntryLists
    reading: Reading | None
    tree: Tree = field(default_factory=lambda: Tree("{}"))
    faults: list[LoadFault] = field(default_factory=list[LoadFault])
    entries_with_locations: list[tuple[str, RowEntry, FileLocation]] = field(
        default_factory=list[tuple[str, RowEntry, FileLocation]]
    )
    sentences: list[LocatedSentence] = field(default_factory=list[LocatedSentence])
    faulty: list[FaultyEntry] = field(default_factory=list[FaultyEntry])
    background_indexes: list[int] = field(default_factory=list[int])
    complete: bool = True

    def entries(self) -> Iterator[tuple[str, RowEntry, FileLocation]]:
        """The entries, each with its kind and location. Empty if the document part has faults."""
        if self.reading is not None:
            yield from self.entries_with_locations

    def background(self) -> Iterator[tuple[Background, FileLocation]]:
        """The sentences that no row needs to cite, each with its location."""
        if self.reading is not None:
            for index, item in zip(self.background_indexes, self.reading.background, strict=True):
                path = ("background", index)
                yield item, FileLocation(self.file, self.tree, path, label_of(None, path))

    def location(self, *path: str | int) -> FileLocation:
        """The location of a path that is outside of the entries."""
        return FileLocation(self.file, self.tree, path, None)


def read_file(path: Path, file: str, entry_lists: EntryLists, text: str | None) -> ReadingFile:
    """Read the reading of a document. Faults are not raised; they are in `faults` of the result.

    `file` is the name of the reading in messages. `text` is the text of the document, or null if
    the document cannot be read.
    """
    try:
        cure = "write the reading there, and make the file readable"
        raw = read_regular(path, cure, "split the reading into several articles")
        tree = Tree(_decode(raw))
    except FileError as error:
        message = f"the reading {error.message}"
        fault = LoadFault(file, None, None, message, error.cure)
        return ReadingFile(file, entry_lists, None, faults=[fault])
    except TreeError as error:
        fault = LoadFault(file, error.line, None, error.message, error.cure)
        return ReadingFile(file, entry_lists, None, faults=[fault])
    faults = [LoadFault(file, error.line, None, error.message, error.cure) for error in tree.errors]
    if not isinstance(tree.data, dict):
        message = "the file is not a mapping with `document:`, `actors:` ..."
        faults.append(
            LoadFault(file, 1, None, message, "write `document:` and the lists of entries")
        )
        return ReadingFile(file, entry_lists, None, tree, faults)
    return _Reader(file, entry_lists, tree, faults, text).read()


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} is {raw[error.start]:#04x}, which is not UTF-8"
        raise TreeError(line, message, "save the file as UTF-8") from None


@dataclass
class _Reader:
    """Validates each part of a reading with its model, and collects the faults."""

    file: str
    entry_lists: EntryLists
    tree: Tree
    faults: list[LoadFault]
    text: str | None
    faulty: list[FaultyEntry] = field(default_factory=list[FaultyEntry])

    def read(self) -> ReadingFile:
        data = fields_of(self.tree.data)
        layout = Layout(data, self.entry_lists)
        for fault in layout.faults:
            line = self.tree.line(fault.path)
            self.faults.append(LoadFault(self.file, line, fault.label, fault.message, fault.cure))
        reading, background, complete = self._read_head(data)
        sentences = [self._sentence(item, n) for n, item in enumerate(layout.sentences)]
        entries_with_locations = [
            item for raw in layout.entries for item in self._entries(raw, sentences)
        ]
        return ReadingFile(
            self.file, self.entry_lists, reading, self.tree, self.faults, entries_with_locations,
            sentences, self.faulty, background, complete and layout.complete,
        )  # fmt: skip

    def _read_head(self, data: dict[str, Any]) -> tuple[Reading | None, list[int], bool]:
        """The reading without its entries, the indexes of valid background items, and `complete`.

        Parts with faults are omitted. The reading is null if the document part has faults.
        """
        # An empty field is treated like a missing field.
        head = {
            key: value
            for key, value in data.items()
            if key in Reading.model_fields and value is not None
        }
        items = head.get("background")
        count = len(items) if isinstance(items, list) else 0  # pyright: ignore[reportUnknownArgumentType]
        bad: set[int] = set()
        unread: set[str] = set()
        for error in _errors(Reading, head):
            path = error["loc"]
            match path:
                case ("background", int(index), *_) if index < count:
                    bad.add(index)
                    label = label_of(None, path[:2])
                case _:
                    unread.add(str(path[0]))
                    label = str(path[0])
            location = FileLocation(self.file, self.tree, path, label)
            self.faults.append(location.fault(*explain(error, Reading)))
        kept = [index for index in range(count) if index not in bad]
        if "background" in unread:
            kept = []
        if "document" in unread:
            return None, kept, False
        good = {key: value for key, value in head.items() if key not in unread}
        if "background" in good:
            good["background"] = [good["background"][index] for index in kept]
        return Reading.model_validate(good), kept, not unread

    def _sentence(self, data: dict[str, Any], index: int) -> LocatedSentence:
        path: TreePath = (SENTENCES, index)
        location = FileLocation(self.file, self.tree, path, label_of(None, path))
        return LocatedSentence(self._valid(Sentence, data, location), location)

    def _entries(
        self, raw: RawEntry, sentences: list[LocatedSentence]
    ) -> Iterator[tuple[str, RowEntry, FileLocation]]:
        """The entry and its implied entries; nothing if the entry has faults."""
        kind = self.entry_lists.kinds[raw.list_name]
        sentence = None if raw.sentence is None else sentences[raw.sentence]
        location = FileLocation(self.file, self.tree, raw.path, raw.label, raw.group_path, sentence)
        entry = self._valid(
            self.entry_lists.entries[raw.list_name], self._with_name(raw.data), location
        )
        if entry is not None and sentence is None and not entry.cite:
            cure = "add `cite:` with words of the document, or put the entry under its sentence"
            self.faults.append(location.fault("the field 'cite' is missing", cure))
            entry = None
        if entry is None:
            id = raw.data.get("id")
            if isinstance(id, str):
                self.faulty.append(FaultyEntry(kind, id, location))
            return
        yield kind, entry, location
        for other in entry.implied():
            path = (*raw.path, *other.path)
            inner = FileLocation(self.file, self.tree, path, other.entry.id, None, sentence)
            yield other.kind, other.entry, inner

    def _with_name(self, data: dict[str, Any]) -> dict[str, Any]:
        """The data of an entry. If it has no name, the words that its id spells become the name."""
        id = data.get("id")
        if data.get("name") is not None or not isinstance(id, str):
            return data
        name = id if self.text is None else words_spelled_by(id, self.text)
        return data if name is None else data | {"name": name}

    def _valid(self, model: type[M], data: Mapping[str, Any], location: FileLocation) -> M | None:
        """Validate the data. On errors, add the faults and return null."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.faults.append(location.fault(*explain(detail, model), *detail["loc"]))
        return None


def _errors(model: type[BaseModel], data: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []

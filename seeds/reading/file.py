"""Reads a reading from its YAML file. Each fault has a line. Entries without faults are kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from seeds.faults import LoadFault
from seeds.reading.entries import Background, Reading, Sentence
from seeds.reading.groups import Groups
from seeds.reading.layout import SENTENCES, Layout, RawEntry, fields_of, label_of
from seeds.reading.marked import Marked
from seeds.reading.places import Place, PlacedSentence
from seeds.reading.regular_files import FileError, read_regular
from seeds.reading.schema_errors import explain
from seeds.reading.spelling import spelt
from seeds.reading.tree import Tree, TreeError, TreePath

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry with faults. Its id stays known, so that references to it are not faults too."""

    kind: str
    id: str
    place: Place


@dataclass(frozen=True)
class ReadingFile:
    """A reading with the places of its entries in the file, and with its faults.

    `reading` is null if the document part has faults. `whole` is false if a list could not be read;
    then ids of entries may be missing.
    """

    file: str
    groups: Groups
    reading: Reading | None
    tree: Tree = field(default_factory=lambda: Tree("{}"))
    faults: list[LoadFault] = field(default_factory=list[LoadFault])
    placed: list[tuple[str, Marked, Place]] = field(default_factory=list[tuple[str, Marked, Place]])
    sentences: list[PlacedSentence] = field(default_factory=list[PlacedSentence])
    broken: list[Broken] = field(default_factory=list[Broken])
    background_indexes: list[int] = field(default_factory=list[int])
    whole: bool = True

    def entries(self) -> Iterator[tuple[str, Marked, Place]]:
        """The entries, each with its kind and its place. Empty if the document part has faults."""
        if self.reading is not None:
            yield from self.placed

    def background(self) -> Iterator[tuple[Background, Place]]:
        """The sentences that no row needs to cite, each with its place."""
        if self.reading is not None:
            for index, item in zip(self.background_indexes, self.reading.background, strict=True):
                path = ("background", index)
                yield item, Place(self.file, self.tree, path, label_of(None, path))

    def place(self, *path: str | int) -> Place:
        """The place of a path that is outside of the entries."""
        return Place(self.file, self.tree, path, None)


def read_file(path: Path, file: str, groups: Groups, text: str | None) -> ReadingFile:
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
        return ReadingFile(file, groups, None, faults=[fault])
    except TreeError as error:
        fault = LoadFault(file, error.line, None, error.message, error.cure)
        return ReadingFile(file, groups, None, faults=[fault])
    faults = [LoadFault(file, error.line, None, error.message, error.cure) for error in tree.errors]
    if not isinstance(tree.data, dict):
        message = "the file is no mapping of `document:`, `actors:` ..."
        faults.append(
            LoadFault(file, 1, None, message, "write `document:` and the lists of entries")
        )
        return ReadingFile(file, groups, None, tree, faults)
    return _Reader(file, groups, tree, faults, text).read()


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
    groups: Groups
    tree: Tree
    faults: list[LoadFault]
    text: str | None
    broken: list[Broken] = field(default_factory=list[Broken])

    def read(self) -> ReadingFile:
        data = fields_of(self.tree.data)
        layout = Layout(data, self.groups)
        for fault in layout.faults:
            line = self.tree.line(fault.path)
            self.faults.append(LoadFault(self.file, line, fault.label, fault.message, fault.cure))
        reading, background, whole = self._read_head(data)
        sentences = [self._sentence(item, n) for n, item in enumerate(layout.sentences)]
        placed = [item for raw in layout.entries for item in self._entries(raw, sentences)]
        return ReadingFile(
            self.file, self.groups, reading, self.tree, self.faults, placed, sentences, self.broken,
            background, whole and layout.whole,
        )  # fmt: skip

    def _read_head(self, data: dict[str, Any]) -> tuple[Reading | None, list[int], bool]:
        """The reading without its entries, the indexes of its valid background items, and `whole`.

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
            place = Place(self.file, self.tree, path, label)
            self.faults.append(place.fault(*explain(error, Reading)))
        kept = [index for index in range(count) if index not in bad]
        if "background" in unread:
            kept = []
        if "document" in unread:
            return None, kept, False
        good = {key: value for key, value in head.items() if key not in unread}
        if "background" in good:
            good["background"] = [good["background"][index] for index in kept]
        return Reading.model_validate(good), kept, not unread

    def _sentence(self, data: dict[str, Any], index: int) -> PlacedSentence:
        path: TreePath = (SENTENCES, index)
        place = Place(self.file, self.tree, path, label_of(None, path))
        return PlacedSentence(self._valid(Sentence, data, place), place)

    def _entries(
        self, raw: RawEntry, sentences: list[PlacedSentence]
    ) -> Iterator[tuple[str, Marked, Place]]:
        """The entry and its implied entries; nothing if the entry has faults."""
        kind = self.groups.kinds[raw.group]
        sentence = None if raw.sentence is None else sentences[raw.sentence]
        place = Place(self.file, self.tree, raw.path, raw.label, raw.shared, sentence)
        entry = self._valid(self.groups.entries[raw.group], self._named(raw.data), place)
        if entry is not None and sentence is None and not entry.cite:
            cure = "add `cite:` with words of the document, or put the entry under its sentence"
            self.faults.append(place.fault("the field 'cite' is missing", cure))
            entry = None
        if entry is None:
            id = raw.data.get("id")
            if isinstance(id, str):
                self.broken.append(Broken(kind, id, place))
            return
        yield kind, entry, place
        for other in entry.implied():
            path = (*raw.path, *other.path)
            inner = Place(self.file, self.tree, path, other.entry.id, None, sentence)
            yield other.kind, other.entry, inner

    def _named(self, data: dict[str, Any]) -> dict[str, Any]:
        """The data of an entry. If it has no name, the words that its id spells become the name."""
        id = data.get("id")
        if data.get("name") is not None or not isinstance(id, str):
            return data
        name = id if self.text is None else spelt(id, self.text)
        return data if name is None else data | {"name": name}

    def _valid(self, model: type[M], data: Mapping[str, Any], place: Place) -> M | None:
        """Validate the data. On errors, add the faults and return null."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.faults.append(place.fault(*explain(detail, model), *detail["loc"]))
        return None


def _errors(model: type[BaseModel], data: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        model.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []

"""Reads the YAML of a reading; every fault is told with its line, and good entries go on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from seeds.faults import LoadFault
from seeds.reading.entries import Reading
from seeds.reading.groups import Groups
from seeds.reading.marked import Marked
from seeds.reading.regular_files import FileError, read_regular
from seeds.reading.schema_errors import explain
from seeds.reading.tree import Tree, TreeError, TreePath


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in its file."""

    file: str
    tree: Tree
    path: TreePath
    entry: str | None

    def line(self, *inner: str | int) -> int:
        """The line of the entry, or of a field in it."""
        return self.tree.line((*self.path, *inner))

    def fault(self, message: str, cure: str, *inner: str | int) -> LoadFault:
        """A fault of the entry, or of a field in it."""
        return LoadFault(self.file, self.line(*inner), self.entry, message, cure)


@dataclass(frozen=True, slots=True)
class Broken:
    """An entry that does not fit the schema; others may still refer to it."""

    kind: str
    id: str
    place: Place


@dataclass(frozen=True)
class ReadingFile:
    """A reading with the places of its entries, and what is wrong in it.

    `whole` is false if groups could not be read, so that ids of entries may be missing.
    """

    file: str
    groups: Groups
    reading: Reading | None
    tree: Tree = field(default_factory=lambda: Tree("{}"))
    faults: list[LoadFault] = field(default_factory=list[LoadFault])
    broken: list[Broken] = field(default_factory=list[Broken])
    kept: Mapping[str, list[int]] = field(default_factory=dict[str, list[int]])
    whole: bool = True

    def entries(self) -> Iterator[tuple[str, Marked, Place]]:
        """Each entry with its kind and its place."""
        for group, kind in self.groups.kinds.items():
            for entry, place in self.placed(group):
                yield kind, entry, place

    def placed(self, group: str) -> Iterator[tuple[Any, Place]]:
        """Each item of a list of the reading, with its place."""
        if self.reading is None:
            return
        for index, item in zip(self.kept[group], getattr(self.reading, group), strict=True):
            name = getattr(item, "id", None) or f"{group} {index + 1}"
            yield item, Place(self.file, self.tree, (group, index), name)

    def place(self, *path: str | int) -> Place:
        """A place outside of the entries."""
        return Place(self.file, self.tree, path, None)


def read_file(path: Path, file: str, groups: Groups) -> ReadingFile:
    """Read a reading of this form; `file` is how messages name it. Nothing is raised: see
    `faults`."""
    try:
        cure = "write the reading there, and see that it may be read"
        raw = read_regular(path, cure, "split the reading into several articles")
        found = Tree(_decode(raw))
    except FileError as error:
        message = f"the reading {error.message}"
        fault = LoadFault(file, None, None, message, error.cure)
        return ReadingFile(file, groups, None, faults=[fault])
    except TreeError as error:
        fault = LoadFault(file, error.line, None, error.message, error.cure)
        return ReadingFile(file, groups, None, faults=[fault])
    faults = [
        LoadFault(file, error.line, None, error.message, error.cure) for error in found.errors
    ]
    if not isinstance(found.data, dict):
        message = "the file is no mapping of `document:`, `actors:` ..."
        faults.append(
            LoadFault(file, 1, None, message, "write `document:` and the lists of entries")
        )
        return ReadingFile(file, groups, None, found, faults)
    return _validated(file, groups, found, faults)


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} is {raw[error.start]:#04x}, which is not UTF-8"
        raise TreeError(line, message, "save the file as UTF-8") from None


def _validated(file: str, groups: Groups, found: Tree, faults: list[LoadFault]) -> ReadingFile:
    """The reading of all entries that fit the schema."""
    # An empty field is one that is left out; an unknown one is refused, empty or not.
    data = {
        key: value
        for key, value in _fields(found.data).items()
        if value is not None or key not in groups.model.model_fields
    }
    kept = {group: list(range(len(_items(data, group)))) for group in (*groups.kinds, "background")}
    try:
        reading = groups.model.model_validate(data)
        return ReadingFile(file, groups, reading, found, faults, [], kept)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    bad: defaultdict[str, set[int]] = defaultdict(set)
    unread: set[str] = set()
    for detail in errors:
        place = _place(file, groups, found, data, detail["loc"])
        line = found.line(detail["loc"])
        faults.append(LoadFault(file, line, place.entry, *explain(detail, groups.model)))
        match place.path:
            case (str(group), int(index)):
                bad[group].add(index)
            case _:
                unread.add(str(detail["loc"][0]))
    broken = list(_broken(file, groups, found, data, bad))
    if "document" in unread:
        return ReadingFile(file, groups, None, found, faults, broken, kept, whole=False)
    kept = {group: [i for i in indexes if i not in bad[group]] for group, indexes in kept.items()}
    good = {key: value for key, value in data.items() if key not in unread}
    good |= {group: [_items(data, group)[i] for i in kept[group]] for group in bad}
    reading = groups.model.model_validate(good)
    return ReadingFile(file, groups, reading, found, faults, broken, kept, whole=not unread)


def _broken(
    file: str, groups: Groups, found: Tree, data: dict[str, Any], bad: Mapping[str, set[int]]
) -> Iterator[Broken]:
    """The entries that do not fit the schema, as far as they have ids."""
    for group, indexes in bad.items():
        for index in sorted(indexes):
            place = _place(file, groups, found, data, (group, index))
            id = _fields(_items(data, group)[index]).get("id")
            if isinstance(id, str) and group in groups.kinds:
                yield Broken(groups.kinds[group], id, place)


def _place(file: str, groups: Groups, found: Tree, data: dict[str, Any], path: TreePath) -> Place:
    """The place of the entry that a path leads into, or of the key outside of entries."""
    match path:
        case (str(group), int(index), *_) if group in (*groups.kinds, "background"):
            id = _fields(_items(data, group)[index]).get("id")
            entry = id if isinstance(id, str) else f"{group} {index + 1}"
            return Place(file, found, path[:2], entry)
        case (str(key), *_):
            return Place(file, found, (key,), key)
        case _:
            return Place(file, found, (), None)


def _items(data: dict[str, Any], group: str) -> list[object]:
    value: object = data.get(group)
    return cast("list[object]", value) if isinstance(value, list) else []


def _fields(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}

"""The layout of a reading: finds its entries, their sentences and the values that groups share.

Entries are in lists, one list for each kind, at the top level of the reading or under a sentence.
An item of a list is an entry, only the id of an entry, or a group. A group has its entries in
`each:`. The other fields of the group are default values for these entries.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from seeds.faults import nearest, quoted
from seeds.reading.entry import with_title
from seeds.reading.entry_lists import EntryLists
from seeds.reading.parts import Reading, Sentence
from seeds.reading.schema_errors import NESTING_CURE, describe
from seeds.reading.tree import TreePath

SENTENCES = "sentences"
EACH = "each"
UNSHARED_FIELDS = ("id", "name", "formerly")
"""Fields that a group cannot share."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as plain data, including the shared values of its group."""

    list_name: str
    data: dict[str, Any]
    path: TreePath
    group_path: TreePath | None
    """The path of the group of entries around it."""
    sentence: int | None
    """The index of the sentence above it, or null."""
    label: str
    """The name of the entry in messages."""


@dataclass(frozen=True, slots=True)
class LayoutFault:
    """A fault of a list, a group or a sentence."""

    path: TreePath
    label: str
    message: str
    cure: str


@dataclass
class Layout:
    """The entries and sentences of a reading, and the faults of their lists.

    `complete` is false if a list could not be read. Then entries may be missing.
    """

    data: dict[str, Any]
    entry_lists: EntryLists
    entries: list[RawEntry] = field(default_factory=list[RawEntry])
    sentences: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """The fields of each sentence without its entries."""
    faults: list[LayoutFault] = field(default_factory=list[LayoutFault])
    complete: bool = True

    def __post_init__(self) -> None:
        self._refuse_unknown(self.data, (*Reading.model_fields, SENTENCES), ())
        self._read_lists(self.data, (), None)
        for index, item in enumerate(self._list(self.data, SENTENCES, ())):
            self._read_sentence(fields_of(item), index)

    def _read_sentence(self, data: dict[str, Any], index: int) -> None:
        path: TreePath = (SENTENCES, index)
        self._refuse_unknown(data, tuple(Sentence.model_fields), path)
        self.sentences.append(
            {key: value for key, value in data.items() if key in Sentence.model_fields}
        )
        if not any(data.get(name) for name in self.entry_lists.entries):
            message = f"there is no entry under the sentence {quoted(str(data.get('quote', '')))}"
            cure = "add a list such as `events:`, or move it to `background:` with a reason"
            self._fault(path, message, cure)
        self._read_lists(data, path, index)

    def _refuse_unknown(
        self, data: dict[str, Any], fields: tuple[str, ...], path: TreePath
    ) -> None:
        """Add a fault for each key that is neither in `fields` nor a list of entries."""
        known = [*fields, *self.entry_lists.entries]
        for key in data.keys() - set(known):
            cure = f"{nearest(key, known)}The fields here are {', '.join(known)}"
            self._fault((*path, key), f"there is no field {key!r}", cure)
            self.complete = False

    def _read_lists(self, data: dict[str, Any], path: TreePath, sentence: int | None) -> None:
        for list_name in self.entry_lists.entries:
            for index, item in enumerate(self._list(data, list_name, path)):
                item_path = (*path, list_name, index)
                if EACH in fields_of(item):
                    self._read_group(list_name, fields_of(item), item_path, sentence)
                else:
                    self._add(list_name, item, item_path, sentence)

    def _read_group(
        self, list_name: str, data: dict[str, Any], path: TreePath, sentence: int | None
    ) -> None:
        members = self._list(data, EACH, path)
        if not members:
            self._fault((*path, EACH), f"{EACH!r} is empty", "write at least one entry in it")
        shared = {key: value for key, value in data.items() if key != EACH}
        for name in [name for name in UNSHARED_FIELDS if name in shared]:
            del shared[name]
            message = f"the entries of a group cannot share {name!r}"
            self._fault((*path, name), message, f"write `{name}:` in each entry")
        known = [
            name
            for name in self.entry_lists.entries[list_name].model_fields
            if name not in UNSHARED_FIELDS
        ]
        for name in shared.keys() - set(known):
            del shared[name]
            cure = f"{nearest(name, known)}The fields here are {', '.join([EACH, *known])}"
            self._fault((*path, name), f"there is no field {name!r}", cure)
        for index, item in enumerate(members):
            self._add(list_name, item, (*path, EACH, index), sentence, path, shared)

    def _add(
        self,
        list_name: str,
        item: object,
        path: TreePath,
        sentence: int | None,
        group_path: TreePath | None = None,
        shared: dict[str, Any] | None = None,
    ) -> None:
        item = {"id": item} if isinstance(item, str) else with_title(item)
        label = label_of(item, path)
        if isinstance(item, dict):
            data = (shared or {}) | fields_of(cast("object", item))
            self.entries.append(RawEntry(list_name, data, path, group_path, sentence, label))
        else:
            self._fault(path, f"{label!r} is {describe(item)}, not fields", NESTING_CURE)

    def _list(self, data: dict[str, Any], key: str, path: TreePath) -> list[object]:
        value: object = data.get(key)
        if value is None:
            return []
        if isinstance(value, list):
            return cast("list[object]", value)
        self._fault((*path, key), f"{key!r} is {describe(value)}, not a list", NESTING_CURE)
        self.complete = False
        return []

    def _fault(self, path: TreePath, message: str, cure: str) -> None:
        self.faults.append(LayoutFault(path, label_of(None, path), message, cure))


def fields_of(value: object) -> dict[str, Any]:
    """The value if it is a mapping, else an empty mapping."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def label_of(item: object, path: TreePath) -> str:
    """The name of an item in messages: its id, or else its list and its number, from 1."""
    id = fields_of(item).get("id")
    if isinstance(id, str):
        return id
    numbered = list(_numbered(path))
    return numbered[-1] if numbered else str(path[-1]) if path else ""


def _numbered(path: Iterable[str | int]) -> Iterator[str]:
    name = ""
    for part in path:
        if isinstance(part, int):
            yield f"{name} {part + 1}"
        else:
            name = part

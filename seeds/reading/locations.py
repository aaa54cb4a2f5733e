"""Locations: the positions of the parts of a reading in its YAML file, for messages."""

from dataclasses import dataclass

from seeds.faults import LoadFault
from seeds.reading.parts import Sentence
from seeds.reading.tree import Tree, TreePath


@dataclass(frozen=True, slots=True)
class FileLocation:
    """The position of an entry in its file.

    `entry` is the name of the entry in messages. `group_path` is the path of the group around it.
    """

    file: str
    tree: Tree
    path: TreePath
    entry: str | None
    group_path: TreePath | None = None
    sentence: "LocatedSentence | None" = None
    """The sentence above the entry, or null."""

    def line(self, *inner: str | int) -> int:
        """The line of the entry, or of a field in it. The field may be written in the group."""
        path = (*self.path, *inner)
        if inner and self.group_path is not None and (*self.path, inner[0]) not in self.tree.lines:
            in_group = (*self.group_path, *inner)
            path = in_group if (*self.group_path, inner[0]) in self.tree.lines else path
        return self.tree.line(path)

    def fault(self, message: str, cure: str, *inner: str | int) -> LoadFault:
        """A fault of the entry, or of a field in it."""
        return LoadFault(self.file, self.line(*inner), self.entry, message, cure)


@dataclass(frozen=True, slots=True)
class LocatedSentence:
    """A sentence of the document with its location. `sentence` is null if it has faults."""

    sentence: Sentence | None
    location: FileLocation

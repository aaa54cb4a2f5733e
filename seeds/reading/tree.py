"""Parses YAML into plain data and keeps the line of every node.

Every scalar is a text, even `2019`, `no` and `2019-06-09`, so that a missing quotation mark does
not change a value. Only a plain `null`, `~` or an empty value is null. Anchors, aliases, tags and
several documents in one file are refused: every value must stand where it is used.
"""

from collections.abc import Iterator
from typing import Any

import yaml

TreePath = tuple[str | int, ...]
MAX_LEVELS = 20
_NULLS = ("", "~", "null")


class TreeError(ValueError):
    """The YAML cannot be parsed, or is not allowed. `line` counts from 1."""

    def __init__(self, line: int, message: str, cure: str) -> None:
        super().__init__(f"line {line}: {message}. {cure}")
        self.line, self.message, self.cure = line, message, cure


class Tree:
    """A parsed YAML file: its data, and the line of each node by its path.

    Raises `TreeError` for errors that stop the parser. All other errors are in `errors`.
    """

    def __init__(self, text: str) -> None:
        self.lines: dict[TreePath, int] = {}
        self.errors: list[TreeError] = []
        self._events = _events(text)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.data = self._value(next(self._events), ())
                break
        else:
            raise TreeError(1, "the file is empty", "write the reading: `document:` first")
        self._refuse_second_document()

    def line(self, path: TreePath) -> int:
        """The line of the node at the path. If it has no line, the line of its nearest ancestor."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def _value(self, event: Any, path: TreePath) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        self._refuse_references(event, path)
        if len(path) > MAX_LEVELS:
            raise TreeError(self.line(path), f"more than {MAX_LEVELS} levels", "flatten it")
        if isinstance(event, yaml.ScalarEvent):
            value: str = event.value
            if "\0" in value:
                self.errors.append(TreeError(self.line(path), "a NUL in a text", "remove it"))
            return None if not event.style and value in _NULLS else value
        if isinstance(event, yaml.SequenceStartEvent):
            return [
                self._value(item, (*path, index))
                for index, item in enumerate(self._events_before(yaml.SequenceEndEvent))
            ]
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return None

    def _mapping(self, path: TreePath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in self._events_before(yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise TreeError(line, "a key that is no plain word", "write `key: value`")
            self._refuse_references(event, path)
            key: str = event.value
            if key in mapping:
                self.errors.append(
                    TreeError(
                        line,
                        f"the key {key!r} occurs twice, first in line {self.lines[*path, key]}",
                        "keep one of them",
                    )
                )
                self._value(next(self._events), (*path, key))
                continue
            self.lines[*path, key] = line
            mapping[key] = self._value(next(self._events), (*path, key))
        return mapping

    def _events_before(self, end: type[Any]) -> Iterator[Any]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _refuse_references(self, event: Any, path: TreePath) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            message = f"an alias, *{event.anchor}"
            self.errors.append(TreeError(line, message, "write the value itself"))
        elif getattr(event, "anchor", None):
            message = f"an anchor, &{event.anchor}"
            self.errors.append(TreeError(line, message, "remove it; readings have no references"))
        elif getattr(event, "tag", None):
            message = f"a tag, {event.tag}"
            self.errors.append(TreeError(line, message, f"remove it from {_dotted(path)}"))

    def _refuse_second_document(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                line = event.start_mark.line + 1
                raise TreeError(line, "a second YAML document", "remove the line `---`")


def _dotted(path: TreePath) -> str:
    return ".".join(str(part) for part in path) or "the beginning"


def _events(text: str) -> Iterator[Any]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        yield from yaml.parse(text, Loader=loader)  # pyright: ignore[reportUnknownMemberType]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        cure = "check the indentation, and put text with `: `, ` #` or leading quotes in quotes"
        context = f" {error.context}" if error.context else ""
        message = f"broken YAML:{context} {error.problem or ''}".replace("\n", " ").rstrip()
        raise TreeError(mark.line + 1 if mark else 1, message, cure) from None
    except yaml.YAMLError as error:
        message = f"broken YAML: {' '.join(str(error).split())}"
        raise TreeError(1, message, "remove the characters that YAML does not allow") from None

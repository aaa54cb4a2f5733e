"""All rows as linked data: one JSON-LD document with a node for each row.

Fields are terms of the vocabulary of the service. Each reference is the address of another node.
With a public address, all addresses are absolute. Without one, those of nodes are relative to the
address of the document, and terms have a name-based UUID, because not every tool takes relative
terms.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from pydantic_core import to_json

from app.about import LICENCE_URL, TITLE
from app.download.sinks import Facts, Sink
from app.download.tables import Row, TidyTable
from app.links import PublicAddress
from app.resources.registry import BY_KIND

_LEFT_OUT = frozenset(("kind", "id", "links"))


def vocabulary(address: PublicAddress) -> str:
    """The beginning of the address of each term."""
    path = "/v1/vocabularies"
    return f"{address.link(path) if address.origin else address.identifier(path)}#"


class JsonLdSink(Sink):
    """Writes the document, one node in each line."""

    media_type = "application/ld+json"
    title = "All rows as JSON-LD"

    def __init__(self, path: Path, facts: Facts, tables: Sequence[TidyTable]) -> None:
        super().__init__(path, facts, tables)
        self._file = path.open("wb")
        self._link = facts.address.link
        self._targets = {kind: f"/v1/{each.path}/" for kind, each in BY_KIND.items()}
        about = {
            "@id": self._link("/v1/dataset"),
            "@type": "http://schema.org/Dataset",
            "name": TITLE,
            "http://schema.org/version": facts.dataset.version,
            "http://schema.org/license": {"@id": LICENCE_URL},
            "http://schema.org/creditText": "; ".join(facts.attributions),
        }
        context = {
            "@version": 1.1,
            "@vocab": vocabulary(facts.address),
            "name": "http://schema.org/name",
        }
        self._file.write(b'{"@context":%b,"@graph":[\n%b' % (to_json(context), to_json(about)))

    def rows(self, rows: Sequence[Row]) -> None:
        nodes = (to_json(self._node(row)) for row in rows)
        self._file.write(b"".join(b",\n" + node for node in nodes))

    def finish(self) -> None:
        self._file.write(b"\n]}\n")
        self._file.close()

    def close(self) -> None:
        self._file.close()

    def _node(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """An object without null and empty values. One with a kind and an id is a row, or refers to
        a row, so it is a node of its own."""
        node: dict[str, Any] = {}
        kind, id = row.get("kind"), row.get("id")
        if kind is not None and id is not None:
            node = {"@id": self._link(f"{self._targets[kind]}{id}"), "@type": kind}
        for key, value in row.items():
            if (key in _LEFT_OUT and node) or value is None or value == []:
                continue
            node[key] = self._value(value)
        return node

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return self._node(cast(Mapping[str, Any], value))
        if isinstance(value, list):
            return [self._value(each) for each in cast(list[Any], value)]
        return value

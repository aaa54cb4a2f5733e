"""Small sample content for tests, with rows in every table."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from app.edtf.dates import parse_edtf
from app.rendering import content_hash, short_hash
from app.resources.actors import ActorRow
from app.resources.passages import CitingRow
from app.resources.registry import BY_KIND, RESOURCES
from app.resources.rows import Certain, Citation, DateValue, Reference, Row, RowLinks
from seeds.dataset_content import Content, LoadedRow, SectionKey

TEXT = "Made up\n\nAlice met Bob in 2019.\n\nThey signed a treaty.\n"
"""The text of the only document. Its last two paragraphs are its passages."""


SECTIONS = (SectionKey("made-up", "top"), SectionKey("made-up", "meeting"))
"""The section that cites all rows."""


def date(edtf: str, **marks: Any) -> DateValue:
    """The date value of an EDTF date."""
    found = parse_edtf(edtf)
    certain = Certain(from_=found.certain[0], to=found.certain[1]) if found.certain else None
    return DateValue(
        edtf=edtf,
        earliest=found.earliest,
        latest=found.latest,
        certain=certain,
        interval=found.interval,
        precision=found.precision,
        qualifier=found.qualifier,
        modifier=marks.get("modifier"),
        basis=marks.get("basis", "stated"),
        text=marks.get("text", edtf),
    )


def ref(kind: str, id: str, name: str = "") -> Reference:
    """A reference to a row."""
    return Reference(kind=kind, id=id, name=name or id.title())


def cited(start: int, end: int, *fields: str, passage: str = "made-up-1") -> Citation:
    """A citation of the text."""
    return Citation(
        fields=list(fields),
        document="made-up",
        section="meeting",
        passage=passage,
        start=start,
        end=end,
        exact=TEXT[start:end],
        prefix=TEXT[max(start - 32, 0) : start],
        suffix=TEXT[end : end + 32],
    )


def loaded(kind: str, id: str, position: int, **fields: Any) -> LoadedRow:
    """A loaded row. Missing fields are null, empty or `[]`."""
    resource = BY_KIND[kind]
    beside: dict[str, Any] = {
        key: fields.pop(key)
        for key in ("citations", "evidence", "names", "former_ids", "columns", "in_sections")
        if key in fields
    }
    values: dict[str, Any] = {"name": id.replace("-", " ").title(), "note": None, "version": ""}
    values |= {"links": RowLinks(self=f"/v1/{resource.path}/{id}"), "id": id}
    for name, field in resource.row.model_fields.items():
        if field.is_required() and name not in values | fields:
            values[name] = [] if "list[" in str(field.annotation) else None
    row = cast(Row, resource.row.model_validate(values | fields))
    citations = tuple(beside.get("citations", (cited(9, 18, "name"),)))
    if not resource.cited:
        citations = ()
    row = row.model_copy(update={"version": content_hash(row, list(citations))})
    if citations or kind == "passage":
        beside = {"in_sections": SECTIONS, **beside}
    beside = {"evidence": citations if resource.cited else None, **beside, "citations": citations}
    names: Sequence[str] = beside.pop("names", (row.name,))
    return LoadedRow(resource, row, position, names=tuple(names), **beside)


def content(rows: Iterable[LoadedRow]) -> Content:
    """The content with these rows, in the order of a load."""
    kinds = [resource.kind for resource in RESOURCES]
    ordered = sorted(rows, key=lambda row: (kinds.index(row.row.kind), row.position, row.row.id))
    version = short_hash([[row.row.id, row.row.version] for row in ordered])
    actors = {each.row.id: each.row for each in ordered if isinstance(each.row, ActorRow)}
    return Content(version, ordered, len(ordered), {"passages": 2, "left_over": []}, actors)


def renamed(row: LoadedRow, name: str) -> LoadedRow:
    """A copy of the row with another name."""
    changed: Row = row.row.model_copy(update={"name": name})
    version = content_hash(changed, list(row.citations))
    return replace(row, row=changed.model_copy(update={"version": version}), names=(name,))


def citing(kind: str, id: str, exact: str) -> CitingRow:
    """A row that cites a passage."""
    return CitingRow(kind=kind, id=id, name=id.title(), fields=["name"], exact=exact)

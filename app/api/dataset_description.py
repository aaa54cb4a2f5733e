"""`/v1/dataset`: the knowledge base as a dataset, in the terms of schema.org and DCAT (JSON-LD).

One set of nodes serves both vocabularies, since catalogues read one or the other. The context
stands in the document, so nobody has to fetch it.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Select, select
from starlette.requests import Request

from app.about import DESCRIPTION, KEYWORDS, LICENCE_URL, TITLE
from app.api.context import AppContext
from app.api.exports import formats_of
from app.api.index import SimpleRoute, all_counts, sources
from app.api.negotiation import JSON
from app.api.responses import to_json
from app.api.routes import Route, add_route
from app.api.simple_requests import PARAMETERS
from app.db import DatasetState, Snapshot, SqlStatement
from app.db.reader import Rows
from app.links import PublicAddress
from app.resources.lists import LISTS
from app.resources.registry import BY_KIND, RESOURCES
from app.resources.resource import table_of
from app.resources.shared import Entry

JSON_LD = "application/ld+json"
PATH = "/v1/dataset"
CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{
        term: {"@type": "@id"}
        for term in (
            "url", "license", "contentUrl", "dct:license", "dcat:landingPage",
            "dcat:accessURL", "dcat:downloadURL", "dcat:mediaType",
        )
    },
    **{term: {"@type": "xsd:dateTime"} for term in ("dateModified", "dct:modified")},
    **{term: {"@type": "xsd:date"} for term in ("dcat:startDate", "dcat:endDate")},
}  # fmt: skip
PLACES = ("Hong Kong", "United States")
PUBLISHER = "hkus-kb"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def dataset_router() -> APIRouter:
    """`/v1/dataset`."""
    router = APIRouter(tags=["About"])
    add_route(
        router,
        Route(
            PATH,
            SimpleRoute(_statements, _description, JSON_LD, also=(JSON,), leaves_the_api=True),
            name="getDataset",
            summary="The dataset as JSON-LD",
            description="The knowledge base described by schema.org Dataset and DCAT, for "
            "catalogues and search engines. Its links are absolute if the service has a public "
            "address.",
            content={JSON_LD: {"schema": {"type": "object"}}},
            parameters=PARAMETERS,
        ),
    )
    return router


def _statements(_: Request) -> list[SqlStatement]:
    return [
        SqlStatement("counts of all", all_counts, {}),
        SqlStatement("sources", sources, {}),
        SqlStatement("first day of all", _first_day, {}, per_dataset=True),
        SqlStatement("last day of all", _last_day, {}, per_dataset=True),
    ]


def _first_day() -> Select[Any]:
    columns = table_of(Entry).c
    found = select(columns.date_earliest).where(columns.date_earliest.is_not(None))
    return found.order_by(columns.date_first).limit(1)


def _last_day() -> Select[Any]:
    columns = table_of(Entry).c
    found = select(columns.date_latest).where(columns.date_latest.is_not(None))
    return found.order_by(columns.date_last.desc()).limit(1)


def _description(request: Request, snapshot: Snapshot) -> bytes:
    context: AppContext = request.app.state.context
    counts, sources, *days = snapshot.results
    described = Description(context.address, snapshot.dataset, dict(map(tuple, counts)), sources)
    return to_json(described.node([rows[0][0] if rows else None for rows in days]))


class Description:
    """Makes the description of one dataset."""

    def __init__(
        self, address: PublicAddress, dataset: DatasetState, counts: dict[str, int], sources: Rows
    ) -> None:
        self._link = address.link
        self._dataset = dataset
        self._counts = counts
        self._sources = sources

    def node(self, days: list[str | None]) -> dict[str, Any]:
        """The whole document. `days` are the first and the last day of all dated rows."""
        files = [each for resource in LISTS for each in self._files(resource.path)]
        named = [{"@id": each["@id"]} for each in files]
        return {
            "@context": CONTEXT,
            "@id": self._link(PATH),
            "@type": ["Dataset", "dcat:Dataset"],
            **_both("name", "dct:title", TITLE),
            **_both("description", "dct:description", DESCRIPTION),
            **_both("version", "dcat:version", self._dataset.version),
            **_both("dateModified", "dct:modified", self._dataset.loaded_at),
            **_both("license", "dct:license", LICENCE_URL),
            **_both("keywords", "dcat:keyword", list(KEYWORDS)),
            **_both("inLanguage", "dct:language", "en"),
            **_both("url", "dcat:landingPage", self._link("/")),
            "identifier": self._dataset.version,
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": PUBLISHER},
            "dct:publisher": {"@type": "foaf:Organization", "foaf:name": PUBLISHER},
            "creditText": "; ".join(dict.fromkeys(row[4] for row in self._sources)),
            **_period(*days),
            "spatialCoverage": [{"@type": "Place", "name": name} for name in PLACES],
            "isBasedOn": [self._source(row) for row in self._sources],
            "hasPart": [self._part(resource.path) for resource in RESOURCES],
            "distribution": files,
            "dcat:distribution": named,
        }

    def _source(self, row: tuple[Any, ...]) -> dict[str, Any]:
        id, name, url, licence, credit = row
        return {
            "@id": self._link(f"/{BY_KIND['document'].path}/{id}"),
            "@type": "CreativeWork",
            "name": name,
            "url": url,
            "license": {"@type": "CreativeWork", "name": licence},
            "creditText": credit,
        }

    def _part(self, path: str) -> dict[str, Any]:
        resource = next(each for each in RESOURCES if each.path == path)
        return {
            "@id": self._link(f"/v1/{path}"),
            "@type": "Dataset",
            "name": f"{TITLE}: {resource.title.lower()}",
            "description": f"{resource.description} {_rows(self._counts[path])}.",
            "url": self._link(f"/{path}"),
            "license": LICENCE_URL,
        }

    def _files(self, path: str) -> Iterator[dict[str, Any]]:
        """The exports of one list as tables. Calendars and feeds are no downloads of data."""
        resource = next(each for each in LISTS if each.path == path)
        tables = [each for each in formats_of(resource).values() if not each.dated_only]
        for name, media_type in ((each.name, each.media_type.partition(";")[0]) for each in tables):
            target = self._link(f"/v1/{path}?format={name}")
            yield {
                "@id": self._link(f"{PATH}#{path}-{name}"),
                "@type": ["DataDownload", "dcat:Distribution"],
                **_both("name", "dct:title", f"{resource.title}, {name.upper()}"),
                **_both("contentUrl", "dcat:downloadURL", target),
                "dcat:accessURL": target,
                "encodingFormat": media_type,
                "dcat:mediaType": f"{_MEDIA_TYPES}{media_type}",
                **_both("license", "dct:license", LICENCE_URL),
            }


def _both(schema_org: str, dcat: str, value: Any) -> dict[str, Any]:
    """One value by the terms of both vocabularies."""
    return {schema_org: value, dcat: value}


def _period(first: str | None, last: str | None) -> dict[str, Any]:
    """The days that the dated rows cover; nothing without such rows."""
    if first is None and last is None:
        return {}
    ends = {"dcat:startDate": first, "dcat:endDate": last}
    period = {"@type": "dct:PeriodOfTime", **{name: day for name, day in ends.items() if day}}
    return {"temporalCoverage": f"{first or '..'}/{last or '..'}", "dct:temporal": period}


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"

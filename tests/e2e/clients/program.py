"""A program that uses the Python client. pyright checks the types in strict mode; running it checks
the values.

openapi-python-client generates the package `hkus` from the OpenAPI document.
"""

import asyncio
import json
import sys
from http import HTTPStatus

from hkus.api.events import get_event, list_events
from hkus.models import (
    ErrorObjectCode,
    EventItem,
    EventPage,
    EventRow,
    EventTypes,
    Facet,
    Problem,
    Roles,
)
from hkus.types import UNSET

from hkus import Client


def first_event(client: Client) -> dict[str, object]:
    page = list_events.sync(
        client=client,
        date="2020-07",
        type_=[EventTypes.ORDER, EventTypes.LEGISLATION],
        facet=[list_events.ListEventsFacetItem.TYPE],
        limit=1,
    )
    assert isinstance(page, EventPage)
    row: EventRow = page.data[0]
    assert row.citations is UNSET, "not asked for, so not there"
    assert row.date is not None
    earliest: str | None = row.date.earliest
    roles: list[Roles] = [actor.role for actor in row.actors]
    assert page.facets is not None
    facet: Facet = page.facets["type"]
    return {
        "earliest": earliest,
        "roles": [role.value for role in roles],
        "total": page.meta.total,
        "bucket": facet.buckets[0].count,
    }


async def its_proof(client: Client, id: str) -> dict[str, object]:
    item = await get_event.asyncio(id, client=client)
    assert isinstance(item, EventItem)
    quoted: list[str] = [citation.exact for citation in item.data.citations]
    return {"quoted": len(quoted), "statements": item.links.statements.count}


def refusal(client: Client) -> dict[str, object]:
    answer = list_events.sync_detailed(client=client, date="2020-02-30")
    problem = answer.parsed
    assert isinstance(problem, Problem)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    code: ErrorObjectCode = problem.errors[0].code
    return {"status": problem.status, "code": code.value}


def main() -> None:
    client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
    results = {
        "event": first_event(client),
        "proof": asyncio.run(its_proof(client, "hong-kong-autonomy-act-signed")),
        "refusal": refusal(client),
    }
    sys.stdout.write(json.dumps(results))


main()

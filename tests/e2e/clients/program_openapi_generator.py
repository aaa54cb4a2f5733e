"""A program that uses the client of openapi-generator.

pyright checks the types; running it checks the values.
"""

import json
import sys
from urllib.parse import parse_qs, urlsplit

from hkus_client import ApiClient, Configuration, EventsApi
from hkus_client.api.about_api import AboutApi
from hkus_client.api.documents_api import DocumentsApi
from hkus_client.api.trade_figures_api import TradeFiguresApi
from hkus_client.exceptions import BadRequestException
from hkus_client.models.event_row import EventRow
from hkus_client.models.event_types import EventTypes
from hkus_client.models.indicators import Indicators


def cursor_of(link: str | None) -> str | None:
    """The cursor in the link to the next page."""
    return parse_qs(urlsplit(link).query)["cursor"][0] if link else None


def events_of_2020(api: EventsApi) -> dict[str, object]:
    rows: list[EventRow] = []
    cursor: str | None = None
    while True:
        page = api.list_events(
            date_from="2020",
            date_to="2020",
            type=[EventTypes.ORDER, EventTypes.LEGISLATION],
            limit=2,
            cursor=cursor,
        )
        rows += page.data
        cursor = cursor_of(page.links.next)
        if cursor is None:
            return {"ids": [row.id for row in rows], "total": page.meta.total}


def its_proof(api: EventsApi, id: str) -> dict[str, object]:
    row = api.get_event(id).data
    return {"quoted": len(row.citations), "values": [number.value for number in row.numbers]}


def exports_of_2006(api: TradeFiguresApi) -> float | int | None:
    """A plain number; no generated class wraps it."""
    return api.list_trade_figures(var_date="2006", indicator=[Indicators.EXPORTS]).data[0].value


def text(client: ApiClient) -> dict[str, int]:
    """The client accepts only problems, as the route has no other JSON. It gets the text."""
    document = DocumentsApi(client).list_documents().data[0]
    text = AboutApi(client).get_document_text(document.id)
    return {"promised": document.characters, "got": len(text)}


def refusal(api: EventsApi) -> dict[str, object]:
    try:
        api.list_events(var_date="2020-02-30")
    except BadRequestException as error:
        problem = json.loads(f"{error.body}")
        return {"status": problem["status"], "code": problem["errors"][0]["code"]}
    raise AssertionError("An impossible date was answered.")


def main() -> None:
    with ApiClient(Configuration(host=sys.argv[1])) as client:
        events = EventsApi(client)
        results = {
            "events": events_of_2020(events),
            "proof": its_proof(events, "hong-kong-autonomy-act-signed"),
            "exports": exports_of_2006(TradeFiguresApi(client)),
            "text": text(client),
            "refusal": refusal(events),
        }
    sys.stdout.write(json.dumps(results))


main()

"""Collect the example answers of the OpenAPI document. `make openapi` stores them.

Lists are cut to one item, and long texts to their beginning, so that the document stays small.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from sqlalchemy import URL

from app.api.openapi.examples import EXAMPLES_FILE
from app.main import create_app, with_middleware
from app.problems.problems import INTERNAL, ProblemError, unavailable
from seeds.build import read_content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.openapi.requests import Json, address, operations, parameters, plain_request

MAX_ITEMS = 1
MAX_CHARACTERS = 300
MAX_TEXT = 160
"""Of a text in a JSON answer. Links stay whole."""
REQUEST_ID = "0123456789abcdef"
LOADED_AT = "2026-11-22T12:00:00Z"

REFUSED = {
    400: "/v1/events?date=2020-02-30",
    404: "/v1/events/hong-kong-autonomy-act-sign",
    406: "/v1/events",
    409: "/v1/events?expect_dataset=0123456789abcdef",
    414: f"/v1/events?q={'a' * 8192}",
    422: "/v1/events?type=ordr&limit=201",
}


WITHOUT_EXAMPLE = frozenset({"listDownloads", "getDataset"})
"""Operations without an example: the answer depends on the time of the load, or is very long."""
ALIKE = ("text/calendar", "application/atom+xml")
"""Formats that look the same for all lists. Only the operation `SHOWN_FOR_ALL` has examples."""
SHOWN_FOR_ALL = "listEvents"


def has_example(operation: Json, media_type: str) -> bool:
    """Whether the document shows an example of this answer."""
    name = operation["operationId"]
    return name not in WITHOUT_EXAMPLE and (media_type not in ALIKE or name == SHOWN_FOR_ALL)


def collected(client: ApiClient) -> Json:
    """An example for each answer of the document."""
    document: Json = client.get("/openapi.json").json()
    answers: Json = {
        operation["operationId"]: dict(_answers(client, path, operation))
        for path, operation in operations(document)
        if operation["operationId"] not in WITHOUT_EXAMPLE
    }
    version = client.get("/v1").headers["x-dataset-version"]
    problems = {f"Problem{status}": _problem(client, status) for status in REFUSED}
    ours = {
        "Problem500": _example(
            "GET /v1/events", ProblemError(INTERNAL, "The server made a mistake.")
        ),
        "Problem503": _example(
            "GET /v1/events", unavailable("database-away", "The database does not answer.")
        ),
    }
    found = {"dataset": version, "answers": answers, "problems": {**problems, **ours}}
    return _at_a_fixed_time(found, client.get("/readyz").json()["loaded_at"])


def _at_a_fixed_time(found: Json, loaded_at: str) -> Json:
    """Replace the time of the load by a constant. It is the only time in an answer that changes."""
    text = json.dumps(found)
    for given, fixed in ((loaded_at, LOADED_AT), (_compact(loaded_at), _compact(LOADED_AT))):
        text = text.replace(given, fixed)
    return json.loads(text)


def _compact(time: str) -> str:
    """The time in the format of iCalendar."""
    return time.replace("-", "").replace(":", "")


def _answers(client: ApiClient, path: str, operation: Json) -> Iterator[tuple[str, Json]]:
    for media_type in operation["responses"]["200"]["content"]:
        if not has_example(operation, media_type):
            continue
        request = _request(path, operation, media_type)
        answer = client.get(request, headers={"Accept": media_type})
        assert answer.status_code == 200, answer.text
        is_json = media_type in ("application/json", "application/ld+json")
        value = cut(answer.json()) if is_json else answer.text[:MAX_CHARACTERS]
        yield media_type, {"request": f"GET {request}", "value": value}


def _request(path: str, operation: Json, media_type: str) -> str:
    """A request for one row of a list (of events with a facet), or for a few groups. The row has
    no evidence, because the route of a single item has an example of it."""
    plain, query = plain_request(path, operation)
    known = parameters(operation)
    if "cursor" not in known:
        return address(plain, query | ({"limit": 3} if "limit" in known else {}))
    has_facet = media_type == "application/json" and operation["operationId"] == SHOWN_FOR_ALL
    wanted = ("id", "facet") if has_facet else ("id",)
    if media_type in ("text/csv", "application/x-ndjson"):
        wanted = (*wanted, "fields")
    return address(
        plain, query | {name: known[name]["example"] for name in wanted if name in known}
    )


def cut(value: Any) -> Any:
    """A copy of the answer whose lists are cut."""
    if isinstance(value, list):
        return [cut(item) for item in cast(list[Any], value)[:MAX_ITEMS]]
    if isinstance(value, dict):
        return {key: cut(item) for key, item in cast(Json, value).items()}
    if isinstance(value, str) and not value.startswith("/"):
        return value[:MAX_TEXT]
    return value


def _problem(client: ApiClient, status: int) -> Json:
    headers = {"X-Request-ID": REQUEST_ID}
    if status == 406:
        headers["Accept"] = "text/html"
    answer = client.get(REFUSED[status], headers=headers)
    assert answer.status_code == status, answer.text
    return {"request": f"GET {REFUSED[status][:60]}", "value": cut(answer.json())}


def _example(request: str, problem: ProblemError) -> Json:
    return {"request": request, "value": json.loads(problem.body(REQUEST_ID))}


def main() -> None:
    """Load the shipped articles and store the example answers."""
    with TemporaryDirectory() as folder:
        url = URL.create("sqlite", database=str(Path(folder, "hkus.db")))
        publish(url, read_content(), Quiet())
        settings = settings_for(url)
        with ApiClient(with_middleware(create_app(settings), settings)) as client:
            text = json.dumps(collected(client), indent=1, ensure_ascii=False)
    EXAMPLES_FILE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

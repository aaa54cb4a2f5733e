"""The MCP server (Model Context Protocol), called by the client of the SDK."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from mcp.client import Client
from mcp_types import TextContent
from sqlalchemy import URL

from app.mcp_server import make_server
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get

MAX_CHARACTERS = 5_000
"""Limit for all tool definitions in JSON. An English text has 3 to 4 characters per token."""

QUESTIONS: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    ("search", {"words": "Hong Kong Autonomy Act"}, "hong-kong-autonomy-act"),
    ("search", {"words": '"extradition treaty"'}, "extradition"),
    ("search", {"words": "Snowden", "limit": 3}, "edward-snowden"),
    ("search", {"words": "sanctio*"}, "sanction"),
    (
        "list_rows",
        {"path": "events", "filters": {"date": "2020-07", "date_match": "within"}},
        "2020-07-14",
    ),
    ("list_rows", {"path": "events", "filters": {"actor": "donald-trump"}}, "donald-trump"),
    ("list_rows", {"path": "events", "filters": {"modality": "alleged"}}, "alleged"),
    ("list_rows", {"path": "laws", "filters": {"jurisdiction": "united-states"}}, "law"),
    ("list_rows", {"path": "agreements"}, "parties"),
    ("list_rows", {"path": "trade-figures", "filters": {"indicator": ["trade-balance"]}}, "value"),
    ("list_rows", {"path": "polls"}, "percent"),
    ("list_rows", {"path": "statements", "filters": {"speaker": "edward-snowden"}}, "speakers"),
    ("list_rows", {"path": "offices", "limit": 50}, "operator"),
    ("list_rows", {"path": "memberships"}, "organisation"),
    ("list_rows", {"path": "passages", "limit": 20}, "cited_by"),
    ("get_row", {"path": "events", "id": "hong-kong-autonomy-act-signed"}, "related_lists"),
    ("get_row", {"path": "documents", "id": "hong-kong-united-states-relations"}, "sections"),
    ("count_rows", {"path": "events", "by": ["date:year"]}, '"2020"'),
    ("count_rows", {"path": "events", "by": ["type", "modality"]}, "occurred"),
    ("vocabulary", {"name": "event-types"}, "definition"),
    ("vocabulary", {}, "event-types"),
)


REFUSALS: tuple[tuple[str, Mapping[str, Any], str], ...] = (
    ("list_rows", {"path": "events", "filters": {"date": "summer"}}, "YYYY-MM"),
    ("list_rows", {"path": "events", "filters": {"actr": "x"}}, "actor"),
    ("list_rows", {"path": "events", "filters": {"actor": "donald-trum"}}, "donald-trump"),
    ("list_rows", {"path": "evnts"}, "/v1"),
    ("get_row", {"path": "events", "id": "hong-kong-autonomy-act-signd"}, "autonomy"),
    ("get_row", {"path": "../v1", "id": "events"}, "/v1"),
    ("count_rows", {"path": "events", "by": ["month"]}, "date:month"),
    ("vocabulary", {"name": "event-type"}, "event-types"),
    ("search", {"words": "…"}, "letters or digits"),
    ("search", {"words": "x", "limit": 1000}, "50"),
)

Call = tuple[str, Mapping[str, Any]]
Answer = tuple[bool, str]
"""Whether the tool returned an error, and the text of its answer."""


async def _call_all(loaded: URL, calls: Sequence[Call]) -> list[Answer]:
    async with Client(make_server(settings_for(loaded))) as client:
        return [await _call(client, tool, values) for tool, values in calls]


async def _call(client: Client, tool: str, values: Mapping[str, Any]) -> Answer:
    result = await client.call_tool(tool, dict(values))
    [content] = result.content
    assert isinstance(content, TextContent)
    return result.is_error, content.text


def called(loaded: URL, tool: str, **values: Any) -> Answer:
    """Call one tool and return its answer."""
    [answer] = asyncio.run(_call_all(loaded, [(tool, values)]))
    return answer


@pytest.fixture(scope="module")
def answers(loaded: URL) -> dict[str, Answer]:
    """The answers to all valid and invalid calls, by one client."""
    calls = [(tool, values) for tool, values, _ in (*QUESTIONS, *REFUSALS)]
    found = asyncio.run(_call_all(loaded, calls))
    return {str(call): answer for call, answer in zip(calls, found, strict=True)}


@pytest.mark.parametrize(("tool", "values", "expected"), QUESTIONS)
def test_a_question_is_answered(
    answers: dict[str, Answer], tool: str, values: Mapping[str, Any], expected: str
) -> None:
    refused, text = answers[str((tool, values))]
    assert not refused, text
    assert expected in text
    json.loads(text)


def test_each_row_has_its_cited_words_and_a_link_that_leads_to_it(
    loaded: URL, client: ApiClient
) -> None:
    _, text = called(loaded, "list_rows", path="events", limit=5)
    for row in json.loads(text)["rows"]:
        item = get(client, row["link"])["data"]
        assert item["id"] == row["id"]
        assert row["cited"]
        assert [each["words"] for each in row["cited"]] == [
            each["exact"] for each in item["citations"]
        ]


def test_hits_of_a_search_have_their_cited_words_too(loaded: URL) -> None:
    _, text = called(loaded, "search", words="Autonomy Act")
    rows = json.loads(text)["rows"]
    assert rows
    for row in rows:
        assert row["text"] if row["kind"] == "passage" else row["cited"]


def test_a_passage_that_is_cited_tells_what_it_proves(loaded: URL) -> None:
    _, text = called(loaded, "get_row", path="events", id="hong-kong-autonomy-act-signed")
    cited = json.loads(text)["cited"][0]
    _, text = called(loaded, "passage", id=cited["passage"])
    passage = json.loads(text)
    assert cited["words"].startswith(passage["text"]) or cited["words"] in passage["text"]
    assert "hong-kong-autonomy-act-signed" in {each["id"] for each in passage["cited_by"]}


def test_a_list_is_walked_to_its_end(loaded: URL, client: ApiClient) -> None:
    found, cursor = list[str](), ""
    while True:
        _, text = called(loaded, "list_rows", path="laws", limit=9, cursor=cursor)
        page = json.loads(text)
        found += [row["id"] for row in page["rows"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert found == [row["id"] for row in get(client, "/v1/laws", limit=200)["data"]]


@pytest.mark.parametrize(("tool", "values", "cure"), REFUSALS)
def test_a_refusal_names_the_cure(
    answers: dict[str, Answer], tool: str, values: Mapping[str, Any], cure: str
) -> None:
    refused, text = answers[str((tool, values))]
    assert refused
    assert cure in text


def test_the_definitions_are_short() -> None:
    async def definitions() -> str:
        async with Client(make_server(settings_for(URL.create("sqlite", database="/none")))) as it:
            tools = (await it.list_tools()).tools
            return json.dumps([tool.model_dump(exclude_none=True) for tool in tools])

    assert len(asyncio.run(definitions())) < MAX_CHARACTERS

"""An MCP server for AI assistants: they search, list, get and count rows, and read code lists and
passages.

It uses the official SDK of the Model Context Protocol, which the extra `mcp` installs. Each tool
sends a request to the API in this process, so time limits and errors are those of the API. Answers
are compact JSON: rows without empty fields, with the cited words and a link to each row.
"""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, cast
from urllib.parse import quote, urlencode

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field
from starlette.types import ASGIApp

from app import __version__
from app.in_process import get
from app.main import create_app, with_middleware
from app.resources.lists import LISTS
from app.settings import Settings

MAX_ROWS = 50
OMITTED_FIELDS = frozenset(("version", "links", "match", "citations"))
"""Fields of a row that an assistant does not need or gets in another form."""

EVIDENCE_FIELDS = {resource.path: resource.evidence for resource in LISTS}
PATHS = {resource.kind: resource.path for resource in LISTS}

INSTRUCTIONS = (
    "Facts about Hong Kong–United States relations, each with the exact words of its source. "
    "Quote `cited` and give `link` in your answer. If `modality` is announced, planned, threatened "
    "or alleged, or if `negated` is true, the source does not say that the event happened. If the "
    "result is empty, the source says nothing about it."
)

ListPath = Annotated[
    str, Field(description="The list.", json_schema_extra={"enum": list(EVIDENCE_FIELDS)})
]
Filters = Annotated[
    dict[str, str | list[str]],
    Field(
        description="Filters by name. Most lists: q (words), date (EDTF: 2020, 2020-07, "
        "2019-06/2020-07), document. Events: actor, source, target, type, modality, negated. "
        "x_not excludes a value. An unknown name is an error that lists the valid names."
    ),
]
Limit = Annotated[int, Field(ge=1, le=MAX_ROWS)]
Values = Mapping[str, str | int | Sequence[str]]


class Tools:
    """The tools, over a started application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def search(self, words: str, limit: Limit = 10) -> str:
        """Rows of all lists that contain all words, best match first; "quoted phrases", word*."""
        body = await self._get("/v1/search", {"q": words, "limit": limit})
        rows = [await self._row(PATHS[row["kind"]], row["id"]) for row in body["data"]]
        return _text({"total": body["meta"]["total"], "rows": rows, **_suggestion(body)})

    async def list_rows(
        self, path: ListPath, filters: Filters | None = None, limit: Limit = 10, cursor: str = ""
    ) -> str:
        """Rows of one list that match the filters, sorted by date or by their order in the text."""
        evidence = EVIDENCE_FIELDS.get(path)
        include = {"include": evidence} if evidence else {}
        after = {"cursor": cursor} if cursor else {}
        parameters: Values = {**(filters or {}), **include, **after, "limit": limit}
        body = await self._get(f"/v1/{_segment(path)}", parameters)
        following = body["links"]["next"]
        return _text(
            {
                "total": body["meta"]["total"],
                "undated": body["meta"]["undated"],
                "rows": [_compact(path, row) for row in body["data"]],
                "next_cursor": following and _cursor(following),
                **_suggestion(body),
            }
        )

    async def get_row(self, path: ListPath, id: str) -> str:
        """One complete row, with all citations and links to the lists that refer to it."""
        body = await self._get(f"/v1/{_segment(path)}/{_segment(id)}")
        related = {name: link for name, link in body["links"].items() if name != "self"}
        return _text({**_compact(path, body["data"]), "related_lists": related})

    async def count_rows(
        self,
        path: ListPath,
        by: Annotated[list[str], Field(description="One to three of the list's dimensions, such as "
                                                   "type, actor, date:year.")],
        filters: Filters | None = None,
    ) -> str:  # fmt: skip
        """Count the rows of a list by the values of one to three dimensions."""
        body = await self._get(f"/v1/stats/{_segment(path)}", {**(filters or {}), "by": by})
        groups = [
            {
                **{each["by"]: each["value"] for each in group["values"]},
                **{name: group[name] for name in ("count", "events") if name in group},
            }
            for group in body["data"]
        ]
        return _text({"total": body["meta"]["total"], "groups": groups})

    async def vocabulary(self, name: str = "") -> str:
        """The codes of one vocabulary with their definitions. Without a name: all vocabularies."""
        path = f"/v1/vocabularies/{_segment(name)}" if name else "/v1/vocabularies"
        data = (await self._get(path))["data"]
        if not name:
            return _text([{"name": each["name"], "title": each["title"]} for each in data])
        fields = ("value", "label", "definition", "count")
        codes = [{key: code[key] for key in fields} for code in data["codes"]]
        return _text({"name": data["name"], "description": data["description"], "codes": codes})

    async def passage(self, id: str) -> str:
        """One sentence of a document by its id (from `cited`), with the rows that cite it."""
        return _text(
            _compact("passages", (await self._get(f"/v1/passages/{_segment(id)}"))["data"])
        )

    async def _row(self, path: str, id: str) -> dict[str, Any]:
        return _compact(path, (await self._get(f"/v1/{path}/{_segment(id)}"))["data"])

    async def _get(self, path: str, values: Values | None = None) -> Any:
        """The JSON answer of the API. Raises `ToolError` if the answer is a problem."""
        query = urlencode(values or {}, doseq=True)
        answer = await get(self._app, f"{path}?{query}" if query else path)
        body = json.loads(answer.body)
        if answer.status >= 400:
            raise ToolError(_problem(body))
        return body


def make_server(settings: Settings) -> MCPServer[None]:
    """The MCP server over the database that the settings name."""
    app = create_app(settings)

    @asynccontextmanager
    async def lifespan(_: MCPServer[None]) -> AsyncGenerator[None]:
        async with app.router.lifespan_context(app):
            yield

    server = MCPServer(
        "hkus", instructions=INSTRUCTIONS, version=__version__, lifespan=lifespan,
        log_level="WARNING",
    )  # fmt: skip
    tools = Tools(with_middleware(app, settings))
    for tool in (
        tools.search, tools.list_rows, tools.get_row, tools.count_rows, tools.vocabulary,
        tools.passage,
    ):  # fmt: skip
        server.add_tool(tool, structured_output=False)
    return server


def _compact(path: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without empty fields, with its cited words and its link."""
    fields = {name: value for name, value in row.items() if name not in OMITTED_FIELDS}
    cited = [
        {"words": each["exact"], "passage": each["passage"]} for each in row.get("citations", ())
    ]
    return {
        **_without_empty(fields),
        **({"cited": cited} if cited else {}),
        "link": f"/v1/{path}/{row['id']}",
    }


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        row = cast(dict[str, Any], value)
        items = {key: _without_empty(item) for key, item in row.items()}
        return {key: item for key, item in items.items() if item not in (None, [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in cast(list[Any], value)]
    return value


def _suggestion(body: Mapping[str, Any]) -> dict[str, str]:
    suggestion = body["meta"].get("suggestion")
    return {"did_you_mean": suggestion} if suggestion else {}


def _problem(problem: Mapping[str, Any]) -> str:
    """The errors of a problem and how to correct them, as plain text."""
    lines = [problem["detail"]]
    for error in problem.get("errors", ()):
        allowed = f" Allowed: {', '.join(error['allowed'])}." if error.get("allowed") else ""
        lines.append(f"{error['parameter']}: {error['message']}{allowed}")
    return "\n".join(dict.fromkeys(lines))


def _cursor(link: str) -> str:
    return link.partition("cursor=")[2].partition("&")[0]


def _segment(text: str) -> str:
    """A text as one segment of a URL path."""
    return quote(text, safe="")


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

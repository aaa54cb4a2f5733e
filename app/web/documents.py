"""The page of a document: its text, and what each sentence proves."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.resources.resource import Resource
from app.web.addresses import API, api_of, changed, page_of
from app.web.api_client import all_rows, get_json, get_text
from app.web.described import described
from app.web.document_blocks import blocks, flat, shares
from app.web.html import page
from app.web.lists import ListPage
from app.web.redirects import redirect
from app.web.rows import RowPage

MAX_PAGES = 25
"""The most pages of 200 passages that one text shows."""


class DocumentsPage(ListPage):
    """The list of documents. If there is only one, a redirect to it."""

    async def __call__(self, request: Request) -> Response:
        if not request.scope["query_string"]:
            documents = (await get_json(request, f"{API}/{self.resource.path}?limit=2"))["data"]
            if len(documents) == 1:
                return redirect(request, page_of(documents[0]["links"]["self"]), 303)
        return await super().__call__(request)


class DocumentPage(RowPage):
    """The text of a document, and its coverage."""

    async def __call__(self, request: Request) -> Response:
        target = api_of(request)
        row = (await get_json(request, target))["data"]
        text = await get_text(request, f"{API}/{self.resource.path}/{row['id']}/text")
        coverage = await self._coverage(request, row["id"])
        query = {"document": row["id"], "include": "cited_by"}
        passages, _ = await all_rows(request, changed(f"{API}/passages", query), MAX_PAGES)
        reasons = {each["id"]: each["reason"] for each in coverage["passages"]} if coverage else {}
        counts: Mapping[str, Any] = coverage["counts"] if coverage else {}
        return page(
            request, "document.html", title=row["name"], description=row["attribution"],
            resource=self.resource, row=row, blocks=list(blocks(text, passages, row["sections"])),
            sections=[each for each in flat(row["sections"]) if each["level"] > 1],
            reasons=reasons, api=target, complete=bool(coverage and coverage["complete"]),
            bars=[(name, shares(each)) for name, each in counts.items()],
            described=await described(request, of=request.scope["path"]),
        )  # fmt: skip

    async def _coverage(self, request: Request, id: str) -> Mapping[str, Any] | None:
        """The part of the coverage report about the document, if there is one."""
        report: Mapping[str, Any] = (await get_json(request, f"{API}/coverage"))["data"]
        found = report.get("documents", ())
        return next((each for each in found if each["document"]["id"] == id), None)


def document_pages(resource: Resource) -> dict[str, ListPage | RowPage]:
    """The pages of documents, which show more than those of other rows."""
    path = f"/{resource.path}"
    return {path: DocumentsPage(resource), f"{path}/{{id}}": DocumentPage(resource)}

"""The page of a document: the text, and what is known from each sentence."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.resources.resource import Resource
from app.web.addresses import API, api_of, changed, page_of
from app.web.api_client import ask, ask_text, walked
from app.web.article import blocks, flat, shares
from app.web.html import page
from app.web.lists import ListPage
from app.web.redirects import redirect
from app.web.rows import RowPage

MOST_PAGES = 25
"""So many pages of 200 passages of a text are shown."""


class DocumentsPage(ListPage):
    """The list of documents; where there is only one, it is shown itself."""

    async def __call__(self, request: Request) -> Response:
        if not request.scope["query_string"]:
            documents = (await ask(request, f"{API}/{self.resource.path}?limit=2"))["data"]
            if len(documents) == 1:
                return redirect(request, page_of(documents[0]["links"]["self"]), 303)
        return await super().__call__(request)


class DocumentPage(RowPage):
    """Shows a document as it reads, beside what became of all that is in it."""

    async def __call__(self, request: Request) -> Response:
        target = api_of(request)
        row = (await ask(request, target))["data"]
        text = await ask_text(request, f"{API}/{self.resource.path}/{row['id']}/text")
        covered = await self._coverage(request, row["id"])
        asked = {"document": row["id"], "include": "cited_by"}
        passages, _ = await walked(request, changed(f"{API}/passages", asked), MOST_PAGES)
        reasons = {each["id"]: each["reason"] for each in covered["passages"]} if covered else {}
        counts: Mapping[str, Any] = covered["counts"] if covered else {}
        return page(
            request, "document.html", title=row["name"], description=row["attribution"],
            resource=self.resource, row=row, blocks=list(blocks(text, passages, row["sections"])),
            sections=[each for each in flat(row["sections"]) if each["level"] > 1],
            reasons=reasons, api=target, complete=bool(covered and covered["complete"]),
            bars=[(name, shares(each)) for name, each in counts.items()],
        )  # fmt: skip

    async def _coverage(self, request: Request, id: str) -> Mapping[str, Any] | None:
        """What the report says of the document, if it tells of it."""
        report: Mapping[str, Any] = (await ask(request, f"{API}/coverage"))["data"]
        found = report.get("documents", ())
        return next((each for each in found if each["document"]["id"] == id), None)


def document_pages(resource: Resource) -> dict[str, ListPage | RowPage]:
    """The pages of documents, which need more than those of other rows."""
    path = f"/{resource.path}"
    return {path: DocumentsPage(resource), f"{path}/{{id}}": DocumentPage(resource)}

"""The client: lists, rows, counts, changes, dataframes and files."""

import hashlib
import io
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import quote

import httpx2 as httpx

from hkus_client.problems import ProblemError

if TYPE_CHECKING:
    from pandas import DataFrame

ListName = Literal[
    "events", "laws", "actors", "agreements", "trade-figures", "polls", "statements", "offices",
    "memberships", "documents", "passages", "timeline", "dyads",
]  # fmt: skip
"""The lists of the API."""
Row = dict[str, Any]
"""A row as the API gives it."""
Value = str | int | float | bool
Filter = Value | Sequence[Value] | None

PAGE = 200
"""Rows of one page, the most that the API gives."""
MOST_CACHED = 256
"""Answers that are kept; the ones used longest ago go first."""
RETRIES = 3
LONGEST_WAIT = 60.0
"""Most seconds to wait for a busy server."""


class Client:
    """A client of one service. As a context manager it closes its connections at the end.

    `transport` replaces the network, for example in tests.
    """

    def __init__(
        self, url: str, *, timeout: float = 30.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._http = httpx.Client(
            base_url=url.rstrip("/"), timeout=timeout, transport=transport, follow_redirects=True
        )
        self._cached: OrderedDict[str, tuple[str, Any]] = OrderedDict()

    def __enter__(self) -> Self:
        self._http.__enter__()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self._http.__exit__(exc_type, exc_value, traceback)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def version(self) -> str:
        """The version of the dataset that the server holds."""
        return self._get("/v1")["meta"]["dataset"]["version"]

    def rows(self, list_name: ListName, **filters: Filter) -> Iterator[Row]:
        """All rows of a list that the filters find, page by page, from one version of the dataset.

        Raises `ProblemError` with status 409 if the data are reloaded meanwhile.
        """
        page = self._get(f"/v1/{list_name}", {"limit": PAGE, "count": "none", **filters})
        version: str = page["meta"]["dataset"]["version"]
        yield from page["data"]
        while following := page["links"]["next"]:
            page = self._get(following)
            if page["meta"]["dataset"]["version"] != version:
                raise ProblemError(409, {"detail": "The data were reloaded between two pages."})
            yield from page["data"]

    def search(self, words: str, **filters: Filter) -> Iterator[Row]:
        """Rows of all kinds that contain all words, best first."""
        page = self._get("/v1/search", {"q": words, "limit": PAGE, "count": "none", **filters})
        yield from page["data"]
        while following := page["links"]["next"]:
            page = self._get(following)
            yield from page["data"]

    def row(self, list_name: ListName, id: str) -> Row:
        """One row, with the words that prove it."""
        return self._get(f"/v1/{list_name}/{quote(id, safe='')}")["data"]

    def counts(
        self, list_name: ListName, by: str | Sequence[str], **filters: Filter
    ) -> list[dict[str, Any]]:
        """How many rows of a list have each value of the dimensions `by`."""
        return self._get(f"/v1/stats/{list_name}", {"by": by, **filters})["data"]

    def changes(self, since: str | None = None) -> dict[str, Any]:
        """What changed since a version of the dataset: `data` and `meta`."""
        return self._get("/v1/changes", {"since": since})

    def frame(self, list_name: ListName, **filters: Filter) -> "DataFrame":
        """All rows that the filters find as a pandas dataframe. Needs the extra `frames`."""
        import pandas

        answer = self._ask(f"/v1/{list_name}", {"format": "csv", **filters}, {})
        frames: Any = pandas
        return frames.read_csv(io.BytesIO(answer.content), encoding="utf-8-sig")

    def download(self, format: str, folder: str | Path) -> Path:
        """Fetch the whole knowledge base as one file (`sqlite`, `csv`, `parquet`, `jsonld`) and
        check it; returns its path."""
        files: list[dict[str, Any]] = self._get("/v1/download")["data"]["files"]
        offered = {each["format"]: each for each in files}
        if format not in offered:
            raise ValueError(f"{format!r} is none of {', '.join(offered)}")
        file = offered[format]
        target = Path(folder) / file["name"]
        fresh = target.with_name(f".{target.name}.part")
        digest = hashlib.sha256()
        try:
            with self._http.stream("GET", file["href"]) as answer, fresh.open("wb") as written:
                answer.raise_for_status()
                for part in answer.iter_bytes():
                    digest.update(part)
                    written.write(part)
            if digest.hexdigest() != file["sha256"]:
                raise OSError(f"{file['name']} came damaged: its checksum is another one")
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
        return target

    def _get(self, path: str, values: Mapping[str, Filter] | None = None) -> Any:
        """The JSON of an answer. An answer that is known already is not sent again."""
        key = str(httpx.URL(path, params=_parameters(values)) if values else path)
        known = self._cached.get(key)
        headers = {"If-None-Match": known[0]} if known else {}
        answer = self._ask(path, values, headers)
        if answer.status_code == 304 and known:
            self._cached.move_to_end(key)
            return known[1]
        body = answer.json()
        if tag := answer.headers.get("etag"):
            self._cached[key] = (tag, body)
            if len(self._cached) > MOST_CACHED:
                self._cached.popitem(last=False)
        return body

    def _ask(
        self, path: str, values: Mapping[str, Filter] | None, headers: Mapping[str, str]
    ) -> httpx.Response:
        """The answer; waits if the server is busy. Raises `ProblemError` if it refuses."""
        given: list[tuple[str, str | int | float | bool | None]] | None = None
        if values:
            given = [*_parameters(values)]
        answer = self._http.get(path, params=given, headers=dict(headers))
        for _ in range(RETRIES):
            if answer.status_code != 503:
                break
            time.sleep(_seconds(answer.headers.get("retry-after")))
            answer = self._http.get(path, params=given, headers=dict(headers))
        if answer.status_code >= 400:
            raise ProblemError(answer.status_code, _problem(answer))
        return answer


def _parameters(values: Mapping[str, Filter]) -> list[tuple[str, str]]:
    """The query; `from_` is the parameter `from`, and None is left out."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is None:
            continue
        several = [value] if isinstance(value, str | int | float) else value
        pairs += [(name.removesuffix("_"), _text(each)) for each in several]
    return pairs


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _seconds(retry_after: str | None) -> float:
    given = float(retry_after) if retry_after and retry_after.isdecimal() else 1.0
    return min(given, LONGEST_WAIT)


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        return answer.json()
    except ValueError:
        return {"detail": answer.text[:200]}

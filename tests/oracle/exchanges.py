"""Requests and answers. Values that differ between two runs of the same code are masked."""

import json
from dataclasses import dataclass
from typing import Any, cast

Headers = tuple[tuple[str, str], ...]

DATASET = "{dataset}"
"""Stands for the dataset version, in requests and in masked answers."""


@dataclass(frozen=True)
class Request:
    """A request. `{dataset}` in the target stands for the dataset version of the server.

    `revalidates` adds If-None-Match with the ETag that the server gives to the same request.
    """

    target: str
    method: str = "GET"
    headers: Headers = ()
    revalidates: bool = False

    def __str__(self) -> str:
        target = self.target if len(self.target) <= 400 else f"{self.target[:400]}..."
        extra = [f"{name}: {value[:100]}" for name, value in self.headers]
        if self.revalidates:
            extra.append("If-None-Match: its ETag")
        return f"{self.method} {target}" + (f" ({'; '.join(extra)})" if extra else "")


@dataclass(frozen=True)
class Answer:
    """An answer. Header names are in lower case, and headers are sorted.

    The body is decompressed and decoded as UTF-8 with surrogate escapes, so no byte is lost.
    A broken connection is an answer with status 0 and the fault as its body.
    """

    status: int
    headers: Headers
    body: str

    def header(self, name: str) -> str:
        """The value of a header; empty if there is none."""
        return next((value for each, value in self.headers if each == name), "")

    @property
    def media_type(self) -> str:
        return self.header("content-type").partition(";")[0]

    def json(self) -> Any:
        """The body as JSON; None if it is none."""
        if "json" not in self.media_type:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def fields(self) -> dict[str, Any]:
        """The members of a JSON object; none if the body is no object."""
        found = self.json()
        return cast(dict[str, Any], found) if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Masks:
    """The values to mask: the dataset version and the time of loading (RFC 3339)."""

    dataset: str
    loaded_at: str

    def applied(self, answer: Answer) -> Answer:
        """Mask the values that differ between two runs of the same code."""
        request_id = answer.header("x-request-id")
        is_compressed = bool(answer.header("content-encoding"))

        def masked(name: str, value: str) -> str:
            match name:
                case "date" | "x-request-id":
                    return "*"
                case "etag":
                    return 'W/"*"' if value.startswith('W/"') else '"*"'
                case "content-length" if is_compressed:
                    return "*"
                case _:
                    return self._text(value, request_id)

        headers = tuple((name, masked(name, value)) for name, value in answer.headers)
        return Answer(answer.status, headers, self._text(answer.body, request_id))

    def _text(self, text: str, request_id: str) -> str:
        compact = self.loaded_at.translate({ord(sign): None for sign in "-:"})
        masks = {
            request_id: "{request-id}",
            self.loaded_at: "{loaded-at}",
            compact: "{loaded-at-compact}",
            self.loaded_at[:10]: "{loaded-on}",
            self.dataset: DATASET,
        }
        for value, mask in masks.items():
            if value:
                text = text.replace(value, mask)
        return text

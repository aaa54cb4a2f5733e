"""Find everything that is wrong with an answer to a hostile request."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tests.integration.hostile.corpus import Hostile

LEAKS = (
    "traceback", "site-packages", ".py\"", ".py'", "sqlite3", "psycopg", "sqlalchemy", "select ",
    "near \"", "syntax error", "no such table", "no such column", "object at 0x", "hkus.db",
    "/tmp/", "/home/", "exception",
)  # fmt: skip
STATUSES = {200, 304, 308, 400, 404, 405, 406, 409, 414, 422}
LARGEST_PROBLEM = 20_000
"""The maximum size of an error answer in bytes: ten errors with thirty allowed values each."""


@dataclass(frozen=True)
class Answer:
    """An answer, its duration, and the CPU time of this process."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    work: float


def complaints(asked: Hostile, answer: Answer) -> list[str]:
    """Everything that is wrong with the answer."""
    found: list[str] = []
    if answer.status not in STATUSES:
        found.append(f"status {answer.status}")
    if answer.headers.get("x-content-type-options") != "nosniff":
        found.append("no security headers")
    if answer.status >= 400 and asked.method != "HEAD":
        found += _of_problem(asked, answer)
    return found


def _of_problem(asked: Hostile, answer: Answer) -> list[str]:
    if answer.headers.get("content-type") != "application/problem+json":
        return ["no problem"]
    found: list[str] = []
    if len(answer.body) > LARGEST_PROBLEM:
        found.append(f"a problem of {len(answer.body)} bytes")
    body: dict[str, Any] = json.loads(answer.body)
    text = answer.body.decode().lower()
    sent = unquote(asked.target).lower()
    found += [f"tells {leak!r}" for leak in LEAKS if leak in text and leak not in sent]
    if answer.status in (400, 422):
        found += _naming(asked, body)
    return found


def _naming(asked: Hostile, body: dict[str, Any]) -> list[str]:
    named = [error["parameter"] for error in body["errors"]]
    if not named:
        return ["names no error"]
    if asked.parameter and asked.parameter not in named:
        return [f"names {named}, not {asked.parameter!r}"]
    return []

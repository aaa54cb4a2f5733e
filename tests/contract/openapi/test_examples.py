"""The examples of parameters: the API accepts each, finds something, and answers as documented."""

from collections.abc import Iterator

import pytest
from httpx2 import Response

from tests.client import ApiClient
from tests.contract.openapi.conformity import Conformity
from tests.contract.openapi.requests import (
    Json,
    address,
    example_requests,
    operations,
    parameters,
    plain_request,
)

Answers = dict[tuple[str, str], Response]
"""Answers by path and parameter. An empty name stands for the required parameters only."""


@pytest.fixture(scope="module")
def answers(document: Json, client: ApiClient) -> Answers:
    """The answer to each example request."""
    return {
        (path, name): client.get(request)
        for path, operation in operations(document)
        for name, request in [
            ("", address(*plain_request(path, operation))),
            *example_requests(path, operation),
        ]
    }


def test_the_example_of_every_parameter_is_answered_as_documented(
    answers: Answers, conformity: Conformity
) -> None:
    for (path, name), answer in answers.items():
        assert answer.status_code == 200, (path, name, answer.text)
        assert conformity.faults(path, answer) == [], (path, name)


def test_the_example_of_every_parameter_finds_something(
    document: Json, answers: Answers, client: ApiClient
) -> None:
    barren = {asked for asked, answer in answers.items() if not finds_something(answer)}
    without_dates = set(undated(document, client))
    of_dates = {"date", "date_from", "date_to", "date_match"}
    unavoidable = {(p, n) for p, n in barren if p in without_dates and n in of_dates}
    # The shipped data were loaded once, so the log has no changes.
    unavoidable |= {(path, name) for path, name in barren if path == "/v1/changes"}
    assert {name for _, name in barren - unavoidable} <= {"document_not"}, "there is one document"


def undated(document: Json, client: ApiClient) -> Iterator[str]:
    """The lists without any dated row in the shipped data, and their statistics."""
    for path, operation in operations(document):
        if "date" in parameters(operation) and not path.startswith("/v1/stats/"):
            plain, required = plain_request(path, operation)
            request = address(plain, {**required, "date_from": "0001", "date_match": "possible"})
            if not finds_something(client.get(request)):
                yield from (path, path.replace("/v1/", "/v1/stats/"))


def finds_something(answer: Response) -> bool:
    """Whether the answer has rows, groups or, below a header line, lines."""
    if answer.headers["content-type"].startswith("application/json"):
        return bool(answer.json()["data"])
    if answer.headers["content-type"].startswith("application/ld+json"):
        return bool(answer.json()["distribution"])
    return answer.text.count("\n") > 1

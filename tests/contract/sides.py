"""The sides of participants and the pairs of an event, in plain Python, from its row in the API."""

from collections.abc import Iterator

from tests.contract.api_requests import Row

ACTING, AFFECTED = frozenset({"acting", "both"}), frozenset({"affected", "both"})
SIDES = {
    "source": "acting",
    "target": "affected",
    "party": "both",
    "signatory": "acting",
    "recipient": "affected",
    "addressee": "affected",
    "subject": "none",
    "beneficiary": "none",
    "victim": "affected",
    "location": "none",
}


def participants(event: Row, side: frozenset[str]) -> Iterator[Row]:
    """The participants on one side: `ACTING` or `AFFECTED`."""
    signs = any(link["relation"] == "signed" for link in event["agreements"])
    for each in event["actors"]:
        together = signs and each["role"] == "signatory"
        if ("both" if together else SIDES[each["role"]]) in side:
            yield each


def sources(event: Row) -> set[str]:
    """The ids of those who act."""
    return {each["id"] for each in participants(event, ACTING)}


def targets(event: Row) -> set[str]:
    """The ids of those who are affected."""
    return {each["id"] for each in participants(event, AFFECTED)}


def pairs(event: Row) -> set[tuple[str, str]]:
    """Who acts towards whom: ids of different actors."""
    return {(one, other) for one in sources(event) for other in targets(event) if one != other}

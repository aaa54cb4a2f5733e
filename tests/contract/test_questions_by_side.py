"""Questions about who acts towards whom in the shipped article. One request answers each."""

import pytest

from tests.client import ApiClient
from tests.contract.api_requests import get, ids

ANSWERS: list[tuple[str, str, set[str]]] = [
    (
        "what did the United States do towards Hong Kong in 2020",
        "/v1/events?source_country=USA&target_country=HKG&date=2020&date_match=starts",
        {
            "us-no-longer-recognizes-special-treatment",
            "trump-orders-end-of-exemptions",
            "trump-announces-consequences",
            "executive-order-signed",
            "trump-orders-end-of-three-agreements",
            "made-in-china-label-required",
        },
    ),
    (
        "what did Donald Trump do",
        "/v1/events?source=donald-trump",
        {
            "trump-comments-on-protests",
            "human-rights-and-democracy-act-signed",
            "trump-orders-end-of-exemptions",
            "trump-announces-consequences",
            "hong-kong-autonomy-act-signed",
            "executive-order-signed",
            "trump-orders-end-of-three-agreements",
        },
    ),
    (
        "what was enacted in June 2020",
        "/v1/laws?step=enacted&step_date=2020-06&date_match=within",
        {"hong-kong-national-security-law"},
    ),
    (
        "which offices does Hong Kong's government keep in the United States",
        "/v1/offices?operator_within=hong-kong&host=united-states",
        {
            "hong-kong-trade-office-washington",
            "hong-kong-trade-office-new-york",
            "hong-kong-trade-office-san-francisco",
        },
    ),
    (
        "what did Hong Kong protesters do against the United States",
        "/v1/events?category=PROTEST&source_country=HKG&target_country=USA",
        set(),
    ),
    (
        "what did both sides sign together",
        "/v1/events?source=united-states&target=hong-kong&role=signatory",
        {"civil-aviation-agreement-signed"},
    ),
    (
        "which agreements were ordered to end in August 2020",
        "/v1/agreements?step=ordered-suspended-or-terminated&step_date=2020-08",
        {
            "surrender-of-fugitives-agreement",
            "transfer-of-prisoners-agreement",
            "shipping-tax-exemption-agreement",
        },
    ),
]


@pytest.mark.parametrize(("question", "path", "answer"), ANSWERS)
def test_one_request_answers_a_question_of_sides(
    client: ApiClient, question: str, path: str, answer: set[str]
) -> None:
    body = get(client, f"{path}&limit=200")

    assert set(ids(body["data"])) == answer, question
    assert body["meta"]["total"] == len(answer)


def test_who_accused_whom_by_year(client: ApiClient) -> None:
    rows = get(client, "/v1/dyads?category=ACCUSE&limit=200")["data"]
    pairs = {(row["source"]["id"], row["target"]["id"]) for row in rows}

    assert {
        ("hua-chunying", "united-states"),
        ("patrick-ventrell", "hong-kong-authorities"),
        ("edward-snowden", "us-government"),
        ("robert-obrien", "china"),
        ("edward-yau", "united-states"),
    } <= pairs
    assert all(row["modality"] == "occurred" for row in rows)

    panel = get(client, "/v1/stats/dyads?by=source,target,date:year&category=ACCUSE")
    years = {
        tuple(value["value"] for value in cell["values"]): cell["count"] for cell in panel["data"]
    }
    assert years["hua-chunying", "united-states", "2019"] == 1
    assert years["patrick-ventrell", "hong-kong-authorities", "2013"] == 1


def test_every_signature_has_somebody_who_is_affected(client: ApiClient) -> None:
    rows = get(client, "/v1/dyads?role=signatory&limit=200")["data"]

    assert {(row["source"]["id"], row["target"]["id"]) for row in rows} == {
        ("donald-trump", "hong-kong-police"),
        ("donald-trump", "officials-and-entities-violating-autonomy"),
        ("donald-trump", "hong-kong"),
        ("united-states", "hong-kong"),
        ("hong-kong", "united-states"),
    }

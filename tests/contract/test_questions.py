"""Questions about the shipped article that one natural request answers."""

from typing import Any

import pytest

from tests.client import ApiClient
from tests.contract.api_requests import get, ids

SANCTIONS = {
    "us-no-longer-recognizes-special-treatment",
    "snowden-passport-revoked",
    "human-rights-and-democracy-act-signed",
    "hong-kong-national-security-law-approved",
    "trump-orders-end-of-exemptions",
    "hong-kong-autonomy-act-signed",
    "executive-order-signed",
    "china-imposes-counter-sanctions",
    "trump-orders-end-of-three-agreements",
    "hong-kong-national-security-law-measures-passed",
    "four-legislators-disqualified",
    "made-in-china-label-required",
    "us-imposes-tariffs-on-hong-kong",
}

ANSWERS: list[tuple[str, str, set[str]]] = [
    (
        "which agreements name both sides as parties",
        "/v1/agreements?party_all=united-states,hong-kong",
        {
            "us-hong-kong-bilateral-agreements",
            "us-hong-kong-extradition-treaty",
            "shipping-tax-exemption-agreement",
            "surrender-of-fugitives-agreement",
            "transfer-of-prisoners-agreement",
            "civil-aviation-agreement",
            "surrender-of-fugitive-offenders-agreement",
        },
    ),
    (
        "everything said about the protests of 2019-20",
        "/v1/statements?about=hong-kong-protests-2019-20",
        {"new-york-times-protests", "hua-chunying-work-of-the-us", "donald-trump-protests"},
    ),
    (
        "which sanctions and countermeasures",
        "/v1/events?category=SANCTION,COERCE",
        SANCTIONS,
    ),
    (
        "which laws did the document's president sign",
        "/v1/laws?signed_by=donald-trump",
        {
            "hong-kong-human-rights-and-democracy-act",
            "hong-kong-autonomy-act",
            "executive-order-on-hong-kong-normalization",
        },
    ),
    (
        "what did not happen",
        "/v1/events?negated=true",
        {"changes-since-handover", "online-piracy-addressed"},
    ),
    (
        "what was refused",
        "/v1/events?category=REJECT&negated=false",
        {"hong-kong-declines-to-detain-snowden"},
    ),
    (
        "what belongs to the Snowden incident",
        "/v1/events?related=edward-snowden-incident",
        {
            "snowden-arrives-in-hong-kong",
            "snowden-leaks-classified-information",
            "snowden-accuses-us-government",
            "snowden-discloses-nsa-surveillance",
            "snowden-passport-revoked",
            "snowden-boards-flight-to-moscow",
            "extradition-treaty-active",
            "us-requests-snowdens-detention",
            "hong-kong-declines-to-detain-snowden",
            "hong-kong-authorities-explain",
            "ventrell-rejects-explanation",
        },
    ),
    (
        "what does the United States negotiate with China",
        "/v1/events?type=agreement&actor_all=united-states,china",
        {"us-negotiates-hong-kong-tariffs"},
    ),
    (
        "what is certain of 2030",
        "/v1/events?date=2030&date_match=certain",
        set(),
    ),
    (
        "what may lie in 1850",
        "/v1/events?date=1850",
        set(),
    ),
    (
        "when did the protests gain global attention",
        "/v1/events?related=hong-kong-protests-2019-20&date=2019-04/2019-05",
        {"protests-gain-global-attention"},
    ),
    (
        "where is Hong Kong a member",
        "/v1/memberships?member=hong-kong",
        {
            "hong-kong-in-container-security-initiative",
            "hong-kong-in-global-coalition-against-terrorism",
            "hong-kong-in-wto",
            "hong-kong-in-apec",
            "hong-kong-in-financial-action-task-force",
        },
    ),
    (
        "what was announced or threatened, and not done",
        "/v1/events?modality=announced,threatened",
        {
            "extradition-treaty-to-be-affected",
            "officials-to-be-sanctioned",
            "travel-guidance-to-be-changed",
            "additional-sanctions-on-chinese-officials",
            "hong-kong-complaint-to-wto",
            "china-to-bar-foreign-interference",
        },
    ),
    (
        "what may have come after the announcement of May 2020 by its end",
        "/v1/events?modality=announced&date=2020-05-30",
        {
            "extradition-treaty-to-be-affected",
            "officials-to-be-sanctioned",
            "travel-guidance-to-be-changed",
            "china-to-bar-foreign-interference",
        },
    ),
    (
        "which rules is the United States said to violate",
        "/v1/events?modality=alleged&law=wto-rules-of-origin",
        {"label-rule-against-wto-rules"},
    ),
    (
        "who is said to suffer from China's acts",
        "/v1/events?modality=alleged&role=victim&actor=hong-kong,hong-kong-people",
        {
            "us-government-crimes",
            "officials-undermine-freedoms",
            "chinese-officials-extinguish-freedom",
            "standing-committee-takes-grave-step",
            "us-undermines-hong-kong-integrity",
        },
    ),
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
def test_one_request_answers_a_question(
    client: ApiClient, question: str, path: str, answer: set[str]
) -> None:
    body = get(client, f"{path}&limit=200")

    assert set(ids(body["data"])) == answer, question
    assert body["meta"]["total"] == len(answer)


def test_the_extradition_treaty_shows_what_became_of_it(client: ApiClient) -> None:
    treaty: dict[str, Any] = get(client, "/v1/agreements/us-hong-kong-extradition-treaty")["data"]

    assert [(stage["step"], stage["date"]["edtf"]) for stage in treaty["history"]] == [
        ("in-force", "2013"),
        ("to-be-affected", "[2020-05-29..]"),
    ]
    assert treaty["status"] == "to-be-affected"
    assert "our judgement" in treaty["note"]


def test_a_stage_that_only_a_voice_claims_is_no_status(client: ApiClient) -> None:
    declaration: dict[str, Any] = get(client, "/v1/agreements/sino-british-joint-declaration")[
        "data"
    ]

    assert [stage["according_to"]["id"] for stage in declaration["history"]] == [
        "south-china-morning-post",
        "south-china-morning-post",
    ]
    assert declaration["status"] is None
    assert [party["id"] for party in declaration["parties"]] == ["china", "britain"]


def test_ids_that_were_merged_or_renamed_lead_to_the_row_of_today(client: ApiClient) -> None:
    for old, new in (
        ("actors/mainland-china", "actors/china"),
        ("events/snowden-not-detained", "events/hong-kong-declines-to-detain-snowden"),
        ("events/policy-act-suspended-in-part", "events/executive-order-signed"),
        ("events/crowd-control-munitions-banned", "events/human-rights-and-democracy-act-signed"),
    ):
        answer: Any = client.get(f"/v1/{old}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (308, f"/v1/{new}")


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

"""An article with every form of date and number is loaded and served, on both databases."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.vocabularies.actors import OFFICE_TYPES, STANDINGS
from app.vocabularies.events import EVENT_TYPES
from app.vocabularies.laws import AGREEMENT_TYPES
from app.vocabularies.relations import AGREEMENT_LINKS
from seeds.articles import ARTICLES as SHIPPED
from seeds.build import read_content
from seeds.dataset_content import Content
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get, ids, rows_of
from tests.integration.publish.loading import load
from tests.unseen import ARTICLES

Value = tuple[Any, ...]

DATES = {
    "embassy-206-bc": "-0205",
    "sea-trade-grows": "02XX",
    "ships-in-the-1600s": "16XX",
    "port-held": "1557/1799",
    "flag-raised": "1841-01-26",
    "long-war": "1841-12-25/1850-21",
    "relations-opened": "1950-07-08",
    "treaty-in-force": "1958/",
    "investment-rises": "198X",
    "visa-pact": "1997-06",
    "visa-pact-denounced": "2019-06",
    "exports-fall-half": "2020-40",
    "exports-rise-q3": "2021-35",
    "census": "[..2022]",
    "one-realm": "../2047",
    "nous-restons": "[..2024-06-09]",
    "export-rate": "1997/..",
    "candidates": "2011-08-16/2011-08-20",
    "border-shut": "2020-03/2020-05-05",
    "border-open": "2021/..",
    "cabinet": "[..2018]",
    "mission-dates": "1904/1905",
}
NUMBERS: dict[str, list[Value]] = {
    "flag-raised": [(15000, "people", None, False)],
    "army-shrinks": [(800, "metres", None, False), (1500000, "things", None, False)],
    "indemnity": [(18000000, "currency", None, False), (20, "things", None, False)],
    "investment-rises": [(10, "multiple", None, False)],
    "exports-rise-q3": [(2 * 10**12, "currency", "KRW", False), (940000, "currency", "EUR", False)],
    "budget-cut": [(0.5, "percent", None, False), (-5000000, "currency", "USD", False)],
    "census": [(102100, "people", None, False)],
    "house-votes": [(162, "people", None, False), (0.2, "share", None, False)],
    "favourite": [(6, "rank", None, False), (1, "rank", None, False)],
    "members-age": [(18, "years", None, False)],
    "quake": [(1300, "people", None, True), (2, "things", None, False)],
    "port-closed": [(22, "times", None, False)],
    "crime": [(31, "people", None, False)],
    "export-rate": [(0.27, "share", None, False)],
    "australia-exports": [(2.9e9, "currency", None, False), (2, "multiple", None, False)],
    "strike": [(6.5, "weeks", None, False)],
    "candidates": [
        (2, "percent", None, True), (3, "percent", None, False),
        (500000, "currency", None, True), (12.5, "kilometres", None, False),
    ],
    "minister": [(12, "rank", None, False), (5, "years", None, False)],
    "cabinet": [
        (12, "people", None, False), (0.3, "share", None, False),
        (12000000, "currency", "MXN", False), (3500000, "currency", "CHF", False),
    ],
    "mission-dates": [(1000000, "currency", "HKD", False), (128000, "currency", "USD", False)],
}  # fmt: skip


@pytest.fixture(scope="module")
def unseen() -> Content:
    return read_content(ARTICLES)


@pytest.fixture(scope="module")
def client(module_database: URL, unseen: Content) -> Iterator[ApiClient]:
    load(module_database, unseen)
    settings = settings_for(module_database)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


def test_nothing_is_left_over(unseen: Content) -> None:
    [document] = unseen.coverage["documents"]

    assert document["complete"]
    assert document["counts"]["open"] == {"left_over": 0}
    assert document["counts"]["dates"]["analyst"] == 4
    assert document["counts"]["numbers"]["analyst"] == 2


def test_rows_have_the_dates_and_numbers_of_their_sentences(client: ApiClient) -> None:
    rows = {row["id"]: row for row in rows_of(client, "/v1/events", limit=200)}

    assert {id: rows[id]["date"]["edtf"] for id in DATES} == DATES
    found = {
        id: [(n["value"], n["unit"], n["currency"], n["approximate"]) for n in rows[id]["numbers"]]
        for id in NUMBERS
    }
    assert found == NUMBERS


@pytest.mark.parametrize(
    ("period", "match", "expected"),
    [
        ("-0205", "within", ["embassy-206-bc"]),
        ("-02XX", "within", ["embassy-206-bc"]),
        ("02XX", "within", ["sea-trade-grows"]),
        ("16XX", "within", ["ships-in-the-1600s"]),
        ("2020-40", "within", ["exports-fall-half", "border-shut"]),
        ("2021-35", "within", ["exports-rise-q3"]),
        ("2020-33", "certain", ["border-shut", "export-rate", "one-realm"]),
        ("2030", "certain", ["one-realm"]),
        ("2030", "possible", ["one-realm", "treaty-in-force", "export-rate", "border-open"]),
    ],
)
def test_a_period_finds_them(
    client: ApiClient, period: str, match: str, expected: list[str]
) -> None:
    found = rows_of(client, "/v1/events", date=period, date_match=match, limit=200)

    assert sorted(ids(found)) == sorted(expected)


def test_they_are_sorted_in_the_order_of_time(client: ApiClient) -> None:
    found = ids(rows_of(client, "/v1/events", sort="date", date="../1900", limit=200))

    expected = ["embassy-206-bc", "sea-trade-grows", "port-held", "ships-in-the-1600s"]
    assert [id for id in found if id in expected] == expected


def test_facets_count_them(client: ApiClient) -> None:
    answer = get(client, "/v1/stats/events", by="date:decade")

    counts = {row["values"][0]["value"]: row["count"] for row in answer["data"]}
    assert (counts["-020X"], counts["198X"]) == (1, 1)


@pytest.mark.parametrize("format", ["csv", "ndjson", "atom", "ics"])
def test_exports_hold_them(client: ApiClient, format: str) -> None:
    text = client.get("/v1/events", params={"format": format, "date": "../1700"}).text

    assert ("embassy-206-bc" in text) == (format != "ics")
    assert "ships-in-the-1600s" in text


def test_the_explorer_shows_them(client: ApiClient) -> None:
    page = client.get("/events/embassy-206-bc", headers={"Accept": "text/html"}).text

    assert "206 BC" in page


@pytest.mark.parametrize(
    "vocabulary",
    ["event-types", "roles", "office-types", "agreement-types", "agreement-steps", "law-steps",
     "standings", "units", "currencies", "countries"],
)  # fmt: skip
def test_each_code_has_a_label_and_a_definition(client: ApiClient, vocabulary: str) -> None:
    answer = get(client, f"/v1/vocabularies/{vocabulary}")["data"]

    assert answer["source"]
    assert all(code["label"] and code["definition"] for code in answer["codes"])


def test_each_code_can_be_used(database: URL, tmp_path: Path) -> None:
    """One row for each code of a reading, in both databases."""
    links = [code for code in AGREEMENT_LINKS.values if code != "denounced"]
    cite = "cite: A census before 2023 counted 102 100 people."
    number = "words: 102 100 people, read_by: null"
    events = [
        *(f"{{id: type-{code}, name: X, type: {code}, {cite}}}" for code in EVENT_TYPES.values),
        *(f"{{id: link-{code}, name: X, type: status, agreements: {{{code}: tax-treaty}}, "
          f"proof: {{agreements: the tax treaty}}, {cite}}}"
          for code in links),
        *(f"{{id: unit-{code}, name: X, type: status, {cite}, "
          f"numbers: [{{of: x, {number}, unit: {code}}}]}}"
          for code in ("people", "things", "firms")),
    ]  # fmt: skip
    offices = [
        f"{{id: office-{code}, name: X, type: {code}, {cite}}}" for code in OFFICE_TYPES.values
    ]
    standings = [
        f"{{id: standing-{code}, name: X, member: aurelia, organisation: sund-council, "
        f"standing: {code}, {cite}, proof: {{member: 'Mission1: High Commission of Aurelia', "
        f"organisation: which is an observer of the Sund Council}}}}"
        for code in STANDINGS.values
    ]
    agreements = [
        f"{{id: agreement-{code}, name: X, type: {code}, {cite}}}"
        for code in AGREEMENT_TYPES.values
    ]
    folder = _copy(tmp_path)
    text = folder.read_text(encoding="utf-8")
    for group, entries in (
        ("offices", offices),
        ("memberships", standings),
        ("agreements", agreements),
    ):
        text = text.replace(
            f"{group}:\n", f"{group}:\n" + "".join(f"- {item}\n" for item in entries)
        )
    text += "\nevents:\n" + "".join(f"- {item}\n" for item in events)
    folder.write_text(text, encoding="utf-8")

    assert load(database, read_content(tmp_path)).changed


def _copy(folder: Path, source: Path = ARTICLES, width: int | None = None) -> Path:
    """Copy the article and its reading into the folder, wrapped to the width if one is given.

    The result is the path of the reading.
    """
    [original] = [item for item in source.iterdir() if item.is_dir()]
    copy = folder / original.name
    copy.mkdir()
    article = (original / "article.txt").read_text(encoding="utf-8")
    lines = [line if width is None else _wrapped(line, width) for line in article.split("\n")]
    (copy / "article.txt").write_text("\n".join(lines), encoding="utf-8")
    reading = copy / "reading.yaml"
    reading.write_bytes((original / "reading.yaml").read_bytes())
    return reading


def _wrapped(line: str, width: int) -> str:
    if line.startswith(("=", "-")):
        return line
    wrapped = textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    assert wrapped.replace("\n", " ") == line
    return wrapped


@pytest.mark.parametrize(
    ("source", "width"), [(ARTICLES, 60), (ARTICLES, 80), (ARTICLES, 100), (SHIPPED, 72)]
)
def test_a_wrapped_article_gives_the_same_rows(tmp_path: Path, source: Path, width: int) -> None:
    plain, wrapped = (tmp_path / name for name in ("plain", "wrapped"))
    plain.mkdir()
    wrapped.mkdir()
    _copy(plain, source)
    _copy(wrapped, source, width)

    assert _values(read_content(wrapped)) == _values(read_content(plain))


def _values(content: Content) -> list[tuple[str, dict[str, Any], list[str]]]:
    """The rows, and the words of their citations with a blank for each line end."""
    return [
        (
            item.row.kind,
            item.row.model_dump(exclude={"version", "sha256", "text"}),
            [" ".join(citation.exact.split()) for citation in item.citations],
        )
        for item in content.rows
        if item.row.kind not in ("passage", "document")
    ]

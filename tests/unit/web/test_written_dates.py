"""Dates in common notations are converted to EDTF. Ambiguous dates are passed on to the API."""

import pytest

from app.edtf.dates import parse_period
from app.web.written_dates import to_edtf, to_words
from tests.client import ApiClient

HTML = {"Accept": "text/html"}
READ = {
    "July 2020": "2020-07",
    "Jul. 2020": "2020-07",
    "2020 July": "2020-07",
    "14 July 2020": "2020-07-14",
    "14th of July, 2020": "2020-07-14",
    "July 14, 2020": "2020-07-14",
    "Sept 2014": "2014-09",
    "2019-2020": "2019/2020",
    "2019–20": "2019/2020",
    "2020-7": "2020-07",
    "2020-7-4": "2020-07-04",
    "7/2020": "2020-07",
    "14.7.2020": "2020-07-14",
    "14/7/2020": "2020-07-14",
    "7/14/2020": "2020-07-14",
    "2010s": "201X",
    "the 1990s": "199X",
    "summer 2019": "2019-22",
    "since 1997": "1997/..",
    "2019 onwards": "2019/..",
    "until July 1997": "../1997-07",
    "May 2019 to June 2020": "2019-05/2020-06",
    "between 2013 and 2015": "2013/2015",
    "14-20 July 2020": "2020-07-14/2020-07-20",
    "March–July 2020": "2020-03/2020-07",
    "28 May to 14 July 2020": "2020-05-28/2020-07-14",
    "2019-07 - 2020-01": "2019-07/2020-01",
    "2019 and 2020": "2019/2020",
    "2019-": "2019/..",
    "in 2020": "2020",
    "during the 1990s": "199X",
    "19th century": "18XX",
    "Q3 2019": "2019-35",
    "the first half of 2020": "2020-40",
    "before 2019": "../2018-12-31",
    "after 14 July 2020": "2020-07-15/..",
    "07.2020": "2020-07",
}
LEFT = [
    "2020", "2020-07", "2020-07-14", "201X", "2019/2020", "1997/..", "2019-22",
    "3/4/2020", "2020-13", "soon", "2020-13-40", "the day before", "", "July", "14 July",
    "13.13.2020", "2020-07-14T00:00", "before 32 July 2020", "after 9999", "0th century", "in",
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), READ.items())
def test_a_written_date_is_read(text: str, edtf: str) -> None:
    assert to_edtf(text) == edtf
    assert parse_period(edtf)
    assert to_edtf(edtf) == edtf


@pytest.mark.parametrize("text", LEFT)
def test_what_is_edtf_or_has_two_meanings_is_left_as_it_is(text: str) -> None:
    assert to_edtf(text) == text


@pytest.mark.parametrize(
    ("edtf", "words"),
    {
        "2020-07-14": "14 July 2020", "2019/2020": "2019 to 2020", "2019/..": "since 2019",
        "2020-33": "first quarter of 2020", "18XX": "19th century", "2020-07-32": "32 July 2020",
        "-0205": "-0205", "soon": "soon", "": "",
    }.items(),
)  # fmt: skip
def test_a_form_keeps_the_words_of_a_date_and_their_meaning(edtf: str, words: str) -> None:
    assert to_words(edtf) == words
    assert to_edtf(words) == edtf


@pytest.mark.parametrize("path", ["/timeline", "/events", "/network", "/laws", "/trade-figures"])
def test_pages_take_written_dates_and_say_so_in_their_address(client: ApiClient, path: str) -> None:
    answer = client.get(f"{path}?date=14+July+2020&sort=-name", headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{path}?date=2020-07-14&sort=-name"
    answer = client.get(f"{path}?date_from=July+2019&date_to=2020-7", headers=HTML)
    assert answer.headers["location"] == f"{path}?date_from=2019-07&date_to=2020-07"


def test_the_dates_that_pages_print_are_taken(client: ApiClient) -> None:
    assert client.get("/v1/events?date=14+July+2020").status_code == 422
    page = client.get("/events/hong-kong-autonomy-act-signed", headers=HTML).text
    assert "14 July 2020" in page

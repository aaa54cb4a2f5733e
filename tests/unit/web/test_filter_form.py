"""The filter form of a list: the parameters that it keeps and offers, and that its chips remove."""

import re
from typing import Any

import pytest

from app.resources.events import EVENTS
from app.vocabularies.events import EVENT_TYPES
from app.web.filter_form import FilterForm, FormField
from tests.client import ApiClient
from tests.contract.api_requests import get


def form(client: ApiClient, **asked: Any) -> FilterForm:
    return FilterForm(EVENTS, get(client, "/v1/events", **asked))


def field(made: FilterForm, name: str) -> FormField:
    [found] = [each for each in made.fields() if each.name == name]
    return found


def test_what_has_no_field_is_kept_but_for_the_place_in_the_list(client: ApiClient) -> None:
    made = form(client, offset=5, limit=7, date_from="2019", type="order", sort="-name", q="law")
    assert sorted(made.hidden()) == [("date_from", "2019"), ("limit", "7")]


CHIPS: list[dict[str, Any]] = [
    {"date": "2019", "date_match": "certain"},
    {"date_from": "2019", "date_match": "within"},
    {"date_from": "2019", "date_to": "2020", "date_match": "starts"},
    {"date": "2019", "date_match": "certain", "type": "order,support", "offset": 1},
    {"q": "law", "actor": "donald-trump", "limit": 5},
]


@pytest.mark.parametrize("asked", CHIPS, ids=str)
def test_a_chip_leads_to_the_list_without_its_condition(
    client: ApiClient, asked: dict[str, Any]
) -> None:
    given = {name: value for name, value in asked.items() if name not in ("offset", "limit")}
    pairs: list[tuple[str, str]] = []
    for name, value in sorted(given.items()):
        several = str(value).split(",")
        pairs += [(name, each) for each in several]
    chips = list(form(client, **asked).chips())
    assert len(chips) == len(pairs)
    for (name, value), chip in zip(pairs, chips, strict=True):
        left = dict(given)
        others = [each for of, each in pairs if of == name and each != value]
        left.pop(name)
        if others:
            left[name] = others[0]
        if not left.keys() & {"date", "date_from", "date_to"}:
            left.pop("date_match", None)
        query = get(client, chip.without)["meta"]["query"]
        told = {key: ",".join([each] if isinstance(each, str) else each)
                for key, each in query.items() if key != "limit"}  # fmt: skip
        assert told == left, chip.text


def test_a_facet_that_is_cut_off_offers_no_choice_of_its_few_values(client: ApiClient) -> None:
    cut = form(client, facet="actor,type", facet_limit=1, actor="donald-trump")
    actor, type_ = field(cut, "actor"), field(cut, "type")
    assert (actor.options, actor.value) == ([], "donald-trump")
    assert [option.value for option in type_.options] == list(EVENT_TYPES.values)
    assert {option.count for option in type_.options} == {None}
    whole = form(client, facet="actor,type", facet_limit=200, actor="donald-trump")
    assert len(field(whole, "actor").options) > 10
    assert [each.value for each in field(whole, "actor").options if each.chosen] == ["donald-trump"]


HTML = {"Accept": "text/html"}


def test_a_refused_form_keeps_what_was_typed_and_offers_what_occurs(client: ApiClient) -> None:
    text = client.get("/events?law=Hong+Kong+Autonomy&date=soon&type=order", headers=HTML).text
    assert 'value="Hong Kong Autonomy"' in text or ">Hong Kong Autonomy</option>" in text
    assert 'value="soon"' in text
    error = text.partition('id="error-date">')[2].partition("<")[0]
    assert "July 2020" in error
    assert "YYYY" not in error
    assert 'value="order" selected>Executive decision (' in text
    assert "Hong Kong Autonomy Act (" in text
    assert 'class="faults"' not in text, "each fault stands beside its field"
    cure = re.search(r'id="error-law">.*?<a href="([^"]+)">(.*?)</a>', text)
    assert cure
    assert "Hong Kong Autonomy Act" in cure[2]
    assert "law=hong-kong-autonomy-act" in cure[1]
    assert "type=order" in cure[1]


def test_a_fault_without_a_field_is_listed(client: ApiClient) -> None:
    text = client.get("/events?actr=x&type_not=nothing", headers=HTML).text
    faults = text.partition('class="faults"')[2].partition("</ul>")[0]
    assert "actr" in faults
    assert "type_not" in faults


@pytest.mark.parametrize("path", ["/events", "/laws", "/search"])
@pytest.mark.parametrize("words", ["hong k", "autonomy sanctio", "Kong-U", "hong kon"])
def test_a_search_without_results_shows_what_begins_with_the_last_word(
    client: ApiClient, path: str, words: str
) -> None:
    text = client.get(path, params={"q": words}, headers=HTML).text
    assert 'class="rows"' in text

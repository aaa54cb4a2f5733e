"""The drawing of the timeline: scale, navigation, and many rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from app.edtf.calendar import MAX_NUMBER, MIN_NUMBER
from app.main import create_app, with_middleware
from app.web import labels
from app.web.timeline.calendar import Step, day_number, step_for, unit_of, units
from app.web.timeline.drawing import draw_rows
from app.web.timeline.navigation import exact_units, moves
from app.web.timeline.scale import WIDEST, Scale
from benchmarks.synthetic import synthetic_content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.conftest import settings_for


def days(first: str, last: str) -> tuple[int, int]:
    return day_number(first), day_number(last)


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ("2020-07-01", "2020-07-31", "day"),
        ("2019-01-01", "2020-12-31", "month"),
        ("1984-01-01", "2025-12-31", "year"),
        ("1700-01-01", "2025-12-31", "decade"),
    ],
)
def test_the_unit_suits_the_period(first: str, last: str, step: Step) -> None:
    assert step_for(*days(first, last)) == step


def test_units_cover_the_whole_calendar_to_its_ends() -> None:
    ends = MIN_NUMBER, MAX_NUMBER
    assert len(list(units(*ends, "year"))) == 2 * 9999 + 1
    found = list(units(*ends, "decade"))
    assert (found[0].edtf, found[-1].edtf) == ("-999X", "999X")
    assert unit_of(MAX_NUMBER, "month").edtf == "9999-12"
    assert unit_of(MIN_NUMBER, "month").edtf == "-9999-01"
    middle = [unit.edtf for unit in units(*days("-0019-01-01", "0019-01-01"), "decade")]
    assert middle == ["-001X", "-000X", "000X", "001X"]


def test_a_unit_is_as_wide_as_what_begins_in_it_asks_for() -> None:
    years = list(units(*days("2017-01-01", "2020-12-31"), "year"))
    begins = [day_number("2019-05-01")] * 3 + [day_number("2020-05-01")]
    scale = Scale.elastic(years, begins, 1000)
    assert sum(scale.widths) == pytest.approx(1000)
    assert scale.widths[0] == scale.widths[1] < scale.widths[3] < scale.widths[2]
    places = [scale.at(day) for day in range(*days("2016-01-01", "2022-01-01"), 20)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == pytest.approx(1000)


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ("2020-01-01", "2020-12-31", ["2020"]),
        ("2020-02-01", "2020-02-29", ["2020-02"]),
        ("2010-01-01", "2029-12-31", ["201X", "202X"]),
        ("2020-02-03", "2020-02-04", ["2020-02-03", "2020-02-04"]),
    ],
)
def test_a_period_is_told_by_the_largest_units_that_fit(
    first: str, last: str, edtf: list[str]
) -> None:
    assert [unit.edtf for unit in exact_units(*days(first, last))] == edtf


def test_a_long_period_of_odd_days_is_not_cut_into_days() -> None:
    assert len(exact_units(*days("2010-01-02", "2020-01-01"))) == 3652
    assert exact_units(*days("-9999-03-15", "2020-01-01")) == []


def test_a_year_is_followed_by_a_year_and_the_other_filters_stay() -> None:
    period = days("2020-01-01", "2020-12-31")
    drawing = draw_rows([], period)
    assert drawing
    here = "/timeline?date=2020&kind=law"
    found = {move.name: move.target for move in moves(here, drawing, period)}
    assert found["earlier"] == "/timeline?date=2019&kind=law"
    assert found["later"] == "/timeline?date=2021&kind=law"
    assert found["further"] == "/timeline?date=2019%2F2021&kind=law"
    assert found["closer"] == "/timeline?date=2020-04%2F2020-09&kind=law"
    assert found["all"] == "/timeline?kind=law"


def row(edtf: str, first: str, last: str) -> dict[str, Any]:
    date = {"edtf": edtf, "earliest": first, "latest": last, "certain": None, "qualifier": None,
            "modifier": None}  # fmt: skip
    return {"id": edtf, "kind": "event", "name": "x", "modality": None, "date": date}


def test_zooming_in_keeps_what_most_begins_in() -> None:
    rows = [row(f"{year}", f"{year}-01-01", f"{year}-12-31") for year in (1984, 2019, 2020, 2025)]
    drawing = draw_rows(rows, None)
    assert drawing
    [zoom] = [move for move in moves("/timeline", drawing, None) if move.name == "closer"]
    assert zoom.target == "/timeline?date=2005%2F2025"


def test_no_unit_is_many_times_wider_than_another_and_empty_runs_are_marked() -> None:
    years = list(units(*days("1984-01-01", "2025-12-31"), "year"))
    begins = [day_number("2020-05-01")] * 100 + [day_number("1984-01-01")]
    scale = Scale.elastic(years, begins, 1000)
    assert max(scale.widths) <= WIDEST * min(scale.widths) * 1.001
    assert len(scale.breaks) == 2
    assert scale.breaks[0][0] == pytest.approx(scale.starts[1])


def test_the_days_of_a_busy_month_are_labelled() -> None:
    rows = [row("2020-07-14", "2020-07-14", "2020-07-14")] * 4
    drawing = draw_rows(rows, days("2020-07-01", "2020-07-31"))
    assert drawing
    texts = [tick.label for tick in drawing.ticks if tick.label]
    assert texts[0] == "1 July 2020"
    assert "14" in texts
    assert len(texts) > 10


def test_a_name_is_cut_only_if_it_fits_nowhere() -> None:
    long = {**row("2020-07-14", "2020-07-14", "2020-07-14"), "name": "long " * 18}
    drawing = draw_rows([long], days("2020-01-01", "2020-12-31"))
    assert drawing
    assert drawing.marks[0].label == long["name"]


@pytest.mark.parametrize("period", [("0001-01-01", "0001-12-31"), ("9999-01-01", "9999-12-31")])
def test_no_move_leaves_the_calendar(period: tuple[str, str]) -> None:
    drawing = draw_rows([], days(*period))
    assert drawing
    for move in moves("/timeline", drawing, days(*period)):
        assert move.name == "all" or "date=" in move.target


@pytest.fixture(scope="module")
def much(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiClient]:
    """A client of a server with more rows than the page draws one by one."""
    url = URL.create("sqlite", database=str(tmp_path_factory.mktemp("much") / "much.db"))
    publish(url, synthetic_content(1_500), Quiet())
    settings = settings_for(url)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


def test_many_rows_are_counted_first(much: ApiClient) -> None:
    page = much.get("/timeline").text
    assert labels.too_many("year") in page
    assert page.count('<a class="mark') == 0
    counts = much.get("/v1/stats/timeline?by=date:year,kind&limit=10000").json()["data"]
    assert page.count("×") >= len(counts)
    assert "/v1/stats/timeline?by=date%3Ayear%2Ckind" in page


def test_rows_are_drawn_when_a_period_is_chosen(much: ApiClient) -> None:
    page = much.get("/timeline?date=1990").text
    within = much.get("/v1/timeline?date=1990&limit=200").json()["meta"]["total"]
    assert 0 < within <= 200
    assert page.count('<a class="mark') == within


def test_the_text_of_a_long_document_and_a_wide_network_are_shown(much: ApiClient) -> None:
    [document, *_] = much.get("/v1/documents").json()["data"]
    assert much.get(document["links"]["self"][3:]).status_code == 200
    assert "the first of more" in much.get("/network").text


def test_a_server_without_data_says_so_to_people(tmp_path: Path) -> None:
    settings = settings_for(URL.create("sqlite", database=str(tmp_path / "none.db")))
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        page = client.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert page.headers["retry-after"]
        assert "The data are not available." in page.text
        assert client.get("/docs").status_code == 200

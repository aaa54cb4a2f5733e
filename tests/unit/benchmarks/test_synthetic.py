"""The synthetic content has the required properties, and a load accepts it."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.resources.events import EventRow
from benchmarks.synthetic import synthetic_content
from benchmarks.synthetic.actors import ACTORS
from benchmarks.synthetic.words import COMMON, word
from seeds.dataset_content import LoadedRow
from seeds.publish import counts_of, publish
from seeds.publish.progress import Quiet

EVENTS = 1_500


@pytest.fixture(scope="module")
def rows() -> list[LoadedRow]:
    return list(synthetic_content(EVENTS).rows)


@pytest.fixture(scope="module")
def events(rows: list[LoadedRow]) -> list[EventRow]:
    return [loaded.row for loaded in rows if isinstance(loaded.row, EventRow)]


def test_there_are_as_many_rows_as_are_told(rows: list[LoadedRow]):
    kinds = Counter(loaded.row.kind for loaded in rows)
    assert kinds == {"event": EVENTS, "passage": EVENTS, "actor": ACTORS, "document": 2}
    assert len(rows) == synthetic_content(EVENTS).total


def test_the_same_size_and_seed_make_the_same_rows(rows: list[LoadedRow]):
    again = synthetic_content(EVENTS)
    assert list(again.rows) == rows
    other = synthetic_content(EVENTS, seed=2)
    assert other.version != again.version
    assert next(iter(other.rows)) != rows[0]


def test_citations_and_passages_stand_where_they_say(rows: list[LoadedRow]):
    texts = {loaded.row.id: loaded.columns.get("text", "") for loaded in rows}
    for loaded in rows:
        for citation in loaded.citations:
            text = texts[citation.document]
            assert text[citation.start : citation.end] == citation.exact


def test_a_few_actors_are_in_most_events(events: list[EventRow]):
    parts = Counter(actor.id for event in events for actor in event.actors)
    assert 2.3 < parts.total() / len(events) < 2.7
    assert sum(count for _, count in parts.most_common(100)) > parts.total() / 2
    assert len(parts) > 500


def test_one_word_is_in_a_third_of_all_summaries_and_many_are_rare(events: list[EventRow]):
    found = Counter(said for event in events for said in set(event.summary.lower()[:-1].split()))
    assert 0.28 < found[word(COMMON)] / len(events) < 0.38
    assert sum(count < 5 for count in found.values()) > len(found) / 2


def test_dates_are_mixed(events: list[EventRow]):
    dated = [event.date for event in events if event.date]
    assert 0.95 < len(dated) / len(events) < 1
    assert {date.precision for date in dated} == {"day", "month", "season", "year", "decade"}
    assert {date.qualifier for date in dated} == {None, "uncertain", "approximate"}
    assert any(date.interval for date in dated)
    assert any(date.latest is None for date in dated)
    assert any(date.earliest is None for date in dated)
    assert {int(date.edtf.strip("[.")[:3]) for date in dated} == set(range(195, 203))


def test_a_load_takes_it(tmp_path: Path):
    url = URL.create("sqlite", database=str(tmp_path / "synthetic.db"))
    published = publish(url, synthetic_content(30), Quiet())
    assert published.counts == {"event": 30, "actor": ACTORS, "document": 1, "passage": 30}
    assert counts_of(url)["citations"] == 30
    assert not publish(url, synthetic_content(30), Quiet()).changed

"""The workloads: requests for our server, and the closest requests for the other servers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple
from urllib.parse import quote, unquote

from app.search.fts5 import fts5_match
from app.search.query import parse_query
from app.search.tsvector import tsquery
from app.vocabularies.events import EVENT_TYPES
from benchmarks.serving import datasette
from benchmarks.serving.query_values import Key, QueryValues, Window
from benchmarks.synthetic.words import COMMON, word

BEGINS = "&date_match=starts"
"""Only events that begin in the period; the other servers know no other match."""


class Paths(NamedTuple):
    """The paths of one request on each server; None if a server has no similar one."""

    ours: str
    datasette: str | None = None
    textbook: str | None = None


Draw = Callable[[Random, QueryValues], Paths]


@dataclass(frozen=True)
class ServingWorkload:
    """A kind of request. `headers` are sent to our server.

    `hot` is the number of different requests, which are repeated; None means always new ones.
    `conditional` sends the entity tag of an answer that the client has. `few_distinct` means few
    different requests; they are sent to a server without a response cache.
    """

    name: str
    title: str
    draw: Draw
    hot: int | None = None
    conditional: bool = False
    few_distinct: bool = False
    headers: tuple[tuple[str, str], ...] = ()


def one_event(random: Random, values: QueryValues) -> Paths:
    id = f"event-{random.randrange(values.events)}"
    return Paths(f"/v1/events/{id}", datasette.path("event", f"id={id}"), f"/events/{id}")


def window(random: Random, values: QueryValues) -> Paths:
    return _window(values.window(random), "none")


def counted_window(random: Random, values: QueryValues) -> Paths:
    return _window(values.window(random), "auto")


def possible_window(random: Random, values: QueryValues) -> Paths:
    """Events that possibly fall in the window, also those that began long before."""
    paths = _window(values.window(random), "none")
    return Paths(paths.ours.replace(BEGINS, ""))


def after_the_middle(random: Random, values: QueryValues) -> Paths:
    return _page_by_cursor(random, values.keys, values.after, "after")


def before_the_middle(random: Random, values: QueryValues) -> Paths:
    return _page_by_cursor(random, values.keys, values.before, "before")


def actor_type_and_dates(random: Random, values: QueryValues) -> Paths:
    return _actor(values.years(random, 20), values.actor(random), _type(random), 50)


def actor_and_type(random: Random, values: QueryValues) -> Paths:
    """The same with 20 rows over nearly all years, which every database has."""
    period, type = values.years(random, 70), EVENT_TYPES.values[random.randrange(2)]
    return _actor(period, "actor-1", type, 20)


def rare_word(random: Random, values: QueryValues) -> Paths:
    return _search(values.rare_word(random))


def common_word(random: Random, values: QueryValues) -> Paths:
    return _search(word(COMMON + random.randrange(-1, 2)))


def facets_of_years(random: Random, values: QueryValues) -> Paths:
    period = values.years(random, 5)
    return Paths(
        f"/v1/events?facet=type,date:year&limit=0&{_ours(period)}",
        datasette.path("facets", _peers(period)),
        f"/facets?{_peers(period)}",
    )


def facets_of_all(random: Random, values: QueryValues) -> Paths:
    return Paths(
        "/v1/events?facet=type,date:year&limit=0",
        datasette.path("all-facets", ""),
        "/facets",
    )


def exact_count(random: Random, values: QueryValues) -> Paths:
    period, type = values.years(random, 5), _type(random)
    return Paths(
        f"/v1/events?type={type}&count=exact&limit=0&{_ours(period)}",
        datasette.path("count", f"type={type}&{_peers(period)}"),
        f"/count?type={type}&{_peers(period)}",
    )


def decade(random: Random, values: QueryValues) -> Paths:
    first = 10 * random.randint(195, 201)
    period = f"first={first}-00-00&last={first + 9}-99-99"
    return Paths(
        f"/v1/stats/timeline?by=date:year,kind&date={first // 10}X&date_match=within",
        datasette.path("timeline", period),
    )


_GZIP = (("Accept-Encoding", "gzip"),)
_ZSTD = (("Accept-Encoding", "zstd"),)

WORKLOADS: Sequence[ServingWorkload] = (
    ServingWorkload("W1", "one event with its links", one_event),
    ServingWorkload("W2", "50 events of a month, by date, with actors", window),
    ServingWorkload("W2 possible", "50 events that possibly fall in a month", possible_window),
    ServingWorkload("W2 gzip", "the same, compressed", window, headers=_GZIP),
    ServingWorkload("W2 zstd", "the same, compressed", window, headers=_ZSTD),
    ServingWorkload("W3", "all events by date, 50 after the middle, by cursor", after_the_middle),
    ServingWorkload("W3 back", "the 50 before it", before_the_middle),
    ServingWorkload("W4", "50 events of an actor and a type within 20 years", actor_type_and_dates),
    ServingWorkload("W5 rare", "20 events with a rare word, highlighted", rare_word),
    ServingWorkload(
        "W5 common",
        "20 events with a word that a third of all rows have",
        common_word,
        few_distinct=True,
    ),
    ServingWorkload("W6", "events by type and by year, within five years", facets_of_years),
    ServingWorkload(
        "W6 all", "events by type and by year, without a filter", facets_of_all, few_distinct=True
    ),
    ServingWorkload("W7", "exact count of a type within five years", exact_count),
    ServingWorkload("W7 auto", "W2 with count=auto", counted_window),
    ServingWorkload("W8 304", "W2 again, with the validator of the answer", window, 100, True),
    ServingWorkload("W8 again", "W2 again", window, 100),
    ServingWorkload("W10", "the timeline of a decade in years, by kind", decade, few_distinct=True),
)

GROWING = (
    ServingWorkload("W1", "one event with its links", one_event),
    ServingWorkload("W2", "50 events of a period that holds about 1,000, by date", window),
    ServingWorkload("W4", "20 events of an actor and a type", actor_and_type),
)
"""Requests that find equally many rows in a database of any size."""


def _window(period: Window, count: str) -> Paths:
    return Paths(
        f"/v1/events?{_ours(period)}{BEGINS}&limit=50&count={count}",
        datasette.path("window", _peers(period)),
        f"/events?{_peers(period)}",
    )


def _page_by_cursor(
    random: Random, keys: Sequence[Key], cursors: Sequence[str], direction: str
) -> Paths:
    index = random.randrange(len(keys))
    key = keys[index]
    values = f"date={key.date}&position={key.position}&id={key.id}"
    return Paths(
        f"/v1/events?sort=date&limit=50&count=none&cursor={cursors[index]}",
        datasette.path(direction, values),
        f"/events-{direction}?{values}",
    )


def _actor(period: Window, actor: str, type: str, limit: int) -> Paths:
    return Paths(
        f"/v1/events?actor={actor}&type={type}&{_ours(period)}{BEGINS}&limit={limit}&count=none",
        datasette.path("actor", f"actor={actor}&type={type}&{_peers(period)}"),
        f"/events?actor={actor}&type={type}&{_peers(period)}&limit={limit}",
    )


def _search(words: str) -> Paths:
    query = parse_query(words)
    return Paths(
        f"/v1/events?q={words}&limit=20&count=none",
        datasette.path("search", f"words={quote(fts5_match(query))}"),
        f"/search?words={quote(fts5_match(query))}",
    )


def in_tsquery(path: str) -> str:
    """The path for a server on PostgreSQL: the words of a search have another syntax."""
    prefix, _, words = path.partition("words=")
    return f"{prefix}words={quote(tsquery(parse_query(unquote(words))))}" if words else path


def _type(random: Random) -> str:
    """One of the more frequent types."""
    return random.choice(EVENT_TYPES.values[:6])


def _ours(period: Window) -> str:
    return f"date_from={period.first}&date_to={period.last}"


def _peers(period: Window) -> str:
    return f"first={period.first}&last={period.last}"

"""The values from which requests are made: periods, actors, words and cursors."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool

from app.query.cursor import Cursor
from benchmarks.serving.http_client import Request, send_requests
from benchmarks.synthetic.dates import FIRST_YEAR, LAST_YEAR
from benchmarks.synthetic.words import SENTENCE, VOCABULARY, drawn, word

FULL_SIZE = 1_000_000
"""A database with this many events has full pages for every month."""

FREQUENT_ACTORS = 20
LIST = "/v1/events?sort=date&limit=50&count=none"

_KEYS = """
    SELECT date_undated, date_sort, position, id FROM events
    ORDER BY date_undated, date_sort, position, id LIMIT 20000 OFFSET :offset
"""


class Key(NamedTuple):
    """The sort key of an event, at which a page begins."""

    undated: int
    date: str
    position: int
    id: str


class Window(NamedTuple):
    """A period of days, both inclusive."""

    first: date
    last: date


@dataclass(frozen=True)
class QueryValues:
    """Sort keys from the middle of the list of events, and the cursors at these keys."""

    events: int
    keys: Sequence[Key]
    after: Sequence[str]
    before: Sequence[str]

    def window(self, random: Random) -> Window:
        """A random month. In a smaller database a longer period, so that it has as many events."""
        days = min(30 * FULL_SIZE // min(self.events, FULL_SIZE), 366 * 30)
        return _window(random, days)

    def years(self, random: Random, years: int) -> Window:
        """A period of `years` years from a random day on."""
        return _window(random, 365 * years)

    def actor(self, random: Random) -> str:
        """One of the most frequent actors."""
        return f"actor-{drawn(random, FREQUENT_ACTORS)}"

    def rare_word(self, random: Random) -> str:
        """A word that 40 to 80 events have, if there are enough events."""
        most = self.events * SENTENCE / 12.2  # 12.2 is the logarithm of the vocabulary
        rank = int(most / random.randint(40, 80)) + random.randint(20, 40)
        return word(min(rank, VOCABULARY))


def query_values_of(url: URL, port: int, events: int) -> QueryValues:
    """Read the keys from the database, and get a cursor from our server."""
    keys = list(_keys(url, events // 2))
    (answer,) = send_requests(port, [Request(LIST, {})], 1)
    following: str = json.loads(answer.body)["links"]["next"]
    (token,) = parse_qs(urlsplit(following).query)["cursor"]
    after = [_cursor_at(token, key) for key in keys]
    return QueryValues(events, keys, after, [_cursor_at(token, key, back=True) for key in keys])


def _keys(url: URL, offset: int) -> Iterator[Key]:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        rows = connection.execute(text(_KEYS), {"offset": offset}).all()
    yield from (Key(*row) for row in rows)


def _cursor_at(token: str, key: Key, *, back: bool = False) -> str:
    """A cursor of the same query at another row."""
    data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    _, query, dataset, *_ = json.loads(data[4:])
    return Cursor("before" if back else "after", query, dataset, tuple(key)).encode()


def _window(random: Random, days: int) -> Window:
    first = date(FIRST_YEAR, 1, 1)
    span = (date(LAST_YEAR, 12, 31) - first).days - days
    begins = first + timedelta(days=random.randrange(span))
    return Window(begins, begins + timedelta(days=days - 1))

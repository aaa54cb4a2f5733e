"""Choose the requests, from the OpenAPI document and from the answers of the service.

The choice is random but depends only on the answers. Each random choice has its own seed, so a new
parameter or path does not change the requests for the others.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from tests.oracle.document import Operation, Parameter, operations
from tests.oracle.exchanges import DATASET, Answer, Request

T = TypeVar("T")
SqlStatement = Callable[[Sequence[Request]], Sequence[Answer]]
Query = Mapping[str, str | Sequence[str]]

SEED = "hkus-oracle-1"

FORMATS = {
    "text/csv": "csv",
    "application/x-ndjson": "ndjson",
    "text/calendar": "ics",
    "application/atom+xml": "atom",
}
ACCEPTED = (*FORMATS, "*/*", "text/html", "image/png", "application/json;q=0", "text/*;q=0.5")
ENCODINGS = ("gzip", "zstd", "br", "gzip;q=0.5, zstd", "*", "identity;q=0", "gzip;q=0")
METHODS = ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PERIODS = ("2020", "2020-07", "2020-07-14", "201X", "2019-06/2020-07", "1997-07-01/..", "../1997")
BAD_VALUES = ("", "no-such-thing", "a,,b", "1_0", " 5", "-1", "999999999999", "2020-02-30", "\0")
BAD_PERIODS = ("2020-13", "2020-02-30", "20", "2021/2020", "../..", "2020~", "1997-07-01/", "x")
BAD_QUERIES = (
    "?q=%FF",
    "?q=%00",
    "?sort=date&sort=date",
    "?limit=1&limit=2",
    "?limit=",
    "?cursor=AAAAAAAA&offset=1",
    "?date=2020&date_from=2020",
    "?date_from=2021&date_to=2020",
    "?date_match=within",
    "?sort=relevance",
    "?facet=no-such-facet",
    "?expect_dataset=0000000000000000",
    "?&&",
    "?a",
    "?=b",
    f"?q={'x' * 201}",
    f"?id={'x' * 9000}",
)
SYNTAX = ('"', '""', '"a', "-a", "a OR b", "a*", "ab*", "*", "(a", "NEAR(a b)", "a:b", "--", "’")
PAGES = ("/", "/docs", "/v1", "/timeline", "/network", "/.well-known/api-catalog", "/healthz")
NO_PAGES = ("/no-such-page", "/v1/no-such-list", "/v2", "/v1/events/", "//", "/problems/none")

LINKS, LINKS_WITH_QUERY = 20, 4
"""How many links of one shape are followed."""

PATH = re.compile(r"/(?:[^\s{}]|\{dataset\})*")
"""A path without parameters."""

LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')


class Crawl:
    """Sends requests in rounds. Each round chooses its requests from earlier answers."""

    def __init__(self, ask: SqlStatement) -> None:
        self._ask = ask
        self.answers: dict[Request, Answer] = {}
        """All requests so far, in order."""

    def run(self) -> None:
        """Send all requests."""
        document = self._got([Request("/openapi.json")])[0].json()
        known = list(operations(document))
        lists = {each.path: Lists(each, self._got) for each in known if each.is_list}
        rows = {path: each.rows for path, each in lists.items()}
        for each in lists.values():
            self._got(each.requests())
            self._walk(each)
        for each in known:
            if each.is_stats:
                self._got(stats_requests(each, lists[stats_of(each.path)]))
            if not each.is_list:
                self._got(plain_requests(each, rows))
            self._got(fault_requests(each, rows))
        self._got(Request(path) for path in (*PAGES, *NO_PAGES, "/readyz"))
        self._follow()
        self._got(self._variants())

    def _got(self, requests: Iterable[Request]) -> list[Answer]:
        """The answers. Each request is sent only once."""
        requested = list(dict.fromkeys(requests))
        new = [each for each in requested if each not in self.answers]
        self.answers.update(zip(new, self._ask(new), strict=True))
        return [self.answers[each] for each in requested]

    def _walk(self, each: "Lists") -> None:
        """Page through some lists, forwards by `next` and back by `prev`."""
        steps_left = dict(each.walks())
        waiting = list(steps_left)
        while waiting:
            further: list[Request] = []
            for request, answer in zip(waiting, self._got(waiting), strict=True):
                links = _links(answer)
                for target in (links.get("next"), links.get("prev")):
                    if target and steps_left[request] and Request(target) not in steps_left:
                        steps_left[Request(target)] = steps_left[request] - 1
                        further.append(Request(target))
            waiting = further

    def _follow(self) -> None:
        """Follow some links of each shape, until no new shape appears."""
        taken: dict[str, int] = {}
        for _ in range(3):
            found: dict[str, set[str]] = {}
            for answer in self.answers.values():
                for link in links_in(answer):
                    found.setdefault(shape(link), set()).add(link)
            chosen: list[Request] = []
            for each, links in sorted(found.items()):
                new = sorted(link for link in links if Request(link) not in self.answers)
                room = (LINKS_WITH_QUERY if "?" in each else LINKS) - taken.get(each, 0)
                drawn = sample(new, max(room, 0), "follow", each)
                taken[each] = taken.get(each, 0) + len(drawn)
                chosen += map(Request, drawn)
            self._got(chosen)

    def _variants(self) -> Iterator[Request]:
        """The same targets with other methods and headers, and with If-None-Match."""
        by_kind: dict[tuple[str, int, str], list[str]] = {}
        for request, answer in self.answers.items():
            if request.method == "GET" and not request.headers and len(request.target) < 1000:
                kind = shape(urlsplit(request.target).path), answer.status, answer.media_type
                by_kind.setdefault(kind, []).append(request.target)
        for kind, targets in by_kind.items():
            head, revalidated, other = (seeded(name, *kind).choice(targets) for name in "abc")
            yield Request(head, "HEAD")
            yield Request(revalidated, revalidates=True)
            yield from sample(list(_other_ways(other)), 3, "other ways", *kind)
        preflight = ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET")
        yield Request("/v1/events", "OPTIONS", preflight)
        header_names = ("Access-Control-Request-Headers", "If-None-Match")
        yield Request("/v1/events", "OPTIONS", (*preflight, header_names))
        yield Request("/v1/events", "OPTIONS", (preflight[0], (preflight[1][0], "POST")))
        yield Request("/v1/events", headers=(("X-Long", "x" * 20_000),))


class Lists:
    """The requests to one list."""

    def __init__(self, operation: Operation, ask: SqlStatement) -> None:
        self.operation = operation
        path, required = operation.path, operation.required
        query = {**required, "limit": "200"}
        self.rows: list[dict[str, Any]] = []
        target: str | None = address(path, query)
        while target:
            (answer,) = ask([Request(target)])
            self.rows += answer.fields.get("data", [])
            target = _links(answer).get("next")
        self.values: dict[str, list[str]] = {}
        facets = operation.parameters.get("facet")
        for facet in facets.codes if facets else ():
            query = {**required, "limit": "0", "facet": facet, "facet_limit": "200"}
            (answer,) = ask([Request(address(path, query))])
            found: dict[str, Any] = answer.fields.get("facets") or {}
            buckets: list[dict[str, Any]] = found.get(facet, {}).get("buckets", [])
            self.values[facet] = [str(each["value"]) for each in buckets]
            labels = [str(each["label"]) for each in buckets]
            self.values[facet] += sample(labels, 2, path, facet, "labels")

    def requests(self) -> Iterator[Request]:
        """Requests with each parameter alone, with pairs, and in every format."""
        path = self.operation.path
        yield Request(path)
        for query in (
            *self._single_filters(),
            *self._mixtures(),
            *self._shapes(),
            *self._periods(),
            *self._searches(),
            *self._formats(),
        ):
            yield Request(address(path, {**self.operation.required, **query}))

    def walks(self) -> Iterator[tuple[Request, int]]:
        """The first requests of paging, with the number of pages to follow."""
        path, required = self.operation.path, self.operation.required
        for sort in self._sorts():
            query = {**required, "sort": sort, "limit": "7"}
            yield Request(address(path, query)), 3
        yield Request(address(path, {**required, "limit": "10"})), 30
        yield Request(address(path, {**required, "offset": "5", "limit": "5"})), 3
        q = {"q": "hong", "limit": "6"}
        yield Request(address(path, {**required, **q})), 5
        for query in sample(list(self._single_filters()), 4, path, "walks"):
            yield Request(address(path, {**required, **query, "limit": "2"})), 3

    def filter_values(self, parameter: Parameter) -> Sequence[str]:
        """Values for a filter; most find rows."""
        if parameter.codes:
            return parameter.codes
        if found := self.values.get(parameter.base):
            return [parameter.example, *found]
        name = parameter.name.removesuffix("_min").removesuffix("_max")
        values = {str(row[name]) for row in self.rows if isinstance(row.get(name), str | int)}
        return [parameter.example, *sorted(values)]

    def drawn_filters(self, count: int, *seed: object) -> dict[str, str]:
        """A few filters with a value each."""
        drawn = sample(self.operation.filters, count, self.operation.path, *seed)
        return {
            each.name: sample(self.filter_values(each), 1, self.operation.path, each.name, *seed)[0]
            for each in drawn
        }

    def _single_filters(self) -> Iterator[Query]:
        path = self.operation.path
        for parameter in self.operation.filters:
            values = self.filter_values(parameter)
            for value in sample(values, 2, path, parameter.name):
                yield {parameter.name: value, **self._dressing(parameter.name, value)}
            if parameter.is_many and len(values) > 1:
                two = sample(values, 2, path, parameter.name, "two")
                yield {parameter.name: two, "limit": "3"}
                yield {parameter.name: two[0].swapcase(), "limit": "1"}

    def _mixtures(self) -> Iterator[Query]:
        for number in range(30):
            filters = self.drawn_filters(1 + number % 3, "mixture", number)
            yield {**filters, **self._dressing("mixture", number)}

    def _dressing(self, *seed: object) -> Query:
        """Parameters that shape the answer."""
        path, known = self.operation.path, self.operation.parameters
        random = seeded(path, "dressing", *seed)
        dressing: dict[str, str] = {"limit": random.choice(("0", "1", "3", "5", "25"))}
        for name in ("facet", "sort", "count", "include", "date", "q", "offset"):
            if name in known and random.random() < 0.2:
                drawn = {
                    "date": random.choice(PERIODS),
                    "q": random.choice(("hong", "trade", "act", '"hong kong"')),
                    "offset": random.choice(("1", "4")),
                }
                dressing[name] = drawn.get(name) or random.choice(known[name].codes)
        if dressing.get("sort", "").endswith("relevance"):
            dressing["q"] = "kong"
        if "date" in dressing:
            dressing["date_match"] = random.choice(known["date_match"].codes)
        return dressing

    def _sorts(self) -> Sequence[str]:
        return [each for each in self.operation.parameters["sort"].codes if "relevance" not in each]

    def _shapes(self) -> Iterator[Query]:
        path, known = self.operation.path, self.operation.parameters
        for sort in self._sorts():
            yield {"sort": sort, "limit": "200"}
            for other in sample(self._sorts(), 2, path, sort):
                if other.lstrip("-") != sort.lstrip("-"):
                    yield {"sort": [sort, other], "limit": "5"}
        for name in ("limit", "offset"):
            for value in ("0", "1", "2", "24", "200", "201", "10000", "10001"):
                yield {name: value}
        yield {"offset": "3", "limit": "2"}
        for name in ("count", "include", "date_match"):
            for value in known[name].codes if name in known else ():
                yield {name: value, "limit": "5"}
        yield {"expect_dataset": DATASET, "limit": "1"}
        if "facet" in known:
            facets = known["facet"].codes
            for facet in facets:
                for number, size in enumerate(("1", "30")):
                    filters = self.drawn_filters(number, "facet", facet)
                    yield {**filters, "facet": facet, "facet_limit": size, "limit": "0"}
                if self.values.get(facet) and facet in known:
                    value = sample(self.values[facet], 1, path, facet, "selected")
                    yield {facet: value, "facet": facet, "limit": "1"}
            for number in range(6):
                several = sample(facets, 2 + number % 3, path, "facets", number)
                yield {"facet": several, "limit": "1", **self.drawn_filters(1, "facets", number)}

    def _periods(self) -> Iterator[Query]:
        path, known = self.operation.path, self.operation.parameters
        if "date" not in known:
            return
        dates = [row["date"] for row in self.rows if row.get("date")]
        allowed = sorted({each["edtf"] for each in dates if known["date"].allows(each["edtf"])})
        for period in (*sample(PERIODS, 4, path), *sample(allowed, 4, path, "periods")):
            for match in known["date_match"].codes:
                yield {"date": period, "date_match": match, "limit": "8"}
        days = sorted({each["earliest"] for each in dates if each["earliest"]}) or ["2020-07-14"]
        for number in range(12):
            random = seeded(path, "bounds", number)
            ends = sorted(random.choice(days)[: random.choice((4, 7, 10))] for _ in "ab")
            bounds = dict(zip(("date_from", "date_to"), ends, strict=True))
            if number % 3:
                bounds.pop(("date_from", "date_to")[number % 2])
            match = random.choice(known["date_match"].codes)
            yield {**bounds, "date_match": match, **self._dressing_of_periods(number)}
        for facet in ("date:decade", "date:year", "date:month"):
            for period in sample(PERIODS, 3, path, facet):
                yield {"date": period, "facet": facet, "limit": "0"}

    def _dressing_of_periods(self, number: int) -> Query:
        return {"limit": "4", **self.drawn_filters(number % 2, "bounds", number)}

    def _searches(self) -> Iterator[Query]:
        path = self.operation.path
        texts = [str(row["name"]) for row in self.rows if row.get("name")]
        words = sorted({word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text)})
        phrases = sorted({found for text in texts for found in re.findall(r"\w+ \w+", text)})
        for word in sample(words, 5, path, "words"):
            yield {"q": word, "limit": "4"}
            yield {"q": f"{word[:3]}*", "limit": "3", **self.drawn_filters(1, "search", word)}
        for phrase in sample(phrases, 4, path, "phrases"):
            yield {"q": f'"{phrase}"', "limit": "4"}
            yield {"q": phrase, "limit": "4", "sort": "relevance"}
            yield {"q": phrase.upper(), "limit": "2", "sort": sample(self._sorts(), 1, phrase)}
        yield from ({"q": syntax, "limit": "2"} for syntax in sample(SYNTAX, 6, path, "syntax"))
        yield {"q": "hnog kogn"}
        if "facet" in self.operation.parameters:
            for facet in self.operation.parameters["facet"].codes:
                yield {"q": "hong", "facet": facet, "limit": "1"}

    def _formats(self) -> Iterator[Query]:
        path, known = self.operation.path, self.operation.parameters
        fields = known["fields"].codes if "fields" in known else ()
        for format in known["format"].codes:
            yield {"format": format}
            yield {"format": format, "limit": "3", **self.drawn_filters(1, "format", format)}
            yield {"format": format, "limit": "0"}
            yield {"format": format, "q": "hong"}
            yield {"format": format, "sort": sample(self._sorts(), 1, path, format)}
            if "date" in known:
                yield {"format": format, "date": "2019/2020", "limit": "10"}
            if "include" in known:
                yield {"format": format, "include": known["include"].codes}
            if fields:
                yield {"format": format, "fields": sample(fields, 4, path, format), "limit": "9"}


def _other_ways(target: str) -> Iterator[Request]:
    """Other methods and headers for a target."""
    yield from (Request(target, method) for method in METHODS)
    for encoding in ENCODINGS:
        yield Request(target, headers=(("Accept-Encoding", encoding),))
    for accepted in ACCEPTED:
        yield Request(target, headers=(("Accept", accepted),))
    yield Request(target, headers=(("Origin", "https://example.org"),))
    yield Request(target, headers=(("If-None-Match", "*"),))
    yield Request(target, headers=(("If-None-Match", 'W/"0", "x"'),))
    yield Request(target, "HEAD", (("Accept-Encoding", "gzip"),))
    yield Request(target, headers=(("Accept-Encoding", "gzip"),), revalidates=True)


def stats_of(path: str) -> str:
    """The list whose rows the statistics path counts."""
    return path.replace("/stats/", "/")


def stats_requests(operation: Operation, base: Lists) -> Iterator[Request]:
    """Requests to the statistics of a list."""
    path, known = operation.path, operation.parameters
    by = known["by"].codes

    def request(query: Query) -> Request:
        return Request(address(path, query))

    for each in by:
        for format in known["format"].codes:
            yield request({"by": each, "format": format})
        filters = base.drawn_filters(1, "stats", each)
        yield request({"by": each, **filters, "limit": "5"})
        if "date" in known:
            match = sample(known["date_match"].codes, 1, path, each)
            yield request({"by": each, "date": "2019/2020", "date_match": match})
        yield request({"by": each, "q": "hong"})
    for number in range(12):
        several = sample(by, 2 + number // 10, path, "by", number)
        filters = base.drawn_filters(number % 3, "stats", number)
        yield request({"by": several, **filters})
        yield request({"by": several, "format": "csv"})
    for parameter in operation.filters:
        for value in sample(base.filter_values(parameter), 1, path, parameter.name):
            yield request({"by": by[0], parameter.name: value})


def plain_requests(operation: Operation, rows: Mapping[str, Sequence[Any]]) -> Iterator[Request]:
    """The path of each item, or the path itself if it has no parameter."""
    path = operation.path
    if not operation.is_item:
        yield Request(address(path, operation.required))
        return
    lists, rest = path.split("/{", 1)
    values = operation.path_values or [row["id"] for row in rows.get(lists, ())]
    for value in values:
        yield Request(f"{lists}/{quote(value)}{rest.partition('}')[2]}")
    if values:
        target = f"{lists}/{quote(values[0])}{rest.partition('}')[2]}"
        yield Request(f"{target}?expect_dataset={DATASET}")
        yield Request(f"{target}?expect_dataset=0000000000000000")
        yield Request(f"{target}?limit=1")
        yield Request(f"{target}/")


def fault_requests(operation: Operation, rows: Mapping[str, Sequence[Any]]) -> Iterator[Request]:
    """Requests that must be refused, and some that are nearly wrong."""
    path, known = operation.path, operation.parameters
    if operation.is_item:
        lists, rest = path.split("/{", 1)
        values = operation.path_values or [row["id"] for row in rows.get(lists, ())]
        near = [f"{value[:-1]}" for value in sample(values, 3, path, "near")]
        for value in ("no-such-id", "NO", "a%00b", "%FF", "x" * 90, "a%2Fb", "..", *near):
            yield Request(f"{lists}/{value}{rest.partition('}')[2]}")
        return
    many = len(BAD_QUERIES) if operation.is_list else 5
    for query in sample(BAD_QUERIES, many, path, "queries"):
        yield Request(f"{path}{query}")
    yield from (Request(path, method) for method in METHODS)
    required = operation.required
    for name in sample(sorted(known), 6, path, "near"):
        yield Request(address(path, {**required, name[:-1]: "x"}))
        yield Request(address(path, {**required, name.upper(): "x"}))
    for parameter in known.values():
        bad = (*BAD_VALUES, f"{parameter.example[:-1]}", [parameter.example] * 51)
        for value in sample(bad, 1, path, parameter.name, "bad"):
            yield Request(address(path, {**required, parameter.name: value}))
        if parameter.is_required:
            yield Request(address(path, {**required, parameter.name: ""}))
    if "date" in known:
        yield from (Request(address(path, {**required, "date": bad})) for bad in BAD_PERIODS)
    yield Request(address(path, {**required, "foo": "1", "limit": "x", "sort": "y", "date": "z"}))


def address(path: str, query: Query) -> str:
    """A path with a query."""
    return f"{path}?{urlencode(query, doseq=True, safe='{}')}" if query else path


def seeded(*seed: object) -> Random:
    """A random generator that depends only on the seed."""
    return Random(json.dumps([SEED, *map(str, seed)]))


def sample(of: Sequence[T], count: int, *seed: object) -> list[T]:
    """Some of the values, at most `count`."""
    return seeded(*seed).sample(of, min(count, len(of)))


def shape(link: str) -> str:
    """The common shape of similar links: `/events/a?q=b` is `/events/*?q`.

    Links with several parameters share one shape, because there are endless combinations.
    """
    parts = urlsplit(link)
    segments = parts.path.split("/")
    start = 3 if parts.path.startswith("/v1/") else 2
    path = "/".join(segments[:start] + ["*"] * (len(segments) > start) + segments[start + 1 :])
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    if len(names) > 1:
        return f"{path}?..."
    return f"{path}?{names[0]}" if names else path


def links_in(answer: Answer) -> Iterator[str]:
    """The links within the service that an answer holds."""
    if answer.media_type == "text/html":
        yield from (found.replace("&amp;", "&") for found in LINK.findall(answer.body))
    elif answer.media_type != "application/problem+json":
        yield from _paths(answer.json())


def _paths(value: Any) -> Iterator[str]:
    """The strings in JSON that are paths of the service."""
    match value:
        case dict():
            for each in value.values():  # pyright: ignore[reportUnknownVariableType]
                yield from _paths(each)
        case list():
            for each in value:  # pyright: ignore[reportUnknownVariableType]
                yield from _paths(each)
        case str() if PATH.fullmatch(value):
            yield value
        case _:
            pass


def _links(answer: Answer) -> dict[str, str]:
    """The links of a list's answer."""
    links = answer.fields.get("links", {})
    return {name: link for name, link in links.items() if isinstance(link, str)}

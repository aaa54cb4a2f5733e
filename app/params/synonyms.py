"""Suggestions for unknown parameters: the parameter that was probably meant, and an example.

Three lookups, in this order:

1. The same name in another spelling: `dateFrom`, `type[]`, `actors`, `actor_id`.
2. A table of the words that other APIs use.
3. A name with a small spelling mistake, by a strict edit distance.

A wrong suggestion is worse than no suggestion, because programs follow it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from app.params.parameter import Parameter
from app.params.types import Integer, KnownText, Named, OpaqueToken
from app.problems.problems import InvalidValue

Declared = Mapping[str, Parameter]
Transform = Callable[[Parameter, str], str | None]
"""A function from a parameter and the value in the request to an example of the parameter, such as
`offset=50`. None if the value does not fit."""

LONGEST_VALUE = 60
"""Maximum length of a value that an example repeats, in characters. For a longer value, the example
is the declared one."""
ROWS_PER_PAGE = 25
RELEVANCE = "relevance"
"""A sort key that is valid only with `q`."""
_FILTERS = ("filter", "filters", "where")
_FILTER_NAME = re.compile(r"(?:filters?|where)[\[.](\w+)\]?(?:[\[.](\w+)\]?)?")
"""`filter[type]`, `filter[date][gte]`, as in JSON:API."""
_FILTER_VALUE = re.compile(r"(\w+) *(?::|=+| eq ) *['\"]?([^'\"]+)['\"]?")
"""`type:order`, `type = 'order'`, `type eq 'order'`."""
_REFERENCE = re.compile(r"(\w+?)(?:_id|_ids|Id|Ids|ID|[.]id|\[id\])")
"""`actor_id`, `documentId`: the id of a row that a filter names."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The suggested parameter, and an example as part of a query string; the example is empty if
    the parameter has none."""

    parameter: str
    example: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """Names of parameters in other APIs, and the parameters of this API with the same meaning.

    `words` are the names in lower case without separators, divided by blanks. The suggestion is the
    first of `parameters` that the route has.
    """

    words: str
    parameters: tuple[str, ...]
    transform: Transform | None = None
    is_certain: bool = True
    """Whether the name has this meaning with any value. If false, the value must be valid for the
    parameter."""


def suggested(name: str, text: str, declared: Declared) -> Suggestion | None:
    """The most probable parameter for an unknown name on a route, or null. The example repeats the
    value of the request (`text`) if it is valid."""
    if inner := _FILTER_NAME.fullmatch(name.casefold()):
        field, operator = inner[1], inner[2]
        with_operator = suggested(f"{field}{operator}", text, declared) if operator else None
        return with_operator or suggested(field, text, declared)
    if name.casefold() in _FILTERS and (condition := _FILTER_VALUE.fullmatch(text.strip())):
        return suggested(condition[1], condition[2], declared)
    found = _same_name(name, declared)
    if found is None and (meaning := _MEANINGS.get(_letters(name))):
        return _by_meaning(meaning, text, declared)
    found = found or _near_spelling(name, declared)
    return Suggestion(found, _example(declared[found], text, declared)) if found else None


def hint(name: str, found: Suggestion | None, declared: Declared) -> str:
    """A sentence with the suggested parameter and its example; empty without a suggestion."""
    if found:
        example = f", as in {found.example}" if found.example else ""
        return f" Did you mean {found.parameter!r}{example}?"
    if name.casefold() in _FILTERS and "type" in declared:
        example = _pair("type", _own_example(declared["type"]))
        return f" Each filter is a parameter of its own here, as in {example}."
    return ""


def _letters(name: str) -> str:
    """The letters and digits of a name, in lower case."""
    return re.sub("[^a-z0-9]", "", name.casefold())


def _singular(letters: str) -> str:
    if len(letters) < 3 or not letters.endswith("s"):
        return letters
    return f"{letters[:-3]}y" if letters.endswith("ies") else letters[:-1]


def _same_name(name: str, declared: Declared) -> str | None:
    """The parameter with the same letters and digits, in singular or plural, or null."""
    letters = _letters(name)
    if not letters:
        return None
    by_letters = {_letters(each): each for each in declared}
    by_singular = {_singular(key): each for key, each in by_letters.items()}
    found = by_letters.get(letters) or by_singular.get(_singular(letters))
    if found is None and (reference := _REFERENCE.fullmatch(name)):
        found = by_letters.get(_letters(reference[1]))
        return found if found and isinstance(declared[found].values, Named) else None
    return found


def _by_meaning(meaning: Meaning, text: str, declared: Declared) -> Suggestion | None:
    found = next((each for each in meaning.parameters if each in declared), None)
    if found is None:
        return None
    parameter = declared[found]
    if meaning.transform is None:
        if not (meaning.is_certain or _is_readable(parameter, text)):
            return None
        return Suggestion(found, _example(parameter, text, declared))
    example = meaning.transform(parameter, text)
    return Suggestion(found, example) if example else None


def _near_spelling(name: str, declared: Declared) -> str | None:
    """The only parameter with a similar spelling; null if there is none or more than one.

    The words of both names are compared one by one, by edit distance: one edit in a word of 4 to 8
    letters, two in a longer word, none in a shorter one. An edit adds, removes, replaces or swaps
    letters. The first letter of each word must be the same.
    """
    names = [each for each in declared if _is_near(name.casefold(), each)]
    return names[0] if len(names) == 1 else None


def _is_near(name: str, candidate: str) -> bool:
    words, others = name.split("_"), candidate.split("_")
    pairs = list(zip(words, others, strict=False))
    return len(words) == len(others) and all(_is_misspelling(word, other) for word, other in pairs)


def _is_misspelling(word: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    if word == other:
        return True
    length = min(len(word), len(other))
    most = 0 if length < 4 else 1 if length < 9 else 2
    return word[:1] == other[:1] and OSA.distance(word, other, score_cutoff=most) <= most


def _example(parameter: Parameter, text: str, declared: Declared) -> str:
    """The parameter with the value of the request if it is valid, else with the declared example;
    together with the parameters that it needs."""
    value = text.strip() if _is_readable(parameter, text) else _own_example(parameter)
    if not value:
        return ""
    parts = [_pair(parameter.name, value), *_needed_with(parameter.name, declared)]
    return "&".join(parts)


def _needed_with(name: str, declared: Declared) -> Iterator[str]:
    if name == "fields":
        yield "format=csv"
    if name == "facet_limit":
        yield _pair("facet", _own_example(declared["facet"]))
    if name == "date_match":
        yield _pair("date", _own_example(declared["date"]))


def _pair(name: str, value: str) -> str:
    return f"{name}={quote(value, safe=',:/')}"


def _own_example(parameter: Parameter) -> str:
    example = parameter.example
    return str(example).lower() if isinstance(example, bool) else str(example)


def _is_readable(parameter: Parameter, text: str) -> bool:
    """Whether the value is valid for the parameter. False if only the data can decide that."""
    values, items = parameter.values, parameter.items(text.strip())
    if isinstance(values, Named | KnownText | OpaqueToken) or len(text) > LONGEST_VALUE:
        return False
    if isinstance(values, Integer) and any(len(item) > len(str(values.most)) for item in items):
        return False
    try:
        read = [values.read(item) for item in items]
    except InvalidValue:
        return False
    return not isinstance(values, Integer) or all(int(value) <= values.most for value in read)


def _of_page_number(parameter: Parameter, text: str) -> str:
    """`offset` from a page number: page 3 with 25 rows per page is `offset=50`."""
    page = int(text) if re.fullmatch("[1-9][0-9]{0,3}", text) else 2
    rows = (page - 1) * ROWS_PER_PAGE
    return f"limit={ROWS_PER_PAGE}&{parameter.name}={rows if rows <= 10_000 else ROWS_PER_PAGE}"


def _of_direction(parameter: Parameter, text: str) -> str:
    """`sort` from the direction of another API: `desc` or `title:desc` becomes `-` before the sort
    key."""
    key, _, direction = text.strip().lower().rpartition(":" if ":" in text else " ")
    if direction not in ("asc", "ascending", "desc", "descending"):
        key, direction = text.strip(), ""
    is_key = bool(key) and key.lstrip("-") != RELEVANCE and _is_readable(parameter, key)
    key = key if is_key else _own_example(parameter)
    sign = "-" if direction.startswith("desc") and not key.startswith("-") else ""
    return f"{parameter.name}={sign}{quote(key, safe=',')}"


def _of_day(parameter: Parameter, text: str) -> str:
    """A date from a timestamp: the day without the time."""
    day = re.split("[T ]", text.strip())[0]
    return _pair(parameter.name, day if _is_readable(parameter, day) else _own_example(parameter))


def _of_presence(parameter: Parameter, text: str) -> str | None:
    """`date_from=0001` finds the rows with a date. No parameter finds the rows without a date."""
    return f"{parameter.name}=0001" if text.casefold() in ("true", "1", "yes", "") else None


def _fixed(value: str) -> Transform:
    return lambda parameter, _: _pair(parameter.name, value)


SYNONYMS = (
    Meaning("page pagenumber pagenum pageno pageindex currentpage paged", ("offset",),
            _of_page_number),
    Meaning("skip startindex pageoffset", ("offset",)),
    Meaning("perpage pagesize pagelimit size take top num rows maxresults maxitems maxrecords "
            "maxrows numresults resultsperpage itemsperpage rpp batchsize", ("limit",)),
    Meaning("pagetoken nextpagetoken nexttoken nextcursor startingafter continuationtoken "
            "continuation pagecursor marker scrollid resumptiontoken", ("cursor",)),
    Meaning("since from startdate datestart fromdate begindate datebegin mindate datemin dategte "
            "dategt dateafter datesince starttime startyear yearfrom fromyear yearmin minyear "
            "periodstart", ("date_from",), _of_day),
    Meaning("until till to enddate dateend todate maxdate datemax datelte datelt datebefore "
            "dateuntil endtime endyear yearto toyear yearmax maxyear periodend", ("date_to",),
            _of_day),
    Meaning("after start", ("date_from",), is_certain=False),
    Meaning("before end", ("date_to",), is_certain=False),
    Meaning("year years month day when time datetime timestamp period daterange timeframe "
            "timeperiod", ("date",), _of_day),
    Meaning("hasdate dated", ("date_from",), _of_presence),
    Meaning("search query keyword keywords searchterm searchquery searchtext term terms text words "
            "fulltext freetext contains find", ("q",)),
    Meaning("orderby sortby sortkey sortfield ordering order sortorder sortdir sortdirection "
            "direction dir orderdir", ("sort",), _of_direction),
    Meaning("groupby group dimension dimensions aggregate aggregateby aggregation aggregations "
            "aggs breakdown", ("by", "facet")),
    Meaning("select columns column attributes properties props projection fieldlist fl",
            ("fields",)),
    Meaning("expand embed with", ("include",)),
    Meaning("output outputformat responseformat fileformat fmt contenttype mediatype alt export",
            ("format",)),
    Meaning("total totalcount includetotal withtotal showtotal includecount withcount counttotal",
            ("count",), _fixed("exact")),
    Meaning("country countries nation", ("jurisdiction", "actor"), _fixed("united-states")),
    Meaning("slug identifier", ("id",)),
    Meaning("minvalue valuegte valuegt valuefrom minamount amountmin", ("value_min",)),
    Meaning("maxvalue valuelte valuelt valueto maxamount amountmax", ("value_max",)),
    Meaning("citations evidence withcitations includecitations", ("include",)),
    Meaning("location locations", ("place", "city")),
)  # fmt: skip
_MEANINGS = {word: meaning for meaning in SYNONYMS for word in meaning.words.split()}

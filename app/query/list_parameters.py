"""The parameters of all lists, besides the filters of the resource."""

from app.db import Reader
from app.params.parameter import Parameter, Values
from app.params.types import Integer, OneOf, OpaqueToken, PeriodText, Scalar, SearchText
from app.query.cursor import FORM, Cursor
from app.query.dimensions import dimensions
from app.query.list_query import DEFAULT_LIMIT, identity
from app.query.period import DATE_MATCHES
from app.query.sort import SortValue, default_sort, key_parts, sort_names
from app.resources.resource import Resource

MOST_ROWS = 200
"""Maximum `limit` of a page."""
MOST_EXPORTED = 1_000_000
"""Maximum `limit` of an export."""
DEFAULT_BUCKETS = 30
MOST_BUCKETS = 200
MOST_OFFSET = 10_000
COUNTS = ("auto", "exact", "none")
WORDS = "Hong Kong"
"""The example value of `q`."""


def common_parameters(resource: Resource) -> list[Parameter]:
    """The parameters for search, date, page, facets and evidence that the resource supports."""
    evidence = [_include(resource.evidence)] if resource.evidence else []
    counted = _facet_parameters(resource) if dimensions(resource) else []
    return [
        *search_parameters(resource),
        *date_parameters(resource),
        *_page_parameters(resource),
        *counted,
        *evidence,
        expect_dataset(),
    ]


def search_parameters(resource: Resource) -> list[Parameter]:
    """The parameter `q` of full-text search."""
    text = (
        'Words and "quoted phrases", all of which must match, in any form of the word; `word*` by '
        "its beginning. Dashes, quotes, case and accents do not matter, and nothing is a syntax "
        "error. `match.highlights` says where."
    )
    return [Parameter("q", SearchText(), text, WORDS, required=resource.only_searched)]


def date_parameters(resource: Resource) -> list[Parameter]:
    """The parameters of the period; empty if the resource has no dates."""
    if not resource.dated:
        return []
    return [
        Parameter("date", PeriodText(partial=False),
                  "One period in EDTF without qualifiers: `2020`, `2020-07`, `2020-07-14`, `201X`, "
                  "`18XX`, the quarter `2020-33`, the half `2020-40`, `-0205` (206 BC), "
                  "`2019-06/2020-07`, `1997-07-01/..`, `../1997`. Undated rows are left out and "
                  "counted in `meta.undated`.", resource.period),
        Parameter("date_from", PeriodText(partial=True),
                  "First day, month, year or decade of the period, inclusive.",
                  resource.period[:4]),
        Parameter("date_to", PeriodText(partial=True),
                  "Last day, month, year or decade of the period, inclusive: `2020` is up to "
                  "2020-12-31.", "2020"),
        Parameter("date_match", OneOf(DATE_MATCHES),
                  "`possible`: may overlap the period. `certain`: surely overlaps it. `starts`: "
                  "its beginning surely lies in it. `within`: lies wholly in it. Each includes "
                  "the ones after it.", "possible", default="possible"),
    ]  # fmt: skip


def _page_parameters(resource: Resource) -> list[Parameter]:
    return [
        Parameter("sort", SortValue(sort_names(resource)),
                  "Sort keys, `-` for descending; nulls come last in both directions, `position` "
                  "and `id` end every sort.", str(default_sort(resource)[0]), many=True,
                  ordered=True, most=5),
        Parameter("limit", Integer(0, MOST_ROWS, readable=MOST_EXPORTED),
                  "Rows on a page; 0 gives `meta` and `facets` only. Exports take up to 1,000,000.",
                  DEFAULT_LIMIT, default=DEFAULT_LIMIT),
        Parameter("cursor", OpaqueToken(FORM),
                  "Where to go on: taken from the links of an answer; not with `offset`. It is "
                  "good for the filters and the sort that it was given for. This one is of the "
                  "first page without any.", _first_cursor(resource)),
        Parameter("offset", Integer(0, MOST_OFFSET),
                  "Rows to leave out, for page numbers; beyond 10,000 use the cursor of `next`.",
                  0),
        Parameter("count", OneOf(COUNTS),
                  "`auto` counts exactly to 10,000, `exact` always, `none` never.", "auto",
                  default="auto"),
    ]  # fmt: skip


def _first_cursor(resource: Resource) -> str:
    """A cursor before the first row of the list, with the default sort and without filters."""
    searched = resource.only_searched
    sort = default_sort(resource, searched=searched)
    values: Values = {"q": (SearchText().read(WORDS),)} if searched else {}
    kinds = [part.kind for part in key_parts(resource, sort)]
    least = tuple("" if kind is str else 0 for kind in kinds)
    return Cursor("after", identity(resource, values, sort), "0" * 16, least).encode()


def _facet_parameters(resource: Resource) -> list[Parameter]:
    names = tuple(dimensions(resource))
    return [
        Parameter("facet", OneOf(names),
                  "Counts rows by each value, under all filters but the facet's own. A bucket of "
                  "a calendar counts the rows that lie wholly within it.", names[0], many=True,
                  most=8),
        Parameter("facet_limit", Integer(1, MOST_BUCKETS),
                  "Buckets of each facet, those of most rows first; of a calendar all are given.",
                  DEFAULT_BUCKETS, default=DEFAULT_BUCKETS),
    ]  # fmt: skip


def _include(evidence: str) -> Parameter:
    text = "Adds the words that prove each row, or of a passage what is known from it."
    return Parameter("include", OneOf((evidence,)), text, evidence)


def examples_from_data(reader: Reader) -> dict[str, Scalar]:
    """The example of `expect_dataset`: the served version, if it is known without a query."""
    dataset = reader.last_dataset()
    return {"expect_dataset": dataset.version} if dataset else {}


def expect_dataset() -> Parameter:
    """The parameter by which a client requires one version of the dataset."""
    text = "A dataset version, as answers tell it; 409 if the server holds another one."
    return Parameter("expect_dataset", OpaqueToken("^[0-9a-f]{16}$"), text, "")

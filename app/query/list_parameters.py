"""The parameters of all lists, besides the filters of the resource."""

from app.db import Reader
from app.params.parameter import Parameter, Values
from app.params.types import Integer, OneOf, OpaqueToken, PeriodText, Scalar, SearchText
from app.query.cursor import CURSOR_PATTERN, Cursor
from app.query.dimensions import dimensions
from app.query.list_query import DEFAULT_LIMIT, identity
from app.query.period import DATE_MATCHES
from app.query.sort import SortValue, default_sort, key_parts, sort_names
from app.resources.resource import Resource

MAX_ROWS = 200
"""Maximum `limit` of a page."""
MAX_EXPORTED_ROWS = 1_000_000
"""Maximum `limit` of an export."""
DEFAULT_BUCKETS = 30
MAX_BUCKETS = 200
MAX_OFFSET = 10_000
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
        'Words and "quoted phrases". A row must have all of them. Words match in any English form; '
        "`word*` matches all words that begin with `word`. Dashes, quotes, case and accents do not "
        "matter. Nothing is a syntax error. `match.highlights` has the ranges that match."
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
                  "`2019-06/2020-07`, `1997-07-01/..`, `../1997`. Undated rows do not match; "
                  "`meta.undated` counts them.", resource.period),
        Parameter("date_from", PeriodText(partial=True),
                  "First day, month, year or decade of the period, inclusive.",
                  resource.period[:4]),
        Parameter("date_to", PeriodText(partial=True),
                  "Last day, month, year or decade of the period, inclusive: `2020` ends on "
                  "2020-12-31.", "2020"),
        Parameter("date_match", OneOf(DATE_MATCHES),
                  "`possible`: the date may overlap the period. `certain`: it surely overlaps it. "
                  "`starts`: it surely starts in it. `within`: it lies wholly in it. Each value "
                  "includes the rows of the values after it.", "possible", default="possible"),
    ]  # fmt: skip


def _page_parameters(resource: Resource) -> list[Parameter]:
    return [
        Parameter("sort", SortValue(sort_names(resource)),
                  "Sort keys; `-` for descending. Nulls come last in both directions. Rows with "
                  "equal keys are sorted by `position` and `id`.", str(default_sort(resource)[0]),
                  multiple=True, ordered=True, most=5),
        Parameter("limit", Integer(0, MAX_ROWS, readable=MAX_EXPORTED_ROWS),
                  "Rows on a page; 0 gives `meta` and `facets` only. Exports take up to 1,000,000.",
                  DEFAULT_LIMIT, default=DEFAULT_LIMIT),
        Parameter("cursor", OpaqueToken(CURSOR_PATTERN),
                  "The position of the page. Take it from the links of an answer. It is valid only "
                  "with the same filters and sort, and not with `offset`. The example is for the "
                  "first page without filters.", _first_cursor(resource)),
        Parameter("offset", Integer(0, MAX_OFFSET),
                  "Number of rows to skip, for page numbers. Above 10,000, use the cursor of "
                  "`next`.", 0),
        Parameter("count", OneOf(COUNTS),
                  "How the total is counted: `auto` exactly up to 10,000 rows, `exact` always "
                  "exactly, `none` not at all.", "auto", default="auto"),
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
                  "Counts the rows with each value. All filters apply, except the filter of the "
                  "facet itself. A calendar bucket counts the rows whose date lies wholly in it.",
                  names[0], multiple=True, most=8),
        Parameter("facet_limit", Integer(1, MAX_BUCKETS),
                  "Maximum number of buckets of a facet; those with the most rows come first. A "
                  "calendar has all its buckets.",
                  DEFAULT_BUCKETS, default=DEFAULT_BUCKETS),
    ]  # fmt: skip


def _include(evidence: str) -> Parameter:
    text = "Adds the words that prove each row; to a passage, the rows that cite it."
    return Parameter("include", OneOf((evidence,)), text, evidence)


def examples_from_data(reader: Reader) -> dict[str, Scalar]:
    """The example of `expect_dataset`: the served version, if it is known without a query."""
    dataset = reader.last_dataset()
    return {"expect_dataset": dataset.version} if dataset else {}


def expect_dataset() -> Parameter:
    """The parameter by which a client requires one version of the dataset."""
    text = "The dataset version that the client expects. With another one, the answer is 409."
    return Parameter("expect_dataset", OpaqueToken("^[0-9a-f]{16}$"), text, "")

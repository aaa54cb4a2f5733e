"""The values that the statements of a query are run with."""

from collections.abc import Mapping

from app.params.types import Scalar
from app.query.list_query import ListQuery
from app.query.sort import is_by_relevance
from app.sql.fulltext import search_values
from app.sql.keyset import key_values
from app.sql.periods import period_values
from app.sql.relevance import cursor_values
from app.sql.where import values_in

BoundValues = Mapping[str, Scalar]
"""Values by the names under which statements take them."""


def bound_values(query: ListQuery) -> BoundValues:
    """All values that are given in a query."""
    bound: dict[str, Scalar] = {}
    for condition in query.conditions:
        bound |= values_in(condition, query.values[condition.parameter])
    if query.period:
        bound |= period_values(query.period)
    if query.search:
        bound |= search_values(query.search)
    if query.cursor:
        by_relevance = is_by_relevance(query.sort)
        bound |= cursor_values(query.cursor) if by_relevance else key_values(query)
    return bound

"""Pages: what is asked for the rows of a page."""

from collections.abc import Mapping
from functools import partial

from app.db import Ask
from app.params.types import Scalar
from app.query.shape import Shape
from app.query.sort import is_by_relevance
from app.resources.resource import Resource
from app.sql.fulltext import STEMS, Few
from app.sql.statements import page_statement


def page_ask(resource: Resource, shape: Shape, values: Mapping[str, Scalar]) -> Ask:
    """The rows of a page; most searches find few rows, which are asked for shortly."""
    build = partial(page_statement, resource, shape)
    few: Few = "by-a-word" if values.get(STEMS.key) else "by-count"
    short = partial(build, few=few) if is_by_relevance(shape.sort) else None
    return Ask((resource.path, shape, few), build, values, short)

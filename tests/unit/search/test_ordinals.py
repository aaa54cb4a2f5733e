"""Ordinals have the order of rows. Rows outside the ranges of ordinals cause an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.resources.registry import RESOURCES
from app.search.ordinals import (
    AFTER_ALL,
    KIND_BITS,
    POSITION_BITS,
    RUN_BITS,
    Numbering,
    first_at,
    ranks,
)
from app.vocabularies.kinds import KINDS

places = st.lists(
    st.tuples(st.integers(0, len(KINDS.values) - 1), st.integers(0, 3), st.integers(0, 99)),
    unique=True, max_size=40,
)  # fmt: skip


def test_kinds_are_in_the_order_of_the_registry() -> None:
    assert KINDS.values == tuple(resource.kind for resource in RESOURCES)


@given(places)
def test_ordinals_sort_as_position_kind_and_id(rows: list[tuple[int, int, int]]) -> None:
    numbering = Numbering()
    numbers: dict[tuple[int, int, int], int] = {}
    for kind, position, id in sorted(rows):  # in the order of a load
        number = numbering.number(KINDS.values[kind], position, f"{id:02}")
        numbers[position, kind, id] = number
        assert first_at(position) <= number < first_at(position + 1)
    assert sorted(numbers, key=numbers.__getitem__) == sorted(numbers)
    assert len(set(numbers.values())) == len(rows)


def test_more_rows_at_a_position_than_there_are_ordinals_are_refused() -> None:
    numbering = Numbering()
    for run in range(1 << RUN_BITS):
        numbering.number("event", 7, f"event-{run}")
    with pytest.raises(OverflowError, match=r"'one-more'.*4096 rows of a kind at one position"):
        numbering.number("event", 7, "one-more")
    numbering.number("event", 8, "elsewhere")
    with pytest.raises(OverflowError, match="positions below"):
        numbering.number("event", 1 << POSITION_BITS, "far-away")


@given(st.integers(-(2**60), 2**60))
def test_any_position_has_an_ordinal_that_databases_take(position: int) -> None:
    assert 0 <= first_at(position) <= AFTER_ALL < 2**63


def test_more_kinds_than_ordinals_tell_apart_are_refused() -> None:
    assert len(ranks([f"kind-{number}" for number in range(1 << KIND_BITS)])) == 1 << KIND_BITS
    with pytest.raises(TypeError, match="there are 17 kinds, but ordinals hold at most 16"):
        ranks([f"kind-{number}" for number in range((1 << KIND_BITS) + 1)])

"""Charts: the length of a bar is proportional to the absolute value."""

from typing import Any

import pytest

from app.web.charts import by_unit


def row(value: float | None, **other: Any) -> dict[str, Any]:
    return {"value": value, "currency": "USD", "unit": "currency", "date": None, **other}


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        ([5, -10], [50, 100]),
        ([-10, 5], [100, 50]),
        ([-4, -8], [50, 100]),
        ([0, 3], [0, 100]),
        ([0, 0], [0, 0]),
    ],
)
def test_a_bar_is_as_long_as_the_size_of_its_value(values: list[float], shares: list[float]):
    rows = [row(value) for value in values]
    [group] = by_unit([*rows, row(None)])
    assert [group.share(each) for each in rows] == shares
    assert group.has_bars

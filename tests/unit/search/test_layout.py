"""Layout of words: the code for long rows gives the same layout to rows within the limits."""

from hypothesis import given, settings

from app.search import layout
from app.search.layout import PARTS, layout_of
from app.search.tokens import words
from tests.unit.search.engines import Texts
from tests.unit.search.writing import rows


@settings(deadline=None)
@given(rows)
def test_rows_within_the_limits_are_laid_out_as_all_others(rows: list[Texts]):
    for row in rows:
        said = {part: [words(text) for text in row.get(part, ())] for part in PARTS}
        limited = layout._within_limits(said)  # pyright: ignore[reportPrivateUsage]
        assert layout_of(row) == limited

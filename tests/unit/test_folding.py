"""Folding gives the same text on all code paths."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.folding import fold


@settings(deadline=None)
@given(st.text(st.characters(codec="ascii")))
def test_plain_texts_are_folded_as_they_are_beside_others(text: str):
    assert fold(f"{text} É") == f"{fold(text)} e".lstrip()


def test_case_accents_dashes_quotes_and_blanks_do_not_count():
    assert fold("Hong Kong–United  States") == "hong kong-united states"
    assert fold(" O`Neill ’Élan” ") == "o'neill 'elan\""

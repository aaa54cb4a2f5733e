"""Quotes must match exactly, in exactly one place. Invalid seeds cause faults, not tracebacks."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.articles import Article
from seeds.build import read_content
from seeds.builders.quote_offsets import CharRange, QuoteNotFound, locate, occurrences
from seeds.builders.registry import ENTRY_LISTS
from seeds.faults import LoadError, LoadFault
from seeds.prose.document import read_document
from seeds.reading.entry import Quote
from seeds.reading.file import ReadingFile
from tests.unit.builders.sample import ARTICLE, READING, write

SAMPLE = Article(
    0, "article.txt", read_document(ARTICLE), ReadingFile("reading.yaml", ENTRY_LISTS, None)
)
STARTS = st.integers(0, len(ARTICLE) - 1)


@settings(deadline=None)
@given(st.text("ab ", max_size=30), st.text("ab ", min_size=1, max_size=4))
def test_every_occurrence_is_found_in_order(text: str, words: str) -> None:
    spans = occurrences(text, words)
    plain = " ".join(words.split())

    assert spans == sorted(set(spans))
    assert all(" ".join(text[slice(*span)].split()) == plain for span in spans)
    if plain:
        assert bool(spans) == (plain in " ".join(text.split()))


@settings(deadline=None)
@given(STARTS, st.integers(1, 80))
def test_a_quote_is_found_where_it_was_taken_from(start: int, length: int) -> None:
    words = ARTICLE[start : start + length].strip()
    whole = [words] if words and SAMPLE.document.passage_at(ARTICLE.index(words)) else []
    for quote in whole:
        if ARTICLE.count(quote) > 1:
            with pytest.raises(QuoteNotFound, match="occurs"):
                locate(SAMPLE, Quote(quote=quote))
        elif len({SAMPLE.document.section_at(i).id for i in _span(quote)}) > 1:
            with pytest.raises(QuoteNotFound, match="runs from section"):
                locate(SAMPLE, Quote(quote=quote))
        else:
            assert ARTICLE[slice(*locate(SAMPLE, Quote(quote=quote)))] == quote


def _span(words: str) -> tuple[int, int]:
    start = ARTICLE.index(words)
    return start, start + len(words) - 1


@settings(deadline=None)
@given(STARTS, st.integers(3, 80), st.integers(0, 79))
def test_a_slip_is_shown_with_the_words_that_were_meant(start: int, length: int, at: int) -> None:
    passage = SAMPLE.document.passage_at(start)
    words = ARTICLE[start : min(start + length, passage.end if passage else start)].strip()
    slip = words[: at % max(len(words), 1)] + "§" + words[at % max(len(words), 1) + 1 :]

    if len(words.split()) > 6:
        with pytest.raises(QuoteNotFound, match="is not in the document") as refused:
            locate(SAMPLE, Quote(quote=slip))
        assert "the nearest words there are" in refused.value.cure


def test_spans_hold_and_meet() -> None:
    assert CharRange(1, 4).contains(CharRange(1, 4))
    assert not CharRange(1, 4).contains(CharRange(1, 5))
    assert CharRange(1, 4).overlaps(CharRange(3, 9))
    assert not CharRange(1, 4).overlaps(CharRange(4, 9))


LINES = READING.splitlines(keepends=True)
INSERTS = st.sampled_from(
    ["&a ", "*a", "!x ", "{", "]", ": ", "- ", "null", "\t", "'", '"', "0", "é", "\n"]
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.integers(0, 6), INSERTS, st.integers(0, 40))
def test_no_broken_reading_ends_in_anything_but_faults(
    line: int, drop: int, insert: str, column: int
) -> None:
    broken = "".join(LINES[:line])
    broken += LINES[line][:column] + insert + LINES[line][column:] if line % 2 else ""
    broken += "".join(LINES[line + drop :])
    with tempfile.TemporaryDirectory() as folder:
        for fault in _faults(write(Path(folder), reading=broken)):
            assert str(fault).endswith(".")
            assert "\n" not in str(fault)


def _faults(folder: Path) -> tuple[LoadFault, ...]:
    try:
        read_content(folder)
    except LoadError as error:
        return error.faults
    return ()

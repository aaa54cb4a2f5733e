"""Which words of an answer are highlighted."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from app.search.highlights import CharRange, Highlighter, beginning
from app.search.query import SearchQuery, parse_query
from app.search.tokens import words
from tests.unit.search.engines import expected
from tests.unit.search.writing import queries, texts, word_like


def spans(query: SearchQuery, text: str) -> list[CharRange]:
    return Highlighter(query).spans(text)


def marked(q: str, text: str) -> list[str]:
    return [text[start:end] for start, end in spans(parse_query(q), text)]


def test_words_are_marked_in_all_their_forms_as_they_are_written():
    text = "The U.S. Policy, China’s policies and the police of Hong–Kong’s 2.5"
    assert marked("policy us", text) == ["U.S.", "Policy", "policies"]
    assert marked("polic*", text) == ["Policy", "policies", "police"]
    assert marked("china hong-kong 2.5", text) == ["China", "Hong–Kong", "2.5"]


@given(st.text("ab*", min_size=4, max_size=9), st.text("AAaabb0s'_. ", max_size=60))
@example("abab", "babab abab ABAB_abab0 abab's")
@example("abab", "abab a.b.a.b")
@example("s", "abab's s s'")
def test_words_are_found_alike_in_plain_texts_and_in_others(q: str, text: str):
    query = parse_query(q)
    plain = spans(query, text)
    # The added text disables the shortcut for plain texts.
    assert spans(query, f"{text} – . ") == plain


@given(word_like)
@example("dying lying tying policy hoping ability ably skies is us ie")
def test_a_word_begins_as_its_stem_does_but_for_its_ending(text: str):
    for word in words(text):
        assert word.folded.startswith(beginning(word.stem))


def test_the_words_of_a_phrase_are_not_marked_where_they_stand_apart():
    assert marked('"trade war"', "war on trade, Trade Wars, trade") == ["Trade Wars"]
    assert marked("trade-wa*", "wa trade trade warfare") == ["trade warfare"]


def test_marks_that_overlap_are_one_and_neighbours_are_two():
    assert marked('"hong kong" "kong police"', "Hong Kong police") == ["Hong Kong police"]
    assert marked("hong kong", "Hong Kong") == ["Hong", "Kong"]
    assert marked("香 港", "香港") == ["香", "港"]


def test_offsets_are_code_points():
    assert spans(parse_query("kong"), "𝒳 Kong") == [(2, 6)]


@given(st.data(), texts)
def test_marks_are_in_order_and_each_holds_a_term(data: st.DataObject, text: str):
    query = parse_query(data.draw(queries([{"text": [text]}])))
    found = spans(query, text)
    assert all(left[1] <= right[0] for left, right in pairwise(found))
    for start, end in found:
        stems = {word.stem for word in words(text[start:end])}
        folded_words = {word.folded for word in words(text[start:end])}
        assert any(
            folded_words >= {word.folded for word in term.words[:-1]}
            and any(folded.startswith(term.words[-1].folded) for folded in folded_words)
            if term.prefix
            else stems >= set(term.forms)
            for term in query.terms
        )


@given(st.data(), texts)
def test_a_text_has_marks_if_it_has_any_of_the_terms(data: st.DataObject, text: str):
    query = parse_query(data.draw(queries([{"text": [text]}])))
    terms = [SearchQuery((term,)) for term in query.terms]
    found = any(expected(term, [{"text": [text]}]) for term in terms)
    assert bool(spans(query, text)) == found

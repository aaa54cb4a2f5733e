"""Quotations: mixed, nested and unpaired marks, and all quotations of the shipped article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.prose.quotations import find_quotations
from tests.unit.prose import ARTICLE

PIECES = st.lists(
    st.sampled_from(
        [*'""“”‘’\'.,:([)] \n-5aB', "\n\n", "\n- ", "Hong Kong", " said ", " “a” ", ' "b" ']
    ),
    max_size=30,
).map("".join)

# Written by hand from the article, before the code existed: the start and the end of each
# quotation.
QUOTATIONS = [
    ('"the United States government has', 'The PRC as well,"'),
    ("\"we're just not buying", 'to prohibit his travel."'),
    ("“Fueled by anger", "the chief executive.”"),
    ('"As you all know,', 'the work of the US"'),
    ('"never allow any', 'foreign forces"'),
    ('"those who play (with) fire', 'get themselves burned."'),
    ('"At some point', 'a part of China."'),
    ('"It appears to', "of the president.”"),
    ('"tens of', 'of thousands"'),
    ('"The Human Rights and Democracy Act', 'agreements on Hong Kong"'),
    ('"It is the United States’ long-standing', 'the United Nations."'),
    ('"any acts', 'or activities"'),
    ('"killer', 'blow"'),
    ('"gross interference', "in China's affairs\""),
    ('"mistake"', '"mistake"'),
    ('"politicized', 'juridicial co-operation"'),
    ('"foreign countries', 'affairs of the region"'),
    ('"governed by', 'by patriots"'),
    ('"responsible for', "Hong Kong's freedom”"),
    ("“‘One country, two systems’", 'dictatorship in Hong Kong"'),
    ("“gasping", "for air”"),
    ("“China's unelected", "treaty obligations.”"),
    ('"Made in', 'in China"'),
    ('"Made in', 'in Hong Kong"'),
    ("“How could", "some other place?”"),
    ("\"doesn't comply with WTO rules... over", 'origin of products"'),
]


def quotations(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_quotations(text)]


def test_every_quotation_of_the_article_is_found() -> None:
    found = quotations(ARTICLE)
    assert len(found) == len(QUOTATIONS) == 26
    for quotation, (beginning, ending) in zip(found, QUOTATIONS, strict=True):
        assert quotation.startswith(beginning)
        assert quotation.endswith(ending)


def test_every_double_mark_of_the_article_opens_or_closes_a_quotation() -> None:
    found = find_quotations(ARTICLE)
    marks = {index for index, character in enumerate(ARTICLE) if character in '"“”'}
    assert marks == {edge for one in found for edge in (one.start, one.end - 1)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said “one" and "two”, then “three”.', ['“one"', '"two”', "“three”"]),
        ('said:“one” and said:"two".', ["“one”", '"two"']),
        ('He "left."The bill', ['"left."']),
        ('("one") and ["two"]', ['"one"', '"two"']),
        ("“He said “no” to me” and left", ["“He said “no” to me”"]),
        ('"He said "no" to me" and left', ['"He said "no" to me"']),
        ('"‘One country’ isn\'t it," he said', ['"‘One country’ isn\'t it,"']),
        ("the protesters’ and China's ‘one’ 'two'", ["‘one’", "'two'"]),
        ('said ”one” and "two“ then', ["”one”", '"two“']),
        ('a 5" gun, 5"x7" paper and "one"', ['"one"']),
        ('a stray" mark and "one"', ['"one"']),
        ('never "closed, and "one" then', ['"one"']),
        ('one "that ends\n\nwith its" paragraph', []),
        ('- one "that ends\n- with its" item', []),
        ('"one that\ngoes on"', ['"one that\ngoes on"']),
        ('""', ['""']),
        ("", []),
        ("“They are ”bad” people”", ["“They are ”"]),  # ” closes an open quotation
        ("He said ”No” there.", ["”No”"]),
    ],
)
def test_marks_are_paired_as_a_person_pairs_them(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


def test_a_quotation_is_told_with_and_without_its_marks() -> None:
    text = 'He said "yes" and "no".'
    (found,) = find_quotations(text, 14)
    assert (found.start, found.end) == (18, 22)
    assert text[found.inner_start : found.inner_end] == "no"


@given(PIECES)
def test_quotations_are_ordered_disjoint_and_stand_between_marks(text: str) -> None:
    position = 0
    for found in find_quotations(text):
        assert position <= found.start < found.inner_start <= found.inner_end < found.end
        assert text[found.start] in "\"“”'‘"
        assert text[found.inner_end : found.end] in ('"', "“", "”", "'", "’")
        assert "\n\n" not in text[found.start : found.end]
        position = found.end


@given(st.lists(st.sampled_from(["Hong Kong", "China's", "‘One’", "1997", "(no)"]), min_size=1))
def test_well_marked_words_are_found_whatever_the_marks(words: list[str]) -> None:
    opening, closing = '"“', '"”'
    text = " ".join(
        f"so {opening[index % 2]}{word}{closing[index // 2 % 2]},"
        for index, word in enumerate(words)
    )
    assert [quotation[1:-1] for quotation in quotations(text)] == words


@given(PIECES, PIECES)
def test_a_range_is_read_as_if_it_stood_alone(before: str, text: str) -> None:
    shift = len(before)
    found = find_quotations(before + text, shift)
    assert [(one.start - shift, one.end - shift) for one in found] == [
        (one.start, one.end) for one in find_quotations(text)
    ]

"""Quantities in prose: exact values, units and approximation, and words that are no quantity."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.prose.line_ends import unwrapped
from seeds.prose.number_words import find_numerals
from seeds.prose.quantities import find_quantities
from tests.unit.prose import ARTICLE

# Written by hand from the article: words, kind, value, unit, approximate.
IN_THE_ARTICLE = [
    ("44%", "percent", 44, "percent", False),
    ("38%", "percent", 38, "percent", False),
    ("18%", "percent", 18, "percent", False),
    ("60%", "percent", 60, "percent", False),
    ("31%", "percent", 31, "percent", False),
    ("9%", "percent", 9, "percent", False),
    ("45th", "rank", 45, "rank", False),
    ("tens of thousands", "count", None, "US-flags", True),
    ("three", "count", 3, "bilateral agreements", False),
    ("four", "count", 4, "Hong Kong legislators", False),
    ("15", "count", 15, "pro-democracy legislators", False),
    ("some 1,300", "count", 1300, "U.S. firms", True),
    ("726", "count", 726, "regional operations", False),
    ("about 85,000", "count", 85000, "American citizens", True),
    ("$17.8 billion", "amount", 17_800_000_000, "currency", False),
    ("about $38.1 billion", "amount", 38_100_000_000, "currency", True),
    ("$43.8 billion", "amount", 43_800_000_000, "currency", False),
    ("21st", "rank", 21, "rank", False),
    ("$31 billion", "amount", 31_000_000_000, "currency", False),
    ("$12.8 billion", "amount", 12_800_000_000, "currency", False),
    ("90-day", "duration", 90, "day", False),
]


def test_the_article_is_read_as_a_person_reads_it() -> None:
    found = find_quantities(ARTICLE)
    read = [(each.text, each.kind, each.value, each.unit, each.approximate) for each in found]
    assert read == IN_THE_ARTICLE
    assert {each.currency for each in found if each.kind == "amount"} == {"USD"}


def test_no_value_is_written_with_an_exponent() -> None:
    values = [each.value for each in find_quantities(ARTICLE)]
    assert [str(value) for value in values if value and value > 10**9] == [
        "17800000000", "38100000000", "43800000000", "31000000000", "12800000000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "words", "value", "currency"),
    [
        ("for $5", "$5", "5", "USD"),
        ("US$31 billion", "US$31 billion", "31000000000", "USD"),
        ("U.S.$3", "U.S.$3", "3", "USD"),
        ("HK$5.25 million", "HK$5.25 million", "5250000", "HKD"),
        ("A$3", "A$3", "3", "AUD"),
        ("C$2.50", "C$2.50", "2.5", "CAD"),
        ("NT$ 20", "NT$ 20", "20", "TWD"),
        ("X$5", "X$5", "5", None),
        ("€5bn", "€5bn", "5000000000", "EUR"),
        ("£3m", "£3m", "3000000", "GBP"),
        ("$5k", "$5k", "5000", "USD"),
        ("¥300", "¥300", "300", None),
        ("CN¥20", "CN¥20", "20", "CNY"),
        ("RMB 300 million", "RMB 300 million", "300000000", "CNY"),
        ("5 million USD", "5 million USD", "5000000", "USD"),
        ("500 euros", "500 euros", "500", "EUR"),
        ("300 million yuan", "300 million yuan", "300000000", "CNY"),
        ("20 Hong Kong dollars", "20 Hong Kong dollars", "20", "HKD"),
        ("five billion U.S. dollars", "five billion U.S. dollars", "5000000000", "USD"),
        ("a $1.5-billion deal", "$1.5-billion", "1500000000", "USD"),
        ("$1,234,567.89", "$1,234,567.89", "1234567.89", "USD"),
        ("nearly $2 trillion", "nearly $2 trillion", "2000000000000", "USD"),
        ("millions of dollars", "millions of dollars", None, "USD"),
    ],
)
def test_a_sum_has_its_exact_value_and_currency(
    written: str, words: str, value: str | None, currency: str | None
) -> None:
    (found,) = find_quantities(written)
    assert (found.text, found.kind, found.unit) == (words, "amount", "currency")
    assert (found.value and str(found.value), found.currency) == (value, currency)


@pytest.mark.parametrize(
    ("written", "words", "value", "unit"),
    [
        ("44%", "44%", "44", "percent"),
        ("44 %", "44 %", "44", "percent"),
        ("44 percent", "44 percent", "44", "percent"),
        ("44 per cent", "44 per cent", "44", "percent"),
        ("a 5-percent rise", "5-percent", "5", "percent"),
        ("forty-four percent", "forty-four percent", "44", "percent"),
        ("0.05%", "0.05%", "0.05", "percent"),
        ("fell to -5%", "-5%", "-5", "percent"),
        ("by 7.5 percentage points", "7.5 percentage points", "7.5", "percentage point"),
        ("at least 60%", "at least 60%", "60", "percent"),
    ],
)
def test_a_percentage_is_read(written: str, words: str, value: str, unit: str) -> None:
    (found,) = find_quantities(written)
    assert (found.text, found.kind, str(found.value), found.unit) == (words, "percent", value, unit)


@pytest.mark.parametrize(
    ("written", "words", "value", "unit", "approximate"),
    [
        ("four Hong Kong legislators, who", "four", 4, "Hong Kong legislators", False),
        ("Three bilateral agreements with", "Three", 3, "bilateral agreements", False),
        ("one million people", "one million", 1_000_000, "people", False),
        ("a dozen legislators", "a dozen", 12, "legislators", False),
        ("two dozen ships", "two dozen", 24, "ships", False),
        ("half a million residents", "half a million", 500_000, "residents", False),
        ("two hundred and fifty-three people", "two hundred and fifty-three", 253, "people", False),
        ("twenty-five thousand troops", "twenty-five thousand", 25_000, "troops", False),
        ("two million three hundred thousand people", "two million three hundred thousand",
         2_300_000, "people", False),
        ("1.3 billion people", "1.3 billion", 1_300_000_000, "people", False),
        ("12,345.678 tonnes", "12,345.678", "12345.678", "tonnes", False),
        ("500 staff", "500", 500, "staff", False),
        ("50 US citizens", "50", 50, "US citizens", False),
        ("three United States officials", "three", 3, "United States officials", False),
        ("three United States trade officials", "three", 3, "United States trade officials", False),
        ("four Texas senators", "four", 4, "Texas senators", False),
        ("12 Republicans voted with Democrats", "12", 12, "Republicans", False),
        ("15 of the legislators", "15", 15, "legislators", False),
        ("3 other bills", "3", 3, "bills", False),
        ("four more states", "four", 4, "states", False),
        ("In Hong Kong 1300 U.S. firms", "1300", 1300, "U.S. firms", False),
        ("1500 people were arrested", "1500", 1500, "people", False),
        ("some 2000 protesters", "some 2000", 2000, "protesters", True),
        ("about 85,000 American citizens", "about 85,000", 85_000, "American citizens", True),
        ("more than 2,000 firms", "more than 2,000", 2000, "firms", True),
        ("up to 20 seats", "up to 20", 20, "seats", True),
        ("an estimated 2 million people", "an estimated 2 million", 2_000_000, "people", True),
        ("300 or so members", "300 or so", 300, "members", True),
        ("500+ firms", "500+", 500, "firms", True),
        ("300-odd ships", "300-odd", 300, "ships", True),
        ("some 300", "some 300", 300, None, True),
        ("rose to 1,300.", "1,300", 1300, None, False),
        ("talks about three agreements", "three", 3, "agreements", False),
        ("tens of thousands of protesters", "tens of thousands", None, "protesters", True),
        ("“tens of thousands” of US-flags", "tens of thousands", None, "US-flags", True),
        ("hundreds of people", "hundreds", None, "people", True),
        ("a few hundred students", "a few hundred", None, "students", True),
        ("several thousand", "several thousand", None, None, True),
    ],
)  # fmt: skip
def test_a_count_names_what_it_counts(
    written: str, words: str, value: int | str | None, unit: str | None, approximate: bool
) -> None:
    (found,) = find_quantities(written)
    assert (found.text, found.kind, found.unit) == (words, "count", unit)
    assert found.value == (None if value is None else Decimal(value))
    assert found.approximate is approximate


@pytest.mark.parametrize(
    ("written", "words", "value"),
    [
        ("the 21st largest trading partner", "21st", 21),
        ("the 45th president", "45th", 45),
        ("the 1,000th visitor", "1,000th", 1000),
        ("the second-largest partner", "second", 2),
        ("the third most populous city", "third", 3),
    ],
)
def test_an_ordinal_is_a_rank(written: str, words: str, value: int) -> None:
    (found,) = find_quantities(written)
    assert (found.text, found.kind, found.value, found.unit) == (words, "rank", value, "rank")


@pytest.mark.parametrize(
    ("written", "words", "value", "unit"),
    [
        ("a 90-day pause", "90-day", 90, "day"),
        ("a four-year term", "four-year", 4, "year"),
        ("a one-year extension", "one-year", 1, "year"),
        ("two years later", "two years", 2, "year"),
        ("for 24 hours", "24 hours", 24, "hour"),
        ("three more weeks", "three more weeks", 3, "week"),
        ("nearly two full months", "nearly two full months", 2, "month"),
        ("over two years", "two years", 2, "year"),
    ],
)
def test_a_duration_has_a_unit_of_time(written: str, words: str, value: int, unit: str) -> None:
    (found,) = find_quantities(written)
    assert (found.text, found.kind, found.value, found.unit) == (words, "duration", value, unit)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("$3–5 billion", [("$3", 3 * 10**9), ("5 billion", 5 * 10**9)]),
        ("between $3 and $5 billion", [("$3", 3 * 10**9), ("$5 billion", 5 * 10**9)]),
        ("$900 million to $1.2 billion", [("$900 million", 9 * 10**8),
                                          ("$1.2 billion", 12 * 10**8)]),
        ("3 to 5 million dollars", [("3", 3 * 10**6), ("5 million dollars", 5 * 10**6)]),
        ("10 to 20 percent", [("10", 10), ("20 percent", 20)]),
        ("10 and 20 percent", [("10", 10), ("20 percent", 20)]),
        ("5% to 10%", [("5%", 5), ("10%", 10)]),
        ("5–10%", [("5", 5), ("10%", 10)]),
        ("between 10 and 15 legislators", [("10", 10), ("15", 15)]),
        ("two or three agreements", [("two", 2), ("three", 3)]),
        ("900 to 1,200 firms", [("900", 900), ("1,200", 1200)]),
    ],
)  # fmt: skip
def test_both_ends_of_a_range_have_its_unit_and_scale(
    written: str, values: list[tuple[str, int]]
) -> None:
    first, last = find_quantities(written)
    assert [(first.text, first.value), (last.text, last.value)] == values
    assert (first.kind, first.unit, first.currency) == (last.kind, last.unit, last.currency)


@pytest.mark.parametrize(
    "written",
    [
        "at 26 Garden Road", "10 Downing Street", "5 Queens Road", "Article 23",
        "Article 23 rights",
        "Boeing 747 aircraft", "Chapter 5 sections", "Pub. L. 102-383", "[12]", "G20 leaders",
        "COVID-19 cases", "F-16 fighters", "3 p.m. protests", "10:30",
        "1.2.3", "Mission1: x", "one of the largest investors",
        "one party", "one-party rule", "one day", "the second term", "First, the council",
        "the 21st century", "5th Avenue",
        "twenty thirty", "two million three million",
        "hundred people", "1 legislator", "15",
        "about it", "three of them",
        "in 2018", "June 9", "3–5 May 2019", "9 and 16 June",
        "the 2019 protests", "May 20, 2013", "4th of July", "in the 1990s",
        "9" * 30 + " people", "http://x.org/15 firms?", "1,23,45",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_quantity_is_none(written: str) -> None:
    assert find_quantities(written) == []


def test_a_range_may_begin_without_a_value() -> None:
    assert [each.value for each in find_quantities("hundreds to 1,000 people")] == [None, 1000]


@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, places=2))
def test_a_number_in_digits_is_read_back_exactly(value: Decimal) -> None:
    (found,) = find_quantities(f"worth ${value:,.2f}.")
    assert found.value == value


WORDS = st.tuples(st.integers(1, 999), st.sampled_from([1, 1000, 10**6, 10**9]))
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = " . twenty thirty forty fifty sixty seventy eighty ninety"


def spelt(value: int) -> str:
    if value >= 100:
        rest = f" and {spelt(value % 100)}" if value % 100 else ""
        return f"{ONES.split()[value // 100]} hundred{rest}"
    if value < 20:
        return ONES.split()[value]
    unit = f"-{ONES.split()[value % 10]}" if value % 10 else ""
    return TENS.split(" ")[value // 10] + unit


SCALES = {1: "", 1000: " thousand", 10**6: " million", 10**9: " billion"}


@given(WORDS)
def test_a_number_in_words_is_read_back(written: tuple[int, int]) -> None:
    number, scale = written
    words = spelt(number) + SCALES[scale]
    (found,) = find_numerals(f"There were {words} of them")
    assert (found.value, found.end - found.start) == (number * scale, len(words))


PIECES = st.sampled_from(
    [
        *["$", "HK$", "€", "17.8", "1,300", "15", "one", "two", "twenty", "hundred", "million"],
        *["a", "half", "dozen", "tens of", "thousands", "some", "about", "over", "%", "percent"],
        *["-day", "days", "years", "st", "th", "people", "U.S.", "firms", "of", "the", "and", "to"],
        *["2019", "June", "m", "bn", "dollars", "Road", "Garden", "between", "or so", "+"],
        *[" ", " ", " ", " ", ", ", "-", "–", ".", "/", "\n", "(", "’", "\u0663", "\u00b2"],
    ]
)


@given(st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=60))
@settings(max_examples=300)
def test_quantities_slice_the_text_in_order_without_overlap(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end
        assert unwrapped(text)[found.start : found.end] == found.text
        assert found.value is not None or found.approximate or found.share or found.unread
        assert (found.currency is None) or found.kind == "amount"
        end = found.end

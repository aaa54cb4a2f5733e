"""Dates in prose: every form, their modifiers and bounds, and words that only look like dates."""

from calendar import month_name
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.edtf.dates import EdtfError, parse_edtf
from seeds.prose.dates import (
    DateMention,
    Point,
    closed,
    edtf_of,
    find_dates,
    in_context,
    interval,
    opened,
    year_context,
)
from seeds.prose.line_ends import unwrapped
from tests.unit.prose import ARTICLE

# Written by hand from the article: words, EDTF without context, modifier, bound.
IN_THE_ARTICLE = [
    ("Before 1997", "1997", None, "before"),
    ("After 1997", "1997", None, "after"),
    ("1992", "1992", None, None),
    ("1997", "1997", None, None),
    ("2012", "2012", None, None),
    ("As of 2020", "2020", "as-of", None),
    ("As of 14 July 2020", "2020-07-14", "as-of", None),
    ("2013", "2013", None, None),
    ("May 20, 2013", "2013-05-20", None, None),
    ("early June", None, "early", None),
    ("June 22", None, None, None),
    ("June 23", None, None, None),
    ("June 24", None, None, None),
    ("2019–20", "2019/2020", None, None),
    ("15 March 2019", "2019-03-15", None, None),
    ("2019", "2019", None, None),
    ("By 9 June", None, "by", None),
    ("until 2020", "2020", None, "until"),
    ("August 2019", "2019-08", None, None),
    ("early September 2019", "2019-09", "early", None),
    ("November 2019", "2019-11", None, None),
    ("since 1992", "1992", None, "since"),
    ("1984", "1984", None, None),
    ("28 May 2020", "2020-05-28", None, None),
    ("29 May 2020", "2020-05-29", None, None),
    ("14 July 2020", "2020-07-14", None, None),
    ("June 2020", "2020-06", None, None),
    ("the same day", None, None, None),
    ("1992", "1992", None, None),
    ("19 August 2020", "2020-08-19", None, None),
    ("11 November 2020", "2020-11-11", None, None),
    ("June 2025", "2025-06", None, None),
    ("2006", "2006", None, None),
    ("end of 2006", "2006", "end", None),
    ("2018", "2018", None, None),
    ("1997", "1997", None, None),
    ("October 2002", "2002-10", None, None),
    ("2018", "2018", None, None),
    ("2020", "2020", None, None),
    ("February 4, 2025", "2025-02-04", None, None),
    ("April", None, None, None),
]


def test_the_article_is_read_as_a_person_reads_it() -> None:
    found = [(each.text, each.edtf, each.modifier, each.bound) for each in find_dates(ARTICLE)]
    assert found == IN_THE_ARTICLE


def test_a_year_is_inherited_across_a_paragraph_break() -> None:
    mentions = find_dates(ARTICLE)
    inherited: dict[str, str] = {}
    for index, mention in enumerate(mentions):
        section = ARTICLE.rindex("\n==", 0, mention.start)
        context = year_context(mentions, index, section)
        if mention.edtf is None and not mention.relative:
            assert context is not None
            inherited[mention.text] = in_context(mention, context)
    assert inherited == {
        "early June": "2013-06",
        "June 22": "2013-06-22",
        "June 23": "2013-06-23",
        "June 24": "2013-06-24",
        "By 9 June": "[..2019-06-09]",
        "April": "2025-04",
    }


READ = [
    # text, words of the date, EDTF
    ("on the 4th of July 2020", "4th of July 2020", "2020-07-04"),
    ("July 4th, 2020", "July 4th, 2020", "2020-07-04"),
    ("15 March, 2019", "15 March, 2019", "2019-03-15"),
    ("15th March 2019", "15th March 2019", "2019-03-15"),
    ("March 15 2019", "March 15 2019", "2019-03-15"),
    ("May 20,2013 was", "May 20,2013", "2013-05-20"),
    ("on Sunday, June 9, 2019, police", "June 9, 2019", "2019-06-09"),
    ("In Sept. 2019", "Sept. 2019", "2019-09"),
    ("5 Sep 2019", "5 Sep 2019", "2019-09-05"),
    ("Dec. 25, 2019", "Dec. 25, 2019", "2019-12-25"),
    ("MAY 2019", "MAY 2019", "2019-05"),
    ("March of 1963", "March of 1963", "1963-03"),
    ("2019-07-14", "2019-07-14", "2019-07-14"),
    ("2020-07-14T10:00", "2020-07-14", "2020-07-14"),
    ("2019-07", "2019-07", "2019-07"),
    ("(2019)", "2019", "2019"),
    ("2019's end", "2019", "2019"),
    ("the 2012 U.S. Global Leadership Report", "2012", "2012"),
    ("since the 1997 handover", "1997", "1997"),
    ("the 2019 protests", "2019", "2019"),
    ("2019 protests grew", "2019", "2019"),
    ("In 2019 people fled", "2019", "2019"),
    ("In 2019 US companies left", "2019", "2019"),
    ("the Extradition Bill 2019", "2019", "2019"),
    ("a 2019-style protest", "2019", "2019"),
    ("the 1990s", "1990s", "199X"),
    ("1990's", "1990's", "199X"),
    ("the early 2000s", "early 2000s", "200X"),
    ("the summer of 2019", "summer of 2019", "2019-22"),
    ("spring 2020", "spring 2020", "2020-21"),
    ("in the fall of 1997", "fall of 1997", "1997-23"),
    ("the winter of 2013–14", "winter of 2013–14", "2013-24"),
    ("winter 2013–15", "2013–15", "2013/2015"),
    ("the Prague Spring of 1968", "1968", "1968"),
    ("the Women's March 2017", "2017", "2017"),
    ("The Long March of 1934", "1934", "1934"),
    ("2019–20", "2019–20", "2019/2020"),
    ("2019-20", "2019-20", "2019/2020"),
    ("2019/20", "2019/20", "2019/2020"),
    ("1999–2000", "1999–2000", "1999/2000"),
    ("1999-00", "1999-00", "1999/2000"),
    ("2019—2020", "2019—2020", "2019/2020"),
    ("from 2014 to 2016", "from 2014 to 2016", "2014/2016"),
    ("from 2014 until 2016", "from 2014 until 2016", "2014/2016"),
    ("1997 to 2047", "1997 to 2047", "1997/2047"),
    ("between 2014 and 2016", "between 2014 and 2016", "2014/2016"),
    ("between May and June 2013", "between May and June 2013", "2013-05/2013-06"),
    ("May–June 2013", "May–June 2013", "2013-05/2013-06"),
    ("from June 2019 to July", "from June 2019 to July", "2019-06/2019-07"),
    ("3–5 May 2019", "3–5 May 2019", "2019-05-03/2019-05-05"),
    ("May 3-5, 2019", "May 3-5, 2019", "2019-05-03/2019-05-05"),
    ("between 3 and 5 May 2019", "between 3 and 5 May 2019", "2019-05-03/2019-05-05"),
    ("22 June – 3 July 2013", "22 June – 3 July 2013", "2013-06-22/2013-07-03"),
    ("1 July 1997–30 June 2047", "1 July 1997–30 June 2047", "1997-07-01/2047-06-30"),
    ("from 9 June 2019 to 2020-07-14", "from 9 June 2019 to 2020-07-14", "2019-06-09/2020-07-14"),
    ("from the 1990s to the 2000s", "from the 1990s to the 2000s", "199X/200X"),
    ("about 2006", "about 2006", "2006~"),
    ("circa 1950", "circa 1950", "1950~"),
    ("c.1950", "c.1950", "1950~"),
    ("around mid-2019", "around mid-2019", "2019~"),
    ("from about 2014 to about 2016", "from about 2014 to about 2016", "2014~/2016~"),
    ("a book about 1997", "1997", "1997"),
    ("as early as 2014", "2014", "2014"),
]


@pytest.mark.parametrize(("written", "words", "edtf"), READ)
def test_a_date_is_read_in_every_form(written: str, words: str, edtf: str) -> None:
    assert [(each.text, each.edtf) for each in find_dates(written)] == [(words, edtf)]


@pytest.mark.parametrize(
    ("written", "words", "edtf", "modifier"),
    [
        ("early in June 2013", "early in June 2013", "2013-06", "early"),
        ("at the beginning of 2020", "beginning of 2020", "2020", "early"),
        ("the start of the 1990s", "start of the 1990s", "199X", "early"),
        ("mid-June 2019", "mid-June 2019", "2019-06", "mid"),
        ("the middle of 2019", "middle of 2019", "2019", "mid"),
        ("in late 2019", "late 2019", "2019", "late"),
        ("the late 1980s", "late 1980s", "198X", "late"),
        ("at the end of 2006", "end of 2006", "2006", "end"),
        ("from early June to late July 2019", "from early June to late July 2019",
         "2019-06/2019-07", None),
        ("from early 2019 to 2020", "from early 2019 to 2020", "2019/2020", None),
        ("by 2047", "by 2047", "[..2047]", "by"),
        ("By 9 June 2019", "By 9 June 2019", "[..2019-06-09]", "by"),
        ("by about 2006", "by about 2006", "[..2006~]", "by"),
        ("by the end of 2006", "by the end of 2006", "[..2006]", "by"),
        ("by the late 1990s", "by the late 1990s", "[..199X]", "by"),
        ("as of early 2020", "as of early 2020", "2020", "as-of"),
        ("As at 1 July 1997", "As at 1 July 1997", "1997-07-01", "as-of"),
        ("as of 2014–2016", "as of 2014–2016", "2014/2016", "as-of"),
        ("by 2014–2016", "by 2014–2016", "[..2016]", "by"),
    ],
)  # fmt: skip
def test_a_modifier_belongs_to_the_words_of_its_date(
    written: str, words: str, edtf: str, modifier: str | None
) -> None:
    (found,) = find_dates(written)
    assert (found.text, found.edtf, found.modifier) == (words, edtf, modifier)


@pytest.mark.parametrize(
    ("written", "words", "edtf", "bound"),
    [
        ("ever since 1992", "ever since 1992", "1992", "since"),
        ("since at least 1992", "since at least 1992", "1992", "since"),
        ("since the 1990s", "since the 1990s", "199X", "since"),
        ("from 2014 onwards", "from 2014 onwards", "2014", "since"),
        ("from 1 July 1997 on, it", "from 1 July 1997 on", "1997-07-01", "since"),
        ("1 July 1997 – present", "1 July 1997 – present", "1997-07-01", "since"),
        ("from 2014 to the present", "from 2014 to the present", "2014", "since"),
        ("not until 2020", "not until 2020", "2020", None),
        ("until early 2020", "until early 2020", "2020", "until"),
        ("through 2020", "through 2020", "2020", "until"),
        ("prior to 1997", "prior to 1997", "1997", "before"),
        ("pre-1997", "pre-1997", "1997", "before"),
        ("post-1997 Hong Kong", "post-1997", "1997", "after"),
        ("after 15 March 2019", "after 15 March 2019", "2019-03-15", "after"),
        ("even after the 1997 transfer", "1997", "1997", None),
        ("until the 2019 elections", "2019", "2019", None),
        ("since the late-1997 handover", "late-1997", "1997", None),
        ("after the early 2019 protests", "early 2019", "2019", None),
        ("before the mid-June 2019 march", "mid-June 2019", "2019-06", None),
        ("since the late-1990s", "since the late-1990s", "199X", "since"),
        ("since the beginning of 2019", "since the beginning of 2019", "2019", "since"),
        ("since late 1997", "since late 1997", "1997", "since"),
        ("from 2014", "from 2014", "2014", "since"),
        ("a report from 2014", "2014", "2014", None),
    ],
)
def test_a_preposition_before_a_date_bounds_a_period_but_not_before_a_noun(
    written: str, words: str, edtf: str, bound: str | None
) -> None:
    (found,) = find_dates(written)
    assert (found.text, found.edtf, found.bound) == (words, edtf, bound)


@pytest.mark.parametrize(
    ("written", "edtfs"),
    [
        ("June and July 2019", ["2019-06", "2019-07"]),
        ("in June, July and August 2019", ["2019-06", "2019-07", "2019-08"]),
        ("on June 9 and July 1, 2019", ["2019-06-09", "2019-07-01"]),
        ("9 and 16 June 2019", ["2019-06-09", "2019-06-16"]),
        ("June 9, 16 and 23, 2019", ["2019-06-09", "2019-06-16", "2019-06-23"]),
        ("in late June or early July 2019", ["2019-06", "2019-07"]),
        ("2019, 2020 and 2021", ["2019", "2020", "2021"]),
        ("2019 — 2020 began badly", ["2019", "2020"]),
        ("postponed from 2020 to 2021", ["2020", "2021"]),
        ("from November to March 2014", ["2013-11/2014-03"]),
        ("from June 2014 to the same month", [None, None]),
        ("from 2014 to June", [None, None]),
        ("from June to 2014", [None, "2014"]),
        ("from June until 2020", [None, "2020"]),
        ("from November to March", [None, None]),
        ("between 10 and 9 June 2019", ["2019-06-10", "2019-06-09"]),
    ],
)
def test_dates_side_by_side_share_their_year_and_stay_apart(
    written: str, edtfs: list[str | None]
) -> None:
    assert [each.edtf for each in find_dates(written)] == edtfs


@pytest.mark.parametrize(
    ("written", "words", "year"),
    [
        ("In April it ended.", "April", 2025),
        ("In May the court", "May", 2025),
        ("on March 3.", "March 3", 2025),
        ("June's rally", "June", 2025),
        ("in March, on foot", "March", 2025),
        ("in the summer", "summer", 2025),
        ("signed by May", None, 0),
        ("By May, it was over", "By May", 2025),
        ("from May to July", "from May to July", 2025),
        ("In April Trump signed it", "April", 2025),
    ],
)
def test_a_month_or_day_alone_waits_for_its_year(written: str, words: str, year: int) -> None:
    found = find_dates(written)
    assert [each.text for each in found] == ([words] if words else [])
    for each in found:
        assert each.edtf is None
        assert str(year) in in_context(each, parse_edtf(str(year)))


@pytest.mark.parametrize(
    "written",
    [
        "They may be right", "May be so", "May said so", "Theresa May resigned", "by Mrs May",
        "a march on the consulate", "March on Washington", "They march in protest",
        "the October Revolution", "Black September", "signed by June Smith", "April Smith said",
        "Mar-a-Lago", "the fall of the regime", "in the fall of the regime", "a hot spring",
        "an august body", "1,300 firms", "726 regional operations", "85,000 citizens", "$2019",
        "HK$ 2000", "USD 2000", "2000 dollars", "26 Garden Road", "a 90-day pause", "102-383",
        "the 21st largest", "the 45th president", "Pub. L. 102-383", "133 Stat. 1161",
        "44%", "1500%", "2000 km",
        "1990 per cent", "some 2000 protesters", "1500 people were arrested", "1300 U.S. firms",
        "a total of 2000", "nearly 2000 were held", "1200 ships", "a crowd of 1500 people",
        "the 1500 protesters", "Resolution 1373", "Boeing 1900", "Article 1997", "No. 1984",
        "Executive Order 13936", "ISO 8601", "12:2019", "3.2019", "2,019",
        "20190714", "1080p", "2101", "0999", "999",
        "a 2020-member body", "1984.5", "2019 million", "May 35", "1234-56-78",
        "over the next year", "the day after the vote", "that day-to-day life",
        "Windows2000", "$1,997", "#2019",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(written: str) -> None:
    assert find_dates(written) == []


@pytest.mark.parametrize(
    ("written", "context", "edtf"),
    [
        ("the same day", "14 July 2020", "2020-07-14"),
        ("That very same day", "14 July 2020", "2020-07-14"),
        ("on that date", "14 July 2020", "2020-07-14"),
        ("the next day", "31 December 2019", "2020-01-01"),
        ("a day later", "28 February 2020", "2020-02-29"),
        ("the day before", "1 March 2019", "2019-02-28"),
        ("the following month", "14 December 2019", "2020-01"),
        ("the previous month", "January 2020", "2019-12"),
        ("that month", "14 July 2020", "2020-07"),
        ("the same year", "July 2020", "2020"),
        ("a year later", "2019", "2020"),
        ("the previous year", "14 July 2020", "2019"),
        ("by the following day", "14 July 2020", "[..2020-07-15]"),
    ],
)
def test_an_anaphor_is_resolved_in_its_context(written: str, context: str, edtf: str) -> None:
    (found,), (antecedent,) = find_dates(written), find_dates(context)
    assert found.relative
    assert found.edtf is None
    assert found.precision == antecedent.precision or found.precision in ("month", "year")
    assert in_context(found, antecedent) == edtf
    assert in_context(found, parse_edtf(antecedent.edtf or "")) == edtf


@pytest.mark.parametrize(
    ("written", "context"),
    [
        ("the same day", "July 2020"), ("the same month", "2020"), ("that year", "the 1990s"),
        ("June 22", "the 1990s"), ("June 22", "2019–20"), ("June 22", "June"),
        ("the same day", "June 22"), ("June 31", "2019"), ("29 February", "2019"),
        ("February 30, 2020", "2019"),
    ],
)  # fmt: skip
def test_a_context_too_coarse_or_an_impossible_day_is_refused(written: str, context: str) -> None:
    (found,), (antecedent,) = find_dates(written), find_dates(context)
    with pytest.raises(ValueError, match=r"needs a context|there is no day"):
        in_context(found, antecedent)


def test_there_is_no_day_after_the_last() -> None:
    (found,) = find_dates("the next day")
    with pytest.raises(ValueError, match="9999-12-31"):
        in_context(found, parse_edtf("9999-12-31"))


def test_the_year_comes_from_the_nearest_date_that_states_one_in_the_section() -> None:
    text = "In 1997 and the 1990s and 2019–20. In June 2013, then on June 22, and in July."
    mentions = find_dates(text)
    assert [each.text for each in mentions][-2:] == ["June 22", "July"]
    context = year_context(mentions, len(mentions) - 1)
    assert context is not None
    assert context.text == "June 2013"
    assert year_context(mentions, 3) == mentions[0]
    assert year_context(mentions, len(mentions) - 1, text.index("then")) is None
    assert year_context(mentions, 0) is None


def test_periods_are_opened_closed_and_joined() -> None:
    assert opened("2020-07-14") == "2020-07-14/.."
    assert closed("2020") == "../2020"
    assert interval("2019-03-15", "2020") == "2019-03-15/2020"
    with pytest.raises(EdtfError, match="swap its ends"):
        interval("2020", "2019")
    with pytest.raises(EdtfError):
        opened("2019/2020")


def test_a_day_that_the_calendar_lacks_is_a_mention_without_edtf() -> None:
    (found,) = find_dates("on February 30, 2020")
    assert (found.year, found.month, found.day, found.edtf) == (2020, 2, 30, None)


def test_a_date_without_a_year_has_no_edtf() -> None:
    with pytest.raises(ValueError, match="read it in a context"):
        edtf_of(Point(None, 6, 22))


def test_only_words_of_approximation_qualify_a_date() -> None:
    assert [each.qualifier for each in find_dates("about 2006, by 2007, from 2008 to c. 2010")] == [
        "approximate", None, "approximate",
    ]  # fmt: skip


def test_an_interval_has_the_precision_of_its_coarser_end() -> None:
    (found,) = find_dates("from 9 June 2019 to July 2020")
    assert (found.year, found.month, found.day) == (2019, 6, 9)
    assert found.last is not None
    assert found.last.month == 7
    assert found.precision == "month"


FORMS: list[Callable[[date], str]] = [
    lambda day: f"{day.day} {month_name[day.month]} {day.year}",
    lambda day: f"{month_name[day.month]} {day.day}, {day.year}",
    lambda day: f"the {day.day}th of {month_name[day.month]}, {day.year}",
    lambda day: f"{day.day} {month_name[day.month][:3]} {day.year}",
    lambda day: day.isoformat(),
]
MODERN = st.dates(date(1000, 1, 1), date(2100, 12, 31))
AROUND = st.tuples(
    st.sampled_from(["", "On ", "In Hong Kong, ", "(", "It ended on ", "“"]),
    st.sampled_from(["", ".", ", police said", " the bill passed", ")", "”", "\n\nIn the"]),
)


@given(MODERN, st.sampled_from(FORMS), AROUND)
@settings(max_examples=150)
def test_a_day_is_read_back_from_every_form(
    day: date, form: Callable[[date], str], around: tuple[str, str]
) -> None:
    before, after = around
    (found,) = find_dates(before + form(day) + after)
    assert found.edtf == day.isoformat()
    assert found.text == form(day).removeprefix("the ")
    assert found.start == len(before) + len(form(day)) - len(found.text)


@given(MODERN, MODERN, st.sampled_from(FORMS[:2]))
@settings(max_examples=60)
def test_a_period_between_days_is_read_back(
    one: date, other: date, form: Callable[[date], str]
) -> None:
    first, last = sorted((one, other))
    (found,) = find_dates(f"It ran from {form(first)} to {form(last)}.")
    assert found.edtf == f"{first.isoformat()}/{last.isoformat()}"


PIECES = st.sampled_from(
    [
        *["May", "March", "June", "Sept.", "2019", "1997", "20", "9", "3", "th", "1990s", "1,300"],
        *["of", "the", "by", "since", "until", "early", "mid-", "end of", "about", "from", "to"],
        *["and", "same", "day", "that", "year", "summer", "present", "people", "firms", "$", "%"],
        *[" ", " ", " ", " ", ", ", "-", "–", ".", "/", "\n", "(", "’"],
    ]
)


@given(st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=60))
@settings(max_examples=300)
def test_dates_slice_the_text_in_order_without_overlap(text: str) -> None:
    end = 0
    for found in find_dates(text):
        assert end <= found.start < found.end
        assert unwrapped(text)[found.start : found.end] == found.text
        end = found.end
        _check(found)


def _check(found: DateMention) -> None:
    if found.edtf:
        assert parse_edtf(found.edtf).precision == found.precision
    elif found.relative is None and found.year is None and not found.unread:
        assert found.month is not None

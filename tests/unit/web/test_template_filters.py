"""Values as text, with exactly the precision that they have."""

from typing import Any

import pytest
from markupsafe import Markup

from app.resources.events import EventRow
from app.resources.laws import LawRow
from app.web.dates import date_words
from app.web.field_descriptions import field_descriptions
from app.web.highlighting import marked
from app.web.numbers import number_words


def date(edtf: str, modifier: str | None = None) -> dict[str, Any]:
    return {"edtf": edtf, "modifier": modifier}


@pytest.mark.parametrize(
    ("edtf", "modifier", "words"),
    [
        ("2020-07-14", None, "14 July 2020"),
        ("2013-06", None, "June 2013"),
        ("2013-06", "early", "early June 2013"),
        ("2013-06", "mid", "mid-June 2013"),
        ("2006", "end", "end of 2006"),
        ("2020", "as-of", "as of 2020"),
        ("2020-07-14/..", "as-of", "since 14 July 2020"),
        ("../1997", None, "until 1997"),
        ("2019-03-15/2020", None, "15 March 2019 to 2020"),
        ("[..2019-06-09]", "by", "by 9 June 2019"),
        ("[2019-06-09..]", None, "9 June 2019 or later"),
        ("[2019-03..2019-06-09]", "by", "between March 2019 and 9 June 2019"),
        ("1997/", None, "from 1997, end unknown"),
        ("1997/", "as-of", "from 1997, end unknown"),
        ("/1997", None, "until 1997, start unknown"),
        ("201X", None, "2010s"),
        ("000X", None, "1 BC to AD 9"),
        ("-020X", None, "210 BC to 201 BC"),
        ("18XX", None, "19th century"),
        ("18XX", "late", "late 19th century"),
        ("20XX~", None, "about 21st century"),
        ("10XX", None, "11th century"),
        ("-02XX", None, "3rd century BC"),
        ("-0205", None, "206 BC"),
        ("0000", None, "1 BC"),
        ("0014-08-19", None, "19 August AD 14"),
        ("-0043-03-15", None, "15 March 44 BC"),
        ("-0205/-0044-03", None, "206 BC to March 45 BC"),
        ("2019-33", None, "first quarter of 2019"),
        ("2019-41", "early", "early second half of 2019"),
        ("2019-22", None, "summer 2019"),
        ("2013~", None, "about 2013"),
        ("2013-06?", None, "June 2013 (uncertain)"),
        ("2013%", None, "about 2013 (uncertain)"),
        ("[2013-01..2019-06-09]", None, "between January 2013 and 9 June 2019"),
        ("2020-33", None, "first quarter of 2020"),
        ("2020-41", None, "second half of 2020"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(
    edtf: str, modifier: str | None, words: str
) -> None:
    assert date_words(date(edtf, modifier)) == words


def test_what_has_no_date_is_undated() -> None:
    assert date_words(None) == "undated"


@pytest.mark.parametrize(
    ("value", "unit", "currency", "words"),
    [
        (17_800_000_000, "currency", "USD", "US$17.8 billion"),
        (85_000, "people", None, "85,000"),
        (44, "percent", None, "44%"),
        (21, "rank", None, "21st"),
        (12, "rank", None, "12th"),
        (2.5, "things", None, "2.5"),
        (1_250_000, "currency", "JPY", "JPY 1.25 million"),
        (None, "rank", None, "no figure"),
    ],
)
def test_a_number_is_told_with_its_unit(
    value: float | None, unit: str, currency: str | None, words: str
) -> None:
    assert number_words(value, unit, currency) == words


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], "one &lt;two&gt; three"),
        ([(0, 3)], "<mark>one</mark> &lt;two&gt; three"),
        ([(4, 9)], "one <mark>&lt;two&gt;</mark> three"),
        ([(0, 3), (3, 4)], "<mark>one</mark><mark> </mark>&lt;two&gt; three"),
        ([(0, 6), (4, 9)], "<mark>one &lt;t</mark><mark>wo&gt;</mark> three"),
        ([(0, 9), (4, 6)], "<mark>one &lt;two&gt;</mark> three"),
        ([(10, 99)], "one &lt;two&gt; <mark>three</mark>"),
    ],
)
def test_spans_are_marked_once_and_text_is_never_html(
    spans: list[tuple[int, int]], shown: str
) -> None:
    assert marked("one <two> three", spans) == Markup(shown)


def test_spans_count_code_points() -> None:
    assert marked("😀é x", [(1, 2)]) == "😀<mark>é</mark> x"


def test_codes_are_called_what_their_code_list_calls_them() -> None:
    fields = field_descriptions(EventRow)
    assert fields["modality"].code("alleged") == "Alleged"
    assert fields["actors"].fields["role"].code("signatory") == "Signatory"
    assert fields["coding"].fields["quad"].code("material-conflict") == "Material conflict"
    assert (
        field_descriptions(LawRow)["history"].fields["date"].fields["certain"].fields["from"].label
    )
    assert "Vocabulary" not in fields["type"].meaning

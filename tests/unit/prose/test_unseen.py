"""Forms of dates, numbers, sentences and quotations that are not in the shipped article, and
similar forms.

The notation is "words = EDTF modifier bound". `?` is a date that is found but not parsed. `no year`
is a date without a certain year.
"""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.prose.dates import find_dates, in_context, year_context
from seeds.prose.open_items import find_open
from seeds.prose.quantities import find_quantities
from seeds.prose.quotations import find_quotations
from seeds.prose.sentences import split_sentences
from tests.timeouts import TIMEOUT
from tests.unit.prose import ARTICLE


def dates(text: str) -> list[str]:
    mentions = find_dates(text)
    read: list[str] = []
    for index, mention in enumerate(mentions):
        value = "?" if mention.unread else mention.edtf
        if value is None:
            context = year_context(mentions, index)
            value = in_context(mention, context) if context else "no year"
        marks = [mark for mark in (mention.modifier, mention.bound) if mark]
        read.append(" ".join([mention.text, "=", value, *marks]))
    return read


def numbers(text: str) -> list[str]:
    read: list[str] = []
    for found in find_quantities(text):
        value = "?" if found.unread else str(found.share or found.value)
        unit = found.currency or found.unit or "-"
        about = " ~" if found.approximate else ""
        read.append(f"{found.text} = {found.kind} {value} {unit}{about}")
    return read


DATES: list[tuple[str, list[str]]] = [
    ("The colony grew in the late 19th century.", ["late 19th century = 18XX late"]),
    ("By the mid-18th century it grew.", ["By the mid-18th century = [..17XX] by"]),
    ("19th-century merchants", ["19th-century = 18XX"]),
    ("In the twenty-first century", ["twenty-first century = 20XX"]),
    ("In the 16th and 17th centuries", ["16th = 15XX", "17th centuries = 16XX"]),
    ("the 14th, 15th and 16th centuries", ["14th = 13XX", "15th = 14XX", "16th centuries = 15XX"]),
    ("from the 16th to the 18th century", ["from the 16th to the 18th century = 15XX/17XX"]),
    ("the early 17th and late 18th centuries",
     ["early 17th = 16XX early", "late 18th centuries = 17XX late"]),
    ("in the first half of the 19th century", ["first half of the 19th century = 18XX early"]),
    ("in the second decade of the 20th century", ["second decade of the 20th century = 191X"]),
    ("at the turn of the 20th century", ["20th century = ?"]),
    ("in the 3rd century BC", ["3rd century BC = -02XX"]),
    ("Ships called there in the 1600s.", ["1600s = 16XX"]),
    ("In the mid-1700s and the early 1900s",
     ["mid-1700s = 17XX mid", "early 1900s = 19XX early"]),
    ("The first embassy came in 206 BC.", ["206 BC = -0205"]),
    ("from 206 BC to AD 220", ["from 206 BC to AD 220 = -0205/0220"]),
    ("221–206 BC", ["221–206 BC = -0220/-0205"]),
    ("On 15 March 44 BC he died.", ["15 March 44 BC = -0043-03-15"]),
    ("around 79 CE", ["around 79 CE = 0079~"]),
    ("The Norland Confession of 1559 shows it.", ["1559 = 1559"]),
    ("The treaty of 1494 divides lands.", ["1494 = 1494"]),
    ("A fleet of 1200 ships came.", []),
    ("The handover of 1997 changed that. On 7 July it warned. On 9 July 2020 it ended.",
     ["1997 = 1997", "7 July = no year", "9 July 2020 = 2020-07-09"]),
    ("In 1997 it changed. On 7 July it warned. On 9 July 2020 it ended.",
     ["1997 = 1997", "7 July = no year", "9 July 2020 = 2020-07-09"]),
    ("The 1997 handover changed that. In June it warned.", ["1997 = 1997", "June = no year"]),
    ("On 20 December 2019 it began. On 3 January police came.",
     ["20 December 2019 = 2019-12-20", "3 January = no year"]),
    ("In 2019 a bill came. In June the two met. In March 2020 they parted.",
     ["2019 = 2019", "June = 2019-06", "March 2020 = 2020-03"]),
    ("After 1997, both celebrate their national day on 1 July.",
     ["After 1997 = 1997 after", "1 July = ?"]),
    ("In 2019 it opened. The fair takes place every June.", ["2019 = 2019", "June = ?"]),
    ("In the first half of 2020 exports fell.", ["first half of 2020 = 2020-40"]),
    ("the last quarter of 2018", ["last quarter of 2018 = 2018-36"]),
    ("In Q3 2019 exports rose.", ["Q3 2019 = 2019-35"]),
    ("H1 2020 and 2019 Q4", ["H1 2020 = 2020-40", "2019 Q4 = 2019-36"]),
    ("in the first week of June 2019", ["first week of June 2019 = 2019-06 early"]),
    ("in the last days of 1999", ["last days of 1999 = 1999 late"]),
    ("in the first three months of 2020", ["first three months of 2020 = 2020 early"]),
    ("in fiscal year 2019", ["fiscal year 2019 = ?"]),
    ("FY2020 and the 2019–20 fiscal year", ["FY2020 = ?", "2019–20 fiscal year = ?"]),
    ("in the year ended 31 March 2019", ["year ended 31 March 2019 = ?"]),
    ("The garrison surrendered on Christmas Day 1941.", ["Christmas Day 1941 = 1941-12-25"]),
    ("On New Year's Eve, 1999", ["New Year's Eve, 1999 = 1999-12-31"]),
    ("Easter 1916", ["Easter 1916 = ?"]),
    ("On 26/1/1841 the flag was raised.", ["26/1/1841 = ?"]),
    ("on 01-02-2003 or 3.4.1999", ["01-02-2003 = ?", "3.4.1999 = ?"]),
    ("on 1841/1/26", ["1841/1/26 = 1841-01-26"]),
    ("In the 1980s and '90s investment rose.", ["1980s = 198X", "'90s = 199X"]),
    ("In the 1960s, ’70s and ’80s", ["1960s = 196X", "’70s = 197X", "’80s = 198X"]),
    ("the 1950s–60s", ["1950s–60s = 195X/196X"]),
    ("1980s–1990s", ["1980s–1990s = 198X/199X"]),
    ("1970s/1980s", ["1970s/1980s = 197X/198X"]),
    ("in the '90s and in the nineties", ["'90s = ?", "nineties = ?"]),
    ("It began in 2001. July '97 was hot.", ["2001 = 2001", "July '97 = ?"]),
    ("It began in 2001. On 14 July '20 it came.", ["2001 = 2001", "14 July '20 = ?"]),
    ("The treaty was in force from 1958.", ["from 1958 = 1958 since"]),
    ("From 1 July 1997 the law applied.", ["From 1 July 1997 = 1997-07-01 since"]),
    ("a report from 2014", ["2014 = 2014"]),
    ("in force from 1958 to the end of the war", ["from 1958 = ? since"]),
    ("It held the port in 1557 until 1999.", ["1557 until 1999 = 1557/1999"]),
    ("beginning on 1 July 1997 until 30 June 2047",
     ["beginning on 1 July 1997 until 30 June 2047 = 1997-07-01/2047-06-30"]),
    ("War broke out on 8 July 1950. Two weeks later the envoy left.",
     ["8 July 1950 = 1950-07-08", "Two weeks later = ?"]),
    ("a few months later", ["a few months later = ?"]),
    ("Ten years earlier", ["Ten years earlier = ?"]),
    ("After three days, he left.", ["After three days = ?"]),
    ("the following week", ["the following week = ?"]),
    ("In 2019 a bill came. In June of the same year, the two met.",
     ["2019 = 2019", "June of the same year = 2019-06"]),
    ("In 2019 a bill came. On 9 June that year they met.",
     ["2019 = 2019", "9 June that year = 2019-06-09"]),
    ("In 2019 a bill came. In May of the following year they parted.",
     ["2019 = 2019", "May of the following year = 2020-05"]),
    ("In late June/early July 1997 it left.",
     ["late June = 1997-06 late", "early July 1997 = 1997-07 early"]),
    ("In 2001. On 30 June/1 July 1997",
     ["2001 = 2001", "30 June = 1997-06-30", "1 July 1997 = 1997-07-01"]),
    ("before June 2019", ["before June 2019 = 2019-06 before"]),
    ("on or before 1 July 2003", ["on or before 1 July 2003 = [..2003-07-01] by"]),
    ("no later than 30 June 2047", ["no later than 30 June 2047 = [..2047-06-30] by"]),
    ("not before 2047", ["not before 2047 = 2047 on-or-after"]),
    ("in 2047 at the latest", ["2047 at the latest = [..2047] by"]),
    ("31 December and 1 January 2002",
     ["31 December = 2001-12-31", "1 January 2002 = 2002-01-01"]),
    ("in June and March 2002", ["June = ?", "March 2002 = 2002-03"]),
    ("1997–present", ["1997–present = 1997 since"]),
    ("perhaps in 1560", ["perhaps in 1560 = 1560?"]),
    ("It did not end until 2020.", ["until 2020 = ? until"]),
    ("since before 1997", ["before 1997 = ? before"]),
    ("last June", ["last June = ?"]),
    ('The border was closed from March until 5 May 2020.',
     ['from March until 5 May 2020 = 2020-03/2020-05-05']),
    ('It ran from November to 3 January 2010.',
     ['from November to 3 January 2010 = 2009-11/2010-01-03']),
    ('It began in 2019. In the second quarter of that year exports fell.',
     ['2019 = 2019', 'second quarter of that year = 2019-34']),
    ('It began in 2019. At the end of that year it fell.',
     ['2019 = 2019', 'end of that year = 2019 end']),
    ('The truce held until the early hours of 5 May 1970.',
     ['until the early hours of 5 May 1970 = 1970-05-05 until']),
    ('Office hours changed at 1600 Pennsylvania Avenue NW.', []),
    ('From 2003-04 to 2007-08 growth was strong.', ['From 2003-04 to 2007-08 = ?']),
    ('Trade grew from Q1 2019 to Q3 2020.', ['Q1 2019 to Q3 2020 = ?']),
    ('Q1–Q3 2021 exports rose.', ['Q3 2021 = ?']),
    ('The war of 1904-5 ended.', ['1904-5 = 1904/1905']),
    ('On 5.VI.1920 the pact was signed.', ['5.VI.1920 = 1920-06-05']),
    ('It operated 1932–1941 and 1945–.', ['1932–1941 = 1932/1941', '1945– = 1945 since']),
    ('In 1984 a pact was made. It took effect the next year, on 27 May.',
     ['1984 = 1984', 'the next year = 1985', '27 May = no year']),
    ('In 1984 a pact was made. Thirteen years later, in May, it took effect.',
     ['1984 = 1984', 'Thirteen years later = ?', 'May = no year']),
    ('S. 1838 was introduced on 13 June 2019.', ['13 June 2019 = 2019-06-13']),
    ('Ordinance Cap. 1116 of 1997 applies.', ['1997 = 1997']),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_a_date_of_another_article_is_read_or_refused(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


NUMBERS: list[tuple[str, list[str]]] = [
    ("Exports totaled US$8.4B.", ["US$8.4B = amount 8400000000 USD"]),
    ("€2.1B, HK$3K and $8.4 B",
     ["€2.1B = amount 2100000000 EUR",
      "HK$3K = amount 3000 HKD", "$8.4 B = amount 8400000000 USD"]),
    ("$17.8 bil. was paid", ["$17.8 bil. = amount 17800000000 USD"]),
    ("40K people", ["40K = count 40000 people"]),
    ("A census counted 102 100 people.", ["102 100 = count 102100 people"]),
    ("$940 000 and $1'234'567",
     ["$940 000 = amount 940000 USD", "$1'234'567 = amount 1234567 USD"]),
    ("A loan of ₩2 trillion was granted.", ["₩2 trillion = amount 2000000000000 KRW"]),
    ("₹500 crore", ["₹500 crore = amount ? INR"]),
    ("INR 3 billion", ["INR 3 billion = amount 3000000000 INR"]),
    ("They paid 18 million Mexican dollars.",
     ["18 million Mexican dollars = amount 18000000 currency"]),
    ("50,000 taels of silver", ["50,000 taels of silver = amount 50000 currency"]),
    ("500 Spanish silver dollars", ["500 Spanish silver dollars = amount 500 currency"]),
    ("20 pounds of tea", ["20 = count 20 pounds"]),
    ("Australia exported $2.9 billion worth of services.",
     ["$2.9 billion = amount 2900000000 currency"]),
    ("US exports to Canada were $5 billion.", ["$5 billion = amount 5000000000 USD"]),
    ("$5 million Canadian", ["$5 million Canadian = amount 5000000 CAD"]),
    ("Two-thirds of exports go there.", ["Two-thirds = share 2/3 exports"]),
    ("half of exports and a third of goods",
     ["half = share 1/2 exports", "a third = share 1/3 goods"]),
    ("more than two thirds of them", ["more than two thirds = share 2/3 share ~"]),
    ("One in five visitors comes from there.", ["One in five = share 1/5 visitors"]),
    ("two out of three voters", ["two out of three = share 2/3 voters"]),
    ("27/100 of it", ["27/100 = share 27/100 share"]),
    ("The odds were 20 to 1.", ["20 to 1 = ratio ? -"]),
    ("The house voted 162–0.", ["162–0 = ratio ? -"]),
    ("Prices rose to ten times those of 1990.", ["ten times = multiple 10 multiple"]),
    ("twice the size, a tenfold rise",
     ["twice = multiple 2 multiple", "tenfold = multiple 10 multiple"]),
    ("The port was closed 22 times.", ["22 = count 22 times"]),
    ("four times a year", ["four = count 4 times"]),
    ("It is their sixth favorite nation.", ["sixth = rank 6 rank"]),
    ("It ranked fifth and came third.", ["fifth = rank 5 rank", "third = rank 3 rank"]),
    ("It is their number one trading partner.", ["number one = rank 1 rank"]),
    ("its No. 3 export market", ["No. 3 = rank 3 rank"]),
    ("Order No. 13936", []),
    ("The Seven Years' War began.", []),
    ("the Group of Seven, the Six-Day War and Apollo 11 astronauts", []),
    ('Under "one country, two systems" it kept its laws.', []),
    ("435 seats, 100 senators and nine justices",
     ["435 = count 435 seats", "100 = count 100 senators", "nine = count 9 justices"]),
    ("The 1,500 m race was won.", ["1,500 m = length 1500 m"]),
    ("5m tourists", ["5m = length ? m"]),
    ("Perhaps 40,000 people died.", ["Perhaps 40,000 = count 40000 people ~"]),
    ("estimated at 500 people", ["estimated at 500 = count 500 people ~"]),
    ("~1,300 firms", ["~1,300 = count 1300 firms ~"]),
    ("There were two previously unknown but related clades.",
     ["two = count 2 previously unknown but related clades"]),
    ("A 15,000-strong garrison stayed.", ["15,000-strong = count 15000 -"]),
    ("a 70-member council", ["70-member = count 70 member"]),
    ("In the house 162 voted for the law.", ["162 = count 162 -"]),
    ("A million and a half refugees came.", ["A million and a half = count 1500000 refugees"]),
    ("two and a half million people", ["two and a half million = count 2500000 people"]),
    ("a quarter of a million people", ["a quarter of a million = count 250000 people"]),
    ("a dozen and a half eggs", ["a dozen and a half = count 18 eggs"]),
    ("an additional thirty-one firms", ["thirty-one = count 31 firms"]),
    ("Members must be over the age of 18.", ["18 = age 18 year"]),
    ("an 18-year-old boy", ["18-year-old = age 18 year"]),
    ("−$5 million", ["−$5 million = amount -5000000 USD"]),
    ("minus 5 percent", ["minus 5 percent = percent -5 percent"]),
    ("a negative $5 million", ["negative $5 million = amount -5000000 USD"]),
    (".5% of it", [".5% = percent 0.5 percent"]),
    ('Trade grew three times since 1990.', ['three = count ? times']),
    ('The fare was raised 5 to 6 times.', ['5 = count 5 times', '6 = count 6 times']),
    ('The fine was 30 crowns.', ['30 crowns = amount 30 currency']),
    ('A loan of KRW 3 trillion was repaid in MXN 12 million.',
     ['KRW 3 trillion = amount 3000000000000 KRW', 'MXN 12 million = amount 12000000 MXN']),
    ('It cost CHF 3.5 million and HK$3.5b.',
     ['CHF 3.5 million = amount 3500000 CHF', 'HK$3.5b = amount 3500000000 HKD']),
    ('HK$1 million (US$128,000) and US dollars 5 million',
     ['HK$1 million = amount 1000000 HKD', 'US$128,000 = amount 128000 USD',
      'US dollars 5 million = amount 5000000 USD']),
    ('5 million dollars (Canadian) and $5 million (Canadian)',
     ['5 million dollars = amount 5000000 currency', '$5 million (Canadian) = amount 5000000 CAD']),
    ('Then 1.5 m refugees came.', ['1.5 m = length ? m']),
    ('Sales of 5.000 tonnes were reported.', ['5.000 = count ? tonnes']),
    ('The garrison numbered 7–8,000 men.', ['7 = count ? men', '8,000 = count 8000 men']),
    ('Children under 12 travel free.', []),
    ('Teenagers aged 13 to 19 gathered.', ['13 = age 13 year', '19 = age 19 year']),
    ('It weighs 10,000 pounds and cost 10 pounds.',
     ['10,000 = count 10000 pounds', '10 pounds = amount 10 GBP']),
    ('Public Law 116–76 passed.', []),
    ('H.R. 3289 had 47 co-sponsors.', ['47 = count 47 co-sponsors']),
    ('Items 1, 2 and 3 were adopted; item 4 was not.', []),
    ('On the 12th day, at the 38th parallel, on the 14th.', []),
    ('The city ranked 12th, up from 14th place.', ['12th = rank 12 rank', '14th = rank 14 rank']),
    ("It is Sudria's second export market.", ['second = rank 2 rank']),
    ('It carried 1,500 t of rice on 2 ½ acres.', ['1,500 = count 1500 t', '2 ½ = count 2.5 acres']),
    ('One half of one per cent opted out.', ['One half of one per cent = percent 0.5 percent']),
    ('The density is 6,777 per square kilometre.', ['6,777 = count ? -']),
    ('In 2018 a dozen aides left.', ['a dozen = count 12 aides']),
    ('It was 2018 300 people came.', ['300 = count 300 people']),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_a_number_of_another_article_is_read_or_refused(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "parts",
    [
        ["It was passed in 2020. [1]", "It came into force. [2] [3]", "Others followed."],
        ["It ended.[a]", "The next one began.[citation needed]", "So it is."],
        ["It ended.[note 1]", "The next one began."],
        ["He flew to Washington, D.C.", "Trump was away."],
        ["He came from the U.S.", "Obama left."],
        ["In the U.K. Parliament met.", "It is in the U.S. Congress refused."],
        ["Dr. Sun, b. 1866, lived there.", "It was founded est. 1841 by him."],
        ["Cf. Smith for more.", "He d. 1925 there."],
        ["Sales rose.", "eBay left.", "de Gaulle came."],
    ],
)
def test_sentences_of_other_articles(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[start:end] for start, end in split_sentences(text)] == parts


def test_a_blank_may_be_missing_before_a_name() -> None:
    text = "They told stories.Political writers agreed."
    assert split_sentences(text) == [(0, 18), (18, len(text))]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He said 'we will not yield' and left.", ["we will not yield"]),
        ("‘We stay’, she said.", ["We stay"]),
        ("«We will not yield», he said.", ["We will not yield"]),
        ("„Wir bleiben“ and »so« and ‹no›", ["Wir bleiben", "so", "no"]),
        ("「We stay」 was said.", ["We stay"]),
        ("'It's not over,' he said.", ["It's not over,"]),
        ("The protesters' demands and China's 'one country' of the '90s", ["one country"]),
        ("the boys' and girls' schools", []),
    ],
)
def test_quotations_in_any_marks(text: str, inner: list[str]) -> None:
    found = find_quotations(text)
    assert [text[each.inner_start : each.inner_end] for each in found] == inner


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On Monday 15 it fell to 3.7 by last year", ["Monday", "15", "3.7", "last year"]),
        ("one of them is the first", []),
        ("It ended.[12] Article 23", ["23"]),
        ("a stray “ mark", ["“"]),
    ],
)
def test_what_nothing_reads_is_open(text: str, words: list[str]) -> None:
    assert [text[item.start : item.end] for item in find_open(text, [])] == words


DATE_BASES = ("June 2019", "1 July 2003", "2047", "the 1990s", "30 June 1997")
DATE_WORDS = (
    "before", "after", "since", "until", "by", "no later than", "not before", "on or before",
    "on or after", "prior to", "about", "around", "perhaps in", "possibly", "circa", "early",
    "late", "mid-", "the end of", "the first half of", "not in", "as of", "every", "since before",
)  # fmt: skip


@given(st.sampled_from(DATE_BASES), st.sampled_from(DATE_WORDS))
@settings(max_examples=120)
def test_words_before_a_date_change_it_or_refuse_it(base: str, word: str) -> None:
    (plain,), found = find_dates(f"It was {base}."), find_dates(f"It was {word} {base}.")
    if word == "mid-":
        found = find_dates(f"It was mid-{base.removeprefix('the ')}.")
    if base[0].isdigit() and len(base) > 4 and word in ("early", "late", "mid-"):
        return  # these words do not modify a single day
    if len(base) > 4 and word in ("the end of", "the first half of") and base[0].isdigit():
        return
    assert found
    values = [(each.edtf, each.modifier, each.bound, each.unread) for each in found]
    assert values != [(plain.edtf, None, None, None)]


NUMBER_BASES = ("5 million", "1,300 firms", "$17.8 billion", "44%", "$5")
NUMBER_WORDS = (
    "minus", "about", "nearly", "at least", "at most", "up to", "more than", "less than", "over",
    "perhaps", "an estimated", "almost", "no fewer than", "~", "some", "approximately",
)  # fmt: skip


@given(st.sampled_from(NUMBER_BASES), st.sampled_from(NUMBER_WORDS))
@settings(max_examples=80)
def test_words_before_a_number_change_it_or_refuse_it(base: str, word: str) -> None:
    (plain,), (found,) = find_quantities(f"It was {base}."), find_quantities(f"It {word} {base}.")
    assert (found.value, found.approximate) != (plain.value, plain.approximate)


@pytest.mark.parametrize("behind", ["B", "M", " bil.", " crore", " Canadian", " or so", "K"])
def test_signs_behind_a_sum_change_it_or_refuse_it(behind: str) -> None:
    (found,) = find_quantities(f"It was $5{behind}.")
    assert (found.value, found.currency, found.approximate) != (5, "USD", False)


@given(st.integers(0, len(ARTICLE) - 1))
@settings(max_examples=25, deadline=None)
def test_a_line_end_is_a_blank(position: int) -> None:
    """A line break in place of a space in a paragraph changes no date and no number."""
    blank = ARTICLE.find(" ", position)
    line_start = ARTICLE.rfind("\n", 0, blank) + 1
    paragraph = ARTICLE[line_start : ARTICLE.find("\n", blank)]
    at = blank - line_start
    wrapped = paragraph[:at] + "\n" + paragraph[at + 1 :]
    if blank < 0 or paragraph.startswith(("=", "-")) or paragraph[at + 1 : at + 2] in "-=":
        return
    assert find_dates(wrapped) == find_dates(paragraph)
    assert find_quantities(wrapped) == find_quantities(paragraph)
    assert split_sentences(wrapped) == split_sentences(paragraph)


@pytest.mark.parametrize("letters", ["a", "5", "a_", "é", "1,", "one-"])
def test_a_word_without_end_is_read_in_linear_time(letters: str) -> None:
    """In quadratic time, such a word takes longer than any timeout."""
    program = f"from seeds.prose.open_items import find_open; find_open({letters!r} * 300_000, [])"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=TIMEOUT)

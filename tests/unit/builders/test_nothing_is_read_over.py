"""Words that an entry cites are parsed completely or rejected. An analyst may give the value."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.resources.rows import DateValue
from seeds.build import read_content
from seeds.faults import MAX_LISTED_FAULTS, LoadError, LoadFault
from tests.unit.builders.sample import ARTICLE, faults, load, refused, row, rows, write

WAR = "The fish war began on 3 March 1971."
DATE = "date: 3 March 1971"
CITE = "cite: [The fish war began on 3 March 1971.]"


def war(words: str, pointed: str, extra: str = "") -> tuple[str, list[tuple[str, str]]]:
    """The sample article with these words as the date of the war, and changes to its reading."""
    sentence = f"The fish war began {words}."
    changes = [(DATE, f"date: {{words: {pointed!r}{extra}}}"), (CITE, f'cite: ["{sentence}"]')]
    return ARTICLE.replace(WAR, f"{sentence} It was 3 March 1971."), changes


def dated(folder: Path, words: str, extra: str = "") -> DateValue:
    article, changes = war(words, words, extra)
    date = getattr(row(load(folder, *changes, article=article), "fish-war"), "date", None)
    assert isinstance(date, DateValue)
    return date


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("before June 1970", "[..1970-05]"),
        ("after 1 July 1970", "[1970-07-02..]"),
        ("before 1970", "[..1969]"),
        ("on or before 1 July 1970", "[..1970-07-01]"),
        ("no later than 30 June 1970", "[..1970-06-30]"),
        ("not before 1970", "[1970..]"),
        ("since 1960", "1960/.."),
        ("until 1960", "../1960"),
        ("from 1960 to the present", "1960/.."),
        ("perhaps in 1970", "1970?"),
        ("in the first half of 1970", "1970-40"),
        ("in Q4 1970", "1970-36"),
        ("by the third quarter of 1970", "[..1970-35]"),
        ("before Q3 1970", "[..1970-06-30]"),
        ("since the late 19th century", "18XX/.."),
        ("from the 16th to the 18th century", "15XX/17XX"),
        ("in 206 BC", "-0205"),
        ("between 206 BC and AD 220", "-0205/0220"),
        ("before 206 BC", "[..-0206]"),
        ("in the 3rd century BC", "-02XX"),
    ],
)
def test_a_bound_is_part_of_the_date(tmp_path: Path, words: str, edtf: str) -> None:
    assert dated(tmp_path, words).edtf == edtf


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("in July '70", "two digits"),
        ("two weeks later", "is not computed"),
        ("from Q1 1970 to Q3 1970", "two quarters or halves"),
        ("since Q1 1970", "has no quarter or half at its ends"),
        ("in fiscal year 1970", "fiscal year"),
        ("on 3/4/1970", "order of day and month"),
        ("since before 1970", "is not read"),
    ],
)
def test_a_date_that_cannot_be_read_is_refused(tmp_path: Path, words: str, message: str) -> None:
    article, changes = war(words, words)

    found = faults(tmp_path, *changes, article=article)

    assert [fault.entry for fault in found] == ["fish-war"]
    assert message in found[0].message
    assert "read_by: analyst" in found[0].cure


@pytest.mark.parametrize("when", ["in Q3 1970", "in summer 1970", "in the 1970s"])
def test_the_same_month_as_a_longer_time_is_refused(tmp_path: Path, when: str) -> None:
    article, changes = war("the same month", "the same month", f", context: 'It ended {when}'")

    [fault] = faults(tmp_path, *changes, article=f"{article}\nIt ended {when}.\n")

    assert "needs a context with" in fault.message


def test_words_beside_a_context_are_not_read_over(tmp_path: Path) -> None:
    article, changes = war("two weeks later", "two weeks later", ", context: 'It was 3 March 1971'")

    [fault] = faults(tmp_path, *changes, article=article)

    assert "'two weeks later'" in fault.message


def test_an_analyst_reads_a_date_that_is_cited_and_marked(tmp_path: Path) -> None:
    extra = ", read_by: analyst, value: 1970-07-22"
    article, changes = war("two weeks later", "two weeks later", extra)

    content = load(tmp_path, *changes, article=article)

    war_row = rows(content)["fish-war"]
    assert getattr(war_row.row, "date").edtf == "1970-07-22"  # noqa: B009
    assert war_row.row.note == "Read by an analyst: date from 'two weeks later'."
    assert "date" in war_row.citations[0].fields
    assert content.coverage["documents"][0]["counts"]["dates"]["analyst"] == 1


def test_an_analyst_reads_a_period_that_edtf_does_not_have(tmp_path: Path) -> None:
    by_hand = ", read_by: analyst, value: 1970-01/.."

    assert dated(tmp_path, "since Q1 1970", by_hand).edtf == "1970-01/.."


def test_an_analyst_does_not_read_what_the_reader_reads(tmp_path: Path) -> None:
    article, changes = war("in 1970", "in 1970", ", read_by: analyst, value: '1971'")

    [fault] = faults(tmp_path, *changes, article=article)

    assert "the loader reads 'in 1970' as 1970" in fault.message


FIGURE = "words: about $1.5 billion"


@pytest.mark.parametrize(
    ("written", "pointed", "message"),
    [
        ("about $1.5 billion", "5 billion", "is a part of a longer number"),
        ("₹1.5 crore", "₹1.5 crore", "scale"),
        ("two-thirds of it", "two-thirds of it", "2/3"),
    ],
)
def test_a_number_that_cannot_be_read_is_refused(
    tmp_path: Path, written: str, pointed: str, message: str
) -> None:
    article = ARTICLE.replace("about $1.5 billion", written)
    quote = (
        "Norland to Sudria totaled about $1.5 billion in",
        f"Norland to Sudria totaled {written} in",
    )

    found = faults(tmp_path, (FIGURE, f"words: {pointed}"), quote, article=article)

    assert [fault for fault in found if message in fault.message], found


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("40 days", "days", 40),
        ("40 years", "years", 40),
        ("1,500 m", "metres", 1500),
        ("40 per cent", "percent", 40),
        ("40 percentage points", "percentage-points", 40),
        ("three-quarters", "share", 0.75),
        ("22 times", "times", 22),
        ("ten times as many", "multiple", 10),
        ("40 nets", "things", 40),
    ],
)
def test_the_words_of_a_number_settle_its_unit(
    tmp_path: Path, words: str, unit: str, value: float
) -> None:
    def changes(code: str) -> list[tuple[str, str]]:
        number = f"words: '{words}', unit: {code}"
        cite = ('cut "about 40 nets" of Norland.', f"cut {words}, near Norland.")
        return [("words: about 40 nets, unit: things", number), cite]

    article = ARTICLE.replace('"about 40 nets" of Norland', f"{words}, near Norland")
    wrong = "years" if unit in ("things", "days") else "days"

    event = row(load(tmp_path, *changes(unit), article=article), "nets-cut").model_dump()
    [fault] = faults(tmp_path, *changes(wrong), article=article)

    assert [(item["value"], item["unit"]) for item in event["numbers"]] == [(value, unit)]
    assert f"the unit {wrong!r} is not that of" in fault.message


def test_a_unit_without_a_code_is_refused(tmp_path: Path) -> None:
    changes = [
        ("words: about 40 nets, unit: things", "words: 40 fortnights, unit: weeks"),
        ('cut "about 40 nets" of Norland', "cut 40 fortnights of Norland"),
    ]

    [fault] = faults(
        tmp_path, *changes, article=ARTICLE.replace('"about 40 nets"', "40 fortnights")
    )

    assert "'40 fortnights'" in fault.message
    assert "read_by: analyst" in fault.cure


def test_an_analyst_reads_a_share(tmp_path: Path) -> None:
    article = ARTICLE.replace("about $1.5 billion", "two-thirds of it")
    quote = (
        "Norland to Sudria totaled about $1.5 billion in",
        "Norland to Sudria totaled two-thirds of it in",
    )
    by_hand = "words: two-thirds\n    read_by: analyst\n    value: 66.67\n    unit: percent"

    figure = row(load(tmp_path, (FIGURE, by_hand), quote, article=article), "norland-exports-2006")

    assert figure.model_dump()["value"] == 66.67
    assert figure.model_dump()["note"] == "Read by an analyst: number from 'two-thirds'."


def test_a_wrapped_article_gives_the_same_values(tmp_path: Path) -> None:
    article = ARTICLE.replace("3 March 1971", "3\nMarch 1971").replace(
        "$1.5 billion", "$1.5\nbillion"
    )
    plain, wrapped = load(tmp_path / "a"), load(tmp_path / "b", article=article)

    for id in ("fish-war", "nets-cut", "norland-exports-2006", "berg-we-stay"):
        one, other = row(plain, id).model_dump(), row(wrapped, id).model_dump()
        assert {key: one[key] for key in one if key != "version"} == {
            key: other[key] for key in other if key != "version"
        }


def test_what_nothing_reads_or_cites_is_open(tmp_path: Path) -> None:
    article = ARTICLE.replace("Three senators", "Rule 4.7a came on Monday. Three senators")

    [document] = load(tmp_path, article=article).coverage["documents"]

    assert [item["text"] for item in document["open"]] == ["4.7a", "Monday"]
    assert document["counts"]["open"] == {"left_over": 2}
    assert document["complete"] is False


def test_a_message_has_some_faults_in_full_and_counts_the_others() -> None:
    some = [LoadFault("a", line, None, "x", "y") for line in range(1, 201)]

    lines = str(LoadError(some)).splitlines()

    assert len(lines) == MAX_LISTED_FAULTS + 1
    assert lines[-1] == "150 more faults, 200 in all. Mend these first."


NOT_REGULAR: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (os.mkfifo, "it is not a regular file"),
    "folder": (Path.mkdir, "it is not a regular file"),
    "endless": (lambda file: file.symlink_to("/dev/zero"), "it is not a regular file"),
    "dangling": (lambda file: file.symlink_to("nowhere"), "No such file"),
    "loop": (lambda file: file.symlink_to(file.name), "Too many levels of symbolic links"),
}


@pytest.mark.parametrize("name", ["article.txt", "reading.yaml"])
@pytest.mark.parametrize(("make", "message"), NOT_REGULAR.values(), ids=list(NOT_REGULAR))
def test_what_is_no_regular_file_is_refused(
    tmp_path: Path, name: str, make: Callable[[Path], None], message: str
) -> None:
    file = write(tmp_path) / "one" / name
    file.unlink()
    make(file)

    [fault] = refused(lambda: read_content(tmp_path))

    assert message in fault.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a \ufeff mark", "U+FEFF"),
        ("{| table", "markup that is not read, '{|'"),
        ("* an item", "markup that is not read, '*'"),
        ("so {{cite}}", "markup that is not read, '{{'"),
        ("so<ref>x</ref>", "markup that is not read, '<ref'"),
    ],
)
def test_markup_that_is_not_read_is_refused(tmp_path: Path, text: str, message: str) -> None:
    [fault] = faults(tmp_path, article=ARTICLE + f"\n{text}\n")

    assert message in fault.message
    assert fault.cure


def test_a_document_has_a_web_address(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, ("url: https://example.org/norland-sudria", "url: 'javascript:x'"))

    assert "is not a web address" in fault.message

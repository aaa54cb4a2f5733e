"""Rules of any article: words name what they prove, roles fit, states end, texts are whole."""

from pathlib import Path
from typing import Any

import pytest

from app.vocabularies.events import EVENT_TYPES, ROLES, ROLES_BY_TYPE, side_of
from seeds.builders.codebook import CODEBOOK, codebook
from tests.unit.builders.sample import ARTICLE, changed, faults, line_of, load, row, rows

FISH_WAR = "actors: {party: [norland, sudria]}\n    proof"
OPEN = "    date: Since 1980\n    cite:"
WE_STAY = "text: We shall not be fished out. We stay."

SLIPS = [
    pytest.param(
        "laws: {in-force: strait-act}\n    proof: {actors: relations between Norland and}\n",
        "laws: {in-force: strait-act}\n",
        "do not name 'Norland', which stands in 'actors': 'As of 1 July 1971",
        "`proof: {actors: words}`",
        id="actor-that-no-words-name",
    ),
    pytest.param(
        "    agreements: {invoked: treaty-of-sund}\n    proof: {agreements: The Treaty of Sund}\n",
        "    agreements: {invoked: treaty-of-sund}\n",
        "do not name 'Treaty of Sund', which stands in 'agreements'",
        "or take the value out",
        id="agreement-that-only-a-short-form-names",
    ),
    pytest.param(
        "proof: {laws: under the Strait Act}\n    cite: [Sudria did",
        "also: Three senators\n    proof: {laws: under the Strait Act}\n    cite: [Sudria did",
        "'Three senators' prove no field of the row",
        "`background:`",
        id="words-cited-for-coverage-alone",
    ),
    pytest.param(
        "proof: {host: relations between Norland and the Republic of Sudria}",
        "proof: {host: [relations between Norland and the Republic of Sudria, Three senators]}",
        "'Three senators' are said to prove 'host', and name none of 'Sudria'",
        "take 'host' out",
        id="quote-for-a-field-that-it-does-not-name",
    ),
    pytest.param(
        "related: {part-of: fish-war}",
        "related: {part-of: treaty-signed}",
        "do not name 'The Treaty of Sund is signed', which stands in 'related'",
        "`proof: {related: words}`",
        id="relation-to-an-event-of-other-words",
    ),
    pytest.param(
        'date: "1984"\n    agreements',
        'date: "1984"\n    also: {quote: Three senators, fields: date}\n    agreements',
        "'Three senators' are said to prove 'date', and name none of '1984'",
        "quote words that do",
        id="quote-for-a-date-without-a-date",
    ),
    pytest.param(
        "cite: [Sudria did not protest.]",
        "cite: [Sudria did]",
        "hold no negation, which stands in 'negated'",
        "`proof: {negated: words}`",
        id="negation-that-no-words-hold",
    ),
    pytest.param(
        "    host: sudria\n    city: Port Sud\n    proof: {",
        "    host: sudria\n    city: Port Sud\n    proof: {note: Trade, ",
        "a quote is said to prove 'note', which needs no proof",
        "`background:`",
        id="heading-cited-for-a-note",
    ),
    pytest.param(
        "name: Sudria protests",
        "name: Sudria does not protest",
        "the name 'Sudria does not protest' says 'not', and `negated: true` says it again",
        "without a negation",
        id="negation-twice",
    ),
    pytest.param(
        "name: The strait is open\n    type: status",
        "name: The strait is open\n    type: status\n    actors: {victim: sudria, target: norland}"
        "\n    also: relations between Norland and the Republic of Sudria",
        "an event of type 'status' has no target",
        "its roles with a side are party, victim",
        id="role-that-the-type-does-not-have",
    ),
    pytest.param(
        "actors: {source: [sudria], target: [norland]}",
        "actors: {source: [sudria], target: [norland, sudria]}",
        "'sudria' is source and target of one event",
        "make two events",
        id="two-sided-roles",
    ),
    pytest.param(
        FISH_WAR,
        "actors: {party: norland}\n    proof",
        "'norland' is the only party",
        "write `source` for who acts alone",
        id="single-party",
    ),
    pytest.param(
        "actors: {source: [sudria], target: [norland]}",
        "actors: {source: [sudria], target: port-sud}\n    also: of Norland, Port Sud",
        "the city 'port-sud' is target",
        "write `location`",
        id="city-that-is-affected",
    ),
    pytest.param(
        "plover: {COERCE/seize: Nets are destroyed.}\n",
        "plover: {COOPERATE: x}\n    note: x\n",
        None,
        "",
        id="directed-coding-with-a-pair",
    ),
    pytest.param(
        "actors: {source: [sudria]}\n    agreements",
        "actors: {source: [sudria]}\n    plover: {COOPERATE: x}\n    agreements",
        "COOPERATE needs somebody who acts and somebody who is affected",
        "leave `plover:` out",
        id="directed-coding-without-a-pair",
    ),
    pytest.param(
        OPEN,
        "    date: Since 1980\n    according_to: sea-gazette\n    also: The Sea Gazette\n    cite:",
        "the state is told by a cited voice only, and 'Since 1980' would make it last: 1980/..",
        "add `ends: unknown`",
        id="lasting-state-of-a-cited-voice",
    ),
    pytest.param(
        "summary: Sudria kept quiet.",
        "summary: It kept quiet.",
        "the summary begins with 'It', which points at another sentence",
        "so that it stands alone",
        id="summary-that-begins-with-a-pronoun",
    ),
    pytest.param(
        "summary: Sudria kept quiet.",
        "summary: Sudria did NOT protest",
        "the summary 'Sudria did NOT protest' only repeats its quote or its name",
        "leave it out",
        id="summary-that-repeats-its-quote",
    ),
    pytest.param(
        WE_STAY,
        "text: not be fished out. We stay.",
        "the text leaves out 'We shall', which belongs to it",
        "point at all of the statement",
        id="part-of-a-quotation",
    ),
    pytest.param(
        "    mode: direct\n    " + WE_STAY,
        "    text: stay",
        "the text leaves out",
        "point at all of the statement",
        id="word-of-a-quotation",
    ),
]


@pytest.mark.parametrize(("old", "new", "message", "cure"), SLIPS)
def test_a_slip_has_one_fault_with_the_words_and_the_cure(
    tmp_path: Path, old: str, new: str, message: str | None, cure: str
) -> None:
    if message is None:
        assert load(tmp_path, (old, new)).version
        return
    [fault] = faults(tmp_path, (old, new))

    assert message in fault.message
    assert cure in fault.cure
    entry = changed((old, new)).splitlines()[: fault.line]
    assert f"id: {fault.entry}" in [line.strip(" -") for line in entry]


def test_the_slips_of_all_rules_are_reported_in_one_run(tmp_path: Path) -> None:
    slips = {
        "summary: Sudria kept quiet.": "summary: It kept quiet.",
        FISH_WAR: "actors: {party: norland}\n    proof",
        "cite: [Three senators resigned.]": "also: In 1990\n    cite: [Three senators resigned.]",
        OPEN: OPEN.replace(
            "    cite:", "    according_to: sea-gazette\n    also: The Sea Gazette\n    cite:"
        ),
    }
    found = faults(tmp_path, *slips.items())

    assert [item.entry for item in found] == [
        "fish-war", "sudrian-protest", "strait-open", "senators-resign",
    ]  # fmt: skip
    assert [item.line for item in found] == sorted(item.line or 0 for item in found)


@pytest.mark.parametrize("verb", ["was", "had been", "remained"])
def test_a_state_in_the_past_tense_has_an_unknown_end(tmp_path: Path, verb: str) -> None:
    article = ARTICLE.replace("the strait has been open", f"the strait {verb} open")
    cite = ('cite: ["Since 1980, the strait has been', f'cite: ["Since 1980, the strait {verb}')

    [fault] = faults(tmp_path, cite, article=article)
    assert f"in the past tense ({verb.split()[0]!r})" in fault.message
    assert fault.line == line_of("date: Since 1980")

    ends = ("date: Since 1980", "date: {words: Since 1980, ends: unknown}")
    date: Any = getattr(row(load(tmp_path, cite, ends, article=article), "strait-open"), "date")  # noqa: B009
    assert (date.edtf, date.certain, date.latest) == ("1980/", None, None)


def test_an_open_end_is_certain_up_to_the_day_of_the_document(tmp_path: Path) -> None:
    named: Any = row(load(tmp_path), "strait-open")
    assert (named.date.edtf, named.date.certain.to) == ("1980/..", "2010-01-01")

    day = ("passages: nosu", "passages: nosu\n  as_of: 2024-05-06")
    stated: Any = row(load(tmp_path, day), "strait-open")
    assert (stated.date.certain.from_, stated.date.certain.to) == ("1980-12-31", "2024-05-06")


def test_what_is_announced_comes_on_the_day_of_the_announcement_or_later(tmp_path: Path) -> None:
    change = ("date: by 9 June\n", "date: {after: On 12 May}\n")

    date: Any = getattr(row(load(tmp_path, change), "sudria-to-pay"), "date")  # noqa: B009

    assert (date.edtf, date.basis, date.certain) == ("[1971-05-12..]", "inferred", None)


def test_a_day_by_which_something_happened_is_bounded_from_below(tmp_path: Path) -> None:
    change = ("date: by 9 June\n", "date: {words: by 9 June, after: On 12 May}\n")
    loaded = rows(load(tmp_path, change))["sudria-to-pay"]

    date: Any = getattr(loaded.row, "date")  # noqa: B009
    assert (date.edtf, date.interval, date.certain) == ("[1971-05-12..1971-06-09]", False, None)
    assert (date.modifier, date.basis) == ("by", "inferred")
    proving = [item.exact for item in loaded.citations if "date" in item.fields]
    assert any("by 9 June" in words for words in proving)
    assert any("12 May" in words for words in proving)


def test_a_reported_statement_keeps_its_adverb(tmp_path: Path) -> None:
    quoted, reported = "said: “We shall not be fished out. We stay.”", "said regularly said so."
    article = ARTICLE.replace(quoted, reported)
    cite = (f'{quoted}"]', f'{reported}"]')
    mode = ("    mode: direct\n    " + WE_STAY, "    text: said so")

    [fault] = faults(tmp_path, cite, mode, article=article)

    assert "the text leaves out 'regularly', which belongs to it" in fault.message


def test_another_row_may_be_named_by_a_word_that_is_no_alias(tmp_path: Path) -> None:
    content = load(tmp_path)

    assert "Sudrian" not in getattr(row(content, "sudria"), "aliases")  # noqa: B009
    proving = [
        item.exact for item in rows(content)["nets-cut"].citations if "actors" in item.fields
    ]
    assert proving == ['In early May, Sudrian boats cut "about 40 nets" of Norland.']


def test_every_role_and_every_type_of_event_has_its_sides() -> None:
    assert set(ROLES_BY_TYPE) == set(EVENT_TYPES.values)
    sided = {role for role in ROLES.values if side_of(role, signs_agreement=False) != "none"}
    assert {role for roles in ROLES_BY_TYPE.values() for role in roles} <= sided
    assert side_of("signatory", signs_agreement=True) == "both"
    assert side_of("signatory", signs_agreement=False) == "acting"


def test_the_codebook_holds_the_rules_the_roles_and_the_codes_of_today() -> None:
    text = CODEBOOK.read_text(encoding="utf-8")

    assert codebook(text) == text
    assert "| `beneficiary` |" in text

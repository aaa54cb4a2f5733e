"""Faults in the seeds: one run reports all of them, each with its place and its cure."""

from pathlib import Path

import pytest

from seeds.build import read_content
from seeds.faults import LoadError, LoadFault
from tests.unit.builders.sample import faults, line_of, load, refused, write

QUOTE = "cite: [The Sea Gazette reported]"
MANY = [
    pytest.param(
        "reporter: norland\n    partner: sudria\n    product",
        "reporter: norlund\n    partner: sudria\n    product",
        "there is no row 'norlund'",
        "did you mean 'norland'?",
        id="misspelt-actor",
    ),
    pytest.param(
        QUOTE,
        "cite: [The Sea Gazete reported]",
        "the quote 'The Sea Gazete reported' is not in the document",
        "'The Sea Gazette reported",
        id="wrong-quote",
    ),
    pytest.param(
        QUOTE,
        "cite: [Sudria]",
        "the quote 'Sudria' occurs",
        "add `section:` or `nth:`; it is in line 1 (norland-sudria-relations)",
        id="quote-that-occurs-twice",
    ),
    pytest.param(
        QUOTE,
        "cite: [{quote: Sudria, section: pease}]",
        "there is no section 'pease'",
        "did you mean 'peace'?",
        id="unknown-section",
    ),
    pytest.param(
        QUOTE,
        "cite: [{quote: Gazette, section: peace}]",
        "is not in the section 'peace'",
        "it is in line 10 (fish-war)",
        id="quote-of-another-section",
    ),
    pytest.param(
        QUOTE,
        "cite: [{quote: Sudria, section: peace, nth: 4}]",
        "occurs 1 times",
        "write an nth of 1 to 1, or none",
        id="nth-too-high",
    ),
    pytest.param(
        QUOTE,
        "cite: [{quote: '=== Peace'}]",
        "begins with markup",
        "quote only the words",
        id="quote-of-markup",
    ),
    pytest.param(
        QUOTE,
        'cite: ["resigned. == Trade == Exports"]',
        "runs from section peace into trade",
        "a quote of its own",
        id="quote-over-sections",
    ),
    pytest.param(
        QUOTE,
        "cite: [{quote: The Sea Gazette, fields: [nam]}]",
        "actor rows have no field 'nam'",
        "did you mean 'name'?",
        id="quote-for-an-unknown-field",
    ),
    pytest.param(
        QUOTE,
        "cite: [{quote: The Sea Gazette, fields: [description]}]",
        "said to prove 'description', which is empty",
        "take it out of `fields:`",
        id="quote-for-an-empty-field",
    ),
    pytest.param(
        "aliases: [Republic of Sudria]",
        "aliases: [Kingdom of Sudria]",
        "the alias 'Kingdom of Sudria' never occurs",
        "or remove it",
        id="alias-that-never-occurs",
    ),
    pytest.param(
        "description: Norland's minister",
        "description: Norland's premier",
        '"Norland\'s premier" is not in the quotes',
        "exactly as they are",
        id="words-outside-of-the-quotes",
    ),
    pytest.param(
        "id: port-sud\n",
        "id: ole-dahl\n",
        "the id 'ole-dahl' is used twice",
        "give one of them another id; the other one is in",
        id="equal-ids",
    ),
    pytest.param(
        "id: port-sud\n",
        "id: nosu-peace\n",
        "the id 'nosu-peace' is used twice",
        "a passage",
        id="id-of-a-passage",
    ),
    pytest.param(
        "id: port-sud\n",
        "id: Port_Sud\n",
        "'Port_Sud' cannot be an id",
        "small letters a-z",
        id="malformed-id",
    ),
    pytest.param(
        "type: medium",
        "type: mediun",
        "'mediun' is no code of the vocabulary actor-types",
        "did you mean 'medium'?",
        id="unknown-code",
    ),
    pytest.param(
        "actors: {party: [norland, sudria]}",
        "actors: {partie: [norland, sudria]}",
        "'partie' is no code of the vocabulary roles",
        "did you mean 'party'?",
        id="unknown-role",
    ),
    pytest.param(
        "type: medium",
        "type: medium\n    adress: here",
        "there is no field 'adress'",
        "The fields here are id, name, called, cite",
        id="unknown-field",
    ),
    pytest.param(
        "actors:\n  - id: norland",
        "actor:\n  - id: norland",
        "there is no field 'actor'",
        "did you mean 'actors'?",
        id="unknown-group",
    ),
    pytest.param(
        "background:",
        "officez:\nbackground:",
        "there is no field 'officez'",
        "did you mean 'offices'?",
        id="unknown-group-that-is-empty",
    ),
    pytest.param(
        "background:",
        "documents: [{id: another}]\nbackground:",
        "there is no field 'documents'",
        "did you mean 'document'?",
        id="group-of-a-kind-that-no-reading-declares",
    ),
    pytest.param(
        "polls:\n  - id",
        "polls:\n    id",
        "'polls' is fields, not a list",
        "write `- ...` for a list",
        id="group-of-fields",
    ),
    pytest.param(
        "background:",
        "sentences: none\nbackground:",
        "'sentences' is 'none', not a list",
        "write `- ...` for a list",
        id="group-of-words",
    ),
    pytest.param(
        "polls:\n",
        "polls:\n  -\n",
        "'polls 1' is empty, not fields",
        "write `- ...` for a list",
        id="empty-entry",
    ),
    pytest.param(
        "background:",
        "polls: []\nbackground:",
        "the key 'polls' occurs twice",
        "keep one of them",
        id="group-that-stands-twice",
    ),
    pytest.param(
        "    flow: export\n",
        "    flow: export\n    flow: import\n",
        "the key 'flow' occurs twice",
        "keep one of them",
        id="field-that-stands-twice",
    ),
    pytest.param(
        "passages: nosu",
        "passages: nosu\n  licens: none",
        "there is no field 'licens'",
        "did you mean 'licence'?",
        id="unknown-field-of-the-document",
    ),
    pytest.param(
        "{quote: Peace, reason: A heading.}",
        "{quote: Peace, reason: A heading., reasn: x}",
        "there is no field 'reasn'",
        "did you mean 'reason'?",
        id="unknown-field-of-background",
    ),
    pytest.param(
        'date: {words: the same day, context: "As of 1 July 1971, the strait is closed"}\n'
        "    date_of",
        'date: {words: the same day, contxt: "As of 1 July 1971, the strait is closed"}\n'
        "    date_of",
        "there is no field 'contxt'",
        "did you mean 'context'?",
        id="unknown-field-of-a-date",
    ),
    pytest.param(
        "speakers: [ada-berg]",
        "speakers: [ada-berg, ~]",
        "'speakers 2' is empty, not text",
        "write words",
        id="empty-item",
    ),
    pytest.param(
        "    type: medium\n",
        "",
        "the field 'type' is missing",
        "add `type:`",
        id="missing-field",
    ),
    pytest.param(
        "name: Port Sud\n",
        'name: "Port\\nSud"\n',
        "'name' has several lines",
        "on one line",
        id="name-of-two-lines",
    ),
    pytest.param(QUOTE, "cite: []", "'cite' is empty", "write at least one", id="no-citation"),
    pytest.param(
        "according_to: [sea-gazette]",
        "according_to: [strait-act]",
        "'strait-act' is of kind law",
        "name one of kind actor",
        id="reference-to-another-kind",
    ),
    pytest.param(
        "actors: {source: [ole-dahl]}",
        "actors: {source: [ole-dahl]}\n    place: sund-council",
        "the place 'sund-council' is an actor of type organisation",
        "a country, a territory or a city",
        id="place-that-is-none",
    ),
    pytest.param(
        "COERCE/seize",
        "COERCE/sieze",
        "'COERCE/sieze' is no code of the vocabulary codings",
        "did you mean 'COERCE/seize'?",
        id="mode-of-another-category",
    ),
    pytest.param(
        "{part-of: fish-war}",
        "{part-of: nets-cut}",
        "'nets-cut' is related to itself",
        "remove it",
        id="related-to-itself",
    ),
    pytest.param(
        'date: "1984"\n    date_of: signed',
        "date_of: named",
        "there is `date_of:` without `date:`",
        "add `date:`",
        id="stage-without-a-date",
    ),
    pytest.param(
        "text: We shall not be fished out. We stay.",
        "text: Norland's minister Ada Berg",
        "is not within one quotation",
        "`mode: reported`",
        id="direct-speech-without-marks",
    ),
    pytest.param(
        "quote: Peace, reason",
        "quote: Piece, reason",
        "the quote 'Piece' is not in the document",
        "copy the words",
        id="wrong-background",
    ),
]


@pytest.mark.parametrize(("old", "new", "message", "cure"), MANY)
def test_a_slip_is_told_with_its_cure_and_nothing_else(
    tmp_path: Path, old: str, new: str, message: str, cure: str
) -> None:
    found = faults(tmp_path, (old, new))

    assert [fault.message for fault in found if message in fault.message], found
    assert cure in next(fault.cure for fault in found if message in fault.message)
    assert len(found) == 1, found


def test_a_fault_names_file_line_entry_and_field(tmp_path: Path) -> None:
    wrong = "reporter: norlund\n    partner: sudria\n    product"
    [fault] = faults(tmp_path, (wrong.replace("norlund", "norland"), wrong))

    assert fault.file == str(tmp_path / "one" / "reading.yaml")
    assert fault.line == line_of(wrong.replace("norlund", "norland"))
    assert fault.entry == "norland-exports-2006"
    assert str(fault) == (
        f"{fault.file}:{fault.line}: norland-exports-2006: there is no row 'norlund'. "
        "Did you mean 'norland'? Otherwise, add an entry with this id to `actors:`."
    )


def test_all_faults_of_a_run_are_told_together(tmp_path: Path) -> None:
    slips = [("type: medium", "type: mediun"), ("id: port-sud\n", "id: ole-dahl\n")]
    slips += [("description: Norland's minister", "description: a premier")]
    slips += [("{part-of: fish-war}", "{part-of: fish-wat}")]

    found = faults(tmp_path, *slips)

    assert [fault.entry for fault in found] == ["ada-berg", "sea-gazette", "ole-dahl", "nets-cut"]
    assert [fault.line for fault in found] == sorted(fault.line or 0 for fault in found)


def test_a_group_that_cannot_be_read_hides_no_other_fault(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        ("trade_figures:", "trade_figure:"),
        ("polls:\n  - id", "polls:\n    id"),
        ("type: medium", "type: mediun"),
        ("cite: [Sudria did not protest.]", "cite: [Sudria did not protests.]"),
    )

    assert [fault.entry for fault in found] == [
        "sea-gazette", "sudrian-protest", "trade_figure", "polls",
    ]  # fmt: skip
    [unknown] = [fault for fault in found if fault.entry == "trade_figure"]
    assert unknown.file == str(tmp_path / "one" / "reading.yaml")
    assert unknown.line == line_of("trade_figures:")


def test_a_broken_entry_is_no_unknown_id_to_others(tmp_path: Path) -> None:
    found = faults(tmp_path, ("type: medium", "type: mediun"))

    assert [fault.entry for fault in found] == ["sea-gazette"]


def test_a_former_id_is_never_used_again(tmp_path: Path) -> None:
    taken = faults(tmp_path, ("type: medium", "type: medium\n    formerly: [ole-dahl]"))
    retired = faults(tmp_path, ("background:", "retired: [ole-dahl]\nbackground:"))

    assert "the former id 'ole-dahl' already belongs to another row" in str(taken[0])
    assert "the retired id 'ole-dahl' is in use" in str(retired[0])


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (b"# only a comment\n", 1, "the file is empty"),
        (b"- a\n- b\n", 1, "not a mapping"),
        (b"document: [1, 2\nactors: 3\n", 2, "broken YAML"),
        (b"document:\n  id: a\n  id: b\n", 3, "the key 'id' occurs twice, first in line 2"),
        (b"document: &here\n  id: a\n", 1, "an anchor, &here"),
        (b"document: *there\n", 1, "an alias, *there"),
        (b"document: !python/name:os.system\n", 1, "a tag"),
        (b"document:\n  id: caf\xe9\n", 2, "byte 19 is 0xe9, which is not UTF-8"),
        (b"document:\n  id: a\n---\nb: c\n", 3, "a second YAML document"),
        (b"? [a]\n: b\n", 1, "a key that is no plain word"),
        (b"a: " + b"[" * 30 + b"]" * 30, 1, "more than 20 levels"),
        (b'document: "a\\0b"\n', 1, "a NUL"),
    ],
)
def test_a_reading_that_is_no_reading_is_refused_at_its_line(
    tmp_path: Path, raw: bytes, line: int, message: str
) -> None:
    write(tmp_path)
    (tmp_path / "one" / "reading.yaml").write_bytes(raw)

    found = refused(lambda: read_content(tmp_path))

    assert any(fault.line == line and message in fault.message for fault in found), found


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"", 1, "the document is empty"),
        ("= Café =\n".encode("latin-1"), 1, "which is not UTF-8"),
        ("\ufeff= A =\n".encode(), 1, "a byte order mark"),
        (b"= A =\r\n", 1, "a carriage return"),
        (b"No title\n", 1, "'No title' stands where"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_at_its_line(
    tmp_path: Path, raw: bytes, line: int, message: str
) -> None:
    write(tmp_path)
    (tmp_path / "one" / "article.txt").write_bytes(raw)

    [fault] = refused(lambda: read_content(tmp_path))

    assert fault.line == line
    assert message in fault.message
    assert fault.cure


@pytest.mark.parametrize("name", ["article.txt", "reading.yaml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / "one" / name).unlink()

    [fault] = refused(lambda: read_content(tmp_path))

    assert fault.file.endswith(name)
    assert "No such file" in fault.message


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    [empty] = refused(lambda: read_content(tmp_path))
    [missing] = refused(lambda: read_content(tmp_path / "nowhere"))

    assert "has no articles" in empty.message
    assert "cannot be read" in missing.message


def test_an_unreadable_file_hides_no_fault_of_the_others(tmp_path: Path) -> None:
    write(tmp_path, name="two")
    (tmp_path / "two" / "reading.yaml").write_bytes(b"a: [")

    found = refused(lambda: load(tmp_path, ("type: medium", "type: mediun")))

    assert [fault.message.split(":")[0] for fault in found][1] == "broken YAML"
    assert "mediun" in found[0].message


def test_faults_of_one_file_come_in_the_order_of_its_lines() -> None:
    some = [LoadFault("b", 2, None, "x", "y"), LoadFault("a", 9, None, "x", "y")]
    some += [LoadFault("b", None, None, "x", "y")]

    assert [(fault.file, fault.line) for fault in LoadError(some).faults] == [
        ("a", 9),
        ("b", None),
        ("b", 2),
    ]


def test_the_sample_itself_is_without_fault(tmp_path: Path) -> None:
    assert load(tmp_path).coverage["complete"] is True

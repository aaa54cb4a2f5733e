"""Documents: sections, passages, infobox and lists of any article in the markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.prose.document import Document, DocumentError, Section, decode, read_document
from tests.unit.prose import ARTICLE

SAMPLE = """\
= Sample–Land relations =

Infobox
- Mission1: Office, Washington, D.C.
- Map
- Site: https://example.org

They are good. They were bad.

== History ==
A wrapped
line. Another one.
Infobox is a word here.
- one item. Two sentences.
- another

===Early years ===
Nothing.
== Economy ==
=== History ===
Trade.

== See also ==
- Other: relations
-
- More"""

LINES = st.lists(
    st.sampled_from(
        [
            *["", "", " ", "Infobox", "- Key: value", "- item", "-", "  - nested", "-5 degrees"],
            *[
                "== History ==",
                "==See also==",
                "=== History ===",
                "==== It's – Über ====",
                " == 中 ==",
            ],
            *["It is so. It was.", "The U.S. He “left. The", "end” of it. So.", '"'],
        ]
    ),
    max_size=25,
)
DOCUMENTS = LINES.map(lambda lines: read_document("\n".join(["", "= History =", *lines])))


def outline(document: Document) -> list[tuple[str, int, str | None]]:
    return [(section.id, section.level, section.parent) for section in document.sections]


def test_sections_carry_level_parent_and_an_id_that_is_prefixed_only_when_taken() -> None:
    assert outline(read_document(SAMPLE)) == [
        ("sample-land-relations", 1, None),
        ("history", 2, "sample-land-relations"),
        ("early-years", 3, "history"),
        ("economy", 2, "sample-land-relations"),
        ("economy-history", 3, "economy"),
        ("see-also", 2, "sample-land-relations"),
    ]


@pytest.mark.parametrize(
    ("titles", "ids"),
    [
        (["2019–20 Hong Kong protests"], ["2019-20-hong-kong-protests"]),
        (["Hong Kong's future", "Tariffs/quotas", "Zürich"], None),
        (["Same", "Same", "Same"], ["same", "title-same", "same-2"]),
        (["Title"], ["title-title"]),
        (["香港", "關係"], ["section", "title-section"]),
        (["word " * 30], ["word-" * 15 + "word"]),
    ],
)
def test_ids_are_unique_slugs_of_at_most_80_characters(
    titles: list[str], ids: list[str] | None
) -> None:
    text = "\n".join(["= Title =", *(f"== {title} ==" for title in titles)])
    expected = ids or ["hong-kongs-future", "tariffs-quotas", "zurich"]
    assert [section.id for section in read_document(text).sections[1:]] == expected


def test_the_longest_id_is_cut_to_80_characters_without_a_dash_at_its_end() -> None:
    section = read_document(f"= T =\n== {'abcd ' * 40}==").sections[1]
    assert len(section.id) <= 80
    assert not section.id.endswith("-")


def test_a_section_holds_its_subsections_and_the_title_holds_all() -> None:
    document = read_document(SAMPLE)
    spans = {section.id: SAMPLE[section.start : section.end] for section in document.sections}
    assert spans["sample-land-relations"] == SAMPLE
    assert spans["history"].startswith("== History ==\nA wrapped")
    assert spans["history"].endswith("Nothing.\n")
    assert spans["early-years"] == "===Early years ===\nNothing.\n"
    assert spans["see-also"].endswith("- More")
    assert document.subsections("history") == {"history", "early-years"}
    assert document.subsections("early-years") == {"early-years"}
    assert document.subsections("sample-land-relations") == spans.keys()


def test_passages_are_headings_infobox_lines_sentences_and_list_items() -> None:
    passages = read_document(SAMPLE).passages
    assert [(item.type, item.paragraph, item.text) for item in passages] == [
        ("heading", 1, "Sample–Land relations"),
        ("infobox", 2, "Mission1: Office, Washington, D.C."),
        ("infobox", 2, "Map"),
        ("infobox", 2, "Site: https://example.org"),
        ("sentence", 3, "They are good."),
        ("sentence", 3, "They were bad."),
        ("heading", 4, "History"),
        ("sentence", 5, "A wrapped\nline."),
        ("sentence", 5, "Another one."),
        ("sentence", 5, "Infobox is a word here."),
        ("list-item", 6, "one item. Two sentences."),
        ("list-item", 6, "another"),
        ("heading", 7, "Early years"),
        ("sentence", 8, "Nothing."),
        ("heading", 9, "Economy"),
        ("heading", 10, "History"),
        ("sentence", 11, "Trade."),
        ("heading", 12, "See also"),
        ("list-item", 13, "Other: relations"),
        ("list-item", 13, "More"),
    ]


def test_an_infobox_line_has_its_key_and_value_at_their_offsets() -> None:
    lines = read_document(SAMPLE).infobox
    assert [(line.key, line.value) for line in lines] == [
        ("Mission1", "Office, Washington, D.C."),
        ("", "Map"),
        ("Site", "https://example.org"),
    ]
    for line in lines:
        assert SAMPLE[line.value_start : line.value_end] == line.value
        assert SAMPLE[line.start : line.end].startswith(line.key)
        assert SAMPLE[line.start - 2 : line.start] == "- "


def test_the_word_infobox_without_lines_is_prose() -> None:
    document = read_document("= T =\nInfobox\n\n- item")
    assert [item.type for item in document.passages] == ["heading", "sentence", "list-item"]


def test_see_also_lists_the_items_of_its_section_only() -> None:
    assert read_document(SAMPLE).see_also == ("Other: relations", "More")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the document is empty; it needs a first line '= Title ='"),
        (" \n\n", 1, "the document is empty"),
        ("\nHello.\n= T =", 2, "'Hello.' stands where '= Title =' should"),
        ("== History ==", 1, "'== History ==' stands where '= Title =' should"),
        ("= T =\n\n== x =\n", 3, "malformed heading '== x ='; write a title between equally many"),
        ("= T =\n= x ==", 2, "malformed heading '= x =='"),
        ("= T =\n== x", 2, "malformed heading '== x'"),
        ("= T =\n====", 2, "malformed heading '===='"),
        ("= T =\n=", 2, "malformed heading '='"),
        ("= T =\n== ==", 2, "malformed heading '== =='"),
        ("= T =\n\n= U =", 3, "a second title 'U'; a document has one: write '=='"),
    ],
)
def test_a_document_that_cannot_be_read_names_line_and_cure(
    text: str, line: int, message: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(text)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"line {line}: {message}")


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"= T =\n\ncaf\xe9", 3, "byte 10 is 0xe9, which is not UTF-8 here"),
        (b"\xff\xfe=\x00", 1, "a NUL at byte 3"),
        (b"\xed\xa0\x80", 1, "byte 0 is 0xed, which is not UTF-8 here"),
        (b"\xef\xbb\xbf= T =", 1, "a byte order mark at byte 0; save it as UTF-8 without BOM"),
        (b"= T =\na\x00b", 2, "a NUL at byte 7"),
        (b"= T =\r\nText", 1, "a carriage return at byte 5; save it with LF line ends"),
    ],
)
def test_bytes_that_would_shift_offsets_or_are_no_text_are_refused(
    raw: bytes, line: int, message: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(raw)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"line {line}: {message}")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff")))
def test_decoding_gives_the_stored_text(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize("offset", [-1, len(SAMPLE)])
def test_an_offset_outside_of_the_text_has_no_section(offset: int) -> None:
    with pytest.raises(IndexError, match=f"offset {offset} is outside of the text"):
        read_document(SAMPLE).section_at(offset)


def test_an_unknown_section_has_no_subsections() -> None:
    with pytest.raises(KeyError, match="no section 'histori' in 'Sample–Land relations'"):
        read_document(SAMPLE).subsections("histori")


def assert_tiled(document: Document) -> None:
    """Passages are in order and do not overlap. Only white space and markup are between them."""
    between: list[str] = []
    position = 0
    for passage in document.passages:
        assert position <= passage.start < passage.end
        assert passage.text == document.text[passage.start : passage.end]
        assert passage.text == passage.text.strip()
        between.append(document.text[position : passage.start])
        position = passage.end
    between.append(document.text[position:])
    for line in "".join(between).split("\n"):
        assert re.fullmatch(r"\s*(?:Infobox|(?:-\s*)*|(=+)\s*\1)\s*", line)


@given(DOCUMENTS)
def test_passages_tile_any_document(document: Document) -> None:
    assert_tiled(document)


@given(DOCUMENTS)
def test_sections_are_nested_with_unique_ids(document: Document) -> None:
    by_id = {section.id: section for section in document.sections}
    assert len(by_id) == len(document.sections)
    for section in document.sections[1:]:
        parent = by_id[str(section.parent)]
        assert parent.start < section.start < section.end <= parent.end
        assert parent.level < section.level
        assert document.subsections(section.id) < document.subsections(parent.id)


@given(DOCUMENTS)
def test_lookups_agree_with_the_spans(document: Document) -> None:
    for offset in range(len(document.text)):
        around = [item for item in document.sections if item.start <= offset < item.end]
        innermost: Section = max(around, key=lambda section: section.start)
        assert document.section_at(offset) == innermost
        holding = [item for item in document.passages if item.start <= offset < item.end]
        assert document.passages_between(offset, offset + 1) == holding
        assert document.passage_at(offset) == (holding[0] if holding else None)
    for passage in document.passages:
        assert document.section_at(passage.start).id == passage.section
    assert document.passages_between(0, len(document.text)) == list(document.passages)


@given(DOCUMENTS)
def test_paragraphs_are_numbered_in_order_without_gaps(document: Document) -> None:
    numbers = [passage.paragraph for passage in document.passages]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, len(set(numbers)) + 1))


def test_the_article_is_read_as_a_person_reads_it() -> None:
    document = read_document(ARTICLE)
    whole = "hong-kong-united-states-relations"
    assert document.title == "Hong Kong–United States relations"
    assert outline(document) == [
        (whole, 1, None),
        ("history", 2, whole),
        ("before-1997", 3, "history"),
        ("after-1997", 3, "history"),
        ("edward-snowden", 3, "history"),
        ("2019-20-hong-kong-protests", 3, "history"),
        ("revocation-of-special-exemptions", 3, "history"),
        ("second-trump-administration", 3, "history"),
        ("consulates-and-offices", 2, whole),
        ("economic-relations", 2, whole),
        ("see-also", 2, whole),
    ]
    assert [(line.key, line.value) for line in document.infobox] == [
        ("Filetype", "svg"),
        ("Mission1", "Hong Kong Economic and Trade Office, Washington, D.C."),
        ("Mission2", "United States Consulate General, Hong Kong"),
    ]
    assert document.see_also == (
        "Hong Kong Americans",
        "Foreign relations of Hong Kong",
        "Foreign relations of the United States",
        "United States–Hong Kong Agreement for the Surrender of Fugitive Offenders",
    )
    assert_tiled(document)


def test_the_lead_belongs_to_the_section_of_the_title() -> None:
    document = read_document(ARTICLE)
    lead = document.passage_at(ARTICLE.index("are bilateral relations"))
    assert lead is not None
    assert lead.section == document.sections[0].id

"""Sentences: difficult cases, the shipped article split by hand, and differences to nupunkt."""

from itertools import pairwise

import nupunkt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.prose.document import read_document
from seeds.prose.sentences import split_sentences
from tests.unit.prose import ARTICLE

PIECES = st.lists(
    st.sampled_from(
        [
            *["The bill", "He", "Hong Kong", "said", "U.S.", "D.C.", "Mr.", "No."],
            *["5", "15", "$17.8", "J.", "a.m.", "e.g.", "Inc.", "Jan.", "Pub. L."],
            *["'s", "’s", "Under Secretary"],
            *[".", "...", "…", ". . .", "?", "!", ",", ":", ";", "-", "–", "=", "[12]"],
            *['"', "“", "”", "‘", "’", "'", "(", ")", "[", "]"],
            *[" ", " ", " ", "\n", "\n\n", "\t", "\xa0"],
        ]
    ),
    max_size=30,
).map("".join)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def paragraph_starting(words: str) -> str:
    start = ARTICLE.index(words)
    return ARTICLE[start:].split("\n\n", 1)[0]


@pytest.mark.parametrize(
    "text",
    [
        "U.S. Government statistics count the U.S. Trade Representative's agencies.",
        "On June 24, U.S. State Department spokesman Patrick Ventrell spoke.",
        "According to the 2012 U.S. Global Leadership Report, 44% approve.",
        "The U.S. Under Secretary of State left.",
        "It has offices in Washington, D.C., New York City, and San Francisco.",
        "Mr. So met Dr. To and Sen. Merkley at St. Petersburg.",
        "J. Edgar Hoover met Donald J. Trump and V. K. Wellington Koo.",
        "Pub. L. 102-383, 106 Stat. 1448, became law on Jan. 5 (see No. 5, Art. 23, Vol. II).",
        "It rose from $17.8 billion to 38.1 percent at 5 p.m. Hong Kong time.",
        "A valid warrant ... though the rules... over the origin ... Hong Kong apply.",
        "Some, e.g. Apple Inc. and i.e. The Economist vs. Time, left.",
        'He said "It is so. It was so. It will be so." to them.',
        'He called it "a fig leaf. He meant it”, as reported.',
        "It said “‘One country.’ Two systems. ‘One.’ The end” again.",
        "The bill (It was signed. The President left.) and the act [See above. The end] stand.",
        "“How could it be made elsewhere?” and so on.",
        '"Why now?" Joseph Cheng asked them.',
        "1. The bill was signed.",
    ],
)
def test_these_are_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["These were condemned by the U.S.", "He asked, “Why?”"],
        ["It treats Hong Kong and the U.S.", "The act stands."],
        ["It happened in the U.S.", "Under Trump's order it ended."],
        ["They arrived at 5 p.m.", "On Monday they left."],
        ["They waited...", "Then they left."],
        ["They waited....", "Hong Kong left."],
        ["It was withdrawn in protest.", "15 legislators resigned."],
        ["It cost little.", "$5 million was paid."],
        ["The answer was no.", "Hong Kong left."],
        ["On June 22.", "U.S. officials revoked it."],
        ["Is it so?", "Hong Kong asks!", "“Yes.”", "“No.”"],
        ["It is “gasping for air”.", "In a statement they agreed."],
        ["It is “gasping for air.”", "Joseph Cheng agreed."],
        ["He asked, “Why?”", "Joseph Cheng said nothing."],
        ["(It was signed.)", "It stands."],
        ['An unbalanced " mark stands here.', "The next sentence is another one."],
        ["An unbalanced “ mark. stands here.", 'The "next" one is another one.'],
        ["Prices rose.[12][13]", "The rest fell."],
    ],
)
def test_these_are_several_sentences(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["It named “the chief executive.”", "The bill was withdrawn."],
        ['It named "the region".', "Immediately they left."],
        ["It was withdrawn.", "The protest went on."],
        ["They left.", "“Hong Kong stays,” he said."],
        ["It ended (in 2020.)", "Hong Kong stays."],
        ["He left.", "“She stayed."],
        ["He left.", "“She stayed.”", "They met."],
    ],
)
def test_a_forgotten_blank_does_not_join_sentences(parts: list[str]) -> None:
    assert sentences("".join(parts)) == parts


@pytest.mark.parametrize("text", ["It uses Node.js and U.S.A.F. data.", "See rule 4.The or 5."])
def test_a_stop_inside_a_word_ends_nothing(text: str) -> None:
    assert sentences(text) == [text]


def test_a_sentence_may_run_over_a_line_end_but_not_over_a_blank_line() -> None:
    assert sentences("One line\ngoes on “here\n\nThe next” one") == [
        "One line\ngoes on “here",
        "The next” one",
    ]


def test_offsets_refer_to_the_whole_text() -> None:
    text = "Not this. But this. And this! Not that."
    assert split_sentences(text, 9, 30) == [(10, 19), (20, 29)]


def test_blanks_hold_no_sentence() -> None:
    assert split_sentences(" \n\t ") == split_sentences("") == []


@given(PIECES)
def test_spans_are_ordered_disjoint_trimmed_and_cover_all_but_blanks(text: str) -> None:
    spans = split_sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        position = end
    assert text[position:].strip() == ""


@given(PIECES)
def test_a_sentence_splits_into_itself(text: str) -> None:
    for sentence in sentences(text):
        assert sentences(sentence) == [sentence]


@given(PIECES, PIECES, PIECES)
def test_what_stands_outside_of_the_range_changes_nothing(
    before: str, text: str, after: str
) -> None:
    spans = split_sentences(before + text + after, len(before), len(before) + len(text))
    assert spans == [
        (start + len(before), end + len(before)) for start, end in split_sentences(text)
    ]


# The difficult paragraphs of the article, split by hand before the code existed. A line of dashes
# separates paragraphs; a blank line separates sentences. Single line breaks have no meaning.
READ_BY_HAND = """\
U.S. foreign policy toward Hong Kong was stated in the U.S.–Hong Kong Policy Act of 1992.

It ruled that the U.S. would continue to treat Hong Kong apart from the People's Republic of China
even after the 1997 transfer of sovereignty marking the end of British rule.

The United States maintains substantial economic and political interests in Hong Kong.

The United States supports Hong Kong's autonomy by concluding and implementing bilateral
agreements; promoting trade and investment; arranging high-level visits; broadening law
enforcement cooperation; bolstering educational, academic, and cultural links; and supporting the
large community of U.S. citizens and visitors.

----

The Edward Snowden incident in 2013 had been a diplomatic crisis between Hong Kong and United
States.

On May 20, 2013, Edward Snowden, a former Central Intelligence Agency (CIA) employee, arrived in
Hong Kong.

He leaked classified information from the National Security Agency (NSA) in Hong Kong in early
June.

Snowden disclosed that "the United States government has committed a tremendous number of crimes
against Hong Kong. The PRC as well," going on to identify Chinese Internet Protocol addresses that
the NSA monitored and stating that the NSA collected text-message data for Hong Kong residents.

On June 22, U.S. officials revoked his passport.

On June 23, Snowden boarded a commercial flight to Moscow.

----

The incidence had proven to be a rare diplomatic conflict between Hong Kong and the United States.

At the time, the United States had an active extradition treaty with Hong Kong, Snowden, however,
had not been detained by Hong Kong as requested by the United States.

Hong Kong authorities said that it was because the United States' extradition request had not
fully complied with Hong Kong law, and there was no legal basis to prevent Snowden from leaving.

On June 24, U.S. State Department spokesman Patrick Ventrell said "we're just not buying that this
was a technical decision by a Hong Kong immigration official. This was a deliberate choice by the
government to release a fugitive despite a valid arrest warrant ... though the Privacy Act
prohibits me from talking about Mr. Snowden's passport specifically, I can say that the Hong Kong
authorities were well aware of our interest in Mr. Snowden and had plenty of time to prohibit his
travel."

----

A series of protests against the Hong Kong government broke out on 15 March 2019, in response to
the 2019 Hong Kong extradition bill.

By 9 June, the protests became the subject of global attention as demonstrations grew more
violent.

The New York Times writes, “Fueled by anger toward the police, as well as the slow erosion of
civil liberties, the largely leaderless protests morphed into a broader, more complicated movement
about protecting freedoms, democracy and Hong Kong's autonomy. The list of protesters’ demands has
grown to include amnesty for arrested participants and direct elections for all lawmakers and the
chief executive.”

The bill was withdrawn and axed, but the protest continued until 2020.

----

In August 2019, foreign ministry spokeswoman of China Hua Chunying said: "As you all know, they
are somehow the work of the US" and that China would "never allow any foreign forces" to interfere
in Hong-Kong, and warned that "those who play (with) fire will only get themselves burned."

----

However, when president Trump commented on the ongoing protests he said: "At some point they are
going to want to stop that. But that's between Hong Kong and that's between China, because Hong
Kong is a part of China."

Joseph Cheng, a retired political science professor who is involved in Hong Kong's pro-democracy
movement commented on president Trump's comment, he said: "It appears to the Hong Kong people that
the Hong Kong issue is not an important issue in the agenda of the president.”, as reported by
Bloomberg.

----

The South China Morning Post writes, "The Human Rights and Democracy Act is an extension of the
Hong Kong Policy Act, the basis of the US approach since 1992. The US believes human rights are
universal, and has a long-standing policy that China should honor its agreements on Hong Kong" and
that "It is the United States’ long-standing policy that China honor its commitments to protect
those rights, as outlined in the Sino-British Joint Declaration of 1984, an international treaty
filed with the United Nations."

----

China's foreign ministry retaliated with counter-sanctions against United States officials for
"gross interference in China's affairs", and stated the Act as a "mistake".

Hong Kong has expressed severe disappointment and denounced the U.S. for having "politicized
juridicial co-operation"

----

On 11 November 2020, China passed new measures to Hong Kong national security law that bars any
Hong Kong legislator who opposes Chinese national security laws, refuses to recognize Beijing's
sovereignty over Hong Kong, and seeks "foreign countries or foreign forces to interfere in the
affairs of the region".

Immediately, four Hong Kong legislators, who were pro-democracy and were running for election in
the council, were disqualified from Hong Kong's upcoming election.

15 pro-democracy legislators resigned in protest.

The Chinese central government stated they wanted Hong Kong to be "governed by patriots".

----

U.S. national security advisor Robert O'Brien accused China of violating its international
commitments and threatened additional sanctions against Chinese officials who were "responsible
for extinguishing Hong Kong's freedom”.

In response to the recent barring of pro-democracy legislators, O'Brien said that the “‘One
country, two systems’ is now merely a fig leaf covering for the CCP's [Chinese Communist Party]
expanding one-party dictatorship in Hong Kong".

U.S. senators on the committee on foreign relations such as Republican senator, Marco Rubio, and
Democratic senator, Jeff Merkley, said democracy in Hong Kong was “gasping for air”.

In a statement, the senators said:“China's unelected and unaccountable national people's congress
standing committee took another grave step toward stripping the people of Hong Kong of their
sacred rights and freedoms. It is critical that the United States and all allies of freedom come
together to recognise and condemn the undeniable and far reaching ramifications of this
authoritarian power grab, which has wiped out what little remained of Hong Kong's democratic
political system and violates China's treaty obligations.”

----

The Hong Kong government maintains Economic and Trade Offices in Washington, D.C., New York City,
and San Francisco.

----

The United States and Hong Kong have strong economic and social ties together.

There are some 1,300 U.S. firms, including 726 regional operations, and about 85,000 American
citizens living in Hong Kong.

According to U.S. Government statistics, U.S. exports to Hong Kong totaled $17.8 billion in 2006.

U.S. direct investment in Hong Kong at the end of 2006 totaled about $38.1 billion, making the
United States one of Hong Kong's largest investors, along with China and Japan.

According to US merchandise statistics in 2018, Hong Kong's total trade value of $43.8 billion
made it the 21st largest trading partner with the US.

----

Hong Kong is also a full member of the World Trade Organization and maintains a separate customs
territory from mainland China.

Together with the U.S., Hong Kong is also an independent member of the Asia-Pacific Economic
Cooperation forum and Financial Action task Force.

Hong Kong enjoyed a high degree of autonomy as a separate customs territory, with no changes to
borders, staffing, or technology export controls since the 1997 handover.

In October 2002, The United States and Hong Kong signed a civil aviation agreement, which
significantly liberalised the aviation market.

As one of the largest trading surplus partners with the United States, valued at $31 billion, Hong
Kong maintains large imports of American aircraft and spacecraft.

Electric machinery, pearls, gold, diamonds, works of art, meat, and fruit and nuts are also
significant imports from Hong Kong.

American exports to Hong Kong valued at $12.8 billion in 2018.

The United States is one of Hong Kong's largest sources of foreign direct investment.

The Office of the U.S. Trade Representative and other U.S. agencies regularly cite Hong Kong as a
leading example of complex trading systems.

----

With the signing of the Hong Kong Autonomy Act in 2020, United States customs requires goods
imported from Hong Kong to use the "Made in China" label instead of "Made in Hong Kong".

Hong Kong's commerce secretary Edward Yau condemned these measures by the U.S.

He asked, “How could a Hong Kong-made product be labelled as a product as made in some other
place?” and stated that the rules "doesn't comply with WTO rules... over the origin of products".

Yau expressed concerns of Hong Kong's future as a separate customs territory and international
trading centre and denounced the U.S. for undermining the integrity of Hong Kong.
"""
PARAGRAPHS = [
    [" ".join(sentence.split()) for sentence in paragraph.split("\n\n")]
    for paragraph in READ_BY_HAND.split("\n\n----\n\n")
]


@pytest.mark.parametrize("expected", PARAGRAPHS, ids=lambda expected: expected[0][:30])
def test_the_article_splits_as_a_person_reads_it(expected: list[str]) -> None:
    assert sentences(paragraph_starting(expected[0])) == expected


def test_the_article_has_as_many_sentences_as_a_person_counts() -> None:
    kinds = [passage.type for passage in read_document(ARTICLE).passages]
    assert kinds.count("sentence") == 83


# The places where only one of the two splits, and why. nupunkt does not know quotations: it splits
# inside them. If no space follows a closing mark after a full stop, it moves the mark to the next
# sentence.
NUPUNKT_DIFFERS = {
    "nupunkt: against Hong Kong. | The PRC as": "inside Snowden's quotation",
    "nupunkt: Kong immigration official. | This was a": "inside Ventrell's quotation",
    "nupunkt: Hong Kong's autonomy. | The list of": "inside the Times' quotation",
    "nupunkt: the chief executive. | ”The bill was": "closing mark without a blank",
    "ours: the chief executive.” | The bill was": "the same place, cut behind the mark",
    "nupunkt: to stop that. | But that's between": "inside Trump's quotation",
    "nupunkt: of the president. | ”, as reported": "closing mark; and the sentence goes on",
    "nupunkt: approach since 1992. | The US believes": "inside the Post's quotation",
    "nupunkt: rights and freedoms. | It is critical": "inside the senators' quotation",
}


def cuts(spans: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """For each sentence except the last: its end and the start of the next one."""
    return {(first[1], second[0]) for first, second in pairwise(spans)}


def nupunkt_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for first, last in nupunkt.sent_spans(text[start:end]):
        sentence = text[start + first : start + last]
        begin = start + first + len(sentence) - len(sentence.lstrip())
        spans.append((begin, begin + len(sentence.strip())))
    return spans


def test_each_difference_from_nupunkt_is_known_and_explained() -> None:
    differences: set[str] = set()
    sentences_of: dict[int, list[tuple[int, int]]] = {}
    for passage in read_document(ARTICLE).passages:
        if passage.type == "sentence":
            sentences_of.setdefault(passage.paragraph, []).append((passage.start, passage.end))
    for spans in sentences_of.values():
        ours = cuts(spans)
        theirs = cuts(nupunkt_sentences(ARTICLE, spans[0][0], spans[-1][1]))
        for end, start in ours ^ theirs:
            splitter = "ours" if (end, start) in ours else "nupunkt"
            before, after = ARTICLE[:end].split()[-3:], ARTICLE[start:].split()[:3]
            differences.add(f"{splitter}: {' '.join(before)} | {' '.join(after)}")
    assert differences == NUPUNKT_DIFFERS.keys()

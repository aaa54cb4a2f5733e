"""A made-up article with its reading, and helpers that load changed copies of it."""

from collections.abc import Callable
from pathlib import Path

from app.resources.rows import Row
from seeds.build import read_content
from seeds.dataset_content import Content, LoadedRow
from seeds.faults import LoadError, LoadFault

ARTICLE = """\
= Norland–Sudria relations =

Infobox
- Mission1: Embassy of Norland, Port Sud

Norland–Sudria relations are relations between Norland and the Republic of Sudria.

== History ==
=== Fish war ===
The fish war began on 3 March 1971. In early May, Sudrian boats cut "about 40 nets" of Norland. On \
12 May, Norland's minister Ada Berg said: “We shall not be fished out. We stay.” The Sea Gazette \
reported that Sudria would pay 2 million euros by 9 June. As of 1 July 1971, the strait is closed \
to Sudria under the Strait Act. The act was signed the same day by President Ole Dahl. Sudria did \
not protest. Since 1980, the strait has been open.

=== Peace ===
The Treaty of Sund was signed in 1984. In 1990, Sudria suspended parts of the treaty. Three \
senators resigned.

== Trade ==
Exports of Norland to Sudria totaled about $1.5 billion in 2006, including cod and timber. Sudria \
is the 3rd largest trading partner of Norland. In a poll of 2010, 62% of Norlanders liked Sudria \
and 38% did not. Sudria is a full member of the Sund Council since 1984.

== See also ==
- Sund Council
"""

DOCUMENT_PART = """\
document:
  id: norland-sudria-relations
  name: Norland–Sudria relations
  url: https://example.org/norland-sudria
  licence: CC BY-SA 4.0
  attribution: Made up for tests
  passages: nosu
"""
"""The document part of every reading of the made-up article."""

READING = (
    "# yaml-language-server: $schema=../../reading.schema.json\n"
    + DOCUMENT_PART
    + """
actors:
  - id: norland
    name: Norland
    type: country
    cite: [relations between Norland and the Republic of Sudria]
  - id: sudria
    name: Sudria
    type: country
    aliases: [Republic of Sudria]
    called: Sudrian
    cite: [relations between Norland and the Republic of Sudria]
  - id: ada-berg
    name: Ada Berg
    type: person
    description: Norland's minister
    affiliations: {official: norland}
    cite: ["On 12 May, Norland's minister Ada Berg said"]
  - id: sea-gazette
    name: The Sea Gazette
    type: medium
    cite: [The Sea Gazette reported]
  - id: ole-dahl
    name: Ole Dahl
    type: person
    cite: [signed the same day by President Ole Dahl]
  - id: port-sud
    name: Port Sud
    type: city
    cite: ["Mission1: Embassy of Norland, Port Sud"]
  - id: sund-council
    name: Sund Council
    type: organisation
    cite:
      - {quote: Sund Council, section: see-also}

laws:
  - id: strait-act
    name: Strait Act
    type: statute
    summary: Closes the strait to Sudria.
    jurisdiction: norland
    date: {words: the same day, context: "As of 1 July 1971, the strait is closed"}
    date_of: signed
    signed_by: [ole-dahl]
    provisions: {ban: the strait is closed to Sudria}
    proof: {jurisdiction: relations between Norland and}
    cite:
      - The act was signed the same day by President Ole Dahl.
      - quote: the strait is closed to Sudria under the Strait Act
        fields: [name, provisions]

agreements:
  - id: treaty-of-sund
    name: Treaty of Sund
    type: treaty
    parties: [norland, sudria]
    summary: A treaty between the two countries.
    date: "1984"
    date_of: signed
    proof: {parties: relations between Norland and the Republic of Sudria}
    cite:
      - The Treaty of Sund was signed in 1984.

events:
  - id: fish-war
    name: Fish war
    type: crisis
    summary: A conflict about fish.
    date: 3 March 1971
    actors: {party: [norland, sudria]}
    proof: {actors: relations between Norland and the Republic of Sudria}
    cite: [The fish war began on 3 March 1971.]
  - id: nets-cut
    name: Sudrian boats cut nets
    type: security
    summary: Sudrian boats cut nets of Norland.
    date: early May
    actors: {source: [sudria], target: [norland]}
    numbers:
      - {of: nets cut, words: about 40 nets, unit: things}
    related: {part-of: fish-war}
    plover: {COERCE/seize: Nets are destroyed.}
    proof: {related: {quote: Fish war, nth: 1}}
    cite: ['In early May, Sudrian boats cut "about 40 nets" of Norland.']
  - id: sudria-to-pay
    name: Sudria is to pay
    type: announcement
    summary: Sudria would pay 2 million euros.
    modality: announced
    date: by 9 June
    actors: {source: [sudria]}
    according_to: [sea-gazette]
    numbers:
      - {of: payment, words: 2 million euros, unit: currency}
    cite: [The Sea Gazette reported that Sudria would pay 2 million euros by 9 June.]
  - id: strait-closed
    name: The strait is closed
    type: policy
    summary: The strait is closed to Sudria.
    date: As of 1 July 1971
    aspect: state
    actors: {source: [norland], target: [sudria]}
    laws: {in-force: strait-act}
    proof: {actors: relations between Norland and}
    cite: ["As of 1 July 1971, the strait is closed to Sudria under the Strait Act."]
  - id: strait-act-signed
    name: Ole Dahl signs the Strait Act
    type: legislation
    summary: President Ole Dahl signed the act.
    date: {words: the same day, context: "As of 1 July 1971, the strait is closed"}
    actors: {source: [ole-dahl]}
    laws: {signed: [strait-act]}
    proof: {laws: under the Strait Act}
    cite: [The act was signed the same day by President Ole Dahl.]
  - id: sudrian-protest
    name: Sudria protests
    type: criticism
    summary: Sudria kept quiet.
    negated: true
    actors: {source: [sudria]}
    laws: {withdrawn: strait-act}
    proof: {laws: under the Strait Act}
    cite: [Sudria did not protest.]
  - id: strait-open
    name: The strait is open
    type: status
    aspect: state
    date: Since 1980
    cite: ["Since 1980, the strait has been open."]
  - id: treaty-signed
    name: The Treaty of Sund is signed
    type: agreement
    summary: The treaty was signed.
    date: "1984"
    agreements: {signed: treaty-of-sund}
    cite: [The Treaty of Sund was signed in 1984.]
  - id: treaty-suspended
    name: Sudria suspends parts of the treaty
    type: agreement
    summary: Sudria suspended parts of the treaty.
    date: In 1990
    actors: {source: [sudria]}
    agreements: {invoked: treaty-of-sund}
    proof: {agreements: The Treaty of Sund}
    cite: ["In 1990, Sudria suspended parts of the treaty."]
  - id: senators-resign
    name: Three senators resign
    type: office
    summary: Three senators gave up their seats.
    numbers: [{of: senators, words: Three senators, unit: people}]
    cite: [Three senators resigned.]

statements:
  - id: berg-we-stay
    name: Ada Berg on staying
    mode: direct
    text: We shall not be fished out. We stay.
    speakers: [ada-berg]
    date: 12 May
    about: [fish-war]
    proof: {about: The fish war began}
    cite: ["On 12 May, Norland's minister Ada Berg said: “We shall not be fished out. We stay.”"]

trade_figures:
  - id: norland-exports-2006
    name: Exports of Norland to Sudria, 2006
    indicator: exports
    measure: flow
    flow: export
    words: about $1.5 billion
    date: "2006"
    reporter: norland
    partner: sudria
    product: cod and timber
    cite:
      - >-
        Exports of Norland to Sudria totaled about $1.5 billion in 2006, including cod and timber.
  - id: sudria-rank
    name: Sudria's rank
    indicator: trade-rank
    measure: rank
    words: 3rd largest trading partner
    reporter: norland
    partner: sudria
    cite: [Sudria is the 3rd largest trading partner of Norland.]

polls:
  - id: liking-2010
    name: Norlanders on Sudria, 2010
    question: Do you like Sudria?
    population: Norlanders
    about: sudria
    date: "2010"
    answers:
      - {answer: likes, words: 62%}
      - {answer: does not, words: 38%}
    cite: ["In a poll of 2010, 62% of Norlanders liked Sudria and 38% did not."]

offices:
  - id: norland-embassy
    name: Embassy of Norland
    type: embassy
    operator: norland
    host: sudria
    city: Port Sud
    proof: {host: relations between Norland and the Republic of Sudria}
    cite: ["Mission1: Embassy of Norland, Port Sud"]

memberships:
  - id: sudria-in-sund-council
    name: Sudria in the Sund Council
    member: sudria
    organisation: sund-council
    standing: full-member
    date: since 1984
    cite: [Sudria is a full member of the Sund Council since 1984.]

background:
  - {quote: Norland–Sudria relations, nth: 1, reason: The title.}
  - {quote: History, reason: A heading.}
  - {quote: Peace, reason: A heading.}
  - {quote: Trade, reason: A heading.}
  - {quote: See also, reason: A heading.}
"""
)


def write(folder: Path, article: str = ARTICLE, reading: str = READING, name: str = "one") -> Path:
    """Write an article into a folder of articles; return this folder."""
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / "article.txt").write_bytes(article.encode())
    (folder / name / "reading.yaml").write_bytes(reading.encode())
    return folder


def load(folder: Path, *changes: tuple[str, str], article: str = ARTICLE) -> Content:
    """Load the sample after changes to its reading."""
    return read_content(write(folder, article, changed(*changes)))


def faults(folder: Path, *changes: tuple[str, str], article: str = ARTICLE) -> list[LoadFault]:
    """The faults of the sample after changes to its reading."""
    return refused(lambda: load(folder, *changes, article=article))


def refused(action: Callable[[], object]) -> list[LoadFault]:
    """Run the action; return the faults of its LoadError."""
    try:
        action()
    except LoadError as error:
        return list(error.faults)
    raise AssertionError("nothing was refused")


def changed(*changes: tuple[str, str]) -> str:
    """The reading with texts replaced. Each old text must occur exactly once."""
    reading = READING
    for old, new in changes:
        assert reading.count(old) == 1, f"{old!r} stands {reading.count(old)} times"
        reading = reading.replace(old, new)
    return reading


def line_of(text: str, reading: str = READING) -> int:
    """The number of the line in which the text first occurs in a reading."""
    return reading[: reading.index(text)].count("\n") + 1


def rows(content: Content) -> dict[str, LoadedRow]:
    """The loaded rows by their ids."""
    return {item.row.id: item for item in content.rows}


def row(content: Content, id: str) -> Row:
    """One row."""
    return rows(content)[id].row

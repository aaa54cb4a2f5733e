"""A reading of the made-up article in short forms: sentences, groups, titles, derived values."""

from tests.unit.builders.sample import DOCUMENT_PART

FORMS = (
    DOCUMENT_PART
    + """
actors:
- type: country
  cite: relations between … Republic of Sudria
  each:
  - {id: norland, country: NOR}
  - id: sudria
    aliases: Republic of Sudria
    called: Sudrian
- id: ada-berg
  type: person
  description: Norland's minister
  affiliations: {official: {id: norland, post: {minister-of-norland: Minister of Norland}}}
  cite: On 12 May, Norland's minister Ada Berg said
- id: ole-dahl
  type: person
  affiliations: {leader: norland}
  proof: {affiliations: "On 12 May, Norland"}
  cite: signed the same day by President Ole Dahl
- id: the-sea-gazette
  type: medium
  affiliations:
    supporter:
    - id: norland
      membership:
        gazette-in-norland: The Gazette in Norland
        cite: ["On 12 May, … Gazette reported"]
        note: Made up.
  proof: {affiliations: "On 12 May, Norland"}
  cite: The Sea Gazette
- id: sund-council
  type: organisation
  cite: {quote: Sund Council, section: see-also}

sentences:

- quote: The fish war began on 3 March 1971.
  events:
  - fish-war: Fish war
    type: crisis
    date: 3 March 1971
    actors: {party: [norland, sudria]}
    proof: {actors: relations between … Republic of Sudria}

- quote: >-
    In early May, Sudrian boats cut "about 40 nets" of Norland. On 12 May, Norland's minister Ada
    Berg said: “We shall not be fished out. We stay.”
  events:
  - nets-cut: Sudrian boats cut nets
    type: security
    date: early May
    actors: {source: sudria, target: norland}
    numbers: [{of: nets cut, words: about 40 nets, unit: things}]
    related: {part-of: {id: fish-war, according_to: the-sea-gazette}}
    plover: {COERCE/seize: Nets are destroyed.}
    cite: … nets" of Norland.
    proof:
      actors: relations between Norland and the Republic of Sudria
      related: [The fish war began, The Sea Gazette]
  - berg-refuses: Ada Berg refuses to leave
    type: comment
    summary: Norland will stay, its minister said.
    date: 12 May
    actors: {source: ada-berg}
    cite: On 12 May, …
    statements:
    - berg-we-stay: Ada Berg on staying
      text: We shall not … We stay.
      about: fish-war
      proof: {about: The fish war began}

- quote: As of 1 July 1971, the strait is closed to Sudria under the Strait Act.
  laws:
  - id: strait-act
    type: statute
    date_of: signed
    provisions: {ban: the strait is closed to Sudria}
    cite: the strait is closed … Strait Act.
    also: The act was signed the same day by President Ole Dahl.
    proof: {jurisdiction: "On 12 May, Norland"}
  events:
  - strait-act-signed: Ole Dahl signs the Strait Act
    type: legislation
    date: {words: the same day, context: "As of 1 July 1971, the strait is closed"}
    actors: {source: ole-dahl}
    laws: {signed: strait-act}
    proof: {laws: under the Strait Act}
    cite: The act was signed the same day by President Ole Dahl.

- quote: Sudria did not protest.
  events:
  - sudrian-protest: Sudria protests
    type: criticism
    negated: true
    actors: {source: sudria}

- quote: Sudria is the 3rd largest trading partner of Norland.
  trade_figures:
  - reporter: norland
    partner: sudria
    each:
    - sudria-rank: Sudria's rank
      indicator: trade-rank
      words: 3rd largest trading partner
    - norland-exports-2006: Exports of Norland to Sudria, 2006
      indicator: exports
      words: about $1.5 billion
      cite: Exports of Norland … cod and timber.

offices:
- type: embassy
  cite: "Mission1: Embassy of Norland, Port Sud"
  city: Port Sud
  each: [embassy-of-norland]

background: [{quote: History, reason: A heading.}]
"""
)

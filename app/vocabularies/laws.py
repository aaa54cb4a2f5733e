"""Codes of laws and agreements: their types, stages and the kinds of their provisions."""

from app.vocabularies.vocabulary import vocabulary

LAW_TYPES = vocabulary(
    "law-types",
    "Types of laws",
    "What kind of law or measure it is.",
    ("statute", "Statute", "An act of a legislature."),
    ("bill", "Bill", "A proposed act that did not, or not yet, become law."),
    (
        "executive-order",
        "Executive order",
        "An order of a head of state or government that the document calls an executive order.",
    ),
    ("decision", "Decision", "A decision, order or resolution of a body or official."),
    ("regulation", "Regulation", "A rule of an agency, such as a customs rule or tariff."),
    ("legislation", "Legislation", "Laws that the document names only as a group."),
)

LAW_STEPS = vocabulary(
    "law-steps",
    "Stages of laws",
    "What happened to a law, in the order of the article; the last step is its status.",
    ("proposed", "Proposed", "Proposed to a legislature or body."),
    ("introduced", "Introduced", "Put before a legislature."),
    ("referred-to-committee", "Referred to a committee", "Given to a committee of a legislature."),
    (
        "reported-by-committee",
        "Reported by a committee",
        "Sent back to the chamber by a committee, with its advice.",
    ),
    (
        "passed-by-a-chamber",
        "Passed by a chamber",
        "Passed by one chamber of a legislature that has two.",
    ),
    ("approved", "Approved", "Approved by a legislature or body."),
    ("rejected", "Rejected", "Voted down by a legislature or body."),
    ("vetoed", "Vetoed", "Refused by a head of state or government."),
    ("enacted", "Enacted", "Made law."),
    ("signed", "Signed", "Signed into law."),
    ("issued", "Issued", "Issued by an authority."),
    ("entered-into-force", "Entered into force", "Began to apply."),
    ("in-force", "In force", "Said to apply."),
    ("amended", "Amended", "Changed by a later law or measure."),
    ("extended", "Extended", "Its time or scope was extended by a later law."),
    ("implemented", "Implemented", "Put into practice."),
    ("paused", "Paused", "Postponed for a time."),
    ("suspended-in-part", "Suspended in part", "Parts of it were suspended."),
    ("struck-down", "Struck down", "Declared void by a court."),
    ("withdrawn", "Withdrawn", "Withdrawn before it became law."),
    ("expired", "Expired", "Ended by its own terms."),
    ("repealed", "Repealed", "Ended by a later law or measure."),
)

LAW_DATES = vocabulary(
    "law-dates",
    "Meaning of a law's date",
    "The stage that `date` belongs to.",
    ("signed", "Signed", "The day, month or year of signature."),
    ("enacted", "Enacted", "When it became law."),
    ("approved", "Approved", "When a body approved it."),
    ("issued", "Issued", "When an authority issued or ordered it."),
    ("named", "Named", "Only the year in its name."),
    ("introduced", "Introduced", "When it was put before a legislature."),
    ("entered-into-force", "Entered into force", "When it began to apply."),
)

PROVISION_TYPES = vocabulary(
    "provision-types",
    "Types of provisions",
    "What a provision of a law does.",
    ("treatment", "Treatment", "How an actor or territory is to be treated."),
    ("sanctions", "Sanctions", "Penalties against persons or bodies."),
    ("ban", "Ban", "Something is forbidden."),
    ("permission", "Permission", "Something is allowed or empowered."),
    (
        "suspension",
        "Suspension",
        "Something that was granted before is suspended, removed or ended.",
    ),
    ("duty", "Duty", "Something is required."),
    ("disqualification", "Disqualification", "Who is not allowed to hold an office."),
    ("aim", "Aim", "What the law shall achieve."),
    ("protection", "Protection", "A right or a value is protected."),
    ("scope", "Scope", "What or whom the law covers."),
)

AGREEMENT_TYPES = vocabulary(
    "agreement-types",
    "Types of agreements",
    "What kind of agreement it is.",
    ("treaty", "Treaty", "A treaty, such as one of extradition."),
    ("agreement", "Agreement", "An agreement on a stated matter."),
    ("declaration", "Declaration", "A joint declaration."),
    ("initiative", "Initiative", "A scheme or coalition that actors join."),
    ("framework", "Framework", "Agreements or commitments that the document names as a group."),
    ("convention", "Convention", "A treaty that the document calls a convention."),
    ("communique", "Communiqué", "A joint communiqué."),
    ("memorandum", "Memorandum of understanding", "A memorandum of understanding."),
    (
        "extradition-treaty",
        "Extradition treaty",
        "On surrendering persons who are wanted or sentenced.",
    ),
    ("tax-treaty", "Tax treaty", "On taxes, such as the relief from being taxed twice."),
    ("investment-treaty", "Investment treaty", "On the protection of investments."),
    ("visa-agreement", "Visa agreement", "On visas, or on travel without them."),
)

AGREEMENT_STEPS = vocabulary(
    "agreement-steps",
    "Stages of agreements",
    "What happened to an agreement, in the order of the article; the last step is its status.",
    ("signed", "Signed", "Signed by its parties."),
    ("ratified", "Ratified", "Confirmed by a legislature or head of state."),
    ("joined", "Joined", "An actor joined it."),
    ("filed", "Filed", "Registered with an organisation."),
    ("entered-into-force", "Entered into force", "Began to apply."),
    ("in-force", "In force", "Said to apply."),
    ("implemented", "Implemented", "Put into practice."),
    ("invoked", "Invoked", "An actor relied on it."),
    (
        "to-be-affected",
        "To be affected",
        "According to an announcement, a decision will affect it.",
    ),
    (
        "ordered-suspended-or-terminated",
        "Ordered suspended or terminated",
        "Ordered to be suspended or terminated; the document does not say which of the "
        "two, or that it was done.",
    ),
    ("suspended", "Suspended", "Suspended for a time."),
    ("denounced", "Denounced", "Ended, or said to be ended, by one party."),
    ("expired", "Expired", "Ended by its own terms."),
)

AGREEMENT_DATES = vocabulary(
    "agreement-dates",
    "Meaning of an agreement's date",
    "The stage that `date` belongs to.",
    ("signed", "Signed", "When it was signed."),
    ("named", "Named", "Only the year in its name."),
    ("ratified", "Ratified", "When it was ratified."),
    ("entered-into-force", "Entered into force", "When it began to apply."),
    ("expired", "Expired", "When it ended by its own terms."),
    ("denounced", "Denounced", "When a party denounced it."),
)

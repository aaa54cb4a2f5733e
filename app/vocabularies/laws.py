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
    ("approved", "Approved", "Approved by a legislature or body."),
    ("enacted", "Enacted", "Made law."),
    ("signed", "Signed", "Signed into law."),
    ("issued", "Issued", "Issued by an authority."),
    ("in-force", "In force", "Said to apply."),
    ("amended", "Amended", "Changed by a later law or measure."),
    ("extended", "Extended", "Its time or scope was extended by a later law."),
    ("implemented", "Implemented", "Put into practice."),
    ("paused", "Paused", "Postponed for a time."),
    ("suspended-in-part", "Suspended in part", "Parts of it were suspended."),
    ("withdrawn", "Withdrawn", "Withdrawn before it became law."),
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
)

AGREEMENT_STEPS = vocabulary(
    "agreement-steps",
    "Stages of agreements",
    "What happened to an agreement, in the order of the article; the last step is its status.",
    ("signed", "Signed", "Signed by its parties."),
    ("joined", "Joined", "An actor joined it."),
    ("filed", "Filed", "Registered with an organisation."),
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
)

AGREEMENT_DATES = vocabulary(
    "agreement-dates",
    "Meaning of an agreement's date",
    "The stage that `date` belongs to.",
    ("signed", "Signed", "When it was signed."),
    ("named", "Named", "Only the year in its name."),
)

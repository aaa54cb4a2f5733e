"""Codes of laws and agreements: their types, stages and the kinds of their provisions."""

from app.vocabularies.vocabulary import vocabulary

LAW_TYPES = vocabulary(
    "law-types",
    "Types of laws",
    "What sort of law or measure it is.",
    ("statute", "Statute", "An act of a legislature."),
    ("bill", "Bill", "A proposed act that did not, or not yet, become law."),
    (
        "executive-order",
        "Executive order",
        "An order of a head of state or government that the document calls so.",
    ),
    ("decision", "Decision", "A decision, order or resolution of a body or official."),
    ("regulation", "Regulation", "A rule of an agency, such as a customs rule or tariff."),
    ("legislation", "Legislation", "Laws that the document names only as a group."),
)

LAW_STEPS = vocabulary(
    "law-steps",
    "Stages of laws",
    "What happened to a law, in the order of the article; the last step is its status.",
    ("proposed", "Proposed", "Put forward."),
    ("approved", "Approved", "Approved by a legislature or body."),
    ("enacted", "Enacted", "Made law."),
    ("signed", "Signed", "Signed into law."),
    ("issued", "Issued", "Issued by an authority."),
    ("in-force", "In force", "Said to apply."),
    ("amended", "Amended", "Changed by a later law or measure."),
    ("extended", "Extended", "Carried further by a later law."),
    ("implemented", "Implemented", "Put into practice."),
    ("paused", "Paused", "Put off for a time."),
    ("suspended-in-part", "Suspended in part", "Parts of it were suspended."),
    ("withdrawn", "Withdrawn", "Taken back before it became law."),
)

LAW_DATES = vocabulary(
    "law-dates",
    "What a law's date is the date of",
    "Which stage `date` belongs to.",
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
    ("suspension", "Suspension", "Something granted before is suspended, removed or ended."),
    ("duty", "Duty", "Something is required."),
    ("disqualification", "Disqualification", "Who may not hold an office."),
    ("aim", "Aim", "What it is meant to achieve."),
    ("protection", "Protection", "A right or good is protected."),
    ("scope", "Scope", "What or whom it covers."),
)

AGREEMENT_TYPES = vocabulary(
    "agreement-types",
    "Types of agreements",
    "What sort of agreement it is.",
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
    ("invoked", "Invoked", "Relied on by an actor."),
    ("to-be-affected", "To be affected", "Announced to be affected by a decision."),
    (
        "ordered-suspended-or-terminated",
        "Ordered suspended or terminated",
        "Ordered to be suspended or terminated; the document does not say which, nor that it was "
        "done.",
    ),
)

AGREEMENT_DATES = vocabulary(
    "agreement-dates",
    "What an agreement's date is the date of",
    "Which stage `date` belongs to.",
    ("signed", "Signed", "When it was signed."),
    ("named", "Named", "Only the year in its name."),
)

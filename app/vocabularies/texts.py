"""Codes of statements, dates and passages."""

from app.vocabularies.vocabulary import vocabulary

STATEMENT_MODES = vocabulary(
    "statement-modes",
    "Modes of statements",
    "Whose words a statement is given in.",
    ("direct", "Direct speech", "The speaker's own words, quoted."),
    ("reported", "Reported speech", "The document's words for what somebody said."),
)

PASSAGE_TYPES = vocabulary(
    "passage-types",
    "Types of passages",
    "What kind of part of the document a passage is.",
    ("heading", "Heading", "The title of the document or of a section."),
    ("infobox", "Infobox line", "A line of the infobox."),
    ("sentence", "Sentence", "A sentence of a paragraph."),
    ("list-item", "List item", "An item of a list."),
)

PRECISIONS = vocabulary(
    "date-precisions",
    "Precisions of dates",
    "How precise a date is in the document. An interval is as precise as its less precise end.",
    ("day", "Day", "To the day."),
    ("month", "Month", "To the month."),
    ("season", "Season", "To the season."),
    ("quarter", "Quarter", "To the quarter of a year."),
    ("half", "Half", "To the half of a year."),
    ("year", "Year", "To the year."),
    ("decade", "Decade", "To the decade."),
    ("century", "Century", "To the century."),
    source="after EDTF, ISO 8601-2",
)

QUALIFIERS = vocabulary(
    "date-qualifiers",
    "Qualifiers of dates",
    "How certain a date is.",
    ("uncertain", "Uncertain", "Possibly, EDTF `?`."),
    ("approximate", "Approximate", "About, EDTF `~`."),
    ("uncertain-approximate", "Uncertain and approximate", "Possibly and about, EDTF `%`."),
    source="EDTF, ISO 8601-2",
)

MODIFIERS = vocabulary(
    "date-modifiers",
    "Modifiers of dates",
    "Words that make a date narrower or open. EDTF cannot express them.",
    ("early", "Early", "In the early part of the period."),
    ("mid", "Mid", "In the middle of the period."),
    ("late", "Late", "In the late part of the period."),
    ("by", "By", "On or before."),
    ("as-of", "As of", "From that date, or as the situation was on that date."),
    ("end", "End", "At the end of the period."),
)

BASES = vocabulary(
    "date-bases",
    "Bases of dates",
    "Where a date comes from.",
    ("stated", "Stated", "It is in the cited words."),
    (
        "inherited",
        "Inherited",
        "The year or the day comes from an earlier sentence, which is cited too.",
    ),
    ("inferred", "Inferred", "It follows from the order of the text."),
)

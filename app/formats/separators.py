"""Characters besides CR and LF that Unicode, and so some clients, take for line ends."""

SEPARATORS = "\x85\u2028\u2029"
"""NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR. JSON, CSV, iCalendar and XML 1.0 give them no meaning,
but a client that splits text into lines may split at them (Unicode Standard, section 5.8)."""


def has_separator(text: str) -> bool:
    """Whether the text has one of them."""
    return not text.isascii() and any(each in text for each in SEPARATORS)

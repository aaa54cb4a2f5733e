"""Line separators of Unicode besides CR and LF. Some clients split lines at them."""

SEPARATORS = "\x85\u2028\u2029"
"""NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR. They have no meaning in JSON, CSV, iCalendar and
XML 1.0. But a client that splits text into lines may split at them (Unicode Standard, section
5.8)."""


def has_separator(text: str) -> bool:
    """Whether the text contains one of the separators."""
    return not text.isascii() and any(each in text for each in SEPARATORS)

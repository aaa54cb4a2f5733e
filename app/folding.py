"""Folding: texts without case, accents, and typographic dashes and quotes, for comparison."""

import unicodedata

_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    }
)


def fold(text: str) -> str:
    """`Hong Kong–United  States` becomes `hong kong-united states`."""
    if text.isascii():  # most texts; there is little to do
        return " ".join(text.replace("`", "'").lower().split())
    marked = unicodedata.normalize("NFKD", text.translate(_SAME)).casefold()
    plain = "".join(char for char in marked if not unicodedata.combining(char))
    return " ".join(plain.split())

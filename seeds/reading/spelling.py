"""Finds the words of a document that an id spells, to be the name of the row."""

import re


def spelt(id: str, text: str) -> str | None:
    """The first words of the text with the letters and digits of the id, or null.

    Case, blanks and punctuation do not count, and the name begins with a capital letter:
    `national-peoples-congress` spells "National People's Congress".
    """
    letters = [re.escape(letter) for letter in id if letter != "-"]
    if not letters:
        return None
    between = r"[\W_]*"
    found = re.search(rf"(?<!\w){between.join(letters)}(?!\w)", text, re.IGNORECASE)
    if found is None:
        return None
    words = " ".join(found[0].split())
    return words[:1].upper() + words[1:]

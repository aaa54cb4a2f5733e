"""Finds the words of a document that an id spells. They become the name of the row."""

import re


def words_spelled_by(id: str, text: str) -> str | None:
    """The first words of the text that have exactly the letters and digits of the id, or null.

    Case, blanks and punctuation do not matter. The first letter of the result is a capital.
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

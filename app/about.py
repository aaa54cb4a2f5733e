"""What the knowledge base is called, and under which licence it may be used."""

TITLE = "Hong Kong–United States relations: a knowledge base"
DESCRIPTION = (
    "Events, laws, actors, agreements, trade figures, polls, statements, offices and memberships "
    "between Hong Kong and the United States. Each row cites the exact words of its source."
)
KEYWORDS = ("Hong Kong", "United States", "foreign relations", "event data", "chronology")
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
LICENCE_NAME = "CC-BY-SA-4.0"
"""The SPDX identifier of the licence of the data."""


def cite_as(version: str) -> str:
    """How to cite the knowledge base, with the version of the dataset."""
    return f"{TITLE}, dataset {version}. Cite the passage of each row too."

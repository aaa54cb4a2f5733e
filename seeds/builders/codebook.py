"""The codebook of the readings: the rules of judgement and the codes, written from their sources.

`python -m seeds.builders.codebook` writes them between the marks of `docs/codebook.md`. Everything
outside of the marks is written by hand.
"""

import re
from pathlib import Path

from app.vocabularies import SHARED, Vocabulary
from app.vocabularies.events import ROLES_BY_TYPE, side_of
from seeds.articles import ARTICLES, READING_FILE

CODEBOOK = Path(__file__).parents[2] / "docs" / "codebook.md"
LEFT_OUT = ("countries",)
"""Vocabularies that are standards of others and too long to print."""
_RULES = re.compile(r"^# - (.+)$", re.MULTILINE)


def codebook(text: str) -> str:
    """The text of the codebook with its generated parts renewed."""
    for name, part in (("rules", rules()), ("roles", roles()), ("codes", codes())):
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        before, _, rest = text.partition(begin)
        _, _, behind = rest.partition(end)
        text = f"{before}{begin}{part}{end}{behind}"
    return text


def rules() -> str:
    """The rules of judgement, from the heads of the readings."""
    found = [
        rule
        for file in sorted(ARTICLES.glob(f"*/{READING_FILE}"))
        for rule in _RULES.findall(file.read_text(encoding="utf-8").partition("\ndocument:")[0])
    ]
    return "".join(f"{number}. {rule}\n" for number, rule in enumerate(dict.fromkeys(found), 1))


def roles() -> str:
    """The roles that have a side in each type of event."""
    lines = ["| Type of event | Acting | Affected | Both |\n|---|---|---|---|\n"]
    for type, allowed in ROLES_BY_TYPE.items():
        sides = {side: [] for side in ("acting", "affected", "both")} | dict[str, list[str]]()
        for role in allowed:
            sides[side_of(role, signs_agreement=type == "agreement")].append(role)
        lines.append(f"| `{type}` | {' | '.join(', '.join(each) for each in sides.values())} |\n")
    return "".join(lines)


def codes() -> str:
    """Every vocabulary with its codes and their definitions."""
    return "\n".join(_vocabulary(each) for each in SHARED if each.name not in LEFT_OUT)


def _vocabulary(vocabulary: Vocabulary) -> str:
    lines = [
        f"### {vocabulary.title} (`{vocabulary.name}`)\n\n{vocabulary.description}\n\n",
        "| Code | Meaning |\n|---|---|\n",
        *(f"| `{code.value}` | {code.definition} |\n" for code in vocabulary),
    ]
    return "".join(lines)


if __name__ == "__main__":
    CODEBOOK.write_text(codebook(CODEBOOK.read_text(encoding="utf-8")), encoding="utf-8")

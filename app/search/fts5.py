"""Search in SQLite: the content of the FTS5 table, and the MATCH expressions.

The table has one column for each part of a row. Its tokeniser is `ascii tokenchars '='`. It splits
at spaces, and does not change our words in any script.
"""

from collections.abc import Collection, Sequence

from app.search.layout import MARK, PARTS, Words, indexed_forms
from app.search.query import SearchQuery, Term
from app.search.tokens import Word

TOKENIZE = f"ascii tokenchars '{MARK}'"


def fts5_text(words: Words) -> str:
    """The content of the column for a part: stems, then folded words."""
    in_order = _in_both_forms(words.in_order) if words.in_order else ""
    if not words.beyond_limits:
        return in_order
    beyond_limits = [
        f"{MARK} {word.stem} {MARK} {MARK}{word.folded}" for word in sorted(words.beyond_limits)
    ]
    return " ".join([in_order, *beyond_limits] if in_order else beyond_limits)


def _in_both_forms(in_order: Sequence[Word]) -> str:
    folded, stems = zip(*in_order, strict=True)
    return f"{' '.join(stems)} {MARK}{f' {MARK}'.join(folded)}"


def fts5_match(query: SearchQuery, parts: Collection[str] = PARTS) -> str:
    """The operand of MATCH: each term must occur in one of the parts.

    All words are in quotes, because FTS5 has no operators inside quotes.
    """
    terms = " AND ".join(map(_phrase, query.terms))
    return terms if len(parts) == len(PARTS) else f"{{{' '.join(parts)}}} : ({terms})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(indexed_forms(term))}"' + "*" * term.prefix

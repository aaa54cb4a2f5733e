"""CSV by RFC 4180, in UTF-8 with a byte order mark, so that spreadsheets open it rightly.

- Columns come from the row type: `date_edtf` of objects, `place_id` and `place_name` of
  references, `actors_id`, `actors_name`, `actors_role` of lists, joined as `app.formats.cell_lists`
  tells; trees stand as JSON in one column. They do not depend on rows.
- Null and the empty list are empty; booleans are `true` and `false`.
- A spreadsheet would run a text that begins like a formula, so `'` stands before it (CWE-1236);
  never before numbers. NDJSON is the form without loss.

The module `csv` of the standard library takes longer to write a row than all the rest here takes
to read it; the tests hold both to write the same.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from pydantic_core import from_json

from app.formats.columns import Cells, beside, row_columns
from app.formats.format import Format, Selection, Writer
from app.formats.schemas import ALWAYS, Form
from app.formats.separators import SEPARATORS, has_separator
from app.schema import Schema

FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""With what a formula begins, also in full width, as some spreadsheets take it."""

_SPECIAL = re.compile(f'["\n\r\v\f\x1c-\x1e{SEPARATORS}]')
"""What makes a text need quotes, besides commas: quotes, and where some readers split lines."""

_FLAGS = {True: "true", False: "false", None: "", "": ""}


def column_names(row_type: type[Schema], with_additions: Collection[str]) -> tuple[str, ...]:
    """The columns of a row type, of the spliced keys last."""
    parts = row_columns(row_type, with_additions)
    return tuple(column.name for part in parts for column in part.columns)


class CsvWriter(Writer):
    """Writes a header and a line for each row."""

    __slots__ = ()

    def head(self) -> bytes:
        return b"\xef\xbb\xbf" + _lines([_table(self.selection)[0]])

    def part(self, rows: Sequence[str]) -> bytes:
        line = _table(self.selection)[1]
        return _lines(line(row) for row in rows)


CSV = Format("csv", "text/csv; charset=utf-8", CsvWriter, column_names)


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    return "\r\n".join((*map(",".join, rows), "")).encode()


@lru_cache(maxsize=256)
def _table(selection: Selection) -> tuple[list[str], Callable[[str], list[str]]]:
    """The header, and how a row becomes the cells of its line."""
    names = column_names(selection.row_type, selection.with_additions)
    wanted = {*ALWAYS, *selection.fields} if selection.fields else set(names)
    parts = row_columns(selection.row_type, selection.with_additions)
    table = beside([part for part in parts if any(c.name in wanted for c in part.columns)])
    places = [place for place, column in enumerate(table.columns) if column.name in wanted]
    header = [table.columns[place].name for place in places]
    chosen: Cells = itemgetter(*places) if len(places) < len(table.columns) else list
    finished = _finishing([table.columns[place].form for place in places])

    def line(row: str) -> list[str]:
        # JSON escapes quotes and control characters: without a backslash the row has none.
        special = "\\" in row or has_separator(row)
        return finished([*chosen(table.cells(from_json(row, cache_strings="keys")))], special)

    return header, line


def _finishing(forms: Sequence[Form]) -> Callable[[list[Any], bool], list[str]]:
    """How cells of these forms become those of a line, in place.

    The function takes, too, whether their texts may have quotes or line ends.
    """
    places = {form: [i for i, each in enumerate(forms) if each == form] for form in set(forms)}
    texts, codes, days, numbers, flags, trees = (
        places.get(form, []) for form in ("text", "code", "day", "number", "flag", "object")
    )

    def finished(cells: list[Any], escaped: bool) -> list[str]:
        for place in texts:
            text = cells[place]
            if not text:
                cells[place] = ""
                continue
            if text[0] in FORMULA:
                cells[place] = text = "'" + text
            if "," in text or (escaped and _SPECIAL.search(text)):
                cells[place] = _quoted(text)
        for place in codes:
            cells[place] = cells[place] or ""
        for place in days:
            day = cells[place]
            cells[place] = f"'{day}" if day and day[0] == "-" else day or ""
        for place in numbers:
            cells[place] = "" if cells[place] is None else str(cells[place])
        for place in flags:
            cells[place] = _FLAGS[cells[place]]
        for place in trees:
            cells[place] = cells[place] and _quoted(cells[place])
        return cells

    return finished


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

"""CSV (RFC 4180) in UTF-8 with a byte order mark. Spreadsheets need the mark to recognise UTF-8.

- The columns depend on the row type, not on the rows. An object gives one column for each field
  (`date_edtf`), and so does a reference (`place_id`, `place_name`). A list of objects gives the
  columns of its items (`actors_id`, `actors_role`) with joined values (`app.formats.cell_lists`).
  A tree is one column of JSON.
- Null and the empty list are empty cells. Booleans are `true` and `false`.
- A text that begins like a formula gets the prefix `'`, because spreadsheets run formulas
  (CWE-1236). Numbers get no prefix. Use NDJSON for an export without loss.

The module `csv` of the standard library needs more time to write a row than this module needs to
read and write it. Tests check that both write the same text.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from pydantic_core import from_json

from app.formats.columns import Cells, row_columns, side_by_side
from app.formats.format import Format, Selection, Writer
from app.formats.schemas import ALWAYS, CellForm
from app.formats.separators import SEPARATORS, has_separator
from app.schema import Schema

FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""First characters of a formula. Some spreadsheets also accept the full-width characters."""

_SPECIAL = re.compile(f'["\n\r\v\f\x1c-\x1e{SEPARATORS}]')
"""Characters that require quotes around a text, besides the comma: the quotation mark, and all
characters at which some programs split lines."""

_FLAGS = {True: "true", False: "false", None: "", "": ""}


def column_names(row_type: type[Schema], with_additions: Collection[str]) -> tuple[str, ...]:
    """The column names of a row type. The columns of optional keys come last."""
    parts = row_columns(row_type, with_additions)
    return tuple(column.name for part in parts for column in part.columns)


class CsvWriter(Writer):
    """Writes a header line, then a line for each row."""

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
    """The header, and the function that converts a row (JSON) to the cells of its line."""
    names = column_names(selection.row_type, selection.with_additions)
    chosen = {*ALWAYS, *selection.fields} if selection.fields else set(names)
    parts = row_columns(selection.row_type, selection.with_additions)
    table = side_by_side([part for part in parts if any(c.name in chosen for c in part.columns)])
    indexes = [index for index, column in enumerate(table.columns) if column.name in chosen]
    header = [table.columns[index].name for index in indexes]
    pick: Cells = itemgetter(*indexes) if len(indexes) < len(table.columns) else list
    finish = _finisher([table.columns[index].form for index in indexes])

    def line(row: str) -> list[str]:
        # JSON escapes quotes and control characters. So a row without a backslash has none of them.
        needs_check = "\\" in row or has_separator(row)
        return finish([*pick(table.cells(from_json(row, cache_strings="keys")))], needs_check)

    return header, line


def _finisher(forms: Sequence[CellForm]) -> Callable[[list[Any], bool], list[str]]:
    """The function that converts the cells of a row to the texts of a line. It changes the list.

    The second argument of the function is true if texts may have quotes or line ends.
    """
    indexes = {form: [i for i, each in enumerate(forms) if each == form] for form in set(forms)}
    texts, codes, days, numbers, flags, trees = (
        indexes.get(form, []) for form in ("text", "code", "day", "number", "flag", "object")
    )

    def finish(cells: list[Any], escaped: bool) -> list[str]:
        for index in texts:
            text = cells[index]
            if not text:
                cells[index] = ""
                continue
            if text[0] in FORMULA:
                cells[index] = text = "'" + text
            if "," in text or (escaped and _SPECIAL.search(text)):
                cells[index] = _quoted(text)
        for index in codes:
            cells[index] = cells[index] or ""
        for index in days:
            day = cells[index]
            cells[index] = f"'{day}" if day and day[0] == "-" else day or ""
        for index in numbers:
            cells[index] = "" if cells[index] is None else str(cells[index])
        for index in flags:
            cells[index] = _FLAGS[cells[index]]
        for index in trees:
            cells[index] = cells[index] and _quoted(cells[index])
        return cells

    return finish


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

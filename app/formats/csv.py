"""CSV by RFC 4180, in UTF-8 with a byte order mark, by which spreadsheets recognise UTF-8.

- Columns come from the row type: `date_edtf` of objects, `place_id` and `place_name` of
  references, `actors_id`, `actors_name`, `actors_role` of lists, joined as `app.formats.cell_lists`
  says; trees stand as JSON in one column. They do not depend on the rows.
- Null and the empty list are empty; booleans are `true` and `false`.
- A spreadsheet runs a text that begins like a formula, so `'` stands before it (CWE-1236), but
  never before numbers. NDJSON is the format without loss.

The module `csv` of the standard library takes longer to write a row than this module takes to read
and write it. Tests check that both write the same.
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
"""Characters with which a formula begins; some spreadsheets take the full-width ones, too."""

_SPECIAL = re.compile(f'["\n\r\v\f\x1c-\x1e{SEPARATORS}]')
"""What makes a text need quotes, besides commas: quotes, and where some readers split lines."""

_FLAGS = {True: "true", False: "false", None: "", "": ""}


def column_names(row_type: type[Schema], with_additions: Collection[str]) -> tuple[str, ...]:
    """The columns of a row type; those of optional keys come last."""
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
    """The header, and the function from a row to the cells of its line."""
    names = column_names(selection.row_type, selection.with_additions)
    chosen = {*ALWAYS, *selection.fields} if selection.fields else set(names)
    parts = row_columns(selection.row_type, selection.with_additions)
    table = beside([part for part in parts if any(c.name in chosen for c in part.columns)])
    indexes = [index for index, column in enumerate(table.columns) if column.name in chosen]
    header = [table.columns[index].name for index in indexes]
    pick: Cells = itemgetter(*indexes) if len(indexes) < len(table.columns) else list
    finish = _finishing([table.columns[index].form for index in indexes])

    def line(row: str) -> list[str]:
        # JSON escapes quotes and control characters: without a backslash the row has none.
        special = "\\" in row or has_separator(row)
        return finish([*pick(table.cells(from_json(row, cache_strings="keys")))], special)

    return header, line


def _finishing(forms: Sequence[Form]) -> Callable[[list[Any], bool], list[str]]:
    """The function that turns cells of these forms into those of a line, in place.

    Its second argument is whether the texts may have quotes or line ends.
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

"""The data dictionary: the meaning of every table, view and column. The texts for tables and
columns are the comments of the models."""

from app.resources.derived import DataDictionary
from app.resources.registry import METADATA
from app.resources.resource import table_of
from seeds.publish.columns import TableRow, TableRows

VIEWS = {
    "quotes": "The words of the document that prove each row.",
    "event_participants": "Who took which part in which event.",
    "chronology": "Everything that has a date, in order of date.",
}


def dictionary_rows() -> TableRows:
    """Rows (table, column, meaning). In the row of a table or view itself, the column is empty."""
    rows: list[TableRow] = [(view, "", meaning) for view, meaning in VIEWS.items()]
    for table in METADATA.tables.values():
        rows.append((table.name, "", table.comment))
        rows.extend((table.name, column.name, column.comment) for column in table.columns)
    return table_of(DataDictionary), rows

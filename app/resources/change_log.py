"""The log of changes, which loads append to and never rewrite."""

from sqlalchemy import BigInteger, Index, Integer, Table
from sqlalchemy.orm import Mapped, mapped_column

from app.resources.bases import Base
from app.resources.columns import Key, words

LOG = "log"
"""The mark of a table that loads append to, in `Table.info`."""
_Number = BigInteger().with_variant(Integer, "sqlite")
"""In SQLite only INTEGER can be the rowid."""


class Load(Base):
    """Each load that changed the dataset, since the log began."""

    __tablename__ = "loads"

    number: Mapped[int] = mapped_column(
        _Number, primary_key=True, autoincrement=False, comment="Its number, from 1."
    )
    version: Mapped[str] = words("The version of the dataset that it loaded.")
    loaded_at: Mapped[str] = words("When it was loaded, RFC 3339 in UTC.")
    last_change: Mapped[int] = mapped_column(
        BigInteger, comment="Number of the last change of this load and those before; 0: none."
    )

    __table_args__ = (Index("ix_loads_version", "version"), {"info": {LOG: True}})


class Change(Base):
    """A row that a load added, changed or removed. The first load of the log has no changes."""

    __tablename__ = "changes"

    number: Mapped[int] = mapped_column(
        _Number, primary_key=True, autoincrement=False, comment="Its number, from 1."
    )
    kind: Mapped[str] = words("Kind of the row.")
    entry_id: Mapped[str] = words("Id of the row, which may be gone.")
    change: Mapped[str] = words("added, changed or removed.")
    version: Mapped[str] = words("Version of the row; of a removed row its last one.")
    name: Mapped[str] = words("Its name.")
    loaded_at: Mapped[str] = mapped_column(
        Key, comment="When it was loaded or removed, RFC 3339 in UTC."
    )

    __table_args__ = (
        Index("ix_changes_entry_id", "entry_id", "number"),
        {"info": {LOG: True}},
    )


def is_log(table: Table) -> bool:
    """Whether loads only append to the table. Its content depends on earlier loads."""
    return bool(table.info.get(LOG))

"""The migrations: their revisions, and functions to run them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent

REVISIONS = tuple(sorted(file.stem[:4] for file in FOLDER.glob("versions/[0-9]*.py")))
"""All revisions, oldest first. A revision is the number at the start of its file name."""

HEAD = REVISIONS[-1]
BASE = "base"
"""Alembic's name for an empty database, before the first revision."""

Standing = Literal["current", "behind", "earlier", "newer", "foreign"]
"""How a revision compares with the revisions of this version:

- `current`: it is the newest revision;
- `behind`: it is an older revision, and the tables can be migrated;
- `earlier`: it is older than the baseline, which replaced its migrations;
- `newer`: it is from a later version of this project;
- `foreign`: it is from another program.
"""


def standing(revision: str) -> Standing:
    """How the revision of a database compares with the revisions of this version."""
    if revision in REVISIONS:
        return "current" if revision == HEAD else "behind"
    if not (len(revision) == len(HEAD) and revision.isascii() and revision.isdecimal()):
        return "foreign"
    return "earlier" if revision < HEAD else "newer"


def migrate(connection: Connection, current: str | None, target: str = HEAD) -> None:
    """Migrate the database from the revision `current` to the revision `target`, up or down.

    `current` is None if the database is empty.
    """
    if (current or BASE) == target:
        return
    # Alembic takes an eighth of a second to import, and most commands have nothing to migrate.
    from alembic import command

    order = (BASE, *REVISIONS)
    down = order.index(target) < order.index(current or BASE)
    (command.downgrade if down else command.upgrade)(_config(connection=connection), target)
    if target != BASE:
        # A migration may drop a table and create it again, empty. Without a rendering hash, the
        # next load writes all rows again.
        connection.execute(text("UPDATE dataset SET rendering = ''"))


def print_sql(target: str) -> None:
    """Print the SQL that migrates an empty database to a revision. The settings choose between
    SQLite and PostgreSQL."""
    from alembic import command

    command.upgrade(_config(), target, sql=True)


def _config(**attributes: Any) -> "Config":
    from alembic.config import Config

    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config

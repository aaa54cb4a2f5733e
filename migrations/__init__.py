"""The migrations, and what others need to know of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent

REVISIONS = tuple(sorted(file.stem[:4] for file in FOLDER.glob("versions/[0-9]*.py")))
"""All revisions, oldest first: each is the number that its file begins with."""

HEAD = REVISIONS[-1]
BASE = "base"
"""The revision without any table."""

Standing = Literal["current", "behind", "earlier", "newer", "foreign"]
"""How a revision stands to those of this version:

- `current`: it is the newest one;
- `behind`: it is an older one, and the tables can be migrated;
- `earlier`: it is from before the baseline, which replaced those migrations;
- `newer`: a later version of this project made it;
- `foreign`: it is another program's.
"""


def standing(revision: str) -> Standing:
    """How the revision that a database names stands to those of this version."""
    if revision in REVISIONS:
        return "current" if revision == HEAD else "behind"
    if not (len(revision) == len(HEAD) and revision.isascii() and revision.isdecimal()):
        return "foreign"
    return "earlier" if revision < HEAD else "newer"


def migrate(connection: Connection, current: str | None, wanted: str = HEAD) -> None:
    """Bring the database behind `connection` from one revision to another, up or down."""
    if (current or BASE) == wanted:
        return
    # Alembic takes an eighth of a second to import; most commands find nothing to migrate.
    from alembic import command

    order = (BASE, *REVISIONS)
    down = order.index(wanted) < order.index(current or BASE)
    (command.downgrade if down else command.upgrade)(_config(connection=connection), wanted)
    if wanted != BASE:
        # Tables that went and came back are empty, whatever the dataset says: load them anew.
        connection.execute(text("UPDATE dataset SET rendering = ''"))


def print_sql(wanted: str) -> None:
    """Print what brings an empty database, of the kind that the settings name, to a revision."""
    from alembic import command

    command.upgrade(_config(), wanted, sql=True)


def _config(**attributes: Any) -> "Config":
    from alembic.config import Config

    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config

"""Helpers that load content and read the database."""

from pathlib import Path

from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool

from seeds.dataset_content import Content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from seeds.publish.result import LoadResult
from tests.integration.publish.sample_content import content
from tests.integration.publish.sample_rows import rows


def load(
    url: URL, loaded: Content | None = None, *, seeds: str = "", force: bool = False
) -> LoadResult:
    """Load content, by default the sample content."""
    return publish(url, loaded or content(rows()), Quiet(), seeds=seeds, force=force)


def run_sql(url: URL, *statements: str) -> None:
    """Run statements on the database, in one transaction."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def file_of(url: URL) -> Path:
    """The path of the file of an SQLite database."""
    return Path(url.database or "")


def other_files(path: Path) -> set[str]:
    """The names of all other files in the folder of `path`, except the lock file of loads."""
    return {file.name for file in path.parent.iterdir()} - {path.name, f".{path.name}.lock"}

"""A server that counts its SQL statements."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from sqlalchemy import URL

from app.db import Reader, Snapshot, SqlStatement, make_reader
from app.db.reader import ReaderWrapper
from app.main import create_app, with_middleware
from tests.client import ApiClient
from tests.conftest import settings_for


class CountingReader(ReaderWrapper):
    """Passes SQL statements to another reader and records them."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.asked: list[SqlStatement] = []

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        self.asked += statements
        return await self._reader.fetch(statements, heavy=heavy)

    def count_since_last_call(self) -> int:
        """Return the number of statements since the last call."""
        count = len(self.asked)
        self.asked.clear()
        return count


@contextmanager
def counting_client(url: URL) -> Generator[tuple[ApiClient, CountingReader]]:
    """A client of the API on a database, and the reader that counts its SQL statements."""
    settings = settings_for(url)
    reader = CountingReader(make_reader(settings))
    app = create_app(settings, reader)
    with ApiClient(with_middleware(app, settings), raises=False, follow_redirects=False) as client:
        yield client, reader

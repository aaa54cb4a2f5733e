"""Pages ask the API, which the contract tests run on both databases. Here SQLite is enough."""

import pytest
from sqlalchemy import URL

from tests.databases import Sqlite, with_shipped


@pytest.fixture(scope="session", params=["sqlite"])
def loaded(sqlite_databases: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> URL:
    """An SQLite file with the shipped articles."""
    return sqlite_databases.new(tmp_path_factory.mktemp("loaded") / "hkus.db", with_shipped)

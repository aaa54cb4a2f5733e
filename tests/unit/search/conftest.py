"""A connection to PostgreSQL for tests that store nothing."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import URL


@pytest.fixture(scope="session")
def postgres(postgres_url: URL) -> Iterator[psycopg.Connection]:
    plain = postgres_url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection

"""The fixture strategy.

Reading tests share one loaded database of each kind for the whole session: the shipped articles,
published by the loader into an SQLite file and into a real PostgreSQL. The fixture `client` runs
each of them on both. Tests that write get new databases of their own (`tests/databases.py`).
Schemas come from the migrations, never from `create_all`.

`make test` divides the tests among several processes; what they share is made by `tests/shared.py`.
"""

from collections.abc import Iterator

import hypothesis
import pytest
from pydantic import SecretStr
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.settings import Settings
from tests.client import ApiClient
from tests.patience import PATIENCE, QUERY_SECONDS
from tests.serving import serving

pytest_plugins = ["tests.shared", "tests.databases", "tests.pooler"]


@pytest.fixture(scope="session")
def client(loaded: URL) -> Iterator[ApiClient]:
    """A client of the API over a loaded database; links to it are followed, faults are answers."""
    settings = settings_for(loaded)
    app = with_middleware(create_app(settings), settings)
    with ApiClient(app, raises=False, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def forgetful(loaded: URL) -> Iterator[ApiClient]:
    """A client of a server that remembers no answers."""
    settings = settings_for(loaded).model_copy(update={"remembered_megabytes": 0})
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


@pytest.fixture(scope="session")
def server(loaded: URL) -> Iterator[str]:
    """The address of a running server with the shipped data."""
    with serving(loaded) as address:
        yield address


def settings_for(url: URL) -> Settings:
    """Settings of a server that reads the database."""
    plain = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
    return Settings(database_url=SecretStr(plain), access_log=False, query_seconds=QUERY_SECONDS)


@pytest.fixture(scope="session", autouse=True)
def waits_for_connections() -> Iterator[None]:
    """Servers in this process wait for a connection to PostgreSQL as long as tests wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.db.postgres.WAIT_SECONDS", PATIENCE)
        yield


hypothesis.settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any-machine")

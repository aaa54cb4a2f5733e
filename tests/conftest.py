"""Fixtures for all tests.

Tests that only read share two databases for the whole session: the loader has written the shipped
articles into an SQLite file and into a real PostgreSQL. The fixture `client` runs each test on
both. Tests that write get new databases (`tests/databases.py`). Migrations create the tables, never
`create_all`.

`make test` runs the tests in several processes. They share one folder (`tests/shared_folder.py`).
"""

from collections.abc import Iterator

import hypothesis
import pytest
from pydantic import SecretStr
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.settings import Settings
from tests.client import ApiClient
from tests.servers import serving
from tests.timeouts import QUERY_SECONDS, TIMEOUT

pytest_plugins = ["tests.shared_folder", "tests.databases", "tests.pooler"]


@pytest.fixture(scope="session")
def client(loaded: URL) -> Iterator[ApiClient]:
    """A client of the API on a loaded database. Redirects and errors are returned as answers."""
    settings = settings_for(loaded)
    app = with_middleware(create_app(settings), settings)
    with ApiClient(app, raises=False, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def forgetful(loaded: URL) -> Iterator[ApiClient]:
    """A client of a server without a response cache."""
    settings = settings_for(loaded).model_copy(update={"response_cache_megabytes": 0})
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        yield client


@pytest.fixture(scope="session")
def server(loaded: URL) -> Iterator[str]:
    """The address of a running server with the shipped data."""
    with serving(loaded) as server:
        yield server.address


def settings_for(url: URL) -> Settings:
    """The settings of a server that reads the database."""
    plain = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
    return Settings(database_url=SecretStr(plain), access_log=False, query_seconds=QUERY_SECONDS)


@pytest.fixture(scope="session", autouse=True)
def folder_for_downloads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let servers of tests make the files of `/v1/download` outside the working folder, and let
    requests wait for them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HKUS_DOWNLOADS", str(tmp_path_factory.mktemp("downloads")))
        patch.setattr("app.api.download.WAIT_SECONDS", TIMEOUT)
        yield


@pytest.fixture(scope="session", autouse=True)
def waits_for_connections() -> Iterator[None]:
    """Let servers in this process wait for a PostgreSQL connection as long as tests do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.db.postgres.WAIT_SECONDS", TIMEOUT)
        yield


hypothesis.settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any-machine")

"""Pages ask the API, which the contract tests run on both databases. Here SQLite is enough."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of this folder that uses the shipped articles on SQLite only.

    A mark, not a fixture `loaded` of this folder: the fixture `client`, which lives as long as the
    session, would then be the same client for both.
    """
    if "loaded" in metafunc.fixturenames:
        on_sqlite = pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)
        metafunc.definition.add_marker(on_sqlite)

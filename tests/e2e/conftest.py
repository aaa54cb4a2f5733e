"""The order of the tests in this folder."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last.

    From the first browser test to the end of the run, Playwright keeps an event loop running in the
    main thread. The fixture `client` starts a loop in this thread, so it has to start earlier.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)

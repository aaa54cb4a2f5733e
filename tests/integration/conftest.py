"""Fixtures of the integration tests."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import pytest
from sqlalchemy import URL

from app.main import create_app, with_middleware
from tests.client import ApiClient
from tests.conftest import settings_for

NewClient = Callable[..., ApiClient]


@pytest.fixture(scope="module")
def client_with(loaded: URL) -> Iterator[NewClient]:
    """Makes clients of servers with other settings."""
    with ExitStack() as opened:

        @cache
        def make(**settings: Any) -> ApiClient:
            chosen = settings_for(loaded).model_copy(update=settings)
            app = with_middleware(create_app(chosen), chosen)
            return opened.enter_context(ApiClient(app, raises=False, follow_redirects=False))

        yield make

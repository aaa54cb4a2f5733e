"""Both databases give the same pages and cursors in every order."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.query.sort import RELEVANCE, sort_names
from app.resources.registry import BY_KIND
from app.resources.resource import Resource
from app.resources.timeline import TIMELINE
from seeds.dataset_content import Content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get
from tests.postgresql import temporary_database


@pytest.fixture(scope="module")
def clients(
    shipped: Content, postgres_url: URL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[ApiClient]]:
    """Clients of two servers with the shipped articles, one server on each database."""
    file: Path = tmp_path_factory.mktemp("both") / "hkus.db"
    with ExitStack() as stack:
        clients: list[ApiClient] = []
        for url in (
            URL.create("sqlite", database=str(file)),
            stack.enter_context(temporary_database(postgres_url)),
        ):
            publish(url, shipped, Quiet())
            settings = settings_for(url)
            app = with_middleware(create_app(settings), settings)
            clients.append(stack.enter_context(ApiClient(app)))
        yield clients


@pytest.mark.parametrize(
    "resource", [*BY_KIND.values(), TIMELINE], ids=lambda resource: resource.path
)
def test_walks_in_any_order_are_the_same(clients: list[ApiClient], resource: Resource) -> None:
    for name in sort_names(resource):
        for sort in (name, f"-{name}") if name != RELEVANCE else ():
            sqlite, postgresql = (_walk(client, resource, sort) for client in clients)
            assert sqlite == postgresql, sort


def _walk(client: ApiClient, resource: Resource, sort: str) -> list[dict[str, Any]]:
    """The complete pages of a list."""
    pages = [get(client, f"/v1/{resource.path}", sort=sort, limit=9)]
    while following := pages[-1]["links"]["next"]:
        pages.append(client.get(following).raise_for_status().json())
    return pages

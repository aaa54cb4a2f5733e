"""`hkus explain` prints how the server answers a request, on both databases."""

import re

import pytest
from sqlalchemy import URL
from typer.testing import CliRunner, Result

import hkus
from tests.client import ApiClient
from tests.postgresql import plain


@pytest.fixture
def database_of_command(loaded: URL, monkeypatch: pytest.MonkeyPatch) -> URL:
    """The database that the command reads."""
    is_sqlite = loaded.get_backend_name() == "sqlite"
    url = loaded.render_as_string() if is_sqlite else plain(loaded)
    monkeypatch.setenv("HKUS_DATABASE_URL", url)
    return loaded


def explain(address: str) -> Result:
    return CliRunner().invoke(hkus.app, ["explain", address])


def test_each_statement_is_told_with_its_values_its_plan_and_its_rows(
    database_of_command: URL, client: ApiClient
) -> None:
    address = "/v1/events?limit=30&actor=Donald+Trump&date=2020&facet=type"
    found = len(client.get(address).json()["data"])
    assert found > 3
    result = explain(address)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "status     200"
    assert lines[1] == "canonical  /v1/events?actor=donald-trump&date=2020&facet=type&limit=30"
    values = [line for line in lines if line.startswith("  value ")]
    assert any("'donald-trump'" in line for line in values)
    assert any("'2020-12-31'" in line for line in values)
    assert any("FROM event_actors" in line for line in lines if line.startswith("  sql "))
    index = re.compile("SEARCH|Index|Scan")
    assert any(index.search(line) for line in lines if line.startswith("  plan "))
    rows = [line for line in lines if line.startswith("  rows ")]
    assert any(re.match(rf"  rows    {found} in \d+\.\d\d ms", line) for line in rows), rows
    shapes = [line for line in lines if line.startswith("  shape ")]
    assert len(shapes) == len(rows) >= 3


def test_a_refused_request_is_told_by_its_problem(database_of_command: URL) -> None:
    result = explain("/v1/events?date=summer")
    assert result.exit_code == 1
    assert result.stdout.startswith("status     422\n")
    assert '"parameter": "date"' in result.stdout


def test_an_address_begins_with_a_slash() -> None:
    result = explain("v1/events")
    assert result.exit_code == 2
    assert "'v1/events' does not begin with a slash" in result.output

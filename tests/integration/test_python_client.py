"""The Python client, in front of the application."""

import ast
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest
from hkus_client import Client, ListName, ProblemError
from httpx2 import BaseTransport, Request, Response
from sqlalchemy import URL

from app.main import create_app, with_middleware
from app.resources.lists import LISTS
from tests.client import Application
from tests.conftest import settings_for

CLIENT = Path("clients/python")


class Recorded(BaseTransport):
    """Calls the application and keeps the answers."""

    def __init__(self, inner: Application) -> None:
        self._inner = inner
        self.answers: list[Response] = []
        self.busy = 0

    def __enter__(self) -> "Recorded":
        self._inner.__enter__()
        return self

    def handle_request(self, request: Request) -> Response:
        if self.busy:
            self.busy -= 1
            answer = Response(503, headers={"Retry-After": "0"}, json={"detail": "busy"})
        else:
            answer = self._inner.handle_request(request)
        self.answers.append(answer)
        return answer

    def close(self) -> None:
        self._inner.__exit__()


@pytest.fixture(scope="module")
def transport(loaded: URL) -> Recorded:
    settings = settings_for(loaded)
    return Recorded(Application(with_middleware(create_app(settings), settings), raises=True))


@pytest.fixture(scope="module")
def hkus(transport: Recorded) -> Iterator[Client]:
    with Client("http://testserver", transport=transport) as client:
        yield client


def test_it_knows_every_list() -> None:
    assert set(get_args(ListName)) == {each.path for each in LISTS}


def test_it_iterates_over_pages(hkus: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [row["id"] for row in hkus.rows("events")]
    monkeypatch.setattr("hkus_client.client.PAGE", 7)
    assert [row["id"] for row in hkus.rows("events")] == whole
    assert len(set(whole)) == len(whole) > 7
    began = list(hkus.rows("events", date="2020-07", date_match="starts"))
    assert "hong-kong-autonomy-act-signed" in {row["id"] for row in began}
    either = list(hkus.rows("events", type=["order", "legislation"], negated=False))
    assert {row["type"] for row in either} == {"order", "legislation"}


def test_it_gets_rows_counts_and_hits(hkus: Client) -> None:
    assert hkus.row("laws", "hong-kong-autonomy-act")["citations"]
    counted = sum(group["count"] for group in hkus.counts("events", by="type"))
    assert counted == len(list(hkus.rows("events")))
    found = [row["id"] for row in hkus.search("Hong Kong Autonomy Act")]
    assert "hong-kong-autonomy-act" in found
    assert hkus.changes(since=hkus.version())["data"] == []


def test_a_refusal_names_the_cure(hkus: Client) -> None:
    with pytest.raises(ProblemError, match="actor") as refused:
        list(hkus.rows("events", actr="donald-trump"))
    assert refused.value.status == 422
    with pytest.raises(ProblemError, match="hong-kong-autonomy-act"):
        hkus.row("laws", "hong-kong-autonomy-ac")


def test_an_answer_that_did_not_change_is_not_sent_again(hkus: Client, transport: Recorded) -> None:
    first = hkus.row("laws", "hong-kong-autonomy-act")
    transport.answers.clear()
    assert hkus.row("laws", "hong-kong-autonomy-act") == first
    assert [answer.status_code for answer in transport.answers] == [304]


def test_it_waits_for_a_busy_server(hkus: Client, transport: Recorded) -> None:
    transport.busy = 2
    assert hkus.version()
    transport.busy = 10
    with pytest.raises(ProblemError, match="busy"):
        hkus.version()
    transport.busy = 0


def test_it_makes_dataframes_and_fetches_files(hkus: Client, tmp_path: Path) -> None:
    frame: Any = hkus.frame("trade-figures", indicator="exports")
    assert len(frame) == len(list(hkus.rows("trade-figures", indicator="exports")))
    assert frame["value"].sum() > 0
    file = hkus.download("sqlite", tmp_path)
    assert [file] == list(tmp_path.iterdir())
    with closing(sqlite3.connect(file)) as database:
        events = database.execute("SELECT count(*) FROM events").fetchone()[0]
    assert events == len(list(hkus.rows("events")))
    with pytest.raises(ValueError, match="'xls' is none of sqlite"):
        hkus.download("xls", tmp_path)


def test_the_examples_of_its_readme_run(hkus: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_client(url: str) -> _Open:
        return _Open(hkus)

    monkeypatch.setattr("hkus_client.Client", open_client)
    text = (CLIENT / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        exec(compile(ast.parse(example), "README.md", "exec"), {})


class _Open:
    """A client that stays open after a `with` block."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.rows = client.rows

    def __enter__(self) -> Client:
        return self._client

    def __exit__(self, *_: object) -> None:
        pass


def test_it_installs_nothing_of_the_server() -> None:
    for file in CLIENT.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {
            (node.module or "").split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
        }
        assert names - sys.stdlib_module_names <= {"hkus_client", "pandas"}, file

"""The whole knowledge base as files: every table and format, by `hkus export` and over HTTP."""

import csv
import hashlib
import json
import os
import resource as limits
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import frictionless
import pyarrow.parquet
import pytest
from rdflib import Graph, URIRef
from sqlalchemy import URL

from app.download.export import MANIFEST, UNFINISHED, available_formats, export
from app.download.json_ld import vocabulary
from app.download.tables import fillings, table_name, tables
from app.formats.schemas import field_type
from app.links import NO_ADDRESS
from app.main import create_app, with_middleware
from app.resources.registry import RESOURCES
from app.resources.rows import SPLICED
from seeds.dataset_content import Content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.contract.api_requests import get, rows_of
from tests.databases import NewDatabase, with_shipped

pytestmark = pytest.mark.filterwarnings(
    # rdflib's own reader of JSON-LD makes the deprecated graph; petl has an old escape.
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
    "ignore::SyntaxWarning",
)


class Progress:
    """Counts the rows that are done."""

    def __init__(self, total: int) -> None:
        self.left = total

    def advance(self, rows: int) -> None:
        self.left -= rows


@pytest.fixture(scope="module")
def files(loaded: URL, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All files, by their format."""
    folder = tmp_path_factory.mktemp("files") / "made" / "here"
    shown: list[Progress] = []

    @contextmanager
    def show(total: int) -> Generator[Progress]:
        shown.append(Progress(total))
        yield shown[0]

    manifest = export(settings_for(loaded), folder, available_formats(), show)
    assert shown[0].left == 0
    assert json.loads((folder / MANIFEST).read_bytes()) == manifest
    assert {each.name for each in folder.iterdir()} == {
        MANIFEST, *(each["name"] for each in manifest["files"])
    }  # fmt: skip
    return {each["format"]: folder / each["name"] for each in manifest["files"]}


def csv_rows(archive: Path, table: str) -> list[dict[str, str]]:
    with ZipFile(archive) as opened:
        name = next(each for each in opened.namelist() if each.endswith(f"/{table}.csv"))
        text = TextIOWrapper(BytesIO(opened.read(name)), encoding="utf-8", newline="")
        return list(csv.DictReader(text))


def test_each_format_has_every_row_and_every_item(
    files: dict[str, Path], client: ApiClient
) -> None:
    """Of each list field, the tables have as many lines as the API has items."""
    with closing(sqlite3.connect(files["sqlite"])) as database, ZipFile(files["parquet"]) as zipped:
        entries = 0
        for resource in RESOURCES:
            include = {"include": resource.evidence} if resource.cited else {}
            rows = rows_of(client, f"/v1/{resource.path}", limit=200, **include)
            entries += len(rows)
            expected = {table_name(resource): len(rows)}
            for key, field in resource.row.model_fields.items():
                if key not in SPLICED and field_type(field).many and key != "sections":
                    name = f"{resource.kind.replace('-', '_')}_{key}"
                    expected[name] = sum(len(row[key]) for row in rows)
            for table, count in expected.items():
                [(found,)] = database.execute(f'SELECT count(*) FROM "{table}"')
                assert found == count, table
                assert len(csv_rows(files["csv"], table)) == count
                name = next(
                    each for each in zipped.namelist() if each.endswith(f"/{table}.parquet")
                )
                read = cast(Any, pyarrow.parquet).read_table(BytesIO(zipped.read(name)))
                assert read.num_rows == count
        assert database.execute("SELECT count(*) FROM entries").fetchone() == (entries,)


def test_the_database_explains_itself(files: dict[str, Path], client: ApiClient) -> None:
    with closing(sqlite3.connect(files["sqlite"])) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        explained = set(database.execute("SELECT table_name, column_name FROM data_dictionary"))
        for table in tables():
            statement = database.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", [table.name]
            )
            [(sql,)] = statement
            assert sql.count(" -- ") == len(table.columns) + 1
            assert {(table.name, each.name) for each in table.columns} < explained
        assert database.execute("SELECT count(*) FROM chronology").fetchone()[0] > 50
        # The texts are there, too, so that every citation can be looked up.
        quotes = database.execute(
            'SELECT substr(d.text, c.start + 1, c."end" - c.start), c.exact '
            "FROM citations AS c JOIN documents AS d ON d.id = c.document"
        ).fetchall()
        assert quotes
        assert all(found == exact for found, exact in quotes)
        [about] = [line for (line,) in database.execute("SELECT line FROM about") if "Cite" in line]
    assert get(client, "/v1")["data"]["cite_as"] in about


def test_an_independent_tool_finds_no_fault_in_the_data_package(
    files: dict[str, Path], tmp_path: Path
) -> None:
    with ZipFile(files["csv"]) as archive:
        archive.extractall(tmp_path)
    [descriptor] = tmp_path.glob("*/datapackage.json")
    report: Any = cast(Any, frictionless).validate(str(descriptor))
    assert report.valid, report.to_summary()
    assert len(report.tasks) == len(tables())
    assert (descriptor.parent / "README.txt").read_text("utf-8").count("Cite as: ") == 1


def test_values_are_the_same_in_every_format(files: dict[str, Path], client: ApiClient) -> None:
    figure = get(client, "/v1/trade-figures/us-exports-to-hong-kong-2006")["data"]
    [line] = [row for row in csv_rows(files["csv"], "trade_figures") if row["id"] == figure["id"]]
    assert (int(line["value"]), line["currency"]) == (figure["value"], figure["currency"])
    assert line["approximate"] == str(figure["approximate"]).lower()
    assert line["reporter_id"] == figure["reporter"]["id"]
    with closing(sqlite3.connect(files["sqlite"])) as database:
        selected = database.execute("SELECT value FROM trade_figures WHERE id = ?", [figure["id"]])
        assert selected.fetchone() == (figure["value"],)
        empty = "SELECT count(*) FROM events WHERE date_edtf IS NULL OR coding_category = ''"
        undated = [row for row in rows_of(client, "/v1/events") if row["date"] is None]
        assert database.execute(empty).fetchone() == (len(undated),)


def test_linked_data_has_a_node_for_each_row(files: dict[str, Path], client: ApiClient) -> None:
    base = "https://kb.example.org"
    graph = Graph().parse(files["jsonld"], format="json-ld", publicID=f"{base}/v1/download")
    terms = vocabulary(NO_ADDRESS)
    event = get(client, "/v1/events/hong-kong-autonomy-act-signed")["data"]
    node = URIRef(f"{base}{event['links']['self']}")
    actors = set(graph.objects(node, URIRef(f"{terms}actors")))
    assert actors == {URIRef(f"{base}/v1/actors/{each['id']}") for each in event["actors"]}
    for resource in RESOURCES:
        kind = URIRef(f"{terms}{resource.kind}")
        nodes = {each for each in graph.subjects(None, kind) if f"/{resource.path}/" in str(each)}
        assert len(nodes) == get(client, f"/v1/{resource.path}?count=exact")["meta"]["total"]


def test_no_column_is_only_for_the_server() -> None:
    names = {column.name for table in tables() for column in table.columns}
    assert not names & {
        "place",
        "position",
        "name_sort",
        "date_span",
        "date_sort",
        "again",
        "links",
    }
    for resource in RESOURCES:
        assert len(fillings(resource)) >= 2


def run_export(loaded: URL, folder: Path, most_bytes: int | None = None) -> tuple[int, str]:
    """Run `hkus export`; files may have at most so many bytes."""
    url = loaded.set(drivername=loaded.get_backend_name()).render_as_string(hide_password=False)
    command = [sys.executable, "-m", "hkus", "export", str(folder)]

    def limit() -> None:
        if most_bytes:
            limits.setrlimit(limits.RLIMIT_FSIZE, (most_bytes, most_bytes))

    done = subprocess.run(
        command, env={**os.environ, "HKUS_DATABASE_URL": url}, capture_output=True, text=True,
        check=False, preexec_fn=limit,
    )  # fmt: skip
    return done.returncode, done.stderr


def test_without_room_nothing_is_left_half_done(loaded: URL, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    code, said = run_export(loaded, folder, most_bytes=200_000)
    assert code == 1
    assert "the disk is full; make room" in said
    assert list(tmp_path.iterdir()) == []
    code, said = run_export(loaded, folder)
    assert (code, said) == (0, "")
    assert len(list(folder.iterdir())) == len(available_formats()) + 1


@pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)
def test_an_interrupted_export_leaves_what_was_there(loaded: URL, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    abandoned = tmp_path / f"{UNFINISHED}{2**22 + 1}"  # no process has this number
    abandoned.mkdir()

    class Interrupted:
        def advance(self, rows: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(settings_for(loaded), tmp_path, ["sqlite"], lambda _: nullcontext(Interrupted()))
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_downloads_have_their_checksums_and_are_cached_for_ever(client: ApiClient) -> None:
    answer = get(client, "/v1/download")
    version = answer["meta"]["dataset"]["version"]
    assert [each["format"] for each in answer["data"]["files"]] == list(available_formats())
    files = answer["data"]["files"]
    for file in files:
        assert version in file["name"]
        body = client.get(file["href"])
        assert len(body.content) == file["bytes"]
        assert hashlib.sha256(body.content).hexdigest() == file["sha256"]
        assert "immutable" in body.headers["cache-control"]
        known = client.get(file["href"], headers={"If-None-Match": body.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")
        head = client.head(file["href"])
        assert (head.headers["content-length"], head.content) == (str(file["bytes"]), b"")
        rest = client.get(file["href"], headers={"Range": "bytes=1000-"})
        assert (rest.status_code, rest.content) == (206, body.content[1000:])
    assert client.get(f"{files[0]['href']}x").status_code == 404
    assert client.get("/v1/download/0123456789abcdef/manifest.json").status_code == 404


def test_a_reload_gives_files_new_addresses(
    new_database: NewDatabase, shipped: Content, tmp_path: Path
) -> None:
    url = new_database(with_shipped)
    settings = settings_for(url).model_copy(update={"downloads": tmp_path})
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        [before, *_] = get(client, "/v1/download")["data"]["files"]
        publish(url, replace(shipped, version="f" * 16), Quiet())
        answers = (client.get("/v1/download").json() for _ in range(100))
        changed = (each["data"]["files"][0] for each in answers)
        after = next(each for each in changed if each["href"] != before["href"])
        assert "f" * 16 in after["name"]
        assert client.get(after["href"]).status_code == 200
        assert client.get(before["href"]).status_code == 200  # for clients that still fetch it

"""The oracle sees what changed, and nothing else."""

import gzip
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import recording, report, trees
from tests.oracle.client import decoded
from tests.oracle.comparison import Change, Difference, changes, differences
from tests.oracle.crawl import Crawl, links_in, shape
from tests.oracle.document import operations
from tests.oracle.exchanges import Answer, Masks, Request
from tests.oracle.recording import Recording

JSON = ("content-type", "application/json")
LIST = Request("/v1/events")


def answer(body: Any, *headers: tuple[str, str], status: int = 200) -> Answer:
    return Answer(status, tuple(sorted((JSON, *headers))), json.dumps(body))


def kinds(before: Answer, after: Answer) -> list[str]:
    return [change.kind for change in changes(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({"data": [{"name": "a"}]}, {"data": [{"name": "b"}]}, "body data[].name"),
        ({"data": [{"id": 1}, {"id": 2}]}, {"data": [{"id": 2}, {"id": 1}]}, "body data[] (order)"),
        ({"data": [{"id": 1}]}, {"data": []}, "body data[] (number)"),
        ({"total": 1}, {"total": True}, "body total"),
        ({"total": 1}, {"total": 1.0}, "body total"),
        ({"total": 1}, {}, "body total"),
        ({}, {"total": None}, "body total"),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, "body as a whole (order of keys)"),
        ([], {}, "body as a whole"),
    ],
)
def test_each_change_of_json_has_a_kind(before: Any, after: Any, kind: str) -> None:
    assert kinds(answer(before), answer(after)) == [kind]


def test_other_layout_of_the_same_json_is_a_change() -> None:
    before = Answer(200, (JSON,), '{"a":1}')
    after = Answer(200, (JSON,), '{"a": 1}')
    assert kinds(before, after) == ["body JSON layout"]
    (text,) = [line for line in diff(before, after) if line.startswith("-")]
    assert text.startswith('-{"a":1}')


def test_headers_are_compared_one_by_one() -> None:
    before = answer({}, ("link", "</a>"), ("vary", "Accept"))
    after = answer({}, ("vary", "Accept-Encoding"), ("x-new", "1"))
    assert list(changes(before, after)) == [
        Change("header link", "</a>", "(absent)"),
        Change("header vary", "Accept", "Accept-Encoding"),
        Change("header x-new", "(absent)", "1"),
    ]


def test_a_length_that_changes_with_the_body_is_no_change_of_its_own() -> None:
    before, after = answer({"a": 1}, ("content-length", "1")), answer({}, ("content-length", "2"))
    assert kinds(before, after) == ["body a"]
    assert kinds(before, answer({"a": 1})) == ["header content-length"]


def test_texts_differ_by_their_first_different_line() -> None:
    csv = (("content-type", "text/csv; charset=utf-8"),)
    before, after = Answer(200, csv, "id\na\nb\n"), Answer(200, csv, "id\na\nc\n")
    assert list(changes(before, after)) == [Change("body text/csv", "b", "c")]


def test_an_error_in_place_of_rows_is_told_as_a_status() -> None:
    problem = Answer(503, (("content-type", "application/problem+json"),), "{}")
    assert "status" in kinds(answer({"data": []}), problem)


class TestMasks:
    """What differs between two runs of the same code is no difference; all else is."""

    masks = Masks("895d1651981cb3f2", "2026-11-29T13:11:57Z")
    other = Masks("0000000000000000", "2027-01-02T03:04:05Z")

    def masked(self, *headers: tuple[str, str], body: str = "") -> Answer:
        return self.masks.applied(Answer(200, headers, body))

    def test_what_a_run_says_of_itself_is_masked(self) -> None:
        def answer_of(
            dataset: str, long: str, short: str, day: str, identity: str, tag: str
        ) -> Answer:
            headers = (
                ("date", long),
                ("etag", f'W/"{tag}"'),
                ("x-dataset-version", dataset),
                ("x-request-id", identity),
            )
            body = f"urn:request:{identity} {long} {short} {day} <{dataset}>"
            return Answer(200, headers, body)

        one = answer_of(
            "895d1651981cb3f2", "2026-11-29T13:11:57Z", "20261129T131157Z", "2026-11-29", "abc", "x"
        )
        two = answer_of(
            "0000000000000000", "2027-01-02T03:04:05Z", "20270102T030405Z", "2027-01-02", "def", "y"
        )
        assert self.masks.applied(one) == self.other.applied(two)

    def test_another_version_or_time_than_its_own_is_not_masked(self) -> None:
        stale = Answer(200, (("x-dataset-version", "1111111111111111"),), "2025-01-01T00:00:00Z")
        assert self.masks.applied(stale) == stale

    def test_a_header_that_goes_is_a_difference(self) -> None:
        for name, value in (("etag", 'W/"x"'), ("date", "Sun"), ("x-request-id", "abc")):
            assert kinds(self.masked((name, value)), self.masked()) == [f"header {name}"]

    def test_a_strong_etag_differs_from_a_weak_one(self) -> None:
        assert self.masked(("etag", '"x"')) != self.masked(("etag", 'W/"x"'))

    def test_the_length_counts_unless_it_is_compressed(self) -> None:
        assert self.masked(("content-length", "1")) != self.masked(("content-length", "2"))
        gzip = ("content-encoding", "gzip")
        one, two = (self.masked(gzip, ("content-length", length)) for length in "12")
        assert one == two


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", gzip.compress("a\u00e9".encode(), mtime=0)),
        # Two frames: a and \u00e9.
        ("zstd", bytes.fromhex("28b52ffd200109000061") + bytes.fromhex("28b52ffd2002110000c3a9")),
    ],
)
def test_a_compressed_body_is_decompressed(encoding: str, data: bytes) -> None:
    found = decoded(200, [("Content-Encoding", encoding)], data)
    assert found == Answer(200, (("content-encoding", encoding),), "a\u00e9")


def test_bytes_that_are_no_utf8_are_compared_too() -> None:
    assert decoded(200, [], b"\xff") != decoded(200, [], b"\xfe")


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    requests = (LIST, Request("/x?a={dataset}", "HEAD", (("Accept", "a"),), revalidates=True))
    same = answer({"a": "\u00e9"})
    written = Recording(
        {
            "sqlite": {requests[0]: same, requests[1]: decoded(0, [], b"\xff")},
            "postgresql": {requests[0]: same, requests[1]: answer({}, status=304)},
        }
    )
    path = tmp_path / "kept" / "one.jsonl.gz"
    recording.save(written, path)
    assert recording.load(path) == written
    assert recording.load(path).requests == list(requests)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_only_the_newest_recordings_are_kept(tmp_path: Path) -> None:
    for number in range(recording.KEPT + 3):
        recording.save(Recording({"sqlite": {}}), tmp_path / f"{number}.jsonl.gz")
    assert len(list(tmp_path.iterdir())) == recording.KEPT


def diff(before: Answer, after: Answer) -> list[str]:
    """The lines of the diff of two answers to one request."""
    return "\n".join(report.diff([Difference("sqlite", LIST, before, after)])).split("\n")


def test_the_diff_lays_json_out_and_names_the_request() -> None:
    before, after = answer({"data": [{"name": "a"}]}), answer({"data": [{"name": "b"}]})
    lines = diff(before, after)
    assert lines[0] == "=== GET /v1/events  [sqlite]"
    assert '-      "name": "a"' in lines
    assert '+      "name": "b"' in lines


def test_a_change_that_recurs_is_shown_once_with_its_number() -> None:
    before, after = answer({"title": "a"}), answer({"title": "b"})
    found = [
        Difference(database, Request(f"/v1/{number}"), before, after)
        for database in ("sqlite", "postgresql")
        for number in range(5)
    ]
    text = "\n".join(report.diff(found))
    assert text.count('+  "title": "b"') == 1
    assert text.startswith("=== GET /v1/0  [sqlite, postgresql]\n@@ 10 answers\n")
    lines = list(report.summary(found))
    assert lines[0] == "body title: 10 answers (sqlite 5, postgresql 5)"
    assert len(lines) == 4, "the same change is one example"


def test_no_differences_have_no_diff() -> None:
    assert list(differences("sqlite", {LIST: answer({})}, {LIST: answer({})})) == []
    assert list(report.diff([])) == []


DOCUMENT = {
    "paths": {
        "/v1/things": {
            "get": {
                "parameters": [
                    {"$ref": "#/components/parameters/Colour"},
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}, "example": 2},
                    {
                        "name": "sort",
                        "in": "query",
                        "schema": {"type": "array", "items": {"enum": ["id", "-id"]}},
                        "example": ["id"],
                    },
                    {"name": "format", "in": "query", "schema": {"enum": ["json"]}},
                ]
            }
        },
        "/v1/things/{id}": {
            "get": {"parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}]}
        },
    },
    "components": {
        "schemas": {"Colours": {"type": "string", "enum": ["red", "blue"]}},
        "parameters": {
            "Colour": {
                "name": "colour_not",
                "in": "query",
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Colours"}},
                "example": ["red"],
            }
        },
    },
}


def test_the_document_is_read_through_its_references() -> None:
    things, item = operations(DOCUMENT)
    assert things.is_list
    assert item.is_item
    (colour,) = things.filters
    assert (colour.codes, colour.base, colour.example) == (["red", "blue"], "colour", "red")


class Service:
    """A list of three things, in pages."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        self.asked += requests
        return [self._answer(each.target) for each in requests]

    def _answer(self, target: str) -> Answer:
        if target == "/openapi.json":
            return answer(DOCUMENT)
        if target == "/":
            html = (("content-type", "text/html; charset=utf-8"),)
            return Answer(200, html, '<a href="/things?a=1&amp;b=2#top">')
        following = None if "cursor=2" in target else "/v1/things?cursor=2"
        rows = [{"id": "one"}, {"id": "two"}] if following else [{"id": "three"}]
        return answer({"data": rows, "links": {"next": following}})


def test_the_crawl_asks_for_every_item_and_follows_links_and_pages() -> None:
    service = Service()
    crawl = Crawl(service.ask)
    crawl.run()
    targets = {each.target for each in service.asked}
    assert {f"/v1/things/{name}" for name in ("one", "two", "three")} <= targets
    assert {"/v1/things?cursor=2", "/things?a=1&b=2"} <= targets
    assert any(target.startswith("/v1/things?colour_not=blue") for target in targets)
    assert any(each.revalidates for each in service.asked)
    assert len(service.asked) == len(set(service.asked)), "each request is asked once"
    again = Service()
    Crawl(again.ask).run()
    assert again.asked == service.asked, "the same answers lead to the same requests"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/", "/"),
        ("/v1", "/v1"),
        ("/v1/events", "/v1/events"),
        ("/v1/events/a", "/v1/events/*"),
        ("/v1/documents/a/text", "/v1/documents/*/text"),
        ("/events/a?b=", "/events/*?b"),
        ("/events/a?b=1&a=", "/events/*?..."),
    ],
)
def test_links_of_a_kind_have_one_shape(link: str, expected: str) -> None:
    assert shape(link) == expected


def test_links_are_found_in_json_but_not_in_problems_or_templates() -> None:
    body = {"links": {"self": "/v1/a?x={dataset}"}, "href": "/v1/{id}", "text": "/ or not"}
    assert list(links_in(answer(body))) == ["/v1/a?x={dataset}"]
    problem = Answer(404, (("content-type", "application/problem+json"),), '{"type":"/problems/x"}')
    assert list(links_in(problem)) == []


def test_the_working_tree_holds_what_is_not_committed_and_leaves_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*arguments: str) -> str:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        command = ["git", *identity, *arguments]
        return subprocess.run(
            command, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    git("init", "--quiet")
    (tmp_path / ".gitignore").write_text("ignored\n")
    (tmp_path / "changed").write_text("before")
    git("add", "--all")
    git("commit", "--quiet", "--message", "one")
    monkeypatch.setattr(trees, "ROOT", tmp_path)
    assert trees.working_tree() == trees.tree_of("HEAD")
    (tmp_path / "changed").write_text("after")
    (tmp_path / "new").write_text("new")
    (tmp_path / "ignored").write_text("ignored")
    status = git("status", "--porcelain")
    trees.unpack(trees.working_tree(), tmp_path / "ignored_folder")
    assert git("status", "--porcelain", "--", "changed", "new") == status
    unpacked = {file.name: file.read_text() for file in (tmp_path / "ignored_folder").iterdir()}
    assert unpacked == {".gitignore": "ignored\n", "changed": "after", "new": "new"}
    with pytest.raises(trees.GitError):
        trees.tree_of("no-such-revision")

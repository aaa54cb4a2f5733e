"""The command line: output of commands, exit codes, and error messages without a traceback."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import hkus
import migrations
from app import __version__
from app.settings import Settings, variables
from tests.timeouts import TIMEOUT

ARTICLE = "hong-kong-united-states-relations"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a database that does not exist yet."""
    file = tmp_path / "data" / "hkus.db"
    monkeypatch.setenv("HKUS_DATABASE_URL", f"sqlite:///{file}")
    return file


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the shipped articles that a test can change."""
    return shutil.copytree(hkus.ARTICLES, tmp_path / "seeds")


def run(*arguments: str | Path) -> Result:
    """Run a command. It must never print a traceback."""
    result = CliRunner().invoke(hkus.app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def failed(result: Result, code: int = 1) -> str:
    """Check that a command has failed without a traceback, and return its error message."""
    assert result.exit_code == code
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_load_tells_what_it_did_and_a_second_one_that_nothing_changed(database: Path):
    first = run("load")
    assert first.exit_code == 0
    assert first.stdout.startswith("Loaded dataset ")
    assert " rows added, 0 changed, 0 removed." in first.stdout
    assert run("load").stdout.startswith("Nothing changed: dataset ")
    assert run("load", "--render").stdout.startswith("Loaded dataset ")


def test_a_comment_in_a_reading_changes_nothing(database: Path, seeds: Path):
    run("load", "--seeds", seeds)
    with (seeds / ARTICLE / "reading.yaml").open("a") as reading:
        reading.write("\n# A second look is due.\n")
    assert run("load", "--seeds", seeds).stdout.startswith("Nothing changed: ")


def test_faults_in_the_seeds_are_told_and_nothing_is_written(database: Path, seeds: Path):
    run("load", "--seeds", seeds)
    before = database.read_bytes()
    (seeds / ARTICLE / "article.txt").write_text("= Another article =\n\nIt says nothing.\n")
    told = failed(run("load", "--seeds", seeds))
    assert "reading.yaml:" in told
    assert len(told.splitlines()) > 10
    assert database.read_bytes() == before


def test_a_folder_without_articles_is_told(database: Path, tmp_path: Path):
    assert str(tmp_path / "nowhere") in failed(run("load", "--seeds", tmp_path / "nowhere"))
    assert not database.exists()


def test_check_reports_that_nothing_of_the_shipped_document_is_left_over(database: Path):
    report = run("check")
    assert report.exit_code == 0
    assert "Nothing is left over." in report.stdout
    assert json.loads(run("check", "--json").stdout)["complete"] is True
    assert not database.exists()


def test_check_fails_if_a_sentence_is_left_over(seeds: Path):
    with (seeds / ARTICLE / "article.txt").open("a") as article:
        article.write("\nNobody read this to its end.\n")
    report = run("check", "--seeds", seeds)
    assert report.exit_code == 1
    assert "Nobody read this to its end." in report.stdout


def test_info_shows_what_the_database_holds(database: Path):
    empty = json.loads(run("info", "--json").stdout)
    assert empty["database"]["revision"] is None
    assert empty["rows"] == {}
    run("load")
    info = json.loads(run("info", "--json").stdout)
    assert info["database"]["file"] == str(database)
    assert info["database"]["revision"] == info["database"]["newest_revision"] == migrations.HEAD
    assert info["dataset"]["rendering_is_current"] is True
    assert info["rows"]["documents"] == 1
    assert info["dataset"]["version"] in run("info").stdout


def test_info_shows_no_password(monkeypatch: pytest.MonkeyPatch):
    url = "postgresql://me:secret@127.0.0.1:1/hkus?password=secret"
    monkeypatch.setenv("HKUS_DATABASE_URL", url)
    told = failed(run("info"))
    assert "postgresql://me:***@127.0.0.1:1/hkus: " in told
    assert "secret" not in told


def test_migrate_makes_the_tables_and_takes_them_away(database: Path):
    assert run("migrate").stdout.endswith(f"is at revision {migrations.HEAD}.\n")
    run("migrate", "--revision", "0103")
    assert json.loads(run("info", "--json").stdout)["database"]["revision"] == "0103"
    run("migrate", "--revision", "base")
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert tables.fetchall() == [("alembic_version",)]


def test_migrate_prints_sql_without_touching_a_database(database: Path):
    assert "CREATE TABLE entries" in run("migrate", "--sql").stdout
    assert not database.exists()


def test_an_unknown_revision_is_a_mistake_in_usage(database: Path):
    told = failed(run("migrate", "--revision", "9999"), code=2)
    assert "'9999' is not one of base, 0101" in told.replace("\n", " ")


def test_an_unknown_option_is_a_mistake_in_usage():
    assert "--sedes" in failed(run("load", "--sedes", "x"), code=2)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HKUS_PORT", "abc", "HKUS_PORT: 'abc': "),
        ("HKUS_WORKERS", "0", "HKUS_WORKERS: '0': "),
        (
            "HKUS_DATABASE_URL",
            "mysql://me:secret@host/name",
            "HKUS_DATABASE_URL: unknown database type",
        ),
        ("HKUS_DATABASE_URL", "secret", "HKUS_DATABASE_URL: not a database URL; write sqlite:///"),
        ("HKUS_DATABASE_URL", "sqlite:///a?b.db", "write a question mark in a file name as"),
        (
            "HKUS_DATABASE_URL",
            "postgresql://me:secret@b@host/name",
            "write @ in a user name or password",
        ),
        (
            "HKUS_DATABASE_URL",
            "postgresql://me:secret@b/c@host/n",
            "write @ in a user name or password",
        ),
        ("HKUS_DATABASE_URL", "postgresql://host/name?nosuch=1", 'option "nosuch": libpq has no'),
        ("HKUS_DATABASE_URL", "postgresql://h/n?prepare_threshold=0", "libpq has no such option"),
        ("HKUS_DATABASE_URL", "postgresql:///n?host=a&port=b", "a port is not a number"),
        ("HKUS_DATABASE_URL", "postgresql://h/n?connect_timeout=x", "write a number of seconds"),
        ("HKUS_DATABASE_POOLER", "session", "HKUS_DATABASE_POOLER: 'session': "),
        (
            "HKUS_CORS_ORIGINS",
            "secret.org",
            "HKUS_CORS_ORIGINS: 'secret.org': not a JSON list; write it like ",
        ),
        ("HKUS_CORS_ORIGINS", '["a.example"]', "'a.example' is not an origin; write a scheme"),
        ("HKUS_CORS_ORIGINS", '["https://a.example/path"]', "is not an origin; write a scheme"),
        ("HKUS_CORS_ORIGINS", '["*", "https://a.example"]', 'only ["*"] for all origins'),
        ("HKUS_CORS_ORIGINS", "[1]", "HKUS_CORS_ORIGINS: 1: "),
        (
            "HKUS_TRUSTED_HOSTS",
            "a.example",
            'write it like \'["kb.example.org", "*.example.org"]\'',
        ),
        ("HKUS_TRUSTED_HOSTS", '["https://a.example"]', "is not a host name; write it in ASCII"),
        ("HKUS_TRUSTED_HOSTS", '["a.example:8000"]', "is not a host name; write it in ASCII"),
        ("HKUS_TRUSTED_HOSTS", '["*", "a.example"]', 'only ["*"] for all hosts'),
        ("HKUS_TRUSTED_PROXIES", '["10.0.0.0/99"]', "'10.0.0.0/99' is not an address or network"),
        ("HKUS_TRUSTED_PROXIES", '["10.0.0.1/8"]', "'10.0.0.1/8' is not an address or network"),
        ("HKUS_TRUSTED_PROXIES", '["proxy.example"]', "write it without a name or port"),
        ("HKUS_TRUSTED_PROXIES", "127.0.0.1", 'write it like \'["127.0.0.1", "10.0.0.0/8"]\''),
    ],
)
def test_a_wrong_setting_is_named(
    name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(name, value)
    said = failed(run("info"))
    assert told in said
    assert "secret@" not in said


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("cors_origins", '["https://A.Example/"]', ("https://a.example",)),
        ("cors_origins", '["https://a.example:443"]', ("https://a.example",)),
        ("cors_origins", '["http://localhost:5173"]', ("http://localhost:5173",)),
        ("cors_origins", '["*"]', ("*",)),
        ("cors_origins", "[]", ()),
        ("trusted_hosts", '["KB.Example.Org", "*.Example.net", "[::1]"]',
         ("kb.example.org", "*.example.net", "[::1]")),
    ],
)  # fmt: skip
def test_names_are_kept_as_browsers_write_them(
    name: str, value: str, meant: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(f"HKUS_{name.upper()}", value)
    assert getattr(Settings(), name) == meant


@pytest.mark.parametrize("name", [each.upper() for each in Settings.model_fields])
def test_an_empty_variable_is_the_default(name: str, monkeypatch: pytest.MonkeyPatch):
    for each in variables():
        monkeypatch.delenv(each, raising=False)
    default = Settings()
    monkeypatch.setenv(f"HKUS_{name}", "")
    assert Settings() == default


def test_an_empty_address_is_refused():
    assert "write an address, such as 127.0.0.1" in failed(run("serve", "--host", ""))


def test_a_misspelt_variable_is_named_with_the_nearest_setting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HKUS_PROT", "9000")
    for name in ("ZZZZZZZZZZ", "LOG_LEVEL", "MUTANT", "DEBUG"):
        monkeypatch.setenv(f"HKUS_{name}", "1")
    result = run("openapi")
    assert result.exit_code == 0
    assert (
        "HKUS_PROT is not a setting; it has no effect. Did you mean 'HKUS_PORT'?" in result.stderr
    )
    for name in ("ZZZZZZZZZZ", "LOG_LEVEL", "MUTANT", "DEBUG"):
        assert f"HKUS_{name} is not a setting; it has no effect.\n" in result.stderr
    assert "HKUS_" not in result.stdout.partition("openapi")[0]


@pytest.mark.parametrize("name", ["HKUS_ROOT_PATH", "HKUS_BASE_PATH", "HKUS_PATH_PREFIX"])
def test_a_path_prefix_is_refused_with_the_cure(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, "/hkus")
    said = failed(run("serve", "--no-load"))
    assert said.startswith(f"{name}: the service has no path prefix")
    assert "Give it a host name of its own" in said


def test_two_colons_listen_on_ipv4_and_ipv6(database: Path):
    run("load")
    with serving("--no-load", "--host", "::") as (_, said):
        port = address(said).rpartition(":")[2].partition("/")[0]
        for host in ("127.0.0.1", "[::1]"):
            with urllib.request.urlopen(f"http://{host}:{port}/healthz") as answer:
                assert answer.status == 200


def test_ctrl_c_ends_a_load_with_one_line(database: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("seeds.build.read_content", interrupted)
    assert failed(run("load"), code=130).count("\n") == 1


def test_openapi_prints_the_committed_document():
    committed = Path("openapi.json").read_text(encoding="utf-8")
    assert json.loads(run("openapi").stdout) == json.loads(committed)


@pytest.mark.parametrize("command", ["serve", "load", "check", "migrate", "info", "openapi"])
def test_help_shows_examples(command: str):
    shown = run(command, "--help").stdout
    assert "Examples:" in shown
    assert f"hkus {command}" in shown


@contextmanager
def serving(*arguments: str) -> Generator[tuple[subprocess.Popen[str], list[str]]]:
    """A server on a free port, and its output up to the line with its address."""
    command = [sys.executable, "-m", "hkus", "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said: list[str] = []
        while not any(line.startswith("Explorer") for line in said):
            said.append(process.stdout.readline())
            assert said[-1], "the server ended before it told where it is"
        try:
            yield process, said
        finally:
            process.kill()


def address(said: list[str]) -> str:
    return next(line for line in said if line.startswith("API")).split()[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_end_ends_well(database: Path, number: signal.Signals):
    with serving() as (process, said):
        with urllib.request.urlopen(address(said)) as answer:
            assert answer.status == 200
            assert "server" not in answer.headers
        process.send_signal(number)
        assert process.wait(TIMEOUT) == 0


def test_a_server_loads_once_and_then_only_after_a_change(database: Path):
    with serving() as (_, said):
        assert said[0].startswith("Loaded dataset ")
    with serving() as (_, said):
        assert said[0].startswith("API ")


def test_several_workers_share_the_port(database: Path):
    run("load")
    with serving("--workers", "2", "--no-load") as (process, said):
        with urllib.request.urlopen(address(said)) as answer:
            assert answer.status == 200
        process.terminate()
        assert process.wait(TIMEOUT) == 0


@pytest.mark.parametrize(
    ("arguments", "settings", "cure"),
    [
        (("--port", "{taken}"), {}, "choose another port: --port or HKUS_PORT"),
        (("--port", "0", "--host", "a..b"), {}, "choose another address: --host or HKUS_HOST"),
        (("--port", "0", "--host", "[::1]"), {}, "choose another address: --host or HKUS_HOST"),
        (("--port", "0"), {"PORT": "{taken}"}, "choose another port: HKUS_METRICS_PORT"),
        (("--port", "0"), {"PORT": "0", "HOST": "a..b"}, "another address: HKUS_METRICS_HOST"),
        (("--port", "0"), {"PORT": "0", "HOST": "1.2.3.4"}, "another address: HKUS_METRICS_HOST"),
    ],
)
def test_a_server_that_cannot_listen_prints_no_address_and_names_the_cure(
    database: Path,
    arguments: tuple[str, ...],
    settings: dict[str, str],
    cure: str,
    monkeypatch: pytest.MonkeyPatch,
):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken = str(listening.getsockname()[1])
        for name, value in settings.items():
            monkeypatch.setenv(f"HKUS_METRICS_{name}", value.format(taken=taken))
        given = [argument.format(taken=taken) for argument in arguments]
        assert cure in failed(run("serve", "--no-load", *given))


def test_nothing_is_served_from_a_database_of_a_newer_version(database: Path):
    run("load")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "use the version that made it" in failed(run("serve"))


def test_the_version_is_printed():
    assert run("--version").stdout == f"hkus {__version__}\n"


@pytest.mark.parametrize("encoding", ["latin-1", "cp437", "cp1252", "gbk", "ascii"])
@pytest.mark.parametrize("arguments", [["check"], ["check", "--json"], ["load", "--help"]])
def test_output_in_any_encoding_is_whole(database: Path, encoding: str, arguments: list[str]):
    command = [sys.executable, "-m", "hkus", *arguments]
    ended = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    if "--json" in arguments:
        assert json.loads(ended.stdout.decode(encoding))["complete"] is True


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("command", ["check", "openapi"])
def test_output_to_a_full_disk_is_refused_in_one_line(command: str):
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "hkus", command], stdout=full, stderr=subprocess.PIPE,
            check=False, text=True,
        )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr == (
        "The output cannot be written: No space left on device. Write it to another place.\n"
    )


def test_a_narrow_locale_reads_and_prints_any_address(database: Path):
    run("load")
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for target, answer in (
        ("/v1/events?q=Jürgen".encode(), b"status     200"),
        (b"/v1/events?q=\xff", b"status     400"),
    ):
        ended = subprocess.run(
            [sys.executable, "-m", "hkus", "explain", target],
            capture_output=True, env={**os.environ, **narrow}, check=False,
        )  # fmt: skip
        assert b"Traceback" not in ended.stderr
        assert answer in ended.stdout


def test_a_wrong_port_in_the_environment_is_told_even_if_another_one_is_given(
    database: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HKUS_PORT", "abc")
    assert "HKUS_PORT: 'abc': " in failed(run("serve", "--no-load", "--port", "0"))

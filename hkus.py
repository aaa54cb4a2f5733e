"""The command line: load the documents, serve them, and look after the database.

The only module that knows both the server (`app`) and the loader (`seeds`).
"""

# ruff: noqa: E402 - the first line of code has to run before the imports

import gc

# Imports and loads create many long-lived objects. With the default threshold of 700 objects, the
# garbage collector took a tenth of the start time.
gc.set_threshold(50_000, 20, 50)

import errno
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer
from pydantic import ValidationError

from app import __version__
from app.download.faults import DownloadError
from app.settings import PREFIX, Settings, path_prefixes, unknown_variables, variables
from seeds.faults import LoadError
from seeds.publish.faults import PublishError, url_without_password

P = ParamSpec("P")
R = TypeVar("R")

ARTICLES = Path(__file__).parent / "seeds" / "articles"
"""The documents that are part of the project."""


def examples(*lines: str) -> str:
    """The examples below the help of a command, one per line."""
    return "\n\n".join(("Examples:", *(f"hkus {line}" for line in lines)))


app = typer.Typer(
    name="hkus",
    help="Hong Kong - United States relations as cited tables, with a read-only HTTP API.",
    epilog="Settings are environment variables, such as HKUS_DATABASE_URL. `hkus info` shows them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def print_version(is_set: bool) -> None:
    """Print the version and exit, if the option `--version` is set."""
    if is_set:
        typer.echo(f"hkus {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", callback=print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """The options of all commands."""


Seeds = Annotated[
    Path,
    typer.Option(
        metavar="FOLDER",
        help="Folder that contains a folder for each article.",
        show_default="the articles of the project",
    ),
]
_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""Errors of writing to a file or device to which the shell redirects the output."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def with_plain_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Print errors that the user can correct as plain text, without a traceback."""

    @wraps(command)
    def run(*values: P.args, **options: P.kwargs) -> R:
        _warn_of_unknown_settings()
        try:
            return command(*values, **options)
        except (PublishError, LoadError, DownloadError) as fault:
            stop(str(fault))
        except ValidationError as fault:
            if fault.title != Settings.__name__:
                raise
            stop("\n".join(_setting_fault(error) for error in fault.errors()))
        except KeyboardInterrupt:
            stop("Stopped. The database is unchanged.", 130)
        except OSError as fault:
            if fault.errno not in _DISK_ERRORS or fault.filename:
                raise
            _discard_output()
            stop(f"The output cannot be written: {fault.strerror}. Write it to another place.")

    return run


def _discard_output() -> None:
    """Let Python write the rest of the output to nowhere when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


@app.command(epilog=examples("serve --port 9000", "serve --workers 4 --no-load"))
@with_plain_errors
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 means any free port.")] = None,
    workers: Annotated[int | None, typer.Option(help="Number of server processes.")] = None,
    load: Annotated[bool, typer.Option(help="Load the documents first, if they changed.")] = True,
    seeds: Seeds = ARTICLES,
) -> None:
    """Load the documents if they changed, then serve the API until it is stopped."""
    from seeds.load import load_if_changed, summary

    options_given: dict[str, Any] = {"host": host, "port": port, "workers": workers}
    Settings()  # Workers read only the environment, so all variables must be valid.
    settings = Settings(
        **{name: value for name, value in options_given.items() if value is not None}
    )
    _log_to_stderr()
    if load and (published := load_if_changed(settings.url, seeds)):
        typer.echo(summary(published))
    from app.server import ServeError, run

    try:
        run(settings, typer.echo)
    except ServeError as fault:
        stop(str(fault))


@app.command(epilog=examples("load", "load --seeds ~/articles", "load --render"))
@with_plain_errors
def load(
    seeds: Seeds = ARTICLES,
    render: Annotated[
        bool,
        typer.Option("--render", help="Render and write all rows again, even if nothing changed."),
    ] = False,
) -> None:
    """Read and verify the documents, and write them to the database: all or nothing.

    Tables are created or migrated first. If nothing changed, nothing is written.
    """
    from seeds.load import load as load_seeds
    from seeds.load import summary

    _log_to_stderr()
    typer.echo(summary(load_seeds(Settings().url, seeds, force=render)))


@app.command(epilog=examples("check", "check --json | jq '.documents[].counts'"))
@with_plain_errors
def check(seeds: Seeds = ARTICLES, as_json: AsJson = False) -> None:
    """Report which passages, dates, numbers and quotations no row cites; needs no database.

    The exit code is 1 if there is any.
    """
    from seeds.build import read_content
    from seeds.coverage.table import coverage_table

    coverage = read_content(seeds).coverage
    if as_json:
        print_json(coverage)
    else:
        typer.echo(coverage_table(coverage), nl=False)
    raise typer.Exit(0 if coverage["complete"] else 1)


@app.command(epilog=examples("explain '/v1/events?date=2020-07&actor=donald-trump'"))
@with_plain_errors
def explain(
    address: Annotated[
        str, typer.Argument(help="Path and query of the request, as a client sends them.")
    ],
) -> None:
    """Show how a request is answered: canonical query, SQL, values, query plans, rows and times.

    If the request is refused, the problem is printed too, and the exit code is 1.
    """
    if not address.startswith("/"):
        raise typer.BadParameter(
            f"{address!r} does not begin with a slash; write a path such as /v1/events."
        )
    from app.explain import explain as explained

    answer, lines = explained(Settings(), address)
    for line in lines:
        typer.echo(line)
    if answer.problem:
        typer.echo(f"\n{answer.problem}")
        raise typer.Exit(1)


@app.command(epilog=examples("mcp", "mcp --http --port 8001"))
@with_plain_errors
def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP at /mcp, instead of stdio.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on, with --http.")] = 8001,
) -> None:
    """Serve AI assistants with the Model Context Protocol (MCP), over stdio or HTTP.

    It needs the extra `mcp`.
    """
    try:
        from app.mcp_server import make_server
    except ModuleNotFoundError as fault:
        if fault.name not in ("mcp", "mcp.server"):
            raise
        stop("The MCP server needs the package 'mcp'; install it with: pip install '.[mcp]'")
    server = make_server(Settings(access_log=False))
    if http:
        server.run("streamable-http", host=host, port=port, stateless_http=True, json_response=True)
    else:
        server.run()


@app.command(epilog=examples("export hkus-data", "export /tmp/hkus --format sqlite --format csv"))
@with_plain_errors
def export(
    folder: Annotated[Path, typer.Argument(help="Folder for the files; made if it is missing.")],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="sqlite, csv, parquet or jsonld; may be repeated.",
            show_default="all; parquet with the extra `parquet`",
        ),
    ] = None,
) -> None:
    """Write the whole knowledge base as files: SQLite, CSV with a Data Package, Parquet, JSON-LD.

    Files are named by the version of the dataset; manifest.json has their checksums. All files
    appear at the end, or none.
    """
    from functools import partial

    from app.download.export import ENDINGS, available_formats
    from app.download.export import export as write_files
    from seeds.publish.progress import progress_display

    chosen = tuple(dict.fromkeys(formats or available_formats()))
    for name in chosen:
        if name not in ENDINGS:
            raise typer.BadParameter(f"{name!r} is none of {', '.join(ENDINGS)}.")
    _log_to_stderr()
    show = partial(progress_display, verb="exported")
    for file in write_files(Settings(), folder, chosen, show)["files"]:
        typer.echo(f"{folder / file['name']}: {file['bytes']:,} bytes, {file['title']}")


@app.command(epilog=examples("migrate", "migrate --revision 0103", "migrate --sql"))
@with_plain_errors
def migrate(
    revision: Annotated[
        str | None, typer.Option(help="Target revision, newer or older; `base` removes all tables.")
    ] = None,
    sql: Annotated[
        bool,
        typer.Option(
            "--sql", help="Print the SQL from `base` to the revision, and change nothing."
        ),
    ] = False,
) -> None:
    """Create or migrate the tables, without loading documents."""
    import migrations
    from seeds.publish import migrate_to
    from seeds.publish.progress import Quiet

    target = revision or migrations.HEAD
    known = (migrations.BASE, *migrations.REVISIONS)
    if target not in known:
        raise typer.BadParameter(f"{target!r} is not one of {', '.join(known)}.")
    if sql:
        migrations.print_sql(target)
        return
    settings = Settings()
    migrate_to(settings.url, Quiet(), target)
    typer.echo(f"{url_without_password(settings.url)} is at revision {target}.")


@app.command(epilog=examples("info", "info --json | jq -r .dataset.version"))
@with_plain_errors
def info(as_json: AsJson = False) -> None:
    """Show the settings, without passwords, and the content of the database."""
    from seeds.publish.info import information

    found = information(Settings())
    if as_json:
        print_json(found)
        return
    for group, values in found.items():
        typer.echo(group)
        for name, value in values.items():
            typer.echo(f"  {name:22} {'-' if value is None else value}")


@app.command(epilog=examples("openapi > openapi.json"))
@with_plain_errors
def openapi() -> None:
    """Print the OpenAPI document of the API; needs no database."""
    from app.main import create_app

    document = create_app(Settings()).openapi()
    print_json(document)


def print_json(value: Any) -> None:
    """Print JSON. Characters that the output encoding does not have are written as JSON escapes."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    typer.echo(json.dumps(value, indent=2, ensure_ascii=not encoding.startswith("utf")))


def write_any_character() -> None:
    """Write `\\u2013` for a character that the output encoding does not have; do not fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _setting_fault(error: Mapping[str, Any]) -> str:
    name = "HKUS_" + "_".join(str(part) for part in error["loc"][:1]).upper()
    # The URL of a database may contain a password, so it is not printed.
    value = "" if "URL" in name else f"{error['input']!r}: "
    return f"{name}: {value}{error['msg'].removeprefix('Value error, ')}."


def _warn_of_unknown_settings() -> None:
    """Print one line for each variable that begins with `HKUS_` but is not a setting.

    A path prefix without effect would give links that lead nowhere, so it ends the command.
    """
    for name in path_prefixes(os.environ):
        stop(
            f"{name}: the service has no path prefix, because its links begin at the root of its "
            "host. Give it a host name of its own, such as hkus.example.org."
        )
    for name in unknown_variables(os.environ):
        from app.problems.messages import did_you_mean, nearest

        by_name = {each.removeprefix(PREFIX): each for each in variables()}
        plain = name.upper().removeprefix(PREFIX)
        hint = did_you_mean(by_name.get(nearest(plain, by_name, least=66) or ""))
        typer.echo(f"{name} is not a setting; it has no effect.{hint}", err=True)


def _log_to_stderr() -> None:
    """Write the messages of a load to standard error, one per line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def stop(message: str, code: int = 1) -> NoReturn:
    """Print what went wrong to standard error, and exit."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def _exit_on_signal(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def main() -> None:
    """The entry point of the command line."""
    write_any_character()
    # A load that is ended by a signal then removes its unfinished file, as after Ctrl-C.
    signal.signal(signal.SIGTERM, _exit_on_signal)
    app(prog_name="hkus")


if __name__ == "__main__":
    main()

"""How each server is started on a database."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import URL

from app.settings import Settings
from benchmarks.code_copy import ROOT
from benchmarks.serving import datasette
from benchmarks.serving.rounds import BARE, DATASETTE, FLOOR, OURS, TEXTBOOK
from benchmarks.serving.targets import DatabaseProcesses, Target, started

MEMORY = int(Settings.model_fields["response_cache_megabytes"].default)


def ours(
    url: URL,
    folder: Path,
    log: str = OURS,
    *,
    db_processes: DatabaseProcesses = tuple,
    memory: int = MEMORY,
) -> AbstractContextManager[Target]:
    """Our server on a database; `memory` is the size of its response cache in megabytes."""
    arguments = ["-m", "hkus", "serve", "--no-load", "--port", "{port}"]
    plain = url.set(drivername=url.get_backend_name())
    environment = {"HKUS_DATABASE_URL": plain.render_as_string(hide_password=False)}
    environment["HKUS_RESPONSE_CACHE_MEGABYTES"] = str(memory)
    environment["HKUS_QUERY_SECONDS"] = "60"  # so that no request fails on a busy machine
    return started(
        OURS, arguments, environment, code=ROOT, log=folder / f"{log}.log", ready="/readyz",
        db_processes=db_processes,
    )  # fmt: skip


def floors(folder: Path) -> Iterator[AbstractContextManager[Target]]:
    """The floor, with and without our outermost middleware."""
    for name, form in ((FLOOR, "under"), (BARE, "bare")):
        arguments = ["-m", "benchmarks.serving.floor", "{port}", form]
        yield started(name, arguments, {}, code=ROOT, log=folder / f"{form}.log", ready="/2")


def peers(url: URL, folder: Path) -> Iterator[AbstractContextManager[Target]]:
    """Datasette and the textbook build on the same file."""
    file = Path(url.database or "")
    yield started(
        DATASETTE, datasette.arguments(file, folder), {}, code=ROOT, log=folder / "datasette.log",
        ready=datasette.path("event", "id=event-0"),
    )  # fmt: skip
    yield textbook(url, folder, tuple)


def textbook(
    url: URL, folder: Path, db_processes: DatabaseProcesses
) -> AbstractContextManager[Target]:
    """The textbook build on a database."""
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").resolve()
        database_url = f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true"
    else:
        database_url = url.set(drivername="postgresql+psycopg").render_as_string(
            hide_password=False
        )
    arguments = [
        "-m", "uvicorn", "benchmarks.serving.textbook:app", "--host", "127.0.0.1",
        "--port", "{port}", "--no-access-log",
    ]  # fmt: skip
    return started(
        TEXTBOOK, arguments, {"TEXTBOOK_URL": database_url}, code=ROOT, log=folder / "textbook.log",
        db_processes=db_processes,
    )  # fmt: skip

"""`/v1/download`: the whole knowledge base as files, with checksums.

The files are made at the first request after a load, by a process of its own. Until they are ready,
requests are answered by 503 with Retry-After.
"""

import asyncio
import json
import logging
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from app.api.context import AppContext
from app.api.dataset_description import JSON_LD
from app.api.envelopes import ItemMeta, SelfLink
from app.api.responses import Result, enveloped, is_not_modified, respond, to_json
from app.api.routes import Route, add_route
from app.api.simple_requests import PARAMETERS, canonical_request
from app.db import DatasetState
from app.download.cache import environment_of, state_key
from app.download.export import MANIFEST
from app.problems.problems import NOT_FOUND, ProblemError, unavailable
from app.resources.rows import Link, of_form
from app.schema import Schema

PATH = "/v1/download"
WAIT_SECONDS = 8.0
"""How long a request waits for the files before it is answered by 503."""
FOREVER = "public, max-age=31536000, immutable"

_LOG = logging.getLogger("hkus.faults")
_EXPORTS: dict[str, asyncio.Task[str | None]] = {}
"""The exports that run, by the name of their folder."""


class DownloadFile(Schema):
    """A file with the whole knowledge base."""

    name: str
    """File name, with the version of the dataset."""
    format: str
    """`sqlite`, `csv`, `parquet` or `jsonld`."""
    title: str
    """What it holds."""
    media_type: str
    """Its media type."""
    bytes: int
    """Its size."""
    sha256: Annotated[str, of_form(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of its bytes."""
    href: Link
    """Its address. What is under it never changes, so caches may keep it for ever."""


class Downloads(Schema):
    """The files, and how they may be used."""

    files: list[DownloadFile]
    """One for each format that the server can write."""
    licence: str
    """The licence of the data."""
    attribution: list[str]
    """The authors of the documents."""
    cite_as: str
    """How to cite them."""


class DownloadAnswer(Schema):
    """The files with the whole knowledge base."""

    data: Downloads
    meta: ItemMeta
    links: SelfLink


def download_router() -> APIRouter:
    """The list of files, and the files."""
    router = APIRouter(tags=["About"])
    add_route(router, _LIST)
    # The list gives the addresses of the files, so the document need not describe them.
    path = f"{PATH}/{{state}}/{{name}}"
    router.add_api_route(path, download, response_model=None, include_in_schema=False)
    return router


async def downloads(request: Request) -> Response:
    """The list of files. It makes them first, if they are not there."""
    context: AppContext = request.app.state.context
    canonical = canonical_request(request)

    async def make() -> Result:
        dataset = await context.reader.dataset()
        key = state_key(context.settings, dataset)
        manifest = await _manifest(context, key)
        manifest.pop("dataset")
        for file in manifest["files"]:
            file["href"] = f"{PATH}/{key}/{file['name']}"
        links = {"self": canonical.self_link}
        return Result(dataset, enveloped(to_json(manifest), dataset, to_json(links)), links)

    return await respond(request, canonical, make)


async def download(request: Request) -> Response:
    """One file. Ranges are answered, so an interrupted download can go on."""
    context: AppContext = request.app.state.context
    canonical_request(request, "*/*")
    key, name = request.path_params["state"], request.path_params["name"]
    dataset: DatasetState = await context.reader.dataset()
    if key == state_key(context.settings, dataset):
        await _manifest(context, key)
    file = _listed(context.settings.downloads / key, name)
    if file is None:
        raise ProblemError(NOT_FOUND, f"There is no such file; {PATH} lists the present ones.")
    weak = f'W/"{file["sha256"]}"'
    headers = {
        "Cache-Control": FOREVER,
        # Text is compressed on the way, so its bytes differ (RFC 9110, 8.8.1).
        "ETag": weak if file["media_type"] == JSON_LD else weak.removeprefix("W/"),
        "Vary": "Accept-Encoding",
        "X-Dataset-Version": file["version"],
    }
    if is_not_modified(request, weak):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if request.scope["state"]["is_head"]:
        headers |= {"Content-Length": str(file["bytes"]), "Accept-Ranges": "bytes"}
        return Response(headers=headers, media_type=file["media_type"])
    return FileResponse(file["path"], headers=headers, media_type=file["media_type"])


def _listed(folder: Path, name: str) -> dict[str, Any] | None:
    """The file of this name that the manifest of the folder lists."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    found = [each for each in manifest["files"] if each["name"] == name]
    path = folder / name
    version = manifest["dataset"]["version"]
    return {**found[0], "path": path, "version": version} if found and path.is_file() else None


async def _manifest(context: AppContext, key: str) -> dict[str, Any]:
    """The manifest of the present files; raises 503 while they are made."""
    path = context.settings.downloads / key / MANIFEST
    if not path.is_file():
        await _made(context, key)
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise unavailable("reloaded", "The data were reloaded while the files were read.") from None


async def _made(context: AppContext, key: str) -> None:
    """Wait for the process that makes the files, and start it if none runs."""
    task = _EXPORTS.get(key)
    if task is None:
        task = _EXPORTS[key] = asyncio.create_task(_export(context, key))
        task.add_done_callback(lambda _: _EXPORTS.pop(key, None))
    done, _ = await asyncio.wait({task}, timeout=WAIT_SECONDS)
    if not done:
        detail = "The files are being made; this takes up to some minutes after each load."
        raise unavailable("exporting", detail, 10)
    if fault := task.result():
        _LOG.error("the files of %s could not be made: %s", PATH, fault)
        detail = "The files cannot be made now. The operator sees the reason in the log."
        raise unavailable("exporting", detail, 60)


async def _export(context: AppContext, key: str) -> str | None:
    """Make the files in a process of its own; returns the fault, if any."""
    command = [sys.executable, "-m", "app.download", key]
    environment = environment_of(context.settings)
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=PIPE, stderr=PIPE
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()
        raise
    if process.returncode == 0:
        return None
    return said.decode(errors="replace").strip()[-2_000:] or "it was killed"


_LIST = Route(
    PATH,
    downloads,
    name="listDownloads",
    summary="The whole knowledge base as files",
    description="A database for people (SQLite), tidy tables as CSV with a Data Package and as "
    "Parquet, and linked data, each with its address and its checksum. Ranges of a file are "
    "answered. The files are made at the first request after a load; until they are ready, the "
    "answer is 503 with `Retry-After`.",
    model=DownloadAnswer,
    parameters=PARAMETERS,
)

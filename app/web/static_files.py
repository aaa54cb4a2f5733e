"""`/static/…`: the files of the bundle, kept by browsers for good."""

from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response

from app.problems.problems import NOT_FOUND, ProblemError
from app.web.bundle import MEDIA_TYPES, Bundle

FOREVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=3600"
"""For the one file that is not named by its content."""


async def static_file(request: Request) -> Response:
    """A file of the bundle, by the name that the manifest gives it."""
    bundle: Bundle = request.app.state.bundle
    name: str = request.path_params["name"]
    content = bundle.read(name)
    if content is None:
        raise ProblemError(NOT_FOUND, "The bundle of the pages has no such file.")
    kept = A_WHILE if name == "licences.txt" else FOREVER
    media_type = MEDIA_TYPES[PurePath(name).suffix]
    return Response(content, headers={"Cache-Control": kept}, media_type=media_type)

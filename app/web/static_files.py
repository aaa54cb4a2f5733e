"""`/static/…`: the files of the bundle, which browsers cache forever."""

from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response

from app.problems.problems import NOT_FOUND, ProblemError
from app.web.bundle import MEDIA_TYPES, Bundle

FOREVER = "public, max-age=31536000, immutable"
ONE_DAY = "public, max-age=86400"
"""For the icon in the root, whose name has no hash either."""
ONE_HOUR = "public, max-age=3600"
"""For `licences.txt`, whose name has no hash."""


async def static_file(request: Request) -> Response:
    """A file of the bundle, by its name in the manifest."""
    bundle: Bundle = request.app.state.bundle
    name: str = request.path_params["name"]
    content = bundle.read(name)
    if content is None:
        raise ProblemError(NOT_FOUND, "The bundle of the pages has no such file.")
    cache_control = ONE_HOUR if name == "licences.txt" else FOREVER
    media_type = MEDIA_TYPES[PurePath(name).suffix]
    return Response(content, headers={"Cache-Control": cache_control}, media_type=media_type)

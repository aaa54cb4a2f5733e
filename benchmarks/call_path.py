"""Count the modules and calls of one request: `python -m benchmarks.call_path`.

For a page and an item it prints how many modules of ours the request uses, how many calls of our
functions it makes, and how often a call is in another module than the call before. Caches are warm.
It also counts the lines of code of the engine (`app` without resources, vocabularies and web),
without docstrings, comments and blank lines. Python 3.12 and newer do not count comprehensions as
calls, so compare figures of the same version; our goals are for 3.13.
"""

import ast
import asyncio
import platform
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from pydantic import SecretStr
from starlette.types import ASGIApp

from app.in_process import get
from app.main import create_app, with_middleware
from app.settings import Settings
from seeds.build import read_content
from seeds.publish import publish
from seeds.publish.progress import Quiet

APP = Path(__file__).parents[1] / "app"
OUTSIDE_OF_ENGINE = ("resources", "vocabularies", "web")
PAGE = "/v1/events?date=2020-07&limit=25"
ITEM = "/v1/events/hong-kong-autonomy-act-signed"
WARM_UP = 5
CLIENT = str(APP / "in_process.py")
"""The module that sends the request; its calls do not count."""


def main() -> None:
    """Print all figures."""
    write = sys.stdout.write
    write(f"Python {platform.python_version()}\n")
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/hkus.db"
        settings = Settings(
            database_url=SecretStr(url), access_log=False, response_cache_megabytes=0
        )
        publish(settings.url, read_content(), Quiet())
        for name, calls in asyncio.run(_calls_by_request(settings)).items():
            changes = sum(one != other for one, other in pairwise(calls))
            write(f"{name}: {len(set(calls))} modules, {len(calls)} calls, {changes} changes\n")
    write(f"engine: {sum(map(lines_of_code, engine())):,} lines of code\n")


async def _calls_by_request(settings: Settings) -> dict[str, list[str]]:
    """The module of each call within a request, for a page and for an item."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        layers = with_middleware(app, settings)
        return {
            "a page": await _calls_of(layers, PAGE),
            "an item": await _calls_of(layers, ITEM),
        }


async def _calls_of(app: ASGIApp, target: str) -> list[str]:
    for _ in range(WARM_UP):
        await get(app, target)
    calls: list[str] = []

    def record(frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(str(APP)) and name != CLIENT:
            calls.append(name)

    sys.setprofile(record)
    try:
        await get(app, target)
    finally:
        sys.setprofile(None)
    return calls


def engine() -> Iterator[Path]:
    """The modules of the engine."""
    for path in APP.rglob("*.py"):
        if (
            path.relative_to(APP).parts[0] not in OUTSIDE_OF_ENGINE
            and "node_modules" not in path.parts
        ):
            yield path


def lines_of_code(path: Path) -> int:
    """Count the lines with code: no docstrings, no comments, no blank lines."""
    text = path.read_text(encoding="utf-8")
    docstring_lines: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docstring_lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), start=1)
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in docstring_lines
        for number, line in lines
    )


if __name__ == "__main__":
    main()

"""What a page is: a request in, an answer for people out."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

Showing = Callable[[Request], Awaitable[Response]]

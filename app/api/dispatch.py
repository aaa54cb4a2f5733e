"""Dispatch: finds the routes that read data in a table, by path.

FastAPI tries its routes one after the other, inside middleware that these routes do not need. That
takes longer than most of their queries. The routes are the ones that the application declares and
documents. All other requests go to the application `fallback`.
"""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.responses import problem_response
from app.api.routes import RawQueryRoute
from app.problems.problems import ProblemError


class Dispatcher:
    """Answers GET requests for fixed paths, and for paths whose last part is a parameter."""

    def __init__(self, app: FastAPI, fallback: ASGIApp) -> None:
        self._app = app
        self._fallback = fallback
        self._fixed: dict[str, RawQueryRoute] = {}
        self._with_parameter: dict[str, tuple[RawQueryRoute, str]] = {}
        for route in app.routes:
            if isinstance(route, RawQueryRoute):
                self._add(route)

    def _add(self, route: RawQueryRoute) -> None:
        head, _, last = route.path.rpartition("/")
        if "{" not in route.path:
            is_new = self._fixed.setdefault(route.path, route) is route
        elif "{" not in head:
            is_new = self._with_parameter.setdefault(head, (route, last[1:-1]))[0] is route
        else:
            return
        if not is_new:
            raise ValueError(f"Two routes have the path {route.path}.")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._find_route(scope) if scope["type"] == "http" else None
        if found is None:
            await self._fallback(scope, receive, send)
            return
        route, parameters = found
        scope.update(app=self._app, route=route, path_params=parameters)
        try:
            response = await route.endpoint(Request(scope, receive))
        except ProblemError as problem:  # Answered here, so that it is compressed, too.
            response = problem_response(problem, scope["state"]["request_id"])
        await response(scope, receive, send)

    def _find_route(self, scope: Scope) -> tuple[RawQueryRoute, dict[str, str]] | None:
        if scope["method"] != "GET" or scope.get("root_path"):
            return None
        path: str = scope["path"]
        if route := self._fixed.get(path):
            return route, {}
        head, _, last = path.rpartition("/")
        if last and (match := self._with_parameter.get(head)):
            return match[0], {match[1]: last}
        return None

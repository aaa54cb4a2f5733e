"""Direct ways: the routes that read the data are found by their path, not one after the other.

FastAPI tries its routes in turn, under layers that these do not need, which takes longer than most
of their queries. They are found here instead: the same routes, taken from the application that
declares and documents them. Everything else goes on to the layer `otherwise`.
"""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.responses import problem_response
from app.api.routes import KnowledgeRoute
from app.problems.problems import ProblemError


class Dispatcher:
    """Answers GET requests for whole paths, and for paths that end in one parameter."""

    def __init__(self, app: FastAPI, otherwise: ASGIApp) -> None:
        self._app = app
        self._otherwise = otherwise
        self._whole: dict[str, KnowledgeRoute] = {}
        self._ending: dict[str, tuple[KnowledgeRoute, str]] = {}
        for route in app.routes:
            if isinstance(route, KnowledgeRoute):
                self._add(route)

    def _add(self, route: KnowledgeRoute) -> None:
        head, _, last = route.path.rpartition("/")
        if "{" not in route.path:
            self._whole[route.path] = route
        elif "{" not in head:
            self._ending[head] = (route, last[1:-1])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._found(scope) if scope["type"] == "http" else None
        if found is None:
            await self._otherwise(scope, receive, send)
            return
        route, parameters = found
        scope.update(app=self._app, route=route, path_params=parameters)
        try:
            response = await route.endpoint(Request(scope, receive))
        except ProblemError as problem:  # an answer like others, so that it is compressed, too
            response = problem_response(problem, scope["state"]["request_id"])
        await response(scope, receive, send)

    def _found(self, scope: Scope) -> tuple[KnowledgeRoute, dict[str, str]] | None:
        if scope["method"] != "GET" or scope.get("root_path"):
            return None
        path: str = scope["path"]
        if route := self._whole.get(path):
            return route, {}
        head, _, last = path.rpartition("/")
        if last and (ending := self._ending.get(head)):
            return ending[0], {ending[1]: last}
        return None

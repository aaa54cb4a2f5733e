"""Problems for people: the same problem details as the API's, as a page."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic_core import from_json
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.problems.problems import NOT_FOUND, PROBLEMS, ProblemError
from app.web.addresses import page_of, query_of
from app.web.api_client import AnsweredProblem
from app.web.html import page

_FOR_PROGRAMS = ("/v1", "/openapi.json", "/healthz", "/readyz", "/static/", "/.well-known/")


def is_for_people(request: Request) -> bool:
    """Whether the client asks for HTML, at an address that is no program's."""
    accepted = request.headers.get("accept", "")
    path: str = request.scope["path"]
    return "text/html" in accepted and not path.startswith(_FOR_PROGRAMS)


def problem_page(
    request: Request, problem: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    """A page that says what is wrong, and how to go on."""
    answer = page(
        request,
        "problem.html",
        title=problem["title"],
        status=problem["status"],
        problem=problem,
        cures={each.slug: each.cure for each in PROBLEMS if each.status == problem["status"]},
        anew=_anew(request, problem),
    )
    answer.headers.update(headers or {})
    return answer


def _anew(request: Request, problem: Mapping[str, Any]) -> str | None:
    """The same page without the parameters that are at fault."""
    faulty = {error["parameter"] for error in problem["errors"]}
    given = parse_qsl(query_of(request), keep_blank_values=True)
    kept = [(name, value) for name, value in given if name not in faulty]
    path = page_of(request.scope["path"])
    if len(kept) == len(given):
        return None
    return f"{path}?{urlencode(kept)}" if kept else path


async def answered_problem(request: Request, problem: AnsweredProblem) -> Response:
    """A problem that the API answered to a page."""
    if is_for_people(request):
        return problem_page(request, problem.problem, problem.headers)
    headers = {"Cache-Control": "no-store", **problem.headers}
    return JSONResponse(problem.problem, problem.status, headers, "application/problem+json")


def raised_problem(request: Request, problem: ProblemError) -> Response:
    """The page of a problem that was raised while a page was made."""
    return problem_page(request, from_json(problem.body(request.state.request_id)), problem.headers)


async def problem_type(request: Request) -> Response:
    """`/problems/{slug}`: what a type of problem means, and its cure."""
    slug = request.path_params["slug"]
    found = [problem for problem in PROBLEMS if problem.slug == slug]
    if not found:
        names = ", ".join(sorted({problem.slug for problem in PROBLEMS}))
        raise ProblemError(NOT_FOUND, f"There is no such problem; there are {names}.")
    return page(request, "problem_type.html", title=found[0].title, problems=found)

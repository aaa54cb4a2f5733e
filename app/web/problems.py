"""Problems as pages, with the same details as in the API."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pydantic_core import from_json
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.problems.problems import NOT_FOUND, PROBLEMS, ProblemError
from app.resources.events import EVENTS
from app.resources.lists import LISTS
from app.resources.resource import Resource
from app.resources.timeline import SEARCH, TIMELINE
from app.web import labels
from app.web.addresses import page_of, query_of
from app.web.api_client import AnsweredProblem, ReloadedError
from app.web.filter_form import FilterForm
from app.web.html import page
from app.web.lists import facet_counts

_LISTS_BY_PATH: dict[str, Resource] = {
    **{f"/{each.path}": each for each in (*LISTS, SEARCH)},
    "/network": EVENTS,
    "/story": TIMELINE,
}
"""The pages that have a form, and the list that the form filters."""
_PROGRAM_PATHS = ("/v1", "/openapi.json", "/healthz", "/readyz", "/static/", "/.well-known/")


def is_for_people(request: Request) -> bool:
    """Whether the client accepts HTML, and the address is not one for programs."""
    accepted = request.headers.get("accept", "")
    path: str = request.scope["path"]
    return "text/html" in accepted and not path.startswith(_PROGRAM_PATHS)


def problem_page(
    request: Request,
    problem: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
    form: FilterForm | None = None,
) -> Response:
    """A page that says what is wrong and how to continue. If a list refuses its query, the page has
    the form with the values of the query, and each error beside its field."""
    answer = page(
        request,
        "problem.html",
        title=problem["title"],
        status=problem["status"],
        problem=problem,
        form=form,
        errors=[
            each
            for each in problem["errors"]
            if form is None or not form.has_field(each["parameter"])
        ],
        cures=_cures(problem["status"], form),
        without_errors=_without_errors(request, problem),
    )
    answer.headers.update(headers or {})
    return answer


def _cures(status: int, form: FilterForm | None) -> list[str]:
    """What the reader can do. The cures of the API are for programs that send parameters."""
    if form:
        return [labels.CORRECT_FIELDS]
    if status in (400, 422):
        return [labels.CORRECT_ADDRESS]
    return list({each.slug: each.cure for each in PROBLEMS if each.status == status}.values())


async def _refused_form(request: Request, problem: Mapping[str, Any]) -> FilterForm | None:
    """The filled form of the list whose query is refused. It offers the values of the whole list,
    because the API does not count those of a refused query."""
    resource = _LISTS_BY_PATH.get(request.scope["path"])
    if resource is None or problem["status"] not in (400, 422):
        return None
    pairs = parse_qsl(query_of(request), errors="replace")
    facets = None
    if resource is not SEARCH:
        with suppress(AnsweredProblem, ReloadedError):
            facets = await facet_counts(request, resource)
    return FilterForm.refused(resource, pairs, problem, facets)


def _without_errors(request: Request, problem: Mapping[str, Any]) -> str | None:
    """The same page without the parameters that have errors."""
    wrong = {error["parameter"] for error in problem["errors"]}
    pairs = parse_qsl(query_of(request), keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name not in wrong]
    path = page_of(request.scope["path"])
    if len(kept) == len(pairs):
        return None
    return f"{path}?{urlencode(kept)}" if kept else path


async def answered_problem(request: Request, problem: AnsweredProblem) -> Response:
    """The answer to a page whose request the API refused."""
    if is_for_people(request):
        form = await _refused_form(request, problem.problem)
        return problem_page(request, problem.problem, problem.headers, form)
    headers = {"Cache-Control": "no-store", **problem.headers}
    return JSONResponse(problem.problem, problem.status, headers, "application/problem+json")


def raised_problem(request: Request, problem: ProblemError) -> Response:
    """The page of a problem that a page raised itself."""
    return problem_page(request, from_json(problem.body(request.state.request_id)), problem.headers)


async def problem_type(request: Request) -> Response:
    """`/problems/{slug}`: the meaning of a type of problem, and its cure."""
    slug = request.path_params["slug"]
    found = [problem for problem in PROBLEMS if problem.slug == slug]
    if not found:
        names = ", ".join(sorted({problem.slug for problem in PROBLEMS}))
        raise ProblemError(NOT_FOUND, f"There is no such problem; there are {names}.")
    return page(request, "problem_type.html", title=found[0].title, problems=found)

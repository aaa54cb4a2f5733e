"""Requests whose only query parameter is `expect_dataset`."""

from collections.abc import Sequence

from starlette.requests import Request

from app.api.context import AppContext
from app.api.negotiation import JSON, negotiated_media_type
from app.api.responses import CanonicalRequest
from app.links import with_query
from app.params.parameter import Parameter, read_parameters
from app.params.query_string import split_query
from app.problems.problems import refuse
from app.query.list_parameters import expect_dataset

PARAMETERS: Sequence[Parameter] = (expect_dataset(),)
_DECLARED = {parameter.name: parameter for parameter in PARAMETERS}


def canonical_request(request: Request, *media_types: str) -> CanonicalRequest:
    """The request in canonical form; raises a problem that names all faults.

    `media_types` are those that the route offers, the default first; JSON if there are none.
    """
    pairs = split_query(request.scope["query_string"])
    media_type = negotiated_media_type(request, media_types or (JSON,))
    context: AppContext = request.app.state.context
    values, faults = read_parameters(pairs, _DECLARED, (), context.lookups.examples)
    if faults:
        raise refuse(faults)
    path: str = request.scope["path"]
    if not values:
        return CanonicalRequest(path, media_type)
    canonical = {name: [str(value) for value in given] for name, given in values.items()}
    expected = str(values["expect_dataset"][0])
    return CanonicalRequest(with_query(path, canonical), media_type, expected)

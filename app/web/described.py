"""The JSON-LD in pages: the dataset, and on the page of a document the document itself."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from app.api.dataset_description import PATH
from app.web.api_client import get_json


async def described(request: Request, of: str | None = None) -> Mapping[str, Any]:
    """The description of the dataset. With `of`, the path of the page of a document, the document
    is the main node, and the dataset is based on it."""
    dataset: Mapping[str, Any] = await get_json(request, PATH)
    if of is None:
        return dataset
    sources = dataset["isBasedOn"]
    document = next((each for each in sources if each["@id"].endswith(of)), None)
    if document is None:
        return dataset
    named = {"@id": dataset["@id"], "@type": dataset["@type"], "name": dataset["name"]}
    needed = {name: dataset[name] for name in ("description", "license", "creator")}
    based = {**named, **needed, "isBasedOn": {"@id": document["@id"]}}
    return {"@context": dataset["@context"], "@graph": [document, based]}

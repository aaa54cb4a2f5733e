"""Examples of answers, kept in a file beside this module: what the shipped data answer.

`make openapi` writes the file; a test compares them with real answers.
"""

import json
from pathlib import Path

from app.api.openapi.schemas import Json

KEPT = Path(__file__).with_name("examples.json")


def place_examples(document: Json) -> None:
    """Add the kept examples to the answers. Their dataset version is the example of
    `expect_dataset` and of `since`."""
    kept: Json = json.loads(KEPT.read_text(encoding="utf-8"))
    for methods in document["paths"].values():
        operation: Json = methods["get"]
        of_operation: Json = kept["answers"].get(operation["operationId"], {})
        for media_type, example in of_operation.items():
            operation["responses"]["200"]["content"][media_type]["examples"] = _named(example)
        for parameter in operation.get("parameters", ()):
            if parameter["name"] in ("expect_dataset", "since"):
                parameter["schema"]["examples"] = [kept["dataset"]]
    for name, example in kept["problems"].items():
        [content] = document["components"]["responses"][name]["content"].values()
        content["examples"] = _named(example)


def _named(example: Json) -> Json:
    """An example, under the request that it answers."""
    return {"shipped": {"summary": example["request"], "value": example["value"]}}

"""Examples of answers to requests of the shipped data, from a file beside this module.

`make openapi` writes the file. A test compares the examples with real answers.
"""

import json
from pathlib import Path

from app.api.openapi.schemas import Json

EXAMPLES_FILE = Path(__file__).with_name("examples.json")


def place_examples(document: Json) -> None:
    """Add the examples to the answers. Their dataset version is the example of `expect_dataset` and
    of `since`."""
    examples: Json = json.loads(EXAMPLES_FILE.read_text(encoding="utf-8"))
    for methods in document["paths"].values():
        operation: Json = methods["get"]
        of_operation: Json = examples["answers"].get(operation["operationId"], {})
        for media_type, example in of_operation.items():
            operation["responses"]["200"]["content"][media_type]["examples"] = _named(example)
        for parameter in operation.get("parameters", ()):
            if parameter["name"] in ("expect_dataset", "since"):
                parameter["schema"]["examples"] = [examples["dataset"]]
    for name, example in examples["problems"].items():
        [content] = document["components"]["responses"][name]["content"].values()
        content["examples"] = _named(example)


def _named(example: Json) -> Json:
    """An example, with the request as its summary."""
    return {"shipped": {"summary": example["request"], "value": example["value"]}}

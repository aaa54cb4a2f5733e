"""The base of all schemas that answers are made by and OpenAPI shows."""

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """Every key is always present; null and `[]` mean that the document does not say."""

    model_config = ConfigDict(
        frozen=True,
        use_attribute_docstrings=True,
        extra="forbid",
    )

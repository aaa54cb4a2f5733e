"""The base class of all schemas of answers, which the OpenAPI document shows."""

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """Every key is always present; null and `[]` mean that the document does not say."""

    model_config = ConfigDict(
        frozen=True,
        use_attribute_docstrings=True,
        extra="forbid",
    )

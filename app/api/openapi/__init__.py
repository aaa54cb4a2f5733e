"""The OpenAPI document: what FastAPI writes of the declarations, and what it cannot know."""

from app.api.openapi.document import openapi_document
from app.api.openapi.parameters import parameters_of
from app.api.openapi.schemas import Json as Document

__all__ = ["Document", "openapi_document", "parameters_of"]

"""The OpenAPI document: what FastAPI writes of the declarations, and what it cannot know."""

from app.http.openapi.document import openapi_document
from app.http.openapi.schemas import Json as Document

__all__ = ["Document", "openapi_document"]

"""All lists: one for each kind, those of derived rows, and the timeline, which has rows of several
kinds."""

from app.resources.registry import WITH_DERIVED
from app.resources.resource import Resource
from app.resources.timeline import TIMELINE

LISTS: tuple[Resource, ...] = (*WITH_DERIVED, TIMELINE)

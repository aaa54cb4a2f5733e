"""All lists: one list for each kind, and the timeline, which has rows of several kinds."""

from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.resources.timeline import TIMELINE

LISTS: tuple[Resource, ...] = (*RESOURCES, TIMELINE)

"""All lists: of each kind, and across kinds."""

from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.resources.timeline import TIMELINE

LISTS: tuple[Resource, ...] = (*RESOURCES, TIMELINE)

"""The registry: every resource of the API. All generic code takes its resources from here."""

from app.resources.actors import ACTORS
from app.resources.agreements import AGREEMENTS
from app.resources.derived import Dataset
from app.resources.documents import DOCUMENTS
from app.resources.events import EVENTS
from app.resources.laws import LAWS
from app.resources.memberships import MEMBERSHIPS
from app.resources.offices import OFFICES
from app.resources.passages import PASSAGES
from app.resources.polls import POLLS
from app.resources.resource import Resource
from app.resources.statements import STATEMENTS
from app.resources.timeline import TIMELINE
from app.resources.trade_figures import TRADE_FIGURES

METADATA = Dataset.metadata
"""All tables: they are declared when this module is imported."""

RESOURCES: tuple[Resource, ...] = (
    EVENTS,
    LAWS,
    ACTORS,
    AGREEMENTS,
    TRADE_FIGURES,
    POLLS,
    STATEMENTS,
    OFFICES,
    MEMBERSHIPS,
    DOCUMENTS,
    PASSAGES,
)

LISTS: tuple[Resource, ...] = (*RESOURCES, TIMELINE)
"""Every list: of each kind, and across kinds."""

BY_KIND = {resource.kind: resource for resource in RESOURCES}

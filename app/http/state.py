"""What all routes of one server share."""

from dataclasses import dataclass, field

from starlette.requests import Request

from app.data import Reader
from app.query.names import Directory
from app.settings import Settings


@dataclass
class Exports:
    """How many exports are under way."""

    under_way: int = 0


@dataclass(frozen=True)
class Served:
    """The settings, the reader of the data, and the directory of names."""

    settings: Settings
    reader: Reader
    directory: Directory
    exports: Exports = field(default_factory=Exports)

    @classmethod
    def of(cls, request: Request) -> "Served":
        served: Served = request.app.state.served
        return served

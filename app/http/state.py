"""What all routes of one server share."""

from dataclasses import dataclass

from starlette.requests import Request

from app.data import Reader
from app.query.names import Directory
from app.settings import Settings


@dataclass(frozen=True)
class Served:
    """The settings, the reader of the data, and the directory of names."""

    settings: Settings
    reader: Reader
    directory: Directory

    @classmethod
    def of(cls, request: Request) -> "Served":
        served: Served = request.app.state.served
        return served

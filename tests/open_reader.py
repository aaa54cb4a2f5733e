"""Open and close a database reader as a server does."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.db import Reader, make_reader
from app.settings import Settings


@asynccontextmanager
async def open_reader(settings: Settings) -> AsyncGenerator[Reader]:
    """The reader of a server with these settings, open until the context ends."""
    reader = make_reader(settings)
    await reader.open()
    try:
        yield reader
    finally:
        await reader.close()

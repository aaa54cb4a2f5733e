"""Readers of a database, opened and closed as a server does it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.db import Reader, make_reader
from app.settings import Settings


@asynccontextmanager
async def open_reader(settings: Settings) -> AsyncGenerator[Reader]:
    """The reader that a server with these settings uses, until the block ends."""
    reader = make_reader(settings)
    await reader.open()
    try:
        yield reader
    finally:
        await reader.close()

"""Bodies of requests: nothing here reads one, so it is taken off the connection before the answer.

What is left of a body when an answer ends would be taken for the next request on the connection
(RFC 9112, 9.3). A body that is too long or too slow is left where it is; then the connection is
closed behind the answer.
"""

from asyncio import timeout
from contextlib import suppress

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

MOST_BYTES = 1_000_000
BODY_SECONDS = 10.0
"""Timeout for a body to arrive."""
LINGER_SECONDS = 2.0
"""How long an answer waits for a client that is still sending. A connection that is closed with
bytes unread is reset, and the client may lose the answer (RFC 9112, 9.6)."""


async def is_taken(scope: Scope, receive: Receive) -> bool:
    """Take the body of a request off the connection; False if something is left of it.

    Raises `ClientDisconnect` if the client is gone.
    """
    declared = _declared(scope)
    if declared == 0:
        return True
    if declared is not None and declared > MOST_BYTES:
        return False
    return await _taken(receive, MOST_BYTES, BODY_SECONDS)


async def linger(receive: Receive) -> None:
    """Let a client that has its answer go on sending for a while, or until it is gone."""
    with suppress(ClientDisconnect):
        await _taken(receive, None, LINGER_SECONDS)


def _declared(scope: Scope) -> int | None:
    """How long the body says that it is; None if it comes in chunks."""
    length = 0
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return None
        if name == b"content-length" and value.isdigit():  # uvicorn refuses what is no number
            length = int(value)
    return length


async def _taken(receive: Receive, most: int | None, seconds: float) -> bool:
    size = 0
    with suppress(TimeoutError):
        async with timeout(seconds):
            while most is None or size <= most:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return True
    return False

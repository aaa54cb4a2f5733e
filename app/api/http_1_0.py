"""Answers to HTTP/1.0 clients, which do not know chunks (RFC 9112, section 6.1).

An answer of unknown length is made twice: the first time only its bytes are counted, the second
time it is sent with that length. So no export is kept in memory, and a client
notices an incomplete answer: it is shorter than its Content-Length.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


async def send_with_length(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Run the application. Run it again if its first answer has no Content-Length."""
    first = _ByteCounter(send)
    await app({**scope}, receive, first.send)
    if first.length is None:
        return

    async def send_second(message: Message) -> None:
        await send(_with_length(message, first.length or 0))

    await app({**scope}, receive, send_second)


class _ByteCounter:
    """Forwards an answer that has a Content-Length; of any other answer it counts the bytes."""

    def __init__(self, forward: Send) -> None:
        self._forward = forward
        self.length: int | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_of_unknown_length(message):
            self.length = 0
        elif self.length is None:
            await self._forward(message)
        else:
            self.length += len(message.get("body", b""))


def _is_of_unknown_length(start: Message) -> bool:
    has_body = start["status"] not in (204, 304)
    return has_body and not any(name == b"content-length" for name, _ in start["headers"])


def _with_length(message: Message, length: int) -> Message:
    if message["type"] != "http.response.start" or not _is_of_unknown_length(message):
        return message
    headers = [*message["headers"], (b"content-length", str(length).encode())]
    return {**message, "headers": headers}

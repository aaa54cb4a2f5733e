"""Ask a server many requests at once; the answers come in the order of the requests."""

import gzip
import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException

from tests.oracle.exchanges import DATASET, Answer, Masks, Request

if sys.version_info >= (3, 14):
    from compression.zstd import decompress as decompress_zstd
else:
    import zstandard

    def decompress_zstd(data: bytes) -> bytes:
        return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()


CONNECTIONS = 4
"""No more than the exports that a server streams at once; beyond that it answers 503."""

DECOMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "zstd": decompress_zstd,
}

TIMEOUT = 60.0
"""Seconds to wait for an answer, and for a 503 to pass."""

Progress = Callable[[int], None]
"""Called with the number of requests answered so far."""


class Client:
    """Asks one server, and masks its answers."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._own = threading.local()
        self.masks = self._read_masks()

    def ask(self, requests: Sequence[Request], progress: Progress) -> list[Answer]:
        """The masked answers, in the order of the requests."""
        answers: list[Answer] = []
        pool = ThreadPoolExecutor(CONNECTIONS)
        try:
            for answer in pool.map(self._masked, requests):
                answers.append(answer)
                progress(len(answers))
        finally:
            pool.shutdown(cancel_futures=True)
        return answers

    def _read_masks(self) -> Masks:
        """What the server says of itself, once it is ready."""
        end = time.monotonic() + TIMEOUT
        while (answer := self._exchanged(Request("/readyz"))).status != 200:
            if time.monotonic() > end:
                raise TimeoutError(f"/readyz answers {answer.status}: {answer.body}")
            time.sleep(0.05)
        ready = json.loads(answer.body)
        return Masks(ready["dataset"], ready["loaded_at"])

    def _masked(self, request: Request) -> Answer:
        return self.masks.applied(self._answer(request))

    def _answer(self, request: Request) -> Answer:
        """The answer; while it is 503, the request is sent again, for a minute at most."""
        end = time.monotonic() + TIMEOUT
        while (answer := self._with_version(request)).status == 503 and time.monotonic() < end:
            time.sleep(0.2)
        return answer

    def _with_version(self, request: Request) -> Answer:
        """The answer, sent for again if it does not name the dataset.

        On PostgreSQL, answers that need no data name it only if the server has read it within the
        last second, which on a busy machine takes several tries.
        """
        answer = self._exchanged(request)
        for _ in range(8):
            if not answer.status or answer.header("x-dataset-version"):
                break
            self._exchanged(Request("/readyz"))
            answer = self._exchanged(request)
        return answer

    def _exchanged(self, request: Request) -> Answer:
        if not request.revalidates:
            return self._sent(request, request.headers)
        etag = self._sent(request, request.headers).header("etag")
        return self._sent(request, (*request.headers, ("If-None-Match", etag)))

    def _sent(self, request: Request, headers: Sequence[tuple[str, str]]) -> Answer:
        target = request.target
        if DATASET in target:
            target = target.replace(DATASET, self.masks.dataset)
        # A connection that stayed open may have been closed meanwhile; a new one has not.
        for _ in range(2):
            connection = self._connection()
            try:
                connection.putrequest(request.method, target, skip_accept_encoding=True)
                for name, value in headers:
                    connection.putheader(name, value)
                connection.endheaders()
                response = connection.getresponse()
                body = response.read()
            except (OSError, HTTPException):
                connection.close()
            else:
                return decoded(response.status, response.getheaders(), body)
        return Answer(0, (), "The connection broke.")

    def _connection(self) -> HTTPConnection:
        """The connection of this thread."""
        if not hasattr(self._own, "connection"):
            self._own.connection = HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
        return self._own.connection


def decoded(status: int, headers: Sequence[tuple[str, str]], body: bytes) -> Answer:
    """An answer from what came over the wire."""
    lower = tuple(sorted((name.lower(), value) for name, value in headers))
    encodings = [value for name, value in lower if name == "content-encoding"]
    for encoding in encodings:
        body = DECOMPRESS[encoding](body) if body else body
    return Answer(status, lower, body.decode("utf-8", "surrogateescape"))

"""The server: uvicorn runs the application on a socket that this module opens."""

import errno
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import uvicorn
from uvicorn.supervisors import Multiprocess

from app.logs import logging_config
from app.protocol import CONNECTION_OPTIONS, HttpConnection
from app.settings import Settings

READ_SECONDS = 30
"""Timeout for a client that does not read its answer."""

WORKER_SECONDS = 30
"""Timeout for the start of a worker. It is long, because a start takes long on a busy machine."""

LOGGER = logging.getLogger("hkus")
_CURES = {
    errno.EADDRINUSE: "stop the program that uses it, or choose another port: --port or HKUS_PORT",
    errno.EACCES: "choose a port from 1024 on: --port or HKUS_PORT",
}
_OTHER_HOST = "choose another address: --host or HKUS_HOST"


class ServeError(Exception):
    """The server cannot start. The message is shown to the operator."""


def run(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM, and then finish the requests that have begun.

    `announce` receives each address in one line. SIGHUP replaces the workers one by one, without a
    gap; the new ones run the code that is installed at that time.
    """
    server_socket = _listen(settings.host, settings.port)
    config = uvicorn_config("app.main:serve_app", settings)
    with server_socket:
        lines = list(address_lines(settings.host, server_socket.getsockname()[1]))
        if settings.metrics_port is not None:
            lines.append(_start_metrics(settings.metrics_host, settings.metrics_port))
        for line in lines:
            announce(line)
        if settings.workers > 1:
            Workers(config, sockets=[server_socket]).run()
        else:
            _run_one(config, server_socket)


class Workers(Multiprocess):
    """The worker processes. A warning is logged for each that ended by itself and was replaced."""

    def keep_subprocess_alive(self) -> None:
        before = list(self.processes)
        super().keep_subprocess_alive()
        for old, new in zip(before, self.processes, strict=True):
            if old is not new:
                message = "worker process %s ended (%s); worker process %s replaces it"
                LOGGER.warning(message, old.pid, _exit_reason(old.exitcode), new.pid)


def _exit_reason(exit_code: int | None) -> str:
    """How a process ended: the name of the signal that killed it, or its exit code."""
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


def uvicorn_config(application: str, settings: Settings) -> uvicorn.Config:
    """The configuration of uvicorn. `application` is the path of the function that makes the
    application, such as `app.main:serve_app`."""
    return uvicorn.Config(
        application,
        factory=True,
        http=cast(Any, HttpConnection),
        workers=settings.workers,
        log_config=logging_config(settings.log_format),
        access_log=False,  # `OuterMiddleware` writes the access log.
        proxy_headers=False,
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=WORKER_SECONDS,
        **CONNECTION_OPTIONS,
    )


def _start_metrics(host: str, port: int) -> str:
    from app.metrics import MetricsError, serve_metrics

    try:
        return f"{'Metrics':9} {_base(host, serve_metrics(host, port))}/metrics"
    except MetricsError as fault:
        raise ServeError(str(fault)) from fault


def address_lines(host: str, port: int) -> Iterator[str]:
    """Lines that name the API, its documentation and the explorer by their URLs."""
    loopback = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - printed, not bound
    base = _base(loopback.get(host, host), port)
    for name, path in (("API", "/v1"), ("Docs", "/docs"), ("Explorer", "/")):
        yield f"{name:9} {base}{path}"


def _base(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    is_dual = host == "::" and socket.has_dualstack_ipv6()
    try:
        server_socket = socket.create_server(
            (host, port), family=family, backlog=2048, dualstack_ipv6=is_dual
        )
    except OSError as fault:
        cure = _CURES.get(fault.errno or 0, _OTHER_HOST)
        raise ServeError(f"{host}, port {port}: {fault.strerror}: {cure}.") from fault
    except UnicodeError as fault:  # a name that cannot be a host name, such as a..b
        raise ServeError(f"{host!r} is no host name: {_OTHER_HOST}.") from fault
    if sys.platform == "linux":
        # Accepted connections inherit this timeout.
        server_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, READ_SECONDS * 1000)
    return server_socket


def _run_one(config: uvicorn.Config, server_socket: socket.socket) -> None:
    """Serve in this process. A signal that ends it after the start is not an error."""
    server = uvicorn.Server(config)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, _ignore_sighup)
    try:
        server.run(sockets=[server_socket])
    except (KeyboardInterrupt, SystemExit):
        if not server.started:
            raise
    if not server.started:
        raise ServeError("The server did not start; the lines above say why.")


def _ignore_sighup(_: int, __: object) -> None:
    """SIGHUP replaces workers one by one. A single process cannot be replaced without a gap."""
    LOGGER.warning("SIGHUP is ignored: only --workers 2 or more can be replaced without a gap")

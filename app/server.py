"""Serving: the application under uvicorn, on a socket of ours."""

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
from app.protocol import CONNECTION_OPTIONS, Connection
from app.settings import Settings

STALLED_SECONDS = 30
"""So long may a client take nothing of what is sent to it."""

WORKER_SECONDS = 30
"""So long may a new worker take to start; a machine that is busy is no reason to give it up."""

LOG = logging.getLogger("hkus")
_CURES = {
    errno.EADDRINUSE: "stop what uses it, or choose another port: --port, or HKUS_PORT",
    errno.EACCES: "choose a port from 1024 on: --port, or HKUS_PORT",
}


class ServeError(Exception):
    """The server cannot start. Told to people as it stands."""


def run(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; requests in flight are finished. `tell` gets the addresses.

    SIGHUP replaces the workers one by one, without a gap, by what is installed then.
    """
    listening = _listen(settings.host, settings.port)
    config = configured("app.main:serve_app", settings)
    with listening:
        for line in addresses(settings.host, listening.getsockname()[1]):
            tell(line)
        if settings.metrics_port is not None:
            tell(_metrics(settings.metrics_host, settings.metrics_port))
        if settings.workers > 1:
            Workers(config, sockets=[listening]).run()
        else:
            _run_one(config, listening)


class Workers(Multiprocess):
    """The worker processes; a warning names each that ended by itself and was replaced."""

    def keep_subprocess_alive(self) -> None:
        before = list(self.processes)
        super().keep_subprocess_alive()
        for old, new in zip(before, self.processes, strict=True):
            if old is not new:
                message = "worker %s ended (%s); worker %s replaces it"
                LOG.warning(message, old.pid, _ending(old.exitcode), new.pid)


def _ending(exit_code: int | None) -> str:
    """How a process ended: the name of the signal that killed it, or its exit code."""
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


def configured(application: str, settings: Settings) -> uvicorn.Config:
    """How uvicorn runs an application; `application` names the function that makes it."""
    return uvicorn.Config(
        application,
        factory=True,
        http=cast(Any, Connection),
        workers=settings.workers,
        log_config=logging_config(settings.log_format),
        access_log=False,  # The application's outermost layer writes a line for each request.
        proxy_headers=False,
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=WORKER_SECONDS,
        **CONNECTION_OPTIONS,
    )


def _metrics(host: str, port: int) -> str:
    from app.metrics import MetricsError, serve_metrics

    try:
        return f"Metrics   http://{host}:{serve_metrics(host, port)}/metrics"
    except MetricsError as fault:
        raise ServeError(str(fault)) from fault


def addresses(host: str, port: int) -> Iterator[str]:
    """Where to look first."""
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - told, not bound
    shown = anywhere.get(host, host)
    base = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    for name, path in (("API", "/v1"), ("Docs", "/docs"), ("Explorer", "/")):
        yield f"{name:9} {base}{path}"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    is_dual = host == "::" and socket.has_dualstack_ipv6()
    try:
        listening = socket.create_server(
            (host, port), family=family, backlog=2048, dualstack_ipv6=is_dual
        )
    except OSError as fault:
        cure = _CURES.get(fault.errno or 0, "choose another address: --host, or HKUS_HOST")
        raise ServeError(f"{host}, port {port}: {fault.strerror}: {cure}.") from fault
    if sys.platform == "linux":
        # Connections inherit it: who takes nothing of an answer for so long is cut off.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED_SECONDS * 1000)
    return listening


def _run_one(config: uvicorn.Config, listening: socket.socket) -> None:
    """Serve in this process. When it has ended well, the signal that ended it is no fault."""
    server = uvicorn.Server(config)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, _stay)
    try:
        server.run(sockets=[listening])
    except (KeyboardInterrupt, SystemExit):
        if not server.started:
            raise
    if not server.started:
        raise ServeError("The server did not start; the lines above say why.")


def _stay(_: int, __: object) -> None:
    """SIGHUP replaces workers one by one, which takes more than one of them."""
    LOG.warning(
        "SIGHUP: one process cannot replace itself without a gap; serve with --workers 2 for that"
    )

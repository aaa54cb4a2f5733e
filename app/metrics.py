"""Metrics for Prometheus: requests by route and status, on a separate port.

Metrics are off unless `HKUS_METRICS_PORT` is set. They need the extra `metrics`. Each worker writes
its counts to files in one shared folder. The first process serves the sums.
"""

import atexit
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import lru_cache

from starlette.types import Scope

from app.api.middleware import Observer

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable for the shared folder. The library reads it when it is imported."""

BUCKET_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds of the buckets of request times, in seconds."""
_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class MetricsError(Exception):
    """Metrics cannot be served. The message is shown to the operator."""


def serve_metrics(host: str, port: int) -> int:
    """Serve the counts of all workers, and return the port. Call this before workers start."""
    os.environ[FOLDER] = folder = tempfile.mkdtemp(prefix="hkus-metrics-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        from prometheus_client import CollectorRegistry, multiprocess, start_http_server
    except ImportError:
        cure = "install it with: pip install '.[metrics]'"
        raise MetricsError(f"Metrics need the package prometheus-client; {cure}") from None
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    try:
        server, _ = start_http_server(port, host, registry)
    except OSError as fault:
        is_port = fault.errno in (errno.EADDRINUSE, errno.EACCES)
        other = "port: HKUS_METRICS_PORT" if is_port else "address: HKUS_METRICS_HOST"
        raise MetricsError(
            f"{host}, port {port}: {fault.strerror}: choose another {other}."
        ) from fault
    except UnicodeError as fault:
        message = f"{host!r} is no host name: choose another address: HKUS_METRICS_HOST."
        raise MetricsError(message) from fault
    return server.server_port


def request_counter(templates: Iterable[str]) -> Observer:
    """A function that counts each request by the template of its route, its method and its status.
    Templates are few, so Prometheus stores few time series."""
    from prometheus_client import Counter, Histogram

    requests = Counter("hkus_requests", "Answered requests.", ("route", "method", "status"))
    seconds = Histogram(
        "hkus_request_seconds", "Time to answer, in seconds.", ("route",), buckets=BUCKET_BOUNDS
    )
    route_of = lru_cache(maxsize=4_096)(RouteTemplates(templates).matching)

    def observe(scope: Scope, _: str, status: int, duration: float) -> None:
        route = route_of(scope["path"])
        method = scope["method"] if scope["method"] in _METHODS else "other"
        requests.labels(route, method, str(status)).inc()
        seconds.labels(route).observe(duration)

    return observe


class RouteTemplates:
    """The templates of all routes, such as `/v1/events/{id}`."""

    def __init__(self, templates: Iterable[str]) -> None:
        self._templates = {tuple(each.split("/")) for each in templates}
        self._lengths = {len(each) for each in self._templates}

    def matching(self, path: str) -> str:
        """The template that matches a path; `other` if there is no match."""
        parts = path.split("/")
        if len(parts) in self._lengths:
            for template in sorted(self._templates, reverse=True):
                if len(template) == len(parts) and all(map(_matches, template, parts)):
                    return "/".join(template)
        return "other"


def _matches(expected: str, part: str) -> bool:
    return expected == part or expected.startswith("{")

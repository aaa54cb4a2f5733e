"""Headers of answers: of all answers, of answers with data, and of problems."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.about import LICENCE_URL
from app.db import DatasetState
from app.problems.problems import ProblemError

PROBLEM = b"application/problem+json"
SECURITY_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
CACHING = {"Cache-Control": "public, max-age=60", "Vary": "Accept, Accept-Encoding"}
LONGEST_LINK = 2_560
"""Most bytes of a Link header. The head of an answer then stays under 4 kB, the smallest
buffer of common proxies and clients."""

_MOST_USEFUL = ("next", "prev", "first", "self")
_FIXED_LINKS = f'<{LICENCE_URL}>; rel="license", </openapi.json>; rel="describedby"'


def dataset_headers(dataset: DatasetState, tag: str) -> dict[str, str]:
    """Cache-Control and Vary, the ETag, and the dataset version of an answer with data."""
    return {**CACHING, "ETag": tag, "X-Dataset-Version": dataset.version}


def link_header(links: Mapping[str, str | None]) -> str:
    """The Link header (RFC 8288) of an answer. If not all links fit, the most useful ones are kept;
    the body has them all."""
    all_links = {
        relation: f'<{target}>; rel="{relation}"' for relation, target in links.items() if target
    }
    bytes_left = LONGEST_LINK - len(_FIXED_LINKS)
    kept = set[str]()
    for relation in sorted(all_links, key=_MOST_USEFUL.index):
        size = len(all_links[relation]) + len(", ")
        if size <= bytes_left:
            kept.add(relation)
            bytes_left -= size
    return ", ".join([*[link for name, link in all_links.items() if name in kept], _FIXED_LINKS])


def merged_vary(
    headers: Sequence[tuple[bytes, bytes]], extra_name: bytes | None
) -> list[tuple[bytes, bytes]]:
    """The headers with all `Vary` lines joined into one, and with one more name."""
    others = [each for each in headers if each[0] != b"vary"]
    names = [value for name, value in headers if name == b"vary"]
    if extra_name:
        names.append(extra_name)
    return [*others, (b"vary", unique_names(b",".join(names)))] if names else others


@lru_cache(maxsize=64)
def unique_names(vary: bytes) -> bytes:
    """The names of a Vary header without repetitions; several layers add the same name."""
    return b", ".join(dict.fromkeys(name.strip() for name in vary.split(b",")))


def header_pairs(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers in the form of ASGI."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def problem_headers(problem: ProblemError) -> list[tuple[bytes, bytes]]:
    """The headers of a problem's answer."""
    return [
        (b"content-type", PROBLEM),
        (b"cache-control", b"no-store"),
        *header_pairs(problem.headers),
    ]

"""The headers of answers: of all of them, of answers from a dataset, and of problems."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.db import DatasetState
from app.problems.problems import ProblemError

PROBLEM = b"application/problem+json"
SECURITY_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
CACHING = {"Cache-Control": "public, max-age=60", "Vary": "Accept, Accept-Encoding"}
LONGEST_LINK = 2_560
"""Bytes of a Link header: the whole head of an answer stays under 4 kB, the smallest buffer that
common proxies and clients have for it."""

_MOST_USEFUL = ("next", "prev", "first", "self")
_FIXED_LINKS = f'<{LICENCE_URL}>; rel="license", </openapi.json>; rel="describedby"'


def dataset_headers(dataset: DatasetState, tag: str) -> dict[str, str]:
    """How long an answer may be kept, its validator, and the dataset that it is from."""
    return {**CACHING, "ETag": tag, "X-Dataset-Version": dataset.version}


def link_header(links: Mapping[str, str | None]) -> str:
    """The Link header (RFC 8288) of an answer: as many of its links as fit, those first that a
    client follows most. Whatever is left out stands in the body."""
    given = {
        relation: f'<{target}>; rel="{relation}"' for relation, target in links.items() if target
    }
    room = LONGEST_LINK - len(_FIXED_LINKS)
    fitting = set[str]()
    for relation in sorted(given, key=_MOST_USEFUL.index):
        size = len(given[relation]) + len(", ")
        if size <= room:
            fitting.add(relation)
            room -= size
    return ", ".join([*[link for name, link in given.items() if name in fitting], _FIXED_LINKS])


def merged_vary(
    headers: Sequence[tuple[bytes, bytes]], also: bytes | None
) -> list[tuple[bytes, bytes]]:
    """The headers with one `Vary`, of all that they have and one name more."""
    others = [each for each in headers if each[0] != b"vary"]
    names = [value for name, value in headers if name == b"vary"]
    if also:
        names.append(also)
    return [*others, (b"vary", unique_names(b",".join(names)))] if names else others


@lru_cache(maxsize=64)
def unique_names(vary: bytes) -> bytes:
    """The names of a Vary header, each once: several layers add theirs."""
    return b", ".join(dict.fromkeys(name.strip() for name in vary.split(b",")))


def header_pairs(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI wants them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def problem_headers(problem: ProblemError) -> list[tuple[bytes, bytes]]:
    """The headers of a problem's answer."""
    return [
        (b"content-type", PROBLEM),
        (b"cache-control", b"no-store"),
        *header_pairs(problem.headers),
    ]

"""Valid queries whose address has the maximum length."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from app.params.query_string import LONGEST_TARGET

FILTERS = ("actor_not", "source_not", "target_not", "place_not", "related_not")


def longest_address(
    path: str, query: Mapping[str, Sequence[str]], actors: Sequence[str], filters: int = 5
) -> str:
    """Add filters by actor until no further value fits into the address. Then fill the address with
    `&`, which has no effect."""
    pairs = [(name, value) for name, values in query.items() for value in values]
    for name in FILTERS[:filters]:
        for actor in actors[:50]:
            if len(_target(path, [*pairs, (name, actor)])) <= LONGEST_TARGET:
                pairs.append((name, actor))
    return _target(path, pairs).ljust(LONGEST_TARGET + len("?"), "&")


def _target(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}"

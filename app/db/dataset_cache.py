"""A cache of query results that depend only on the dataset; a new dataset version empties it."""

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from app.db.reader import DatasetState, Reader, ReaderWrapper, Rows, Snapshot, SqlStatement

K = TypeVar("K")
V = TypeVar("V")
MOST_RESULTS = 1_000
"""Maximum number of cached results. Each list has only a few such statements."""


class DatasetCache(Generic[K, V]):
    """A cache of values by key, for one dataset version. It never mixes versions. When it has more
    than `size` keys, it is emptied."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._version: str | None = None
        self._values: dict[K, V] = {}

    def of(self, dataset: DatasetState) -> dict[K, V]:
        """The cached values of this dataset version. The caller may add to them.

        Another version gets a new dictionary. A caller that still has the old dictionary does not
        affect the new one.
        """
        if dataset.version != self._version or len(self._values) > self._size:
            self._version, self._values = dataset.version, {}
        return self._values


class CachingReader(ReaderWrapper):
    """Caches the results of another reader that depend only on the dataset."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._cache = DatasetCache[Hashable, Rows](MOST_RESULTS)
        self._dataset: DatasetState | None = None

    async def fetch(self, asks: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        if not [ask for ask in asks if ask.per_dataset]:
            return await self._reader.fetch(asks, heavy=heavy)
        dataset = self._dataset
        known = self._cache.of(dataset) if dataset else {}
        known = {ask.shape: known[ask.shape] for ask in asks if ask.shape in known}
        snapshot = await self._fetched([ask for ask in asks if ask.shape not in known], heavy)
        if known and snapshot.dataset != dataset:
            known = {}
            snapshot = await self._fetched(asks, heavy)
        others = iter(snapshot.results)
        results = [known[ask.shape] if ask.shape in known else next(others) for ask in asks]
        return Snapshot(snapshot.dataset, results)

    async def _fetched(self, asks: Sequence[SqlStatement], heavy: bool) -> Snapshot:
        """Fetch from the reader, and cache the results that depend only on the dataset."""
        snapshot = await self._reader.fetch(asks, heavy=heavy)
        self._dataset = snapshot.dataset
        kept = self._cache.of(snapshot.dataset)
        kept |= {
            ask.shape: rows
            for ask, rows in zip(asks, snapshot.results, strict=True)
            if ask.per_dataset
        }
        return snapshot

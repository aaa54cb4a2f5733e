"""A cache of query results that depend only on the dataset; a new dataset version empties it."""

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from app.db.reader import DatasetState, Reader, ReaderWrapper, Rows, Snapshot, SqlStatement

K = TypeVar("K")
V = TypeVar("V")
MAX_RESULTS = 1_000
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
        self._cache = DatasetCache[Hashable, Rows](MAX_RESULTS)
        self._dataset: DatasetState | None = None

    async def fetch(self, statements: Sequence[SqlStatement], *, heavy: bool = False) -> Snapshot:
        if not [each for each in statements if each.per_dataset]:
            return await self._reader.fetch(statements, heavy=heavy)
        dataset = self._dataset
        cache = self._cache.of(dataset) if dataset else {}
        cached = {each.shape: cache[each.shape] for each in statements if each.shape in cache}
        missing = [each for each in statements if each.shape not in cached]
        snapshot = await self._fetch_and_cache(missing, heavy)
        if cached and snapshot.dataset != dataset:
            cached = {}
            snapshot = await self._fetch_and_cache(statements, heavy)
        fetched = iter(snapshot.results)
        results = [
            cached[each.shape] if each.shape in cached else next(fetched) for each in statements
        ]
        return Snapshot(snapshot.dataset, results)

    async def _fetch_and_cache(self, statements: Sequence[SqlStatement], heavy: bool) -> Snapshot:
        """Fetch from the reader, and cache the results that depend only on the dataset."""
        snapshot = await self._reader.fetch(statements, heavy=heavy)
        self._dataset = snapshot.dataset
        cache = self._cache.of(snapshot.dataset)
        cache |= {
            statement.shape: rows
            for statement, rows in zip(statements, snapshot.results, strict=True)
            if statement.per_dataset
        }
        return snapshot

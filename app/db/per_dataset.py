"""Lasting results: what follows from the dataset alone is read once, as long as that is served."""

from collections.abc import Hashable, Sequence

from app.db.dataset_cache import DatasetCache
from app.db.reader import Ask, DatasetState, Fetched, Reader, ReaderAround, Snapshot

MOST_RESULTS = 1_000
"""Lasting asks are few: some for each list."""


class LastingReader(ReaderAround):
    """Reads by another reader, but nothing again that it knows to be the same."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._cache = DatasetCache[Hashable, Fetched](MOST_RESULTS)
        self._dataset: DatasetState | None = None

    async def fetch(self, asks: Sequence[Ask], *, heavy: bool = False) -> Snapshot:
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

    async def _fetched(self, asks: Sequence[Ask], heavy: bool) -> Snapshot:
        """Fetch from the reader, and keep the results that depend on the dataset alone."""
        snapshot = await self._reader.fetch(asks, heavy=heavy)
        self._dataset = snapshot.dataset
        kept = self._cache.of(snapshot.dataset)
        kept |= {
            ask.shape: rows for ask, rows in zip(asks, snapshot.results, strict=True) if ask.lasting
        }
        return snapshot

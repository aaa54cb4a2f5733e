"""Lasting results: what follows from the dataset alone is read once, as long as that is served."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from app.data.reader import Ask, DatasetState, Fetched, Reader, ReaderAround, Snapshot


@dataclass(frozen=True)
class _Known:
    """Results by the shape of what was asked, and the dataset that they follow from."""

    dataset: DatasetState | None = None
    results: dict[Hashable, Fetched] = field(default_factory=dict[Hashable, Fetched])


class LastingReader(ReaderAround):
    """Reads by another reader, but nothing again that it knows to be the same."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._known = _Known()

    async def fetch(self, asks: Sequence[Ask], *, heavy: bool = False) -> Snapshot:
        known = self._known
        told = {ask.shape: known.results[ask.shape] for ask in asks if ask.shape in known.results}
        snapshot = await self._fetched([ask for ask in asks if ask.shape not in told], heavy)
        if told and snapshot.dataset != known.dataset:
            told = {}
            snapshot = await self._fetched(asks, heavy)
        others = iter(snapshot.results)
        results = [told[ask.shape] if ask.shape in told else next(others) for ask in asks]
        return Snapshot(snapshot.dataset, results)

    async def _fetched(self, asks: Sequence[Ask], heavy: bool) -> Snapshot:
        """What is asked, of which all that lasts is noted."""
        snapshot = await self._reader.fetch(asks, heavy=heavy)
        for ask, rows in zip(asks, snapshot.results, strict=True):
            if ask.lasting:
                if self._known.dataset != snapshot.dataset:
                    self._known = _Known(snapshot.dataset)
                self._known.results[ask.shape] = rows
        return snapshot

"""What was found in the data, kept as long as the same version of the dataset is served."""

from typing import Generic, TypeVar

from app.db.reader import DatasetState

K = TypeVar("K")
V = TypeVar("V")


class DatasetCache(Generic[K, V]):
    """Values by key, all found in one version of the dataset; at most `size` keys, then it starts
    empty again. Nothing of one version is ever returned beside another one."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._version: str | None = None
        self._values: dict[K, V] = {}

    def of(self, dataset: DatasetState) -> dict[K, V]:
        """The values found in this version, to read and to add to.

        Another version gets a new dictionary: who still holds the old one reads and writes there.
        """
        if dataset.version != self._version or len(self._values) > self._size:
            self._version, self._values = dataset.version, {}
        return self._values

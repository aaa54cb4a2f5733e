"""The results of trials."""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True)
class Figure:
    """One line of the report. `most` is the limit that the server guarantees, if there is one."""

    name: str
    value: float
    unit: str = ""
    most: float | None = None

    def of(self, subject: str) -> Self:
        """Put the subject before the name of the figure."""
        return replace(self, name=f"{subject}: {self.name}")

    @property
    def is_broken(self) -> bool:
        return self.most is not None and self.value > self.most

    def __str__(self) -> str:
        value = f"{self.value:,.3f}".rstrip("0").rstrip(".")
        promise = "" if self.most is None else f"  (at most {self.most:g})"
        broken = "  BROKEN" if self.is_broken else ""
        return f"{self.name:55} {value:>12} {self.unit}{promise}{broken}".rstrip()

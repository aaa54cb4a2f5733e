"""The errors of the API."""

from collections.abc import Mapping, Sequence
from typing import Any


class ProblemError(Exception):
    """The API refused a request (RFC 9457). `errors` name each parameter that is wrong."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.type: str = problem.get("type", "about:blank")
        self.detail: str = problem.get("detail") or problem.get("title") or f"status {status}"
        self.errors: Sequence[Mapping[str, Any]] = problem.get("errors", ())
        super().__init__(self._text())

    def _text(self) -> str:
        """The detail, and for each wrong parameter what is wrong and what may have been meant."""
        lines = [self.detail]
        for error in self.errors:
            suggestion = error.get("suggestion")
            meant = f" Did you mean {suggestion}?" if suggestion else ""
            lines.append(f"{error.get('parameter') or 'request'}: {error.get('message')}{meant}")
        return "\n".join(dict.fromkeys(lines))

"""Empty the caches of the application before each test.

Otherwise only the first test with some query would run the lines that build and answer it, and
the record would miss all later tests that check the same answer.
"""

import sys
import weakref
from collections.abc import Callable
from functools import _lru_cache_wrapper  # pyright: ignore[reportPrivateUsage]
from typing import Any

_made: weakref.WeakSet[Any] = weakref.WeakSet()
"""The caches that exist. Each keeps the arguments that it was made with."""


def watch(*classes: type[Any]) -> None:
    """Note each new object of these classes, so that `forget` can empty it."""
    for class_ in classes:
        class_.__init__ = _noting(class_.__init__)


def _noting(init: Callable[..., None]) -> Callable[..., None]:
    def initialise(self: Any, *arguments: Any, **named: Any) -> None:
        init(self, *arguments, **named)
        self.empty_again = lambda: init(self, *arguments, **named)
        _made.add(self)

    return initialise


def forget() -> None:
    """Empty all caches: those that were noted, and those of functions in `app` and `seeds`."""
    for cache in [*_made]:
        cache.empty_again()
    for name, module in [*sys.modules.items()]:
        if name.partition(".")[0] in ("app", "seeds"):
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()

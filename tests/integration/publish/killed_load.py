"""A load that a test kills.

As a program, it prints a line for each step, then waits for a line of input.
"""

import sys
from collections.abc import Iterator

from sqlalchemy import make_url

from seeds.dataset_content import Content, LoadedRow
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.integration.publish.sample_content import content, loaded
from tests.integration.publish.sample_rows import rows

MANY = 2_500


def tell(something: object) -> None:
    """Print a line and flush the output."""
    sys.stdout.write(f"{something}\n")
    sys.stdout.flush()


class Steps(Quiet):
    """Prints a line for each step and waits for a line of input, up to the end of the input."""

    def advance(self, rows: int) -> None:
        tell(rows)
        sys.stdin.readline()


def many() -> Content:
    """The sample content with many more rows, so that a test can kill the load while it writes."""

    def crowd() -> Iterator[LoadedRow]:
        for number in range(MANY):
            yield loaded("actor", f"citizen-{number}", 100 + number, type="person")

    return content([*rows(), *crowd()])


if __name__ == "__main__":
    new = many()
    tell("begins")
    sys.stdin.readline()
    publish(make_url(sys.argv[1]), new, Steps())

"""A load to be killed: run as a program, it writes a line for each step, and waits for one."""

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
    """One line, at once."""
    sys.stdout.write(f"{something}\n")
    sys.stdout.flush()


class Steps(Quiet):
    """A line for each step, after which it waits for one; at the end of these it goes on."""

    def advance(self, rows: int) -> None:
        tell(rows)
        sys.stdin.readline()


def many() -> Content:
    """The made-up content with a crowd, enough to be killed in the middle of it."""

    def crowd() -> Iterator[LoadedRow]:
        for number in range(MANY):
            yield loaded("actor", f"citizen-{number}", 100 + number, type="person")

    return content([*rows(), *crowd()])


if __name__ == "__main__":
    new = many()
    tell("begins")
    sys.stdin.readline()
    publish(make_url(sys.argv[1]), new, Steps())

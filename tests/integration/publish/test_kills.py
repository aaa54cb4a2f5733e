"""A killed load leaves the old content or the new content, never a mixture."""

import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import URL

from tests.integration.publish.killed_load import many
from tests.integration.publish.loading import file_of, load, other_files
from tests.integration.publish.table_contents import contents


def kill_load(url: URL, steps: int, seconds: float) -> None:
    """Start a large load; kill it a given number of seconds after a given number of steps."""
    target = url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.integration.publish.killed_load", target]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin
        assert process.stdout
        for step in range(steps + 1):
            assert process.stdout.readline()
            if step < steps or seconds:
                process.stdin.write("\n")
                process.stdin.flush()
        time.sleep(seconds)
        process.kill()


MOMENTS = ((0, 0.05), (2, 0.0), (5, 0.02), (5, 0.15))
"""When to kill the load, as (steps, seconds after them): migrate, write, compare, replace."""


def test_a_killed_load_leaves_the_old_content_or_the_new(database: URL):
    load(database, many())
    new = contents(database, timeless=True)
    load(database)
    before = contents(database, timeless=True)
    for steps, seconds in MOMENTS:
        kill_load(database, steps, seconds)
        assert contents(database, timeless=True) in (before, new)
        load(database)
        assert contents(database, timeless=True) == before


def test_the_next_load_takes_away_what_a_killed_one_left(tmp_path: Path):
    database = URL.create("sqlite", database=str(tmp_path / "hkus.db"))
    kill_load(database, 2, 0.0)
    assert other_files(file_of(database)) == {".hkus.db.new"}
    load(database)
    assert other_files(file_of(database)) == set()

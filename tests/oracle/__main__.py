"""Compare what the working tree answers with what a commit answered: `make oracle`.

    python -m tests.oracle                          # what is not committed yet
    python -m tests.oracle --base v1 --write oracle.diff
    python -m tests.oracle --databases sqlite       # half the time

The base's recording is kept in .oracle/, so that the next comparison with it takes half the time.
Both trees run on the environment that runs this. Pages have styles and scripts if `make bundle`
made them and their sources are the same in both trees. The exit code is 1 if any answer differs
between base and working tree, or between the databases of the working tree.
"""

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

from sqlalchemy import URL

from tests.oracle import recording, report, trees
from tests.oracle.client import Client
from tests.oracle.comparison import Difference, differences
from tests.oracle.crawl import Crawl
from tests.oracle.exchanges import Answer, Request
from tests.oracle.recording import Answers, Recording
from tests.oracle.service import ServiceError, new_database, unpacked
from tests.postgresql import postgres_server

DATABASES = ("sqlite", "postgresql")

COMMAND_LINE = Request("hkus openapi", method="RUN")
VERSION = Request("dataset version", method="RUN")


class Oracle:
    """Records trees, with one PostgreSQL server for all."""

    def __init__(self, postgres: URL, bundle: Path | None, databases: tuple[str, ...]) -> None:
        self._postgres = postgres
        self._bundle = bundle
        self._databases = databases
        self._key = recording.key(bundle, databases)

    def base(self, tree: str) -> Recording:
        """The recording of the base: the kept one, or a new one."""
        path = recording.path_for(tree, self._key)
        if path.exists():
            say(f"base: recorded before in {path.relative_to(trees.ROOT)}")
            return recording.load(path)
        recorded = self.record("base", tree, None)
        self.keep(tree, recorded)
        return recorded

    def keep(self, tree: str, recorded: Recording) -> None:
        """Keep a recording as that of the tree."""
        recording.save(recorded, recording.path_for(tree, self._key))

    def record(self, name: str, tree: str, requests: Sequence[Request] | None) -> Recording:
        """What a tree answers to the requests; None asks what the crawl of it chooses."""
        answers: dict[str, Answers] = {}
        with unpacked(tree, self._bundle) as code:
            openapi = Answer(0, (("content-type", "application/json"),), code.openapi())
            for kind in self._databases:
                started = time.monotonic()
                with (
                    new_database(kind, self._postgres) as database,
                    code.served(database) as port,
                ):
                    client = Client(port)
                    loaded = time.monotonic()
                    asked = _answers(client, requests, f"{name}, {kind}")
                version = Answer(0, (), client.masks.dataset)
                answers[kind] = {COMMAND_LINE: openapi, VERSION: version, **asked}
                requests = requests or list(asked)
                say(
                    f"{name}, {kind}: {len(asked)} requests in {time.monotonic() - loaded:.0f} s, "
                    f"after {loaded - started:.0f} s to load and start"
                )
        return Recording(answers)


def main() -> None:
    """Record, compare, report."""
    options = _options()
    # So that servers and folders go when this is ended, as after Ctrl-C.
    signal.signal(signal.SIGTERM, _end)
    try:
        differs = _compared(options)
    except (trees.GitError, ServiceError) as fault:
        sys.exit(str(fault))
    except KeyboardInterrupt:
        sys.exit("Stopped. What was recorded before is kept.")
    sys.exit(1 if differs else 0)


def _compared(options: argparse.Namespace) -> bool:
    base_tree, tree = trees.tree_of(options.base), trees.working_tree()
    bundle = trees.shared_bundle(base_tree, tree)
    say(f"base {options.base} is tree {base_tree[:12]}, the working tree is {tree[:12]}")
    say(f"pages {'with' if bundle else 'without'} the bundle of styles and scripts")
    databases = tuple(options.databases)
    with ExitStack() as stack:
        needs_server = "postgresql" in databases
        postgres = stack.enter_context(postgres_server()) if needs_server else URL.create("sqlite")
        oracle = Oracle(postgres, bundle, databases)
        base = oracle.base(base_tree)
        requests = [each for each in base.requests if each.method != "RUN"]
        candidate = oracle.record("working tree", tree, requests)
        changed = [
            difference
            for kind in databases
            for difference in differences(kind, base.answers[kind], candidate.answers[kind])
        ]
        if not changed and tree != base_tree:
            # The crawl of this tree would choose the same requests, since it sees the same answers.
            oracle.keep(tree, candidate)
    apart = [
        difference
        for kind in databases[1:]
        for difference in differences(
            f"{databases[0]} and {kind}",
            candidate.answers[databases[0]],
            candidate.answers[kind],
        )
    ]
    _report(f"base {options.base} and the working tree", changed)
    if len(databases) > 1:
        _report("the databases of the working tree", apart)
    if options.write:
        options.write.write_text(
            "".join(f"{line}\n" for line in report.diff([*changed, *apart])), encoding="utf-8"
        )
        say(f"The whole diff is in {options.write}.")
    return bool(changed or apart)


def _answers(client: Client, requests: Sequence[Request] | None, name: str) -> Answers:
    """The answers to the requests, or to those that a crawl chooses."""
    before = 0

    def progress(count: int) -> None:
        total = before + count
        if sys.stdout.isatty() and total % 50 == 0:
            sys.stdout.write(f"\r{name}: {total} requests ")
            sys.stdout.flush()
        elif total % 2000 == 0:
            say(f"{name}: {total} requests ...")

    if requests is not None:
        return dict(zip(requests, client.ask(requests, progress), strict=True))

    def ask(chosen: Sequence[Request]) -> list[Answer]:
        nonlocal before
        answers = client.ask(chosen, progress)
        before += len(answers)
        return answers

    crawl = Crawl(ask)
    crawl.run()
    return crawl.answers


def _report(what: str, found: Sequence[Difference]) -> None:
    if not found:
        say(f"No difference between {what}.")
        return
    say(f"\n{len(found)} answers differ between {what}:\n")
    for line in report.summary(found):
        say(line)
    say("")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle")
    parser.add_argument("--base", default="HEAD", help="commit to compare with (HEAD)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the whole diff")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    return parser.parse_args()


def _end(number: int, _: object) -> NoReturn:
    raise KeyboardInterrupt


def say(line: str) -> None:
    """Print a line, past the count of requests."""
    sys.stdout.write(f"\r{line}\n" if sys.stdout.isatty() else f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

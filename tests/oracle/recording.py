"""The answers of a tree on both databases, and the file that stores them."""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.oracle.exchanges import Answer, Request

FOLDER = Path(__file__).parents[2] / ".oracle"
KEPT = 12
"""The number of recordings to keep; older ones are removed."""

DECIDING = ("client", "crawl", "document", "exchanges", "recording", "service")
"""The modules that decide which requests are sent and what is recorded."""

Answers = Mapping[Request, Answer]


@dataclass(frozen=True)
class Recording:
    """The answers by database; the requests and their order are the same for all."""

    answers: Mapping[str, Answers]

    @property
    def requests(self) -> list[Request]:
        return list(next(iter(self.answers.values())))


def key(bundle: Path | None, databases: Sequence[str]) -> str:
    """A hash of what a recording depends on besides the tree: tool, bundle, databases."""
    digest = hashlib.sha256(repr(databases).encode())
    sources = [Path(__file__).with_name(f"{module}.py") for module in DECIDING]
    for file in (*sources, *([bundle / "manifest.json"] if bundle else [])):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def path_for(tree: str, key: str) -> Path:
    """The file of the recording of a tree."""
    return FOLDER / f"{tree[:16]}-{key}.jsonl.gz"


def save(recording: Recording, path: Path) -> None:
    """Write a recording in one step, and remove the oldest ones."""
    path.parent.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=path.parent) as folder:
        part = Path(folder, path.name)
        with gzip.open(part, "wt", compresslevel=3, encoding="utf-8") as lines:
            for line in _lines(recording):
                lines.write(line + "\n")
        part.replace(path)
    newest_first = sorted(path.parent.glob("*.jsonl.gz"), key=_age)
    for old in newest_first[KEPT:]:
        old.unlink(missing_ok=True)


def load(path: Path) -> Recording:
    """Read a recording and mark it as used."""
    os.utime(path)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        answers: dict[str, dict[Request, Answer]] = {name: {} for name in json.loads(next(lines))}
        for line in lines:
            fields, given = json.loads(line)
            request = Request(
                fields["target"], fields["method"], _pairs(fields["headers"]), fields["revalidates"]
            )
            answer = None
            for database, each in given.items():
                if each is not None:
                    answer = Answer(each["status"], _pairs(each["headers"]), each["body"])
                assert answer
                answers[database][request] = answer
    return Recording(answers)


def _lines(recording: Recording) -> Iterator[str]:
    """The names of the databases, then a line for each request with its answers.

    An answer that equals the one on the previous database is null.
    """
    yield json.dumps(list(recording.answers))
    for request in recording.requests:
        given: dict[str, object] = {}
        before = None
        for database, answers in recording.answers.items():
            answer = answers[request]
            given[database] = None if answer == before else asdict(answer)
            before = answer
        yield json.dumps([asdict(request), given])


def _pairs(found: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in found)


def _age(path: Path) -> float:
    return -path.stat().st_mtime

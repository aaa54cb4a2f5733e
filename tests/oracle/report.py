"""Report the differences: a summary by kind, and a diff of all of them."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.oracle.comparison import Change, Difference
from tests.oracle.exchanges import Answer, Request

EXAMPLES = 3
WIDTH = 300


def summary(differences: Sequence[Difference]) -> Iterator[str]:
    """Lines for each kind of change, the most frequent first, with the first few examples."""
    counts: dict[str, Counter[str]] = {}
    examples: dict[str, dict[Change, Difference]] = {}
    for difference in differences:
        found = difference.changes
        for kind in {change.kind for change in found}:
            counts.setdefault(kind, Counter())[difference.database] += 1
        for change in found:
            printed = examples.setdefault(change.kind, {})
            if len(printed) < EXAMPLES:
                printed.setdefault(change, difference)
    for kind in sorted(counts, key=lambda kind: (-counts[kind].total(), kind)):
        where = ", ".join(f"{database} {count}" for database, count in counts[kind].items())
        yield f"{kind}: {counts[kind].total()} answers ({where})"
        for change, difference in examples[kind].items():
            yield f"    {difference.request}"
            before, after = _excerpts(change.before, change.after)
            yield f"      - {before}"
            yield f"      + {after}"


def diff(differences: Sequence[Difference]) -> Iterator[str]:
    """All differences as a unified diff with indented JSON. A repeated change is printed once."""
    databases: dict[tuple[Request, Answer, Answer], list[str]] = {}
    for each in differences:
        databases.setdefault((each.request, each.before, each.after), []).append(each.database)
    counts: Counter[str] = Counter()
    hunks_by_heading: dict[str, list[tuple[str, list[str]]]] = {}
    pairs = [(before, after) for _, before, after in databases]
    texts = _unified(pairs)
    for ((request, _, _), where), text in zip(databases.items(), texts, strict=True):
        for hunk in _hunks(text):
            change = "\n".join(line for line in hunk if line[0] in "+-")
            if change not in counts:
                hunks_by_heading.setdefault(f"{request}  [{', '.join(where)}]", []).append(
                    (change, hunk)
                )
            counts[change] += len(where)
    for heading, hunks in hunks_by_heading.items():
        yield f"=== {heading}"
        for change, hunk in hunks:
            yield f"@@ {counts[change]} answers"
            yield from hunk


def layout_of(answer: Answer) -> str:
    """An answer as lines to compare."""
    lines = [f"status {answer.status}", *(f"{name}: {value}" for name, value in answer.headers)]
    found = answer.json()
    body = answer.body if found is None else json.dumps(found, indent=2, ensure_ascii=False)
    return "\n".join((*lines, "", body, ""))


def _unified(pairs: Sequence[tuple[Answer, Answer]]) -> Iterator[str]:
    """The diff of each pair of answers, made by one run of git, which is fast with long texts."""
    with TemporaryDirectory(prefix="hkus-oracle-diff-") as folder:
        for side in ("before", "after"):
            Path(folder, side).mkdir()
        for number, (before, after) in enumerate(pairs):
            one, other = layout_of(before), layout_of(after)
            if one == other:  # only the layout of the JSON differs
                one, other = before.body, after.body
            for side, text in (("before", one), ("after", other)):
                data = text.encode("utf-8", "surrogateescape")
                Path(folder, side, f"{number:06}").write_bytes(data)
        options = ("--no-index", "--no-ext-diff", "--no-color", "--no-renames", "--text", "-U2")
        run = subprocess.run(
            ["git", "diff", *options, "before", "after"],
            cwd=folder,
            capture_output=True,
            check=False,
        )
        text = run.stdout.decode("utf-8", "replace")
    yield from re.split(r"^diff --git .*\n", text, flags=re.MULTILINE)[1:]


def _hunks(text: str) -> Iterator[list[str]]:
    """The lines of each hunk, without its heading."""
    for hunk in re.split(r"^@@ .*\n", text, flags=re.MULTILINE)[1:]:
        yield [line for line in hunk.split("\n") if line]


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Each text on one line, cut to begin shortly before the first difference."""
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    start = max(0, same - 60)
    return _excerpt(before, start), _excerpt(after, start)


def _excerpt(text: str, start: int) -> str:
    excerpt = text[start : start + WIDTH].replace("\n", "\\n")
    return "..." * (start > 0) + excerpt + "..." * (len(text) > start + WIDTH)

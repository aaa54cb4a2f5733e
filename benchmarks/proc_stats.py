"""CPU time and memory of processes, read from /proc on Linux (see proc(5))."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of_ended_children() -> float:
    """CPU seconds (user and system) of all child processes that this one has waited for.

    Grandchildren count if their parent waited for them. The precision is a microsecond.
    """
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cpu_of_tree(root: int) -> float:
    """CPU seconds (user and system) of a running process and its descendants.

    Ended descendants count if their parent waited for them. The precision is a clock tick, 10 ms.
    """
    # utime, stime, cutime, cstime: fields 14 to 17.
    return sum(sum(map(int, fields[13:17])) for fields in _tree(root)) / _TICKS


def processes_of(root: int) -> list[int]:
    """The ids of a running process and of its descendants."""
    return [int(fields[0]) for fields in _tree(root)]


def anonymous_memory(root: int) -> int:
    """Bytes of memory of a process and its descendants without pages of files."""
    return sum(_anonymous(int(fields[0])) for fields in _tree(root))


def _anonymous(process: int) -> int:
    for line in (_PROC / str(process) / "smaps_rollup").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "Anonymous":
            return int(value.removesuffix("kB")) * 1024
    raise ValueError(f"/proc/{process}/smaps_rollup has no line Anonymous; Linux 4.14 has.")


def _tree(root: int) -> Iterator[list[str]]:
    """The fields of /proc/…/stat of a process and of its descendants."""
    found = {int(fields[0]): fields for fields in _all_processes()}
    children: dict[int, list[int]] = {}
    for process, fields in found.items():
        children.setdefault(int(fields[3]), []).append(process)
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield found[process]
        waiting += children.get(process, [])


def _all_processes() -> Iterator[list[str]]:
    for folder in _PROC.glob("[0-9]*"):
        try:
            line = (folder / "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # The process has just ended.
        # The second field is the program name in brackets; it may contain any character.
        before, _, after = line.rpartition(")")
        yield [before.split()[0], before, *after.split()]

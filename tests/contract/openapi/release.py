"""Make a release: `python -m tests.contract.openapi.release 0.2.0`, or `make release`."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from app import __version__
from tests.contract.openapi.released import broken, write

FILES = ("app/__init__.py", "CITATION.cff", "CHANGELOG.md")
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def check_version(version: str, present: str) -> None:
    """End the program unless the version is newer than the last dated one."""
    if not _VERSION.fullmatch(version):
        sys.exit(f"{version!r} has not the form of three numbers, such as 0.2.0.")
    if _numbers(version) < _numbers(present):
        sys.exit(f"{version} is not newer than {present}.")


def set_version(root: Path, version: str, day: str) -> None:
    """Write the version and the day of the release into all files that name them."""
    _replace(root / FILES[0], r'__version__ = ".*"', f'__version__ = "{version}"')
    citation = root / FILES[1]
    _replace(citation, r"(?m)^date-released: .*\n", "", needed=False)
    _replace(citation, r"(?m)^version: .*$", f'version: {version}\ndate-released: "{day}"')
    _replace(root / FILES[2], r"(?m)^## .* \(unreleased\)$", f"## {version} ({day})")


def _replace(file: Path, pattern: str, text: str, *, needed: bool = True) -> None:
    content, count = re.subn(pattern, text, file.read_text(encoding="utf-8"), count=1)
    if needed and not count:
        sys.exit(f"{file}: there is nothing of the form {pattern}.")
    file.write_text(content, encoding="utf-8")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def main(version: str) -> None:
    """Check the promises, then write all files of the release."""
    check_version(version, __version__)
    document = json.loads(Path("openapi.json").read_text(encoding="utf-8"))
    if missing := broken(document):
        sys.exit("These were promised and are gone (docs/stability.md):\n" + "\n".join(missing))
    set_version(Path(), version, datetime.now(UTC).date().isoformat())
    # In processes of their own, because they have to read the new version.
    subprocess.run([sys.executable, "-m", "tests.contract.openapi.examples"], check=True)
    written = subprocess.run(
        [sys.executable, "-m", "hkus", "openapi"], check=True, capture_output=True
    ).stdout
    Path("openapi.json").write_bytes(written)
    write(json.loads(written))
    sys.stdout.write(f"git commit -am 'Release {version}' && git tag v{version}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

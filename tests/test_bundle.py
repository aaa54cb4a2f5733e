"""The libraries of the pages are pinned by hash, freely licensed, and named without addresses."""

import json
import subprocess
from pathlib import Path
from typing import Any

LOCK: dict[str, Any] = json.loads(Path("app/web/package-lock.json").read_text(encoding="utf-8"))
PACKAGES: dict[str, Any] = {name: each for name, each in LOCK["packages"].items() if name}


def test_every_package_is_pinned_by_a_hash_and_by_no_address() -> None:
    assert len(PACKAGES) > 5
    for name, package in PACKAGES.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_every_package_is_free() -> None:
    licences = {package["license"] for package in PACKAGES.values()}
    assert licences <= {"Apache-2.0", "BSD-3-Clause", "ISC", "MIT", "OFL-1.1"}


def test_no_browser_code_of_others_is_committed() -> None:
    ignored = Path(".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"node_modules", "/app/web/static/"} <= set(ignored)


def test_our_own_browser_code_is_small() -> None:
    for path in Path("app/web/assets").glob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 210, path


def test_make_serve_says_in_valid_shell_that_pages_are_plain(tmp_path: Path) -> None:
    """Regression test: a comma in the message ended an argument of make's `if`."""
    static = tmp_path / "static"
    ran = subprocess.run(
        ["make", "-n", "serve", f"STATIC={static}"], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert f"({static}/failed says why)" in ran.stdout

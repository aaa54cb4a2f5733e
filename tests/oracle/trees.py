"""Git trees: a commit's, and that of the working tree as it is now."""

import os
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]

BUNDLE = Path("app/web/static")
BUNDLE_SOURCES = ("app/web/assets", "app/web/bundle.js", "app/web/package-lock.json")


class GitError(Exception):
    """What git said."""


def tree_of(revision: str) -> str:
    """The id of the tree of a commit."""
    return _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")


def working_tree() -> str:
    """The id of a tree with every file of the working tree that is not ignored.

    It is written by way of an index of its own; the index that a person sees stays as it is.
    """
    with TemporaryDirectory(prefix="hkus-index-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        _git("read-tree", "HEAD", **index)
        _git("add", "--all", **index)
        return _git("write-tree", **index)


def unpack(tree: str, folder: Path) -> None:
    """Write the files of a tree into a folder."""
    archive = subprocess.run(
        ["git", "archive", "--format=tar", tree], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")


def shared_bundle(one: str, other: str) -> Path | None:
    """The folder with the pages' styles and scripts, if it suits both trees.

    It is made by `make bundle` and stands in no tree. If it is not made, or its sources differ
    between the trees, both serve plain pages.
    """
    folder = ROOT / BUNDLE
    if not (folder / "manifest.json").exists():
        return None
    changed = _git("diff-tree", "-r", "--name-only", one, other, "--", *BUNDLE_SOURCES)
    return None if changed else folder


def _git(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise GitError(done.stderr.strip() or f"git {' '.join(arguments)} failed")
    return done.stdout.strip()

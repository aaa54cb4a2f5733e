"""The documents name only files, modules and classes that exist, and they list where modules are
tested."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTING = Path("docs/testing.md")
DOCUMENTS = [Path("README.md"), Path("CONTRIBUTING.md"), *sorted(Path("docs").rglob("*.md"))]
FOLDERS = ("app", "seeds", "migrations", "tests", "benchmarks", "docs", "requirements")
SOURCES = ("app", "seeds", "tests", "benchmarks")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w./-]*[\w/]|[\w/-]+\.py")
MODULE = re.compile(r"(?:app|seeds|migrations|tests|benchmarks)(?:\.[a-z_]\w*)+")
CLASS = re.compile(r"([A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z][a-z]+(?=\.[a-z]))(?:\.\w+)?")
"""Two words as in `ListQuery`, or one with an attribute as in `Format.name`."""
LISTED = re.compile(r"^- `(app[.\w]+)`: `([\w/]+\.py)` \(.+\)\.$", re.MULTILINE)
DECLARATIONS_AND_PAGES = ("app/resources/", "app/vocabularies/", "app/web/")


def words_of_code(text: str) -> Iterator[str]:
    """The words in backticks outside of code blocks."""
    for span in CODE.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        yield from span.split()


def missing_names(text: str, classes: set[str]) -> list[str]:
    """The paths, modules and classes in backticks that do not exist; `<name>` is a placeholder."""
    missing: list[str] = []
    for word in words_of_code(text):
        if PATH.fullmatch(word):
            exists = Path(word).exists()
        elif MODULE.fullmatch(word):
            exists = is_module(word) or is_defined(word)
        else:
            named = CLASS.fullmatch(word)
            exists = not named or named[1] in classes
        if not exists:
            missing.append(word)
    return missing


def is_module(name: str) -> bool:
    path = Path(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def is_defined(name: str) -> bool:
    """Whether a module contains the name, as in `app.main.create_app`."""
    module, _, attribute = name.rpartition(".")
    path = Path(*module.split(".")).with_suffix(".py")
    return path.is_file() and attribute in re.findall(r"\w+", path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def classes() -> set[str]:
    """The names of all classes of the project."""
    files = (path for folder in SOURCES for path in Path(folder).rglob("*.py"))
    texts = (path.read_text(encoding="utf-8") for path in files if "node_modules" not in path.parts)
    return {name for text in texts for name in re.findall(r"^\s*class (\w+)", text, re.MULTILINE)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_a_document_names_only_code_that_exists(document: Path, classes: set[str]) -> None:
    assert missing_names(document.read_text(encoding="utf-8"), classes) == []


def test_a_name_that_does_not_exist_is_found(classes: set[str]) -> None:
    text = (
        "`app/main.py` `app/<list>.py` `app/gone.py` `gone.py` `app.gone` `ListQuery` `GoneQuery`"
    )
    assert missing_names(text, classes) == ["app/gone.py", "gone.py", "app.gone", "GoneQuery"]


def modules_without_unit_test() -> list[str]:
    modules: list[str] = []
    for path in sorted(Path("app").rglob("*.py")):
        if path.stem == "__init__" or path.as_posix().startswith(DECLARATIONS_AND_PAGES):
            continue
        unit_test = Path("tests/unit", *path.parts[1:]).with_name(f"test_{path.name}")
        if not unit_test.exists():
            modules.append(".".join(path.with_suffix("").parts))
    return modules


def test_each_module_has_a_unit_test_or_names_the_test_that_covers_it() -> None:
    listed = LISTED.findall(TESTING.read_text(encoding="utf-8"))
    assert [module for module, _ in listed] == modules_without_unit_test()
    for _, test in listed:
        assert Path(test).name.startswith("test_"), test

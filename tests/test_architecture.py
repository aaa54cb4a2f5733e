"""The structure that the project promises: imports run one way, and generic code names no table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.resources.registry import RESOURCES

ROOT = Path(__file__).parent.parent
GENERIC = (
    "app/query", "app/db", "app/api", "app/formats", "app/search", "app/web",
    "app/resources/resource.py",
)  # fmt: skip
TABLES = {resource.path.replace("-", "_") for resource in RESOURCES}


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        path = ROOT / folder
        yield from [path] if path.suffix else sorted(path.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_server_never_imports_the_loader() -> None:
    for path in modules("app"):
        assert not {name for name in imports(path) if name.split(".")[0] in ("seeds", "hkus")}, path


def test_the_reader_knows_no_table_and_no_database() -> None:
    for path in modules("seeds/prose"):
        known = {name for name in imports(path) if name.split(".")[0] in ("app", "sqlalchemy")}
        assert known <= {"app.edtf.dates", "app.edtf.syntax", "app.folding"}, path


def test_queries_and_data_do_not_import_http() -> None:
    for path in modules("app/query", "app/db", "app/resources", "app/resources/resource.py"):
        assert not {name for name in imports(path) if name.startswith("app.api")}, path


@pytest.mark.parametrize("table", sorted(TABLES))
def test_generic_code_names_no_table(table: str) -> None:
    allowed = {"app/api/index.py"}  # the index attributes the documents and serves their text
    for path in modules(*GENERIC):
        if str(path.relative_to(ROOT)) not in allowed:
            assert f"app.resources.{table}" not in imports(path), path


def test_modules_stay_small() -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules("app", "seeds")
    }
    assert sorted(sizes.values())[len(sizes) // 2] <= 120
    assert {name: size for name, size in sizes.items() if size > 300} == {}

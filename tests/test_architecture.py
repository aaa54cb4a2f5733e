"""The structure of the project: imports run one way, and generic code names no table."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.resources.registry import RESOURCES

ROOT = Path(__file__).parent.parent
LAYERS = (
    "app.__version__", "app.vocabularies", "app.settings", "app.hashing", "app.folding",
    "app.links", "app.schema", "app.about",
    "app.edtf", "app.search", "app.problems", "app.params", "app.resources", "migrations",
    "app.rendering", "app.db", "app.query", "app.sql", "app.formats",
    "app.download", "app.logs", "app.api",
    "app.metrics", "app.web", "app.protocol", "app.server", "app.main",
    "app.in_process", "app.explain", "app.mcp_server",
)  # fmt: skip
"""The layers of the server, lowest first. A layer imports only earlier layers and itself."""
SEED_LAYERS = (
    "seeds.faults", "seeds.dataset_content", "seeds.prose", "seeds.reading", "seeds.articles",
    "seeds.builders", "seeds.coverage", "seeds.build", "seeds.publish", "seeds.load",
)  # fmt: skip
"""The layers of the loader. It may also import the server up to `app.sql`."""
GENERIC = ("app/query", "app/sql", "app/db", "app/api", "app/formats", "app/search", "app/web")
TABLES = {resource.path.replace("-", "_") for resource in RESOURCES}


def modules(*folders: str) -> Iterator[tuple[str, Path]]:
    """Each module below the folders, by its dotted name."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), path


@cache
def imports(path: Path) -> set[str]:
    """The dotted names of everything that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(name: str, layers: tuple[str, ...]) -> str | None:
    """The layer of a module or of a name in a module."""
    return next((each for each in layers if f"{name}.".startswith(f"{each}.")), None)


def against(module: str, path: Path, layers: tuple[str, ...]) -> list[str]:
    """The imports of a module that run against the order of the layers."""
    own = layer(module, layers)
    assert own, f"{module} is in no layer: name it in {__name__}"
    allowed = layers[: layers.index(own) + 1]
    inner = [name for name in imports(path) if name.split(".")[0] in ("app", "seeds", "migrations")]
    return [f"{module} imports {name}" for name in inner if not layer(name, allowed)]


def test_imports_of_the_server_run_one_way() -> None:
    """`migrations.env` is left out: it connects the models, the settings and Alembic."""
    own = [
        (name, path)
        for name, path in modules("app", "migrations")
        if name not in ("app", "migrations.env")
    ]
    found = [fault for name, path in own for fault in against(name, path, LAYERS)]
    assert found == []


def test_imports_of_the_loader_run_one_way() -> None:
    layers = (*LAYERS[: LAYERS.index("app.sql") + 1], *SEED_LAYERS)
    found = [
        fault
        for name, path in modules("seeds")
        if name != "seeds"
        for fault in against(name, path, layers)
    ]
    assert found == []


PROSE_MAY_IMPORT = ("app.folding", "app.edtf", "app.vocabularies.iso_codes", "seeds.prose")


def test_prose_knows_no_table_and_no_database() -> None:
    for name, path in modules("seeds/prose"):
        assert against(name, path, PROSE_MAY_IMPORT) == []
        assert not {each for each in imports(path) if each.startswith("sqlalchemy")}, name


@pytest.mark.parametrize("table", sorted(TABLES))
def test_generic_code_names_no_table(table: str) -> None:
    allowed = {"app.api.index"}  # serves the documents' texts and their licences
    for name, path in modules(*GENERIC):
        if name not in allowed:
            assert not {each for each in imports(path) if f"app.resources.{table}." in each}, name

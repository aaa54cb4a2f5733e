"""A pytest plugin: run the chosen tests in the given order, with databases made before."""

import json
import os
import shutil
from pathlib import Path
from typing import TypedDict

import pytest

VARIABLE = "HKUS_MUTANTS_CHOSEN"


class Choice(TypedDict):
    """The ids of the tests, and the files that exist already (`Shared.once`)."""

    tests: list[str]
    made: list[str]


def _choice() -> Choice:
    return json.loads(Path(os.environ[VARIABLE]).read_text(encoding="utf-8"))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    from tests.shared_folder import shared_by  # pytest imports this plugin itself, after this one

    folder = shared_by(config).folder
    for file in map(Path, _choice()["made"]):
        shutil.copyfile(file, folder / file.name)
        (folder / f"{file.name}.made").touch()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    order = {test: at for at, test in enumerate(_choice()["tests"])}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in order])
    items[:] = sorted(
        (item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid]
    )

"""TypeScript: two commands generate the types, and strict programs with them compile and run."""

import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from tests.client import ApiClient
from tests.e2e.clients.conftest import DOCUMENT, HERE, node_tool, run

pytestmark = pytest.mark.node

NewProject = Callable[[], Path]


@pytest.fixture(scope="session")
def new_project(tmp_path_factory: pytest.TempPathFactory) -> NewProject:
    """Makes folders with the types, the compiler's settings and the installed packages."""
    types = tmp_path_factory.mktemp("types") / "hkus.d.ts"
    run([node_tool("openapi-typescript"), DOCUMENT, "-o", types], HERE)

    def made() -> Path:
        folder = tmp_path_factory.mktemp("typescript")
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        (folder / "node_modules").symlink_to(HERE / "node_modules")
        shutil.copy(HERE / "tsconfig.json", folder)
        shutil.copy(types, folder)
        return folder

    return made


@pytest.fixture(scope="session")
def compiled(new_project: NewProject) -> Path:
    """A folder with our program, compiled."""
    folder = new_project()
    shutil.copy(HERE / "program.ts", folder)
    run([node_tool("tsc"), "--project", "."], folder)
    return folder


def test_a_strict_program_gets_typed_rows(server: str, compiled: Path) -> None:
    told = json.loads(run(["node", "program.js", server], compiled))
    assert told["event"]["edtf"] == "2020"
    assert told["event"]["roles"] == ["source", "target"]
    assert told["event"]["bucket"] <= told["event"]["total"]
    assert told["proof"]["quoted"] >= 1
    assert told["refusal"] == {"status": 422, "code": "unknown-code", "suggestion": "order"}


def test_a_program_with_a_wrong_type_does_not_compile(new_project: NewProject) -> None:
    folder = new_project()
    source = (HERE / "program.ts").read_text(encoding="utf-8")
    wrong = source.replace("row?.date?.edtf", "row?.date?.year").replace('"citations" |', "")
    (folder / "program.ts").write_text(wrong, encoding="utf-8")
    with pytest.raises(AssertionError, match="TS2339") as refused:
        run([node_tool("tsc"), "--project", "."], folder)
    assert "TS2322" in str(refused.value)


def test_the_two_commands_of_the_docs_and_the_program_below_them_do_what_they_say(
    client: ApiClient, server: str, new_project: NewProject
) -> None:
    page = client.get("/docs/front-end").text
    types, install = block(page, '<pre id="types"[^>]*>').splitlines()
    locked = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    generator = re.fullmatch(r"npx (\S+)@(\d+) \S+(/openapi\.json) (.*)", types)
    assert generator
    assert locked[generator[1]].startswith(f"{generator[2]}.")
    assert install == f"npm install openapi-fetch typescript@{locked['typescript'][0]}"

    folder = new_project()
    (folder / "hkus.d.ts").unlink()
    options = generator[4].split()
    run([node_tool(generator[1]), f"{server}{generator[3]}", *options], folder)
    program = block(page, r'<pre tabindex="0">(?=<code>import createClient)')
    (folder / "page.mts").write_text(
        program.replace("http://127.0.0.1:8000", server), encoding="utf-8"
    )
    check = block(page, '<pre id="check"[^>]*>').split()
    assert check[:3] == ["npx", "tsc", "--noEmit"]
    (folder / "tsconfig.json").unlink()
    run([node_tool("tsc"), *check[2:]], folder)
    run([node_tool("tsc"), *check[3:]], folder)
    assert re.fullmatch(r".+ \d+\n", run(["node", "page.mjs"], folder))


def block(page: str, start: str) -> str:
    """The code in a block of the documentation page."""
    found = re.search(rf"{start}<code>(.*?)</code>", page, re.DOTALL)
    assert found, start
    return unescape(found[1])

"""Old data and new code, and new data and old code, as docs/deploy.md describes an upgrade.

New code is a copy of the project with another rendering, and then with another revision, too. Old
code is the project itself. `make test-all` runs these tests, since each step starts a process.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL

import migrations
from seeds.build import read_content
from seeds.publish import publish
from seeds.publish.faults import PublishError
from seeds.publish.progress import Quiet
from tests.databases import NewDatabase, with_shipped
from tests.integration.test_recovery import client_of, problem_code
from tests.project_copies import copy_project
from tests.timeouts import TIMEOUT

REVISION = """
from alembic import op

revision = "{new}"
down_revision = "{old}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE upgraded (id INTEGER PRIMARY KEY)")


def downgrade() -> None:
    op.execute("DROP TABLE upgraded")
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """New code that renders rows in another way."""
    copied = copy_project(_made(tmp_path / "new"), ("app", "migrations", "seeds"), ("hkus.py",))
    rendering = copied / "app/rendering.py"
    rendering.write_text(rendering.read_text().replace("short_hash([HEAD", "short_hash(['', HEAD"))
    return copied


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def add_revision(checkout: Path) -> None:
    """Let the new code store rows in another way, too."""
    new = f"{int(migrations.HEAD) + 1:04}"
    file = checkout / f"migrations/versions/{new}_upgrade.py"
    file.write_text(REVISION.format(new=new, old=migrations.HEAD))


def new_code(checkout: Path, url: URL, *command: str) -> str:
    """Run a command of the new code; its output, also if the command fails."""
    plain = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
    ended = subprocess.run(
        [sys.executable, "-m", "hkus", *command], cwd=checkout, capture_output=True, text=True,
        env={**os.environ, "HKUS_DATABASE_URL": plain}, check=False, timeout=TIMEOUT,
    )  # fmt: skip
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stdout + ended.stderr


def new_answer(checkout: Path, url: URL) -> str:
    """The status that the new code answers, or the code of its problem."""
    said = new_code(checkout, url, "explain", "/v1/events?limit=1")
    status = said.partition("status")[2].split()[0]
    if status != "503":
        return status
    problem = json.loads(said[said.index("\n{") :])
    return str(problem["errors"][0]["code"])


def old_answer(url: URL) -> str:
    with client_of(url) as client:
        answer = client.get("/v1/events?limit=1")
        return "200" if answer.status_code == 200 else problem_code(client, "/v1/events?limit=1")


def version_of(url: URL, checkout: Path) -> str:
    return json.loads(new_code(checkout, url, "info", "--json"))["dataset"]["version"]


def test_another_rendering_is_loaded_beside_and_the_way_back_stays_open(
    new_database: NewDatabase, checkout: Path
) -> None:
    old_place, new_place = new_database(with_shipped), new_database()
    assert new_answer(checkout, old_place) == "other-rendering"
    assert new_code(checkout, new_place, "load").startswith("Loaded dataset ")
    assert new_answer(checkout, new_place) == "200"
    assert version_of(new_place, checkout) == version_of(old_place, checkout)
    assert old_answer(new_place) == "other-rendering"
    assert old_answer(old_place) == "200"


def test_another_revision_is_migrated_and_back_again(
    new_database: NewDatabase, checkout: Path
) -> None:
    place = new_database(with_shipped)
    add_revision(checkout)
    assert new_answer(checkout, place) == "not-migrated"
    assert "Loaded dataset " in new_code(checkout, place, "load")
    assert new_answer(checkout, place) == "200"
    assert old_answer(place) == "not-migrated"
    with pytest.raises(PublishError, match="use the version that made it"):
        publish(place, read_content(), Quiet())
    assert new_answer(checkout, place) == "200"

    assert migrations.HEAD in new_code(checkout, place, "migrate", "--revision", migrations.HEAD)
    assert old_answer(place) == "other-rendering"
    publish(place, read_content(), Quiet())
    assert old_answer(place) == "200"

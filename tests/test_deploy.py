"""docs/deploy.md lists the settings and the reasons of `/readyz` that the code has."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from sqlalchemy import make_url

from app.problems.codes import ErrorCode
from app.server import uvicorn_config
from app.settings import Settings

DEPLOY = Path("docs/deploy.md").read_text(encoding="utf-8")


def written(default: Any) -> str:
    """Format a default value as in the environment."""
    match default:
        case None:
            return "none"
        case SecretStr():
            return f"`{default.get_secret_value()}`"
        case str() | Path():
            return f"`{default}`"
        case _:
            return f"`{json.dumps(default)}`"


def row(name: str, field: FieldInfo) -> str:
    meaning = " ".join((field.description or "").split()).removesuffix(".")
    return f"| `HKUS_{name.upper()}` | {written(field.default)} | {meaning} |"


def test_the_table_of_settings_is_complete_and_true() -> None:
    documented = re.findall(r"^\| `HKUS_\w+` \|.*$", DEPLOY, re.MULTILINE)
    assert documented == [row(name, field) for name, field in Settings.model_fields.items()]


def test_the_reasons_that_readyz_gives_are_named() -> None:
    reasons = DEPLOY.partition("\nReasons: ")[2].partition(". Each is over")[0]
    code = "".join(path.read_text(encoding="utf-8") for path in Path("app/db").glob("*.py"))
    given = {word for word in get_args(ErrorCode) if f'"{word}"' in code}
    assert set(re.findall(r"`([\w-]+)`", reasons)) == given


def test_the_server_is_given_longer_to_end_than_it_takes() -> None:
    compose = yaml.safe_load(Path("compose.yaml").read_text(encoding="utf-8"))
    unit = Path("docs/hkus.service").read_text(encoding="utf-8")
    takes = uvicorn_config("app.main:serve_app", Settings()).timeout_graceful_shutdown or 0
    for given in (compose["services"]["api"]["stop_grace_period"].removesuffix("s"),
                  unit.partition("TimeoutStopSec=")[2].split()[0]):  # fmt: skip
        assert int(given) > takes


def test_the_server_of_the_containers_reads_as_the_readers_role() -> None:
    services = yaml.safe_load(Path("compose.yaml").read_text(encoding="utf-8"))["services"]
    role = Path("docs/reader-role.sql").read_text(encoding="utf-8")
    reader = make_url(services["api"]["environment"]["HKUS_DATABASE_URL"]).username
    assert f"CREATE ROLE {reader} LOGIN" in role
    assert "--no-load" in services["api"]["command"]
    for volume in services["db"]["volumes"][1:]:
        assert Path(volume.split(":")[0]).is_file()

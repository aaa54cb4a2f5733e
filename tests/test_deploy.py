"""docs/deploy.md lists the settings and the reasons of `/readyz` that the code has."""

import json
import re
from pathlib import Path
from typing import Any, get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from app.problems.codes import ErrorCode
from app.settings import Settings

DEPLOY = Path("docs/deploy.md").read_text(encoding="utf-8")


def written(default: Any) -> str:
    """Format a default value as in the environment."""
    match default:
        case None:
            return "none"
        case SecretStr():
            return f"`{default.get_secret_value()}`"
        case str():
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

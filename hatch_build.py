"""The build hook: nothing is built without the styles and scripts of the pages."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MANIFEST = "app/web/static/manifest.json"


class PagesHook(BuildHookInterface[Any]):
    """Refuses to build a wheel or an archive of the sources that would serve plain pages."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        if version != "editable" and not Path(self.root, MANIFEST).exists():
            raise FileNotFoundError(
                f"{MANIFEST} is missing, so the pages would have no styles: run `make bundle` first"
            )

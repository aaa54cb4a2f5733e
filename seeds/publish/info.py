"""Information about an installation: its settings, its database and its dataset."""

import json
from typing import Any

from app.rendering import rendering_hash
from app.settings import Settings
from migrations import HEAD
from seeds.publish import counts_of, published_state
from seeds.publish.faults import shown


def information(settings: Settings) -> dict[str, dict[str, Any]]:
    """The information by group and name, without secrets; raises `PublishError`."""
    url, file = settings.url, settings.sqlite_path
    held = published_state(url)
    return {
        "settings": {**json.loads(settings.model_dump_json()), "database_url": shown(url)},
        "database": {
            "kind": url.get_backend_name(),
            "file": str(file.resolve()) if file else None,
            "revision": held.revision,
            "newest_revision": HEAD,
        },
        "dataset": {
            "version": held.version,
            "loaded_at": held.loaded_at,
            "rendering_is_current": held.version and held.rendering == rendering_hash(),
        },
        "rows": counts_of(url) if held.migrated else {},
    }

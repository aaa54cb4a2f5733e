"""Information about an installation: its settings, its database and its dataset."""

import json
from typing import Any

from app.rendering import rendering_hash
from app.settings import Settings
from migrations import HEAD
from seeds.publish import counts_of, published_state
from seeds.publish.faults import url_without_password


def information(settings: Settings) -> dict[str, dict[str, Any]]:
    """The information by group and name, without secrets; raises `PublishError`."""
    url, file = settings.url, settings.sqlite_path
    state = published_state(url)
    return {
        "settings": {
            **json.loads(settings.model_dump_json()),
            "database_url": url_without_password(url),
        },
        "database": {
            "kind": url.get_backend_name(),
            "file": str(file.resolve()) if file else None,
            "revision": state.revision,
            "newest_revision": HEAD,
        },
        "dataset": {
            "version": state.version,
            "loaded_at": state.loaded_at,
            "rendering_is_current": state.version and state.rendering == rendering_hash(),
        },
        "rows": counts_of(url) if state.migrated else {},
    }

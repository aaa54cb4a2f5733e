"""Short hashes of content, equal on every machine."""

import hashlib
import json
from typing import Any

_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def short_hash(content: Any) -> str:
    """The first 16 hexadecimal digits of SHA-256 over canonical JSON."""
    return hashlib.sha256(_canonical(content).encode()).hexdigest()[:16]

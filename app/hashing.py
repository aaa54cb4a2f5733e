"""Hashes of content: short, and the same on every machine."""

import hashlib
import json
from typing import Any


def short_hash(content: Any) -> str:
    """The first 16 hexadecimal digits of SHA-256 over canonical JSON."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]

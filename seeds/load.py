"""A load from end to end: the seeds are read, verified and published, if they changed."""

from pathlib import Path

from sqlalchemy import URL

from seeds.publish import publish, published_state
from seeds.publish.fingerprint import fingerprint, is_current
from seeds.publish.progress import shown_progress
from seeds.publish.result import LoadResult


def load(url: URL, seeds: Path, *, force: bool = False) -> LoadResult:
    """Make the database hold what the seeds say; raises `LoadError` or `PublishError`.

    `anew` renders and writes all rows even if nothing changed.
    """
    # The readers and their grammars take long to import, and a start without a load needs none.
    from seeds.build import read_content

    # Taken first: what is edited while it is read is read again by the next load.
    mark = fingerprint(seeds)
    content = read_content(seeds)
    with shown_progress(content.total) as progress:
        return publish(url, content, progress, seeds=mark, force=force)


def load_if_changed(url: URL, seeds: Path) -> LoadResult | None:
    """Load, unless the seeds are those that the database was loaded from."""
    return None if is_current(published_state(url), fingerprint(seeds)) else load(url, seeds)


def summary(published: LoadResult) -> str:
    """What a load did, in one line."""
    if not published.changed:
        return f"Nothing changed: dataset {published.version} is loaded already."
    kinds = ", ".join(f"{count} {kind}" for kind, count in published.counts.items())
    found = published.difference
    return (
        f"Loaded dataset {published.version} ({kinds}): "
        f"{found.added} rows added, {found.changed} changed, {found.removed} removed."
    )

"""A complete load: read the seeds, verify them, and publish them if they have changed."""

from pathlib import Path

from sqlalchemy import URL

from seeds.publish import publish, published_state
from seeds.publish.fingerprint import fingerprint, is_current
from seeds.publish.progress import progress_display
from seeds.publish.result import LoadResult


def load(url: URL, seeds: Path, *, force: bool = False) -> LoadResult:
    """Load the seeds into the database; raises `LoadError` or `PublishError`.

    With `force`, all rows are rendered and written, even if nothing has changed.
    """
    # The readers and their grammars take long to import. A start without a load does not need them.
    from seeds.build import read_content

    # The fingerprint comes first: if a file changes during the load, the next load reads it again.
    mark = fingerprint(seeds)
    content = read_content(seeds)
    with progress_display(content.total) as progress:
        return publish(url, content, progress, seeds=mark, force=force)


def load_if_changed(url: URL, seeds: Path) -> LoadResult | None:
    """Load the seeds, unless the database was loaded from the same seeds; then return None."""
    return None if is_current(published_state(url), fingerprint(seeds)) else load(url, seeds)


def summary(published: LoadResult) -> str:
    """One line of text about the result of a load."""
    if not published.changed:
        return f"Nothing changed: dataset {published.version} is loaded already."
    kinds = ", ".join(f"{count} {kind}" for kind, count in published.counts.items())
    found = published.difference
    return (
        f"Loaded dataset {published.version} ({kinds}): "
        f"{found.added} rows added, {found.changed} changed, {found.removed} removed."
    )

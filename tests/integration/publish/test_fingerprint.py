"""The fingerprint of the files decides whether a load is necessary; the files are not parsed."""

from pathlib import Path

import pytest

from app import rendering
from app.rendering import rendering_hash
from app.resources.resource import Resource
from app.resources.tally_slots import Code, slots
from migrations import HEAD
from seeds.publish.fingerprint import fingerprint, is_current
from seeds.publish.result import DatabaseState


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "article.txt").write_text("= Title =\n")
    return tmp_path


def test_the_same_files_have_the_same_fingerprint(seeds: Path):
    assert fingerprint(seeds) == fingerprint(seeds)


def test_an_edit_a_new_name_or_a_new_file_changes_it(seeds: Path):
    file = seeds / "article" / "article.txt"
    found = {fingerprint(seeds)}
    file.write_text("= Title =\n\n")
    found.add(fingerprint(seeds))
    file = file.rename(seeds / "article" / "other.txt")
    found.add(fingerprint(seeds))
    (seeds / "article" / "reading.yaml").touch()
    found.add(fingerprint(seeds))
    assert len(found) == 4


def test_content_is_current_if_tables_files_and_rendering_are():
    current = {"version": "v", "rendering": rendering_hash(), "seeds": "s", "loaded_at": "now"}
    assert is_current(DatabaseState(HEAD, **current), "s")
    assert not is_current(DatabaseState(HEAD, **current), "edited")
    assert not is_current(DatabaseState("0101", **current), "s")
    assert not is_current(DatabaseState(HEAD, **{**current, "rendering": "older"}), "s")
    assert not is_current(DatabaseState(), "s")


def test_counts_in_other_slots_are_another_rendering(monkeypatch: pytest.MonkeyPatch):
    def reversed_slots(resource: Resource) -> list[Code]:
        return list(slots(resource))[::-1]

    current = rendering_hash()
    monkeypatch.setattr(rendering, "slots", reversed_slots)
    rendering_hash.cache_clear()
    try:
        assert rendering_hash() != current
    finally:
        rendering_hash.cache_clear()

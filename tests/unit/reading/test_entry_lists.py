"""An import fails for a kind without a resource, group or builder; no entry is ignored silently."""

import pytest

from app.resources.registry import RESOURCES, resource_of
from app.vocabularies.kinds import REGISTRY, Kind
from seeds.builders.laws import LawEntry
from seeds.builders.registry import BUILDERS, ENTRY_LISTS, builder_of
from seeds.reading.entry_lists import entry_lists_of

TREATY = Kind("treaty", "peace-treaties", "Treaty", "A treaty of peace.")


def test_a_kind_without_a_resource_is_refused() -> None:
    with pytest.raises(
        TypeError, match=r"'treaty' has no resource; .* app.resources.peace_treaties"
    ):
        resource_of(TREATY)


def test_a_resource_of_another_path_is_refused() -> None:
    renamed = Kind("laws", "laws", "Law", "A law.")
    with pytest.raises(
        TypeError, match=r"app.resources.laws declares 0 resources of the kind 'laws'"
    ):
        resource_of(renamed)


def test_a_kind_without_a_builder_is_refused() -> None:
    with pytest.raises(
        TypeError, match=r"'treaty' has no builder; .* seeds.builders.peace_treaties"
    ):
        builder_of(TREATY)


def test_a_module_that_declares_no_builder_is_refused() -> None:
    with pytest.raises(TypeError, match="'passage' has no builder"):
        builder_of(next(kind for kind in REGISTRY if kind.code == "passage"))


def test_entries_of_no_kind_are_refused() -> None:
    with pytest.raises(TypeError, match="entries for 'treaty', which is no kind"):
        entry_lists_of({"law": LawEntry, "treaty": LawEntry})


def test_each_kind_that_cites_words_has_a_group_and_a_builder() -> None:
    cited = [resource.kind for resource in RESOURCES if resource.cited]
    assert list(ENTRY_LISTS.kinds.values()) == list(BUILDERS) == cited

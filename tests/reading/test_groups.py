"""Every group of a reading becomes rows: a group, a kind or a loader without the others is refused
when the loaders are imported, so that no entry is dropped in silence."""

from dataclasses import replace

import pytest

from app.resources.laws import LAWS
from app.resources.registry import RESOURCES
from seeds.builders import LOADERS, for_each_kind
from seeds.reading.entries import EventEntry, Reading
from seeds.reading.groups import GROUPS, groups_of


class WithTreaties(Reading):
    """A reading with a group more."""

    treaties: tuple[EventEntry, ...] = ()


def test_a_group_that_no_kind_claims_is_refused() -> None:
    with pytest.raises(TypeError, match="no kind claims the group 'treaties' of WithTreaties"):
        groups_of(WithTreaties, RESOURCES)


def test_a_kind_without_a_group_is_refused() -> None:
    treaties = replace(LAWS, path="peace-treaties")
    with pytest.raises(TypeError, match=r"the kind 'law' has no group; add .* 'peace_treaties'"):
        groups_of(Reading, (*RESOURCES, treaties))


def test_a_group_whose_kind_is_gone_is_refused() -> None:
    with pytest.raises(TypeError, match="no kind claims the group 'laws'"):
        groups_of(Reading, [each for each in RESOURCES if each is not LAWS])


def test_a_kind_without_a_loader_is_refused() -> None:
    with pytest.raises(TypeError, match="the kind 'treaty' has no loader"):
        for_each_kind(LOADERS, (*GROUPS.values(), "treaty"))


def test_a_loader_without_a_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="the loader of 'law' is for no kind"):
        for_each_kind(LOADERS, set(GROUPS.values()) - {"law"})

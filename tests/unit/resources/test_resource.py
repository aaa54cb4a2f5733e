"""Invalid declarations of a resource cause an error on import, not a wrong row later."""

from dataclasses import replace

import pytest

from app.resources.events import EVENTS
from app.resources.registry import ENTRY_TYPES, RESOURCES
from app.resources.timeline import TIMELINE


def test_a_text_or_an_actor_that_is_no_field_is_refused():
    with pytest.raises(ValueError, match=r"events: \['sumary'\] are no fields of EventRow"):
        replace(EVENTS, texts=("sumary", "numbers.of"))
    with pytest.raises(ValueError, match=r"events: \['actros'\] are no fields of EventRow"):
        replace(EVENTS, actors=("actros",))


def test_a_filter_that_narrows_no_filter_is_refused():
    role = replace(EVENTS.filters_by_name["role"], narrows=("actr",))
    others = tuple(each for each in EVENTS.filters if each.name != "role")
    with pytest.raises(ValueError, match=r"events: \['actr'\] are narrowed but are no filters"):
        replace(EVENTS, filters=(*others, role))


def test_a_kind_that_is_in_no_code_list_is_refused():
    with pytest.raises(ValueError, match=r"events: its kinds \['evnet'\] are not in kinds"):
        replace(EVENTS, kind="evnet")
    with pytest.raises(ValueError, match=r"timeline: its kinds \['lore'\] are not in kinds"):
        replace(TIMELINE, kinds=("law", "lore"))


def test_the_types_of_all_kinds_are_those_of_each():
    typed = [resource for resource in RESOURCES if "type" in resource.table.c]
    assert len(typed) > 3
    for resource in typed:
        types = resource.table.c.type.info["vocabulary"].values
        assert set(types) <= set(ENTRY_TYPES.values), resource.path

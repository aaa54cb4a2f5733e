"""What a resource may not declare: an error when the code is imported, not a wrong row later."""

from dataclasses import replace

import pytest

from app.resources.events import EVENTS
from app.resources.registry import ENTRY_TYPES
from app.resources.timeline import TIMELINE


def test_a_kind_that_is_in_no_code_list_is_refused():
    with pytest.raises(ValueError, match=r"events: its kinds \['evnet'\] are not in kinds"):
        replace(EVENTS, kind="evnet")
    with pytest.raises(ValueError, match=r"timeline: its kinds \['lore'\] are not in kinds"):
        replace(TIMELINE, kinds=("law", "lore"))


def test_a_type_that_is_not_among_those_of_all_kinds_is_refused(monkeypatch: pytest.MonkeyPatch):
    fewer = tuple(code for code in ENTRY_TYPES if code.value != "legislation")
    monkeypatch.setattr("app.resources.resource.ENTRY_TYPES", replace(ENTRY_TYPES, codes=fewer))
    message = r"events: its types \['legislation'\] are not in entry-types"
    with pytest.raises(ValueError, match=message):
        replace(EVENTS)

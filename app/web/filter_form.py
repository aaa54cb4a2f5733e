"""The form that filters a list: one field for each filter of the list, with its current value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.params.types import Coded, Flag, Integer, Named, SlugText
from app.query.period import DATE_MATCHES
from app.query.sort import default_sort, sort_names
from app.resources.filter_types import Filter
from app.resources.resource import Resource
from app.web import labels
from app.web.addresses import DATES, changed
from app.web.written_dates import to_words

NOT_FILTERS = ("cursor", "count", "facet", "facet_limit", "include", "format", "fields")
"""Parameters that do not change which items a list has."""
PERIOD = ("date", "date_from", "date_to")
_SINGLE_LETTER = re.compile(r"\W+\w$")
_WORD_AT_END = re.compile(r"\w\w$")
LONGEST_MENU = 12
"""A menu of names with more options than this is too long to choose from without typing."""
MALFORMED_DATE = "malformed-date"
"""The code of the error for a text that is no date."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose."""

    value: str
    text: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form: a choice if it has options, else a text with suggestions."""

    name: str
    label: str
    meaning: str
    options: Sequence[Option] = ()
    value: str = ""
    is_number: bool = False
    completed_from: Sequence[str] = ()
    """The kinds of rows whose names complete the text while it is typed."""
    errors: Sequence[str] = ()
    cures: Sequence[tuple[str, str]] = ()
    """The values that the API suggests instead, each with the query that has it."""

    @property
    def is_set(self) -> bool:
        """Whether the filter is in use, or its value is refused."""
        return bool(self.value or self.errors) or any(option.chosen for option in self.options)

    @property
    def has_names(self) -> bool:
        """Whether the options are the names of many rows. The script of the page then completes
        a name while it is typed."""
        return bool(self.completed_from) and len(self.options) > LONGEST_MENU

    @property
    def takes_many(self) -> bool:
        """Whether several values are set. A form element for a single choice cannot show them."""
        return sum(option.chosen for option in self.options) > 1


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it."""

    text: str
    without: str


class FilterForm:
    """The form of a list, with the values of the canonical query and the facets of an answer.

    `errors` are those of the API, if it refused the query.
    """

    def __init__(
        self,
        resource: Resource,
        answer: Mapping[str, Any],
        errors: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self._resource = resource
        self._facets: Mapping[str, Any] = answer["facets"] or {}
        self._errors = errors
        query: Mapping[str, Any] = answer["meta"]["query"]
        self._values = {
            name: [value] if isinstance(value, str) else list(value)
            for name, value in query.items()
            if name not in NOT_FILTERS
        }
        self._first: str = changed(
            answer["links"]["first"], {name: None for name in NOT_FILTERS if name != "cursor"}
        )

    @classmethod
    def refused(
        cls,
        resource: Resource,
        pairs: Sequence[tuple[str, str]],
        problem: Mapping[str, Any],
        facets: Mapping[str, Any] | None = None,
    ) -> "FilterForm":
        """The form of a query that the API refuses, with each error beside its field. `facets` are
        those of the whole list."""
        query: dict[str, list[str]] = {}
        for name, value in pairs:
            query.setdefault(name, []).append(value)
        first = changed(f"/v1/{resource.path}", dict(query))
        answer = {"facets": facets, "meta": {"query": query}, "links": {"first": first}}
        return cls(resource, answer, problem["errors"])

    def fields(self) -> Iterator[FormField]:
        """A field for each filter that has values in the list, in the order of its declaration."""
        for filter in self._resource.filters:
            field = self._field(filter)
            if field.is_set or field.options or not self._is_unused(filter):
                yield field

    def main(self, names: Sequence[str]) -> list[str]:
        """The names of the fields that are always visible: `names`, else two code lists and one
        filter by name."""
        filters = self._resource.filters
        coded = [each.name for each in filters if isinstance(each.values, Coded)]
        named = [each.name for each in filters if isinstance(each.values, Named)]
        return list(names) or [*coded[:2], *named[: 3 - len(coded[:2])]]

    def period(self) -> list[FormField]:
        """The fields of the period, if items of the list can have dates."""
        if not self._resource.dated:
            return []
        value = to_words("".join(self._values.get("date", [])))
        match = "".join(self._values.get("date_match", []))
        options = [
            Option(each, labels.DATE_MATCHES[each], chosen=match == each)
            for each in DATE_MATCHES
            if each != "possible"
        ]
        errors = [text for name in PERIOD for text in self._errors_of(name)]
        return [
            FormField("date", labels.WHEN, labels.WHEN_HINT, value=value, errors=errors),
            FormField("date_match", labels.DATE_MATCH, labels.DATE_MATCH_HINT, options,
                  errors=self._errors_of("date_match")),
        ]  # fmt: skip

    def has_field(self, name: str | None) -> bool:
        """Whether the errors of a parameter stand beside a field."""
        filters = [filter.name for filter in self._resource.filters]
        return name in ("q", *filters, *((*PERIOD, "date_match") if self._resource.dated else ()))

    def words(self) -> FormField:
        """The field of a search."""
        value = "".join(self._values.get("q", []))
        return FormField(
            "q", labels.WORDS, labels.WORDS_HINT, value=value, errors=self._errors_of("q")
        )

    def sorts(self) -> list[Option]:
        """The sort keys, the default one first."""
        searched = "q" in self._values
        default = str(default_sort(self._resource, searched=searched)[0])
        current = ",".join(self._values.get("sort", [default]))
        names = [name for name in sort_names(self._resource) if searched or name != "relevance"]
        keys = dict.fromkeys([default, *(f"{sign}{name}" for name in names for sign in ("", "-"))])
        return [
            Option("" if key == default else key, labels.sort(key), chosen=key == current)
            for key in keys
        ]

    def hidden(self) -> Iterator[tuple[str, str]]:
        """Parameters that are set and have no field."""
        own = {filter.name for filter in self._resource.filters}
        visible = own | {"q", "sort", *(field.name for field in self.period())}
        for name, values in self._values.items():
            if name not in visible and name != "offset":
                yield from ((name, value) for value in values)

    def chips(self) -> Iterator[Chip]:
        """Each filter that is set."""
        periods = {*PERIOD, *(f.name for f in self._resource.filters if f.comparison == "period")}
        for name, values in self._values.items():
            if name in ("limit", "offset", "sort"):
                continue
            for value in values:
                rest = [each for each in values if each != value]
                changes: dict[str, str | list[str] | None] = {name: rest or None}
                if not (periods - {name}) & self._values.keys():
                    changes["date_match"] = None
                yield Chip(self._text(name, value), changed(self._first, changes))

    @property
    def is_sorted(self) -> bool:
        """Whether the query sets a sort key."""
        return "sort" in self._values

    @property
    def clear(self) -> str:
        """The address of the whole list."""
        return self._first.partition("?")[0]

    @property
    def first(self) -> str:
        """The address of the first page of the filtered list."""
        return self._first

    @property
    def beginnings(self) -> tuple[str, str] | None:
        """The search with the last word as a prefix (`word*`), and its address; None if the last
        word is a prefix already, or part of a phrase. A single last letter is left out, because
        prefixes have two letters or more."""
        words = _SINGLE_LETTER.sub("", "".join(self._values.get("q", [])))
        if not _WORD_AT_END.search(words) or words.count('"') % 2:
            return None
        return f"{words}*", changed(self._first, {"q": f"{words}*"})

    def searching(self, words: str) -> str:
        """The address of the list with other words."""
        return changed(self._first, {"q": words})

    def _field(self, filter: Filter) -> FormField:
        values = self._values.get(filter.name, [])
        options = list(self._options(filter, values))
        offered = {option.value for option in options}
        options += [
            Option(each, each, chosen=True) for each in values if options and each not in offered
        ]
        return FormField(
            filter.name,
            labels.field(filter.name),
            filter.description.partition(" Vocabulary `")[0],
            options,
            "" if options else ",".join(values),
            isinstance(filter.values, Integer),
            filter.values.kinds if isinstance(filter.values, Named) else (),
            self._errors_of(filter.name),
            list(self._cures_of(filter)),
        )

    def _is_unused(self, filter: Filter) -> bool:
        """Whether no item of the list has a value for a filter."""
        facet = self._facets.get(filter.name)
        return facet is not None and not facet["buckets"]

    def _errors_of(self, name: str) -> list[str]:
        return [_message(each) for each in self._errors if each["parameter"] == name]

    def _cures_of(self, filter: Filter) -> Iterator[tuple[str, str]]:
        """The suggested values of a refused filter, with the queries that replace the wrong one."""
        values = self._values.get(filter.name, [])
        buckets: list[Mapping[str, Any]] = self._facets.get(filter.name, {}).get("buckets", [])
        names: dict[str, str] = {each["value"]: self._label(filter, each) for each in buckets}
        for error in self._errors:
            suggestion: str | None = error["suggestion"]
            if error["parameter"] == filter.name and suggestion:
                kept = [each for each in values if each != error["value"]]
                target = changed(self._first, {filter.name: [*kept, suggestion]})
                yield names.get(suggestion, suggestion), f"?{target.partition('?')[2]}"

    def _options(self, filter: Filter, values: Sequence[str]) -> Iterator[Option]:
        """The values to choose: those that occur in the list, the most frequent first. If the
        list is too long to be counted: all codes of the code list."""
        if isinstance(filter.values, Flag):
            for value, text in (("true", labels.YES), ("false", labels.NO)):
                yield Option(value, text, chosen=value in values)
            return
        facet = self._facets.get(filter.name)
        if facet and not facet["truncated"]:
            for each in sorted(facet["buckets"], key=lambda bucket: -bucket["count"]):
                text = self._label(filter, each)
                yield Option(
                    each["value"], text, each["count"], each["selected"] or each["value"] in values
                )
        elif isinstance(filter.values, Coded):
            for code in filter.values.vocabulary:
                yield Option(code.value, code.label, chosen=code.value in values)

    @staticmethod
    def _label(filter: Filter, bucket: Mapping[str, Any]) -> str:
        """The text of a value. Slugs have no label of their own; their words are one."""
        label: str = bucket["label"]
        return labels.slug(label) if isinstance(filter.values, SlugText) else label

    def _text(self, name: str, value: str) -> str:
        if name == "date_match":
            return labels.DATE_MATCHES.get(value, value)
        if name in DATES:
            return labels.chip(name, to_words(value))
        filter = self._resource.filters_by_name.get(name)
        text = value
        if filter and isinstance(filter.values, Coded):
            codes = filter.values.vocabulary
            text = codes.label(value) if value in codes.values else value
        for each in self._facets.get(name, {}).get("buckets", ()):
            if filter and each["value"] == value:
                text = self._label(filter, each)
        return labels.chip(name, text)


def _message(error: Mapping[str, Any]) -> str:
    """The text beside a field. The API describes its own format of dates; a form takes others."""
    if error["code"] == MALFORMED_DATE:
        return labels.no_date(error["value"])
    return error["message"]

"""The form that narrows a list: a field for each filter of its declaration, as it is set now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.params.types import Coded, Flag, Integer, Named
from app.query.period import DATE_MATCHES
from app.query.sort import default_sort, sort_names
from app.resources.filter_types import Filter
from app.resources.resource import Resource
from app.web.addresses import changed

BESIDE = ("cursor", "count", "facet", "facet_limit", "include", "format", "fields")
"""Parameters that say nothing about which rows are shown."""
MATCHING_WORDS = {
    "possible": "may have been then",
    "certain": "surely was then",
    "starts": "began then",
    "within": "was wholly then",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose."""

    value: str
    words: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: a choice if it has options, else a text."""

    name: str
    label: str
    meaning: str
    options: Sequence[Option] = ()
    value: str = ""
    is_number: bool = False

    @property
    def is_set(self) -> bool:
        return bool(self.value) or any(option.chosen for option in self.options)

    @property
    def takes_many(self) -> bool:
        """Whether several values are set, which a plain choice could not show."""
        return sum(option.chosen for option in self.options) > 1


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that is set, and the address without it."""

    words: str
    without: str


class Form:
    """The form of a list, filled by the canonical query and the facets of an answer."""

    def __init__(self, resource: Resource, answer: Mapping[str, Any]) -> None:
        self._resource = resource
        self._facets: Mapping[str, Any] = answer["facets"] or {}
        query: Mapping[str, Any] = answer["meta"]["query"]
        self._set = {
            name: [value] if isinstance(value, str) else list(value)
            for name, value in query.items()
            if name not in BESIDE
        }
        self._first: str = changed(
            answer["links"]["first"], {name: None for name in BESIDE if name != "cursor"}
        )

    def fields(self) -> Iterator[Field]:
        """A field for each filter, those that most ask by first."""
        for filter in self._resource.filters:
            yield self._field(filter)

    def main(self, names: Sequence[str]) -> list[str]:
        """The fields to show at once: those asked for, else two classes and one row to name."""
        filters = self._resource.filters
        coded = [each.name for each in filters if isinstance(each.values, Coded)]
        named = [each.name for each in filters if isinstance(each.values, Named)]
        return list(names) or [*coded[:2], *named[: 3 - len(coded[:2])]]

    def period(self) -> list[Field]:
        """The fields of a period, if rows can have dates."""
        if not self._resource.dated:
            return []
        given = {name: "".join(self._set.get(name, [])) for name in ("date", "date_match")}
        options = [
            Option(each, MATCHING_WORDS[each], chosen=given["date_match"] == each)
            for each in DATE_MATCHES
            if each != "possible"
        ]
        hint = "A day, month, year or decade, or a period: 2020-07, 2019/2020, 1997/.."
        return [
            Field("date", "When", hint, value=given["date"]),
            Field("date_match", "How strictly", "How rows lie in the period.", options),
        ]

    def words(self) -> Field:
        """The field of a search."""
        return Field(
            "q", "Words", 'Words and "phrases", in any form.', value="".join(self._set.get("q", []))
        )

    def sorts(self) -> list[Option]:
        """The ways to sort, the usual one first."""
        searched = "q" in self._set
        usual = str(default_sort(self._resource, searched=searched)[0])
        now = ",".join(self._set.get("sort", [usual]))
        names = [name for name in sort_names(self._resource) if searched or name != "relevance"]
        keys = dict.fromkeys([usual, *(f"{mark}{name}" for name in names for mark in ("", "-"))])
        return [
            Option("" if key == usual else key, sort_words(key), chosen=key == now) for key in keys
        ]

    def hidden(self) -> Iterator[tuple[str, str]]:
        """What is set and has no field."""
        own = {filter.name for filter in self._resource.filters}
        shown = own | {"q", "sort", *(field.name for field in self.period())}
        for name, values in self._set.items():
            if name not in shown and name != "offset":
                yield from ((name, value) for value in values)

    def chips(self) -> Iterator[Chip]:
        """Each condition that is set."""
        for name, values in self._set.items():
            if name in ("limit", "offset", "sort"):
                continue
            for value in values:
                rest = [each for each in values if each != value]
                drops: dict[str, str | list[str] | None] = {name: rest or None}
                if name.startswith("date") and not any(
                    each in self._set for each in ("date", "date_from", "date_to") if each != name
                ):
                    drops["date_match"] = None
                yield Chip(self._words(name, value), changed(self._first, drops))

    @property
    def is_sorted(self) -> bool:
        """Whether an order is asked for."""
        return "sort" in self._set

    @property
    def clear(self) -> str:
        """The address of the whole list."""
        return self._first.partition("?")[0]

    @property
    def first(self) -> str:
        """The address of the list as it is narrowed, from its first row."""
        return self._first

    def _field(self, filter: Filter) -> Field:
        given = self._set.get(filter.name, [])
        label = filter.name.replace("_", " ").capitalize()
        options = list(self._options(filter, given))
        value = "" if options else ",".join(given)
        number = isinstance(filter.values, Integer)
        return Field(filter.name, label, filter.description, options, value, number)

    def _options(self, filter: Filter, given: Sequence[str]) -> Iterator[Option]:
        if isinstance(filter.values, Flag):
            for value, words in (("true", "yes"), ("false", "no")):
                yield Option(value, words, chosen=value in given)
            return
        facet = self._facets.get(filter.name)
        if facet and not facet["truncated"]:
            for each in facet["buckets"]:
                yield Option(each["value"], each["label"], each["count"], each["selected"])
        elif isinstance(filter.values, Coded):
            for code in filter.values.vocabulary:
                yield Option(code.value, code.label, chosen=code.value in given)

    def _words(self, name: str, value: str) -> str:
        filter = self._resource.filters_by_name.get(name)
        words = value
        if filter and isinstance(filter.values, Coded):
            words = filter.values.vocabulary.label(value)
        for each in self._facets.get(name, {}).get("buckets", ()):
            if each["value"] == value:
                words = each["label"]
        if name == "date_match":
            return MATCHING_WORDS[value]
        label = {"q": "words", "date": "when"}.get(name, name.replace("_", " "))
        return f"{label}: {words}"


def sort_words(key: str) -> str:
    """`-date` is `latest first`."""
    name = key.removeprefix("-")
    known = {
        "date": "earliest first",
        "-date": "latest first",
        "position": "as the document tells it",
    }
    backwards = ", backwards" if key.startswith("-") else ""
    return known.get(key) or f"by {known.get(name, name)}{backwards}"

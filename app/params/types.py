"""The value types of parameters: each parses a value, refuses it, and gives its JSON Schema."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import InstrumentedAttribute

from app.edtf.dates import EdtfError, EdtfPeriod, parse_partial, parse_period
from app.folding import fold
from app.problems.messages import nearest, quoted
from app.problems.problems import InvalidValue
from app.search.query import QueryError, parse_query
from app.vocabularies.vocabulary import Vocabulary

Scalar = str | int | float | bool
EXACT_INTEGERS = 2**53
"""Integers up to this number are exact in JSON (RFC 8259, section 6)."""

LONGEST_TEXT = 200
"""Maximum length of a name or a plain text, in characters."""

LONGEST_TOKEN = 512
"""Maximum length of a cursor, in characters. Other tokens are shorter."""


class ValueType(Protocol):
    """The type of one value of a parameter."""

    def read(self, text: str) -> Scalar:
        """Parse a text; returns the canonical value. Raises `InvalidValue` if it is not valid."""
        ...

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of one value."""
        ...


@dataclass(frozen=True)
class Coded:
    """A code of a vocabulary; upper and lower case are equal."""

    vocabulary: Vocabulary

    def read(self, text: str) -> str:
        value = self.vocabulary.canonical(text)
        if value is None:
            source = f"/v1/vocabularies/{self.vocabulary.name}"
            raise InvalidValue(
                f"{quoted(text)} is not a code; {source} lists them.",
                code="unknown-code",
                suggestion=nearest(text, self.vocabulary.values),
                allowed=self.vocabulary.values,
            )
        return value

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/components/schemas/{self.vocabulary.schema_name}"}


@dataclass(frozen=True)
class Named:
    """A row of one of the `kinds`, by its id, its exact name or an alias.

    `read` does not check that the row exists. `NameLookup` checks all names of a request together.
    """

    kinds: tuple[str, ...]

    def read(self, text: str) -> str:
        return _bounded(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


@dataclass(frozen=True)
class KnownText(ABC):
    """A text that must occur in `column`. `read` does not check this; `KnownTextLookup` does."""

    column: InstrumentedAttribute[Any]

    @abstractmethod
    def read(self, text: str) -> str: ...

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


class PlainText(KnownText):
    """Plain text. It must equal the whole value; case, accents and typographic variants do not
    matter."""

    def read(self, text: str) -> str:
        return fold(_bounded(text))


@dataclass(frozen=True)
class SlugText(KnownText):
    """The id of something that is no entry, such as a section; upper and lower case are equal."""

    most: int = LONGEST_TEXT
    """Maximum length, in characters."""

    def read(self, text: str) -> str:
        return _bounded(text, self.most).casefold()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.most}


@dataclass(frozen=True)
class Flag:
    """`true` or `false`."""

    def read(self, text: str) -> bool:
        if text not in ("true", "false"):
            raise InvalidValue(
                f"{quoted(text)} is neither 'true' nor 'false'.",
                code="not-a-boolean",
                allowed=("true", "false"),
            )
        return text == "true"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Integer:
    """A whole number within bounds, written `-?[0-9]+`."""

    least: int
    most: int
    readable: int | None = None
    """A higher maximum than `most`, for some requests such as exports. `read` accepts values up to
    it; the caller checks which maximum applies."""

    def read(self, text: str) -> int:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            raise InvalidValue(
                f"{quoted(text)} is not a whole number; write digits only, such as 25.",
                code="not-a-number",
            )
        most = self.readable or self.most
        if len(digits) > 20 or not self.least <= int(text) <= most:
            raise InvalidValue(
                f"{text[:30]!r} is out of range; give {self.least} to {self.most}.",
                code="out-of-range",
            )
        return int(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class OneOf:
    """One of a few fixed words."""

    words: tuple[str, ...]

    def read(self, text: str) -> str:
        if text not in self.words:
            raise InvalidValue(
                f"{quoted(text)} is none of {', '.join(self.words)}.",
                code="unknown-word",
                suggestion=nearest(text, self.words),
                allowed=self.words,
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True)
class OpaqueToken:
    """An opaque token that the API issued, such as a cursor."""

    pattern: str

    def read(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise InvalidValue(
                f"{text[:40]!r} is not such a token; take it from the links of an answer.",
                code="malformed-token",
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern, "maxLength": LONGEST_TOKEN}


def _bounded(text: str, most: int = LONGEST_TEXT) -> str:
    if len(text) > most:
        raise InvalidValue(
            f"{text[:40]!r}… has {len(text)} characters; give at most {most}.",
            code="too-long",
        )
    if not text.strip():
        message = f"{text[:40]!r} is blank; leave the parameter out to ask for all rows."
        raise InvalidValue(message, code="empty", expressible=False)
    return text


class SearchText:
    """The words and "quoted phrases" of a search. `read` returns the canonical text."""

    def read(self, text: str) -> str:
        try:
            query = parse_query(text)
        except QueryError as error:
            over = len(text) > LONGEST_TEXT
            raise InvalidValue(f"{error}.", code="too-long", expressible=over) from None
        if not query.terms:
            message = f"{text[:40]!r} has no word to search for; give letters or digits."
            raise InvalidValue(message, code="no-words", expressible=False)
        return query.text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


@dataclass(frozen=True)
class PeriodText:
    """A period in EDTF without qualifiers; if `partial`, one bound of a period."""

    partial: bool

    def read(self, text: str) -> EdtfPeriod:
        try:
            return (parse_partial if self.partial else parse_period)(text)
        except EdtfError as error:
            raise InvalidValue(
                error.message,
                code="malformed-date" if error.malformed else "impossible-date",
                expressible=error.malformed,
            ) from None

    def schema(self) -> dict[str, Any]:
        point = r"-?([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|[0-9]{3}X)"
        century = r"-?[0-9]{2}XX"
        period = f"{point}(/({point}|\\.\\.))?|\\.\\./{point}|{century}"
        pattern = f"^{point}$" if self.partial else f"^({period})$"
        return {"type": "string", "pattern": pattern, "maxLength": 64}

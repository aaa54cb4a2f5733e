"""The types of values that parameters take: how each is read, refused and documented."""

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
"""Numbers up to here are exact in JSON (RFC 8259, section 6)."""

LONGEST_TEXT = 200
"""Characters of a name or a plain text."""

LONGEST_TOKEN = 512
"""Characters of a cursor; other tokens are shorter."""


class ValueType(Protocol):
    """How one value of a parameter is read."""

    def read(self, text: str) -> Scalar:
        """The canonical value. Raises `InvalidValue` for other texts."""
        ...

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of one value."""
        ...


@dataclass(frozen=True)
class Coded:
    """A code of a vocabulary, in any case."""

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
    """A row, by its id, its exact name or an alias; `kinds` are the kinds that it may be of.

    Whether the row exists is looked up in the data, with all other names of the request.
    """

    kinds: tuple[str, ...]

    def read(self, text: str) -> str:
        return _bounded(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


@dataclass(frozen=True)
class KnownText(ABC):
    """A text that some row has in `column`. Whether one has is looked up in the data."""

    column: InstrumentedAttribute[Any]

    @abstractmethod
    def read(self, text: str) -> str: ...

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


class PlainText(KnownText):
    """Plain text, matched whole, without regard to case, accents and typographic forms."""

    def read(self, text: str) -> str:
        return fold(_bounded(text))


class SlugText(KnownText):
    """The id of something that is no row, such as a section, in any case."""

    def read(self, text: str) -> str:
        return _bounded(text).casefold()


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
    """A limit above `most` that holds for some requests, such as exports. The reader accepts up to
    it; the caller checks which limit applies."""

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
    """One of a few words of the API itself."""

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
    """An opaque token of ours."""

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


def _bounded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise InvalidValue(
            f"{text[:40]!r}… has {len(text)} characters; give at most {LONGEST_TEXT}.",
            code="too-long",
        )
    if not text.strip():
        message = f"{text[:40]!r} is blank; leave the parameter out to ask for all rows."
        raise InvalidValue(message, code="empty", expressible=False)
    return text


class SearchText:
    """Words and "quoted phrases", in canonical form."""

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
    """A period, or one bound of a period, in EDTF without qualifiers; it is parsed here, once."""

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

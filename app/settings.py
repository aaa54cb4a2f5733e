"""The settings: read once from the environment variables `HKUS_…`, and constant afterwards."""

import json
import re
from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "HKUS_"
_OTHER_PREFIXES = ("HKUS_TEST_", "HKUS_MUTANTS_", "HKUS_PUBLISHED_")
"""Prefixes of variables that belong to the tests and to compose.yaml, not to the server."""
_PATH_PREFIXES = tuple(
    f"{PREFIX}{name}"
    for name in ("BASE_PATH", "BASE_URL", "PATH_PREFIX", "PREFIX", "ROOT_PATH", "SCRIPT_NAME",
                 "URL_PREFIX")
)  # fmt: skip
"""Variables that set a path prefix in other servers."""
LogFormat = Literal["text", "json"]
Pooler = Literal["none", "transaction"]
JsonList = Annotated[tuple[str, ...], NoDecode]
"""A JSON list in the environment. This module parses it, so that errors name the setting and the
cure."""

_ORIGIN = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(:[0-9]{1,5})?")
_HOST = re.compile(r"\[[0-9a-f:.]+\]|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_CONTACT = re.compile(r"mailto:[!-~]+@[!-~]+|https://[!-~]+")
"""A contact of `security.txt` (RFC 9116, section 2.5.3), or an address for reports, in printable
ASCII."""
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Settings(BaseSettings):
    """Each setting is an environment variable: `database_url` is `HKUS_DATABASE_URL`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        use_attribute_docstrings=True,
    )

    database_url: SecretStr = Field(default=SecretStr("sqlite:///data/hkus.db"))
    """Where the data are: `sqlite:///path/to/file.db` or `postgresql://user:password@host/name`."""
    site_title: Annotated[str, Field(min_length=1, max_length=120)] = Field(
        default="Hong Kong–United States relations"
    )
    """Name of the site on its pages. Set it if you load other articles."""
    host: str = Field(default="127.0.0.1")
    """Address to listen on; `0.0.0.0` means all IPv4 addresses, `::` all of IPv4 and IPv6."""
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=8000)
    """Port to listen on."""
    workers: Annotated[int, Field(ge=1, le=64)] = Field(default=1)
    """Number of server processes."""
    report_to: str | None = Field(default=None, examples=["mailto:corrections@example.org"])
    """Where readers report a mistake: a `mailto:` address, or the `https://` address of a form that
    takes `title` and `body`, such as the form for new issues of a tracker. Without it, pages have
    no link for this."""
    public_url: str | None = Field(default=None, examples=["https://kb.example.org"])
    """Public address of the service: scheme, host, and port if it is not the usual one. With it,
    feeds, calendars, JSON-LD, the sitemap, canonical and alternate links are absolute; without it
    they are relative."""
    security_contact: str | None = Field(default=None, examples=["mailto:security@example.org"])
    """Contact for reports of vulnerabilities, shown in `security.txt`: a `mailto:` or `https:`
    address."""
    downloads: Path = Field(default=Path("data/downloads"))
    """Folder for the files of `/v1/download`, which the server makes after each load."""
    response_cache_megabytes: Annotated[int, Field(ge=0, le=100_000)] = Field(default=24)
    """Most memory of each server process for cached responses, in MB; 0 turns the cache off."""
    query_seconds: Annotated[float, Field(gt=0, le=60)] = Field(default=2.0)
    """Time limit of one query, in seconds."""
    database_pooler: Pooler = Field(default="none")
    """Pooler in front of PostgreSQL: `transaction` for one in transaction mode, such as PgBouncer;
    `none` if there is no pooler."""
    postgres_connections: Annotated[int, Field(ge=1, le=100)] = Field(default=8)
    """Most connections to PostgreSQL from a server process."""
    cors_origins: JsonList = Field(default=("*",), examples=["https://example.org"])
    """Origins (CORS) whose pages may read the API in a browser, as a JSON list."""
    trusted_hosts: JsonList = Field(default=("*",), examples=["kb.example.org", "*.example.org"])
    """Host names of the service, as a JSON list; `*.example.org` means all its subdomains."""
    trusted_proxies: JsonList = Field(default=(), examples=["127.0.0.1", "10.0.0.0/8"])
    """Addresses or networks of proxies whose `X-Forwarded-For` is trusted, as a JSON list."""
    heavy_queries: Annotated[int, Field(ge=1, le=100)] = Field(default=4)
    """Most heavy queries (facets, statistics, exact counts) that a server process runs at once."""
    exports: Annotated[int, Field(ge=1, le=100)] = Field(default=4)
    """Most exports that a server process sends at once."""
    access_log: bool = Field(default=True)
    """Whether each request is logged, in one line."""
    metrics_port: Annotated[int | None, Field(ge=0, le=65535)] = Field(default=None)
    """Port for Prometheus metrics; none by default. Do not make it public. Needs the extra
    `metrics`."""
    metrics_host: str = Field(default="127.0.0.1")
    """Address to listen on for metrics."""
    log_format: LogFormat = Field(default="text")
    """Format of the logs: `text` for people, or `json`, one object per line."""
    log_queries: bool = Field(default=False)
    """Whether the access log contains the query of each request."""
    log_clients: bool = Field(default=False)
    """Whether the access log contains the address of each client."""

    @field_validator("cors_origins", "trusted_hosts", "trusted_proxies", mode="before")
    @classmethod
    def _json_list(cls, value: Any, field: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        try:
            listed: Any = json.loads(value)
        except ValueError:
            listed = None
        if not isinstance(listed, list):
            example = json.dumps(cls.model_fields[field.field_name or ""].examples)
            raise ValueError(f"not a JSON list; write it like '{example}'")
        return tuple(listed)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]

    @field_validator("host", "metrics_host")
    @classmethod
    def _not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("empty; write an address, such as 127.0.0.1, or 0.0.0.0 for all")
        return value

    @field_validator("report_to")
    @classmethod
    def _report_address(cls, value: str | None) -> str | None:
        if value is not None and not _CONTACT.fullmatch(value):
            raise ValueError(
                f"{value!r} is not an address for reports; write mailto:corrections@example.org, "
                "or an address that begins with https://"
            )
        return value

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return values if values == ("*",) else tuple(map(_origin, values))

    @field_validator("public_url")
    @classmethod
    def _public_origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        origin = _plain_origin(value)
        if origin is None:
            raise ValueError(
                "no public address; write a scheme, a host in ASCII and a port if it is not the "
                "usual one, without a path, such as https://kb.example.org"
            )
        return origin

    @field_validator("security_contact")
    @classmethod
    def _contact(cls, value: str | None) -> str | None:
        if value is not None and not _CONTACT.fullmatch(value):
            raise ValueError(
                "no contact; write mailto:security@example.org, or an address that begins with "
                "https://"
            )
        return value

    @field_validator("trusted_hosts")
    @classmethod
    def _hosts(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return values if values == ("*",) else tuple(map(_host, values))

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return values if values == ("*",) else tuple(map(_network, values))

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        try:
            url = make_url(value.get_secret_value())
        except (ArgumentError, ValueError):
            raise ValueError(
                "not a database URL; write sqlite:///data/hkus.db or "
                "postgresql://user:password@host/name, several hosts as "
                "postgresql://user@/name?host=one:5432&host=two:5432"
            ) from None
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ValueError(
                f"unknown database type {url.get_backend_name()!r}; use sqlite or postgresql"
            )
        if url.get_backend_name() == "sqlite":
            _check_sqlite(value.get_secret_value(), url)
        else:
            _check_postgresql(url)
        return value

    @property
    def url(self) -> URL:
        """The database URL, with the driver psycopg 3 for PostgreSQL."""
        url = make_url(self.database_url.get_secret_value())
        if url.get_backend_name() == "postgresql":
            return url.set(drivername="postgresql+psycopg")
        return url

    @property
    def sqlite_path(self) -> Path | None:
        """The file of an SQLite database; None on PostgreSQL."""
        url = self.url
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None

    @property
    def shown_url(self) -> str:
        """The database URL without its password."""
        return self.url.render_as_string(hide_password=True)


def unknown_variables(environment: Iterable[str]) -> list[str]:
    """The variables that begin with `HKUS_` but are not settings, such as the typo `HKUS_PROT`."""
    return sorted(name for name in environment if _is_unknown(name.upper()))


def path_prefixes(environment: Iterable[str]) -> list[str]:
    """The variables that should set a path prefix, which this service does not have."""
    return sorted(name for name in environment if name.upper() in _PATH_PREFIXES)


def variables() -> list[str]:
    """The environment variables of all settings."""
    return [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]


def _is_unknown(name: str) -> bool:
    is_ours = name.startswith(PREFIX) and not name.startswith(_OTHER_PREFIXES)
    return is_ours and name not in variables()


def _check_sqlite(written: str, url: URL) -> None:
    if not url.database:
        raise ValueError("an SQLite database needs a file: sqlite:///data/hkus.db")
    if "?" in written:
        raise ValueError(
            "an SQLite URL takes no options; write a question mark in a file name as %3F"
        )


def _check_postgresql(url: URL) -> None:
    """Raise `ValueError` if libpq would refuse the URL. No message contains a password."""
    if "@" in f"{url.host}{url.database}":
        raise ValueError("more than one @; write @ in a user name or password as %40, and / as %2F")
    from psycopg import ProgrammingError  # Load the driver only for PostgreSQL.
    from psycopg.conninfo import make_conninfo, timeout_from_conninfo
    from sqlalchemy.dialects.postgresql import psycopg as dialects

    dialect: Any = dialects.dialect()
    try:
        arguments: dict[str, Any] = dialect.create_connect_args(url)[1]
        timeout_from_conninfo(arguments)
    except ArgumentError:
        raise ValueError("a port is not a number; write several hosts as host=one:5432") from None
    except ProgrammingError as fault:
        raise ValueError(f"{fault}; write a number of seconds") from None
    try:
        make_conninfo(**arguments)
    except ProgrammingError as fault:
        cure = "libpq has no such option; see its list of parameter key words"
        raise ValueError(f"{' '.join(str(fault).split())}: {cure}") from None


def _origin(value: str) -> str:
    """An origin for CORS."""
    origin = _plain_origin(value)
    if origin is None:
        raise ValueError(
            f"{value!r} is not an origin; write a scheme, a host in ASCII, and a port if it is not "
            'the default one, such as https://example.org, or only ["*"] for all origins'
        )
    return origin


def _plain_origin(value: str) -> str | None:
    """An origin as browsers write it: in lower case, without a slash or the default port. None if
    the text is no origin."""
    found = _ORIGIN.fullmatch(value.lower().removesuffix("/"))
    if not found:
        return None
    scheme, host, port = found.groups()
    return f"{scheme}://{host}{'' if port == _DEFAULT_PORTS[scheme] else port or ''}"


def _network(value: str) -> str:
    """An address or a network as the proxy's addresses are compared with it."""
    try:
        return str(ip_network(value) if "/" in value else ip_address(value))
    except ValueError:
        raise ValueError(
            f"{value!r} is not an address or network; write it without a name or port, such as "
            "127.0.0.1, 10.0.0.0/8 or ::1"
        ) from None


def _host(value: str) -> str:
    """A host name in lower case, as the server compares it."""
    if not _HOST.fullmatch(value.lower()):
        raise ValueError(
            f"{value!r} is not a host name; write it in ASCII, without scheme, port or path, such "
            'as kb.example.org, *.example.org or [::1], or only ["*"] for all hosts'
        )
    return value.lower()

"""Writes the files of ISO codes. Run it by `make codes`, which installs the packages that it needs.

The server and the loader do not need these packages.
"""

from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app.vocabularies.iso_codes import COUNTRY_FILE, CURRENCY_FILE

_NO_CURRENCIES = ("CNH", "XTS", "XXX")
"""Codes of CLDR that are not in ISO 4217, or that it assigns to no currency."""


def countries() -> Iterable[tuple[str, str]]:
    """The alpha-3 codes of ISO 3166-1 with the common English names."""
    listed: Iterable[Any] = import_module("pycountry").countries
    return ((item.alpha_3, getattr(item, "common_name", item.name)) for item in listed)


def currencies() -> Iterable[tuple[str, str]]:
    """The codes of ISO 4217, also historic ones, with the English names."""
    names: dict[str, str] = import_module("babel").Locale("en").currencies
    return (item for item in names.items() if item[0] not in _NO_CURRENCIES)


def _write(file: Path, source: str, names: Iterable[tuple[str, str]]) -> None:
    lines = [source, *(f"{code}\t{name}" for code, name in sorted(names))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write(COUNTRY_FILE, f"ISO 3166-1 alpha-3, from pycountry {version('pycountry')}", countries())
    _write(CURRENCY_FILE, f"ISO 4217, from Babel {version('babel')} (CLDR)", currencies())

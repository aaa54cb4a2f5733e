"""The codes of ISO 3166-1 and ISO 4217. Their files are made from maintained packages.

`make codes` writes both files again. Each line of a file has a code, a tab and an English name. The
first line names the source.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

COUNTRY_FILE: Final = Path(__file__).with_name("iso_3166_1.tsv")
"""Countries and territories by alpha-3 code, from pycountry, which has the data of Debian's
iso-codes."""

CURRENCY_FILE: Final = Path(__file__).with_name("iso_4217.tsv")
"""Currencies, current and historic, from Babel, which has the data of Unicode CLDR."""


def read_names(file: Path) -> Iterator[tuple[str, str]]:
    """The codes of a file, each with its English name."""
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        code, _, name = line.partition("\t")
        yield code, name


def source_of(file: Path) -> str:
    """The source that the first line of a file names."""
    return file.read_text(encoding="utf-8").partition("\n")[0]

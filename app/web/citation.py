"""Citations of a page: as text, and as BibTeX, RIS and CSL-JSON for reference managers.

Each names the version of the dataset, so that a reader can see whether the data have changed since.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.web import labels

_TEX_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_TEX_COMMANDS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_KEY_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a citation, and the file in which a reference manager reads it."""

    name: str
    text: str
    file_name: str = ""
    media_type: str = ""

    @property
    def file(self) -> str:
        """The file as a `data:` address."""
        return f"data:{self.media_type};charset=utf-8,{quote(self.text)}"


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: a page, in one version of the dataset."""

    title: str
    address: str
    dataset: str
    day: str
    """The day on which this version was loaded, in ISO 8601."""
    site: str = labels.SITE
    """The name of the site."""

    @property
    def text(self) -> str:
        """The citation as one sentence."""
        return labels.cite_as(self.title, self.dataset, self.site)

    @property
    def forms(self) -> list[Form]:
        """The citation in each form."""
        key = self._key
        return [
            Form(labels.CITE_TEXT, f"{self.text} {self.address}"),
            Form("BibTeX", self._bibtex(), f"{key}.bib", "application/x-bibtex"),
            Form("RIS", self._ris(), f"{key}.ris", "application/x-research-info-systems"),
            Form("CSL-JSON", self._csl(), f"{key}.json", "application/vnd.citationstyles.csl+json"),
        ]

    @property
    def _key(self) -> str:
        name = _KEY_LETTERS.sub("-", self.address.rpartition("/")[2].lower()).strip("-")
        return f"hkus-{name[:40].strip('-') or 'home'}-{self.dataset[:8]}"

    def _fields(self) -> dict[str, str]:
        return {
            "title": self.title,
            "howpublished": f"{self.site}: {labels.KNOWLEDGE_BASE}",
            "version": self.dataset,
            "year": self.day[:4],
            "month": self.day[5:7].lstrip("0"),
            "note": f"Dataset version {self.dataset}, {labels.DATA_LICENCE}",
        }

    def _bibtex(self) -> str:
        fields = {name: tex(value) for name, value in self._fields().items()}
        fields["url"] = self.address
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self._key},", *lines, "}", ""])

    def _ris(self) -> str:
        year, month, day = self.day.split("-")
        tags = [
            ("TY", "DATA"), ("TI", self.title), ("T2", f"{self.site}: {labels.KNOWLEDGE_BASE}"),
            ("PY", year), ("DA", f"{year}/{month}/{day}"), ("ET", self.dataset),
            ("N1", f"Dataset version {self.dataset}, {labels.DATA_LICENCE}"),
            ("UR", self.address), ("ER", ""),
        ]  # fmt: skip
        return "".join(f"{tag}  - {value}\r\n" for tag, value in tags)

    def _csl(self) -> str:
        item: Mapping[str, Any] = {
            "id": self._key,
            "type": "dataset",
            "title": self.title,
            "container-title": f"{self.site}: {labels.KNOWLEDGE_BASE}",
            "version": self.dataset,
            "issued": {"date-parts": [[int(part) for part in self.day.split("-")]]},
            "note": labels.DATA_LICENCE,
            "URL": self.address,
        }
        return json.dumps([item], ensure_ascii=False, indent=1)


def tex(text: str) -> str:
    """Plain text as TeX."""
    return _TEX_SPECIAL.sub(lambda each: _TEX_COMMANDS.get(each[0], f"\\{each[0]}"), text)

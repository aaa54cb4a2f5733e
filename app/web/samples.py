"""Samples of a request to the API in several languages.

Each runs as it is: in a shell, as a module of Node or of a browser, in Python without packages, and
in R with `jsonlite`.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """A language, and its texts for an answer in JSON and for one in another format. `{url}` and
    `{accept}` stand for the address and the media type."""

    name: str
    title: str
    json: str
    text: str

    def for_json(self, url: str) -> str:
        """The sample that requests JSON from an address."""
        return self.json.replace("{url}", url)


SAMPLES = (
    Sample(
        "curl",
        "curl",
        "curl --silent --show-error --fail-with-body '{url}'",
        "curl --silent --show-error --fail-with-body --header 'Accept: {accept}' '{url}'",
    ),
    Sample(
        "javascript",
        "JavaScript",
        """\
const answer = await fetch("{url}");
const body = await answer.json();
if (!answer.ok) throw new Error(body.detail);
console.log(JSON.stringify(body.data, null, 2));""",
        """\
const answer = await fetch("{url}", { headers: { Accept: "{accept}" } });
const text = await answer.text();
if (!answer.ok) throw new Error(text);
console.log(text);""",
    ),
    Sample(
        "python",
        "Python",
        """\
import json
from urllib.request import urlopen

with urlopen("{url}") as answer:
    body = json.load(answer)
print(json.dumps(body["data"], indent=2))""",
        """\
from urllib.request import Request, urlopen

request = Request("{url}", headers={"Accept": "{accept}"})
with urlopen(request) as answer:
    print(answer.read().decode())""",
    ),
    Sample(
        "r",
        "R",
        """\
library(jsonlite)

body <- fromJSON("{url}")
str(body$data, max.level = 1)""",
        """\
answer <- url("{url}", headers = c(Accept = "{accept}"))
writeLines(readLines(answer, encoding = "UTF-8"))""",
    ),
)
TEMPLATES = [asdict(sample) for sample in SAMPLES]
"""The samples for the script of the page."""

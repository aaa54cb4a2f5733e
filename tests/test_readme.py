"""The README is true: its commands exist, and its queries have the answers that it shows."""

import re
from pathlib import Path

from tests.client import ApiClient

README = Path("README.md").read_text(encoding="utf-8")
QUERY = re.compile(
    r"```sh\ncurl 'http://127\.0\.0\.1:8000(?P<path>[^']+)'\n```\n```\w+\n(?P<answer>.*?)```",
    re.DOTALL,
)


def test_each_query_has_the_answer_that_is_shown(client: ApiClient) -> None:
    shown = list(QUERY.finditer(README))
    assert len(shown) == 3
    for query in shown:
        response = client.get(query["path"])
        lines = response.content.decode("utf-8-sig").splitlines()
        assert lines == query["answer"].splitlines(), query["path"]


def test_the_commands_exist() -> None:
    makefile = Path("Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert {"serve", "test", "check", "bench", "help"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_places_named_exist() -> None:
    for place in set(re.findall(r"`((?:app|seeds|migrations|docs)/[a-z_./]+)`", README)):
        assert Path(place).exists() or "<" in place, place

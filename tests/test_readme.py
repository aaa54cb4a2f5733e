"""The README is true: its make targets exist, and its queries return the answers that it prints."""

import re
from pathlib import Path

from tests.client import ApiClient

README = Path("README.md").read_text(encoding="utf-8")
QUERY = re.compile(
    r"```sh\ncurl 'http://127\.0\.0\.1:8000(?P<path>[^']+)'\n```\n```\w+\n(?P<answer>.*?)```",
    re.DOTALL,
)


def test_each_query_returns_the_printed_answer(client: ApiClient) -> None:
    printed = list(QUERY.finditer(README))
    assert len(printed) == 3
    for query in printed:
        response = client.get(query["path"])
        lines = response.content.decode("utf-8-sig").splitlines()
        assert lines == query["answer"].splitlines(), query["path"]


def test_the_make_targets_exist() -> None:
    makefile = Path("Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert {"serve", "test", "check", "bench", "help"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target

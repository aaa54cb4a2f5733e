"""The guide for analysts: its example is a complete article and reading."""

import re
from pathlib import Path

from seeds.build import read_content
from tests.unit.builders.sample import write

GUIDE = Path(__file__).parents[3] / "docs" / "reading.md"


def test_the_example_of_the_guide_loads_and_leaves_nothing_over(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    [article] = re.findall(r"^```text\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    reading, *_ = re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    write(tmp_path, article, reading)

    content = read_content(tmp_path)

    assert content.coverage["complete"]
    assert {"norland", "sudria", "ada-berg", "nets-cut"} <= {item.row.id for item in content.rows}

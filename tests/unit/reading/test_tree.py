"""YAML as plain data with line numbers: texts stay texts; unnecessary features are rejected."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.reading.tree import Tree, TreeError

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\ufeff", exclude_categories=("Cc", "Cs"))
)
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=8
)
DATA = st.dictionaries(TEXTS, VALUES, min_size=1)


@settings(deadline=None)
@given(DATA)
def test_data_come_back_as_they_were_written(data: object) -> None:
    assert Tree(yaml.safe_dump(data, allow_unicode=True)).data == data
    assert Tree(yaml.safe_dump(data, default_flow_style=True)).data == data


@pytest.mark.parametrize("text", ["2019", "1.5", "no", "true", "2019-06-09", "1_0", "0x1F", "NO"])
def test_what_looks_like_a_number_or_a_date_stays_text(text: str) -> None:
    assert Tree(f"a: {text}").data == {"a": text}


@pytest.mark.parametrize("text", ["a: null", "a: ~", "a:"])
def test_null_is_null(text: str) -> None:
    assert Tree(text).data == {"a": None}


def test_quoted_null_is_text() -> None:
    assert Tree("a: 'null'\nb: ''").data == {"a": "null", "b": ""}


def test_every_piece_has_its_line() -> None:
    tree = Tree("a:\n  - b: 1\n    c: 2\n\n  - [x,\n     y]\n")

    assert [tree.line(path) for path in [("a",), ("a", 0), ("a", 0, "c"), ("a", 1, 1)]] == [
        1,
        2,
        3,
        6,
    ]


def test_an_unknown_piece_has_the_line_of_what_is_around_it() -> None:
    assert Tree("a:\n  b: 1\n").line(("a", "b", "c", 7)) == 2


def test_all_that_is_refused_is_told_at_once() -> None:
    tree = Tree("a: &x 1\nb: *x\na: 2\nc: !y 3\n? &k d\n: 4\n")

    assert [error.line for error in tree.errors] == [1, 2, 3, 4, 5]
    assert tree.data["a"] == "1"


@settings(deadline=None)
@given(st.text(st.sampled_from("a:- [{}]'\"&*!|>#\n%@`,?~\t\\")))
def test_any_text_is_data_or_an_error_with_its_line(text: str) -> None:
    lines = text.count("\n") + 2
    assert all(1 <= error.line <= lines and error.cure for error in _errors(text))


def _errors(text: str) -> list[TreeError]:
    try:
        return Tree(text).errors
    except TreeError as error:
        return [error]

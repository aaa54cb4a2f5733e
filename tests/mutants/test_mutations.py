"""The changes that `make mutants` draws."""

import ast
from pathlib import Path
from textwrap import dedent

import pytest

from tests.mutants.mutations import changes, draw, mutants, statement, uses

ROOT = Path(__file__).parents[2]
CODE = {
    path: (ROOT / path).read_bytes()
    for path in ("app/edtf/dates.py", "app/sql/periods.py", "seeds/prose/quotations.py")
}


def changed(code: str) -> set[str]:
    """All changed bodies of a function with this body."""
    source = ("def f(a, b, c):\n    " + code).encode()
    made = [mutant for mutant in mutants("f.py", source) if changes(source, mutant)]
    return {mutant.applied(source).decode().partition("\n")[2].strip() for mutant in made}


@pytest.mark.parametrize(
    ("code", "slips"),
    [
        ("return a < b", {"return a <= b"}),
        ("return a == b < c", {"return a != b < c", "return a == b <= c"}),
        ("return a not in b", {"return a in b"}),
        ("return a or b", {"return a and b"}),
        ("return not (a or b)", {"return (a or b)", "return not (a and b)"}),
        ("return a if b else c", {"return c if b else a"}),
        ("return True", {"return False"}),
        ("return a[1:]", {"return a[2:]", "return a[0:]"}),
        ("return a[:b]", {"return a[:b - 1]"}),
        ("return a + 1", {"return a - 1", "return a + 2", "return a + 0"}),
        ("return max(a, b)", {"return min(a, b)"}),
        ("return any(a)", {"return all(a)"}),
        ("return zip(a, b, strict=True)", set[str]()),
        ("return sorted(a)", {"return sorted(a, reverse=True)"}),
        ("return ['x', 'y']", {"return ['y']", "return ['x']"}),
        ("a.append(b)", {"pass"}),
        ("a |= b", {"pass"}),
    ],
)
def test_a_slip_is_one_that_a_person_makes(code: str, slips: set[str]) -> None:
    assert changed(code) == slips


def test_a_condition_is_turned_round() -> None:
    assert "if not a:\n        return b" in changed("if a:\n        return b")


def test_types_decorators_and_texts_stay() -> None:
    code = dedent('''
        from functools import lru_cache
        from typing import Literal

        __all__ = ["f", "g"]
        Way = Literal["up", "down"]

        @lru_cache(maxsize=1)
        def f(a: Literal["up", "down"]) -> Literal["x", "y"]:
            """Not this: 1 < 2."""
            return f"{a == 1}"
    ''')
    assert mutants("f.py", code.encode()) == []


def test_the_same_seed_draws_the_same() -> None:
    assert draw(CODE, 7, 30) == draw(dict(reversed(CODE.items())), 7, 30)
    assert draw(CODE, 7, 30) != draw(CODE, 8, 30)
    assert draw(CODE, 7, 30)[:10] == draw(CODE, 7, 10)


def test_each_one_is_other_code_on_another_line() -> None:
    drawn = draw(CODE, 1, 1000)
    assert len({(mutant.path, mutant.line) for mutant in drawn}) == len(drawn) > 50
    for mutant in drawn:
        source = CODE[mutant.path]
        before, after = ast.parse(source), ast.parse(mutant.applied(source))
        assert ast.dump(before) != ast.dump(after), mutant.diff(source)
        assert mutant.diff(source)


def test_what_compiles_to_the_same_is_not_drawn() -> None:
    source = b"def f(a):\n    if False:\n        a += 1\n    return a\n"
    assert {mutant.line for mutant in mutants("f.py", source)} == {2, 3}
    assert {mutant.line for mutant in draw({"f.py": source}, 1, 10)} == {2}


def test_code_that_runs_on_import_is_tested_where_its_name_is_used() -> None:
    files = {
        "a.py": b"SIZE = 3\nWIDE = SIZE * 2\n\nclass Box:\n    depth: int = 4\n",
        "b.py": b"def f(box):\n    return box.depth\n\n\ndef g():\n    return WIDE\n",
    }
    names = {mutant.line: mutant.name for mutant in mutants("a.py", files["a.py"])}
    assert names == {1: "SIZE", 2: "WIDE", 5: "depth"}
    assert uses(files, ["SIZE"]) == {("b.py", 6)}
    assert uses(files, ["depth"]) == {("b.py", 2)}
    assert {mutant.name for mutant in mutants("b.py", b"def f():\n    return 1\n")} == {None}


def test_the_statement_around_a_line() -> None:
    source = (
        b"def f(a):\n    if (a\n        and 1):\n        return g(\n            2,\n        )\n"
    )
    assert statement(source, 3) == (2, 4)
    assert statement(source, 5) == (4, 7)

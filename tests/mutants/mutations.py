"""Choose small, realistic changes to Python files, like the mistakes that a person makes.

A change replaces one expression or removes one statement. Code that only a type checker reads is
never changed. A change that compiles to the same code is dropped.
"""

import ast
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from types import CodeType
from typing import cast

# The wrong operator for each operator.
_OPERATORS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_PAIRS = (("min", "max"), ("any", "all"), ("startswith", "endswith"))
_NAMES = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


@dataclass(frozen=True)
class Mutant:
    """A file in which the bytes from `start` to `end` are replaced by `new`.

    `name` is the name that the changed code is bound to at import; in a function it is None.
    """

    path: str
    line: int
    start: int
    end: int
    new: str
    name: str | None

    def applied(self, source: bytes) -> bytes:
        """The file with the change made."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def diff(self, source: bytes) -> list[str]:
        """The lines that are removed and added."""
        before, after = source.decode().splitlines(), self.applied(source).decode().splitlines()
        return list(unified_diff(before, after, n=0, lineterm=""))[3:]


def draw(sources: dict[str, bytes], seed: int, count: int) -> list[Mutant]:
    """Choose some of the possible changes, at most one per line.

    The same sources, seed and count give the same changes in the same order.
    """
    # Hash the text of the seed, so that neighbouring seeds give unrelated choices.
    chance = random.Random(f"mutants {seed}")
    found = [mutant for path in sorted(sources) for mutant in mutants(path, sources[path])]
    chance.shuffle(found)
    drawn: dict[tuple[str, int], Mutant] = {}
    for mutant in found:
        if len(drawn) == count:
            break
        place = mutant.path, mutant.line
        if place not in drawn and changes(sources[mutant.path], mutant):
            drawn[place] = mutant
    return list(drawn.values())


def mutants(path: str, source: bytes) -> list[Mutant]:
    """All possible changes to a file."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column

    return [
        Mutant(
            path,
            place.lineno,
            offset(place.lineno, place.col_offset),
            offset(place.end_lineno or place.lineno, place.end_col_offset or 0),
            new,
            name,
        )
        for node, name in _running(ast.parse(source), None)
        for place, new in _slips(node)
    ]


def changes(source: bytes, mutant: Mutant) -> bool:
    """Whether the change compiles, and to different code."""
    try:
        after = compile(mutant.applied(source), mutant.path, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return _essence(after) != _essence(compile(source, mutant.path, "exec", dont_inherit=True))


def _essence(code: CodeType) -> tuple[object, ...]:
    """The content of a code object without its positions in the file."""
    constants = [
        _essence(each) if isinstance(each, CodeType) else repr(each) for each in code.co_consts
    ]
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_exceptiontable


def _running(node: ast.AST, name: str | None) -> Iterator[tuple[ast.expr | ast.stmt, str | None]]:
    """The nodes that run, each with the name that it is bound to at import."""
    if _is_apart(node):
        return
    on_import = isinstance(node, ast.Module) or name is not None
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        inside = name
        if field == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside, on_import = None, False
        children = cast("list[object]", value if isinstance(value, list) else [value])
        for child in children:
            if isinstance(child, ast.AST):
                bound = (bound_name(child) or inside or "") if on_import else None
                if isinstance(child, ast.expr | ast.stmt):
                    yield child, bound
                yield from _running(child, bound)


def _is_apart(node: ast.AST) -> bool:
    """Whether a node is left alone: types, names like __all__, f-strings, whose parts have no
    position in the file before Python 3.12, and `strict=` of `zip`, which only repeats that both
    sides are equally long."""
    match node:
        case ast.JoinedStr() | ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.keyword(arg="strict"):
            return True
        case _:
            return (bound_name(node) or "").startswith("__")


def bound_name(node: ast.AST) -> str | None:
    """The name that a statement binds, if it binds one."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return None


def _slips(node: ast.expr | ast.stmt) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """The replacements within a node: the replaced node and the new text."""
    match node:
        case ast.If(test=test) | ast.While(test=test):
            if not isinstance(test, ast.Compare | ast.UnaryOp):
                yield test, f"not {_bracketed(test)}"
        case _:
            yield from ((node, new) for new in _replacements(node))


def _replacements(node: ast.expr | ast.stmt) -> Iterator[str]:
    """The texts that can replace a node."""
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp(op=op, values=values):
            other = ast.And() if isinstance(op, ast.Or) else ast.Or()
            yield ast.unparse(ast.BoolOp(other, values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _bracketed(operand)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.unparse(ast.IfExp(test, orelse, body))
        case ast.Constant(value=bool(value)):
            yield str(not value)
        case ast.Constant(value=int(value)):
            yield from (str(value + 1), f"({value - 1})" if value < 1 else str(value - 1))
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            if _is_number(left) or _is_number(right):
                other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
                yield ast.unparse(ast.BinOp(left, other, right))
        case ast.Subscript(value=value, slice=ast.Slice() as part, ctx=ast.Load()):
            yield from (ast.unparse(ast.Subscript(value, each)) for each in _moved(part))
        case ast.Call():
            yield from _called(node)
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            yield from _dropped(node, items)
        case ast.Expr(value=ast.Call() | ast.Await() | ast.Yield()) | ast.AugAssign():
            yield "pass"
        case ast.Continue():
            yield "break"
        case ast.Break():
            yield "continue"
        case _:
            pass


def _compared(node: ast.Compare) -> Iterator[str]:
    for at, operator in enumerate(node.ops):
        changed: list[ast.cmpop] = [*node.ops]
        changed[at] = _OPERATORS[type(operator)]()
        yield ast.unparse(ast.Compare(node.left, changed, node.comparators))


def _called(node: ast.Call) -> Iterator[str]:
    """Swap a function of a pair, or the order. Branches of an `if` are not swapped here."""
    match node.func:
        case ast.Name(id="sorted") if all(each.arg != "reverse" for each in node.keywords):
            backwards = ast.keyword("reverse", ast.Constant(True))
            yield ast.unparse(ast.Call(node.func, node.args, [*node.keywords, backwards]))
        case ast.Name(id=name) if name in _NAMES:
            yield ast.unparse(ast.Call(ast.Name(_NAMES[name]), node.args, node.keywords))
        case ast.Attribute(value=value, attr=name) if name in _NAMES:
            other = ast.Attribute(value, _NAMES[name])
            yield ast.unparse(ast.Call(other, node.args, node.keywords))
        case _:
            pass


def _moved(part: ast.Slice) -> Iterator[ast.Slice]:
    """Slices with a different end. Constant ends are changed elsewhere, as constants."""
    one = ast.Constant(1)
    if part.lower and not _is_number(part.lower):
        yield ast.Slice(ast.BinOp(part.lower, ast.Add(), one), part.upper, part.step)
    if part.upper and not _is_number(part.upper):
        yield ast.Slice(part.lower, ast.BinOp(part.upper, ast.Sub(), one), part.step)


def _dropped(node: ast.List | ast.Tuple | ast.Set, items: Sequence[ast.expr]) -> Iterator[str]:
    """Lists of texts without one element."""
    texts = [each for each in items if isinstance(each, ast.Constant)]
    if len(items) > 1 and all(isinstance(each.value, str) for each in texts) and texts == items:
        for at in range(len(items)):
            yield ast.unparse(type(node)([*items[:at], *items[at + 1 :]]))


def _is_number(node: ast.expr) -> bool:
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(inner, ast.Constant) and isinstance(inner.value, int)


def _bracketed(node: ast.expr) -> str:
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Call) else f"({ast.unparse(node)})"


def uses(sources: dict[str, bytes], names: Iterable[str]) -> set[tuple[str, int]]:
    """The lines within functions that use one of the names, or a name derived from it."""
    wanted, places = set(names), set[tuple[str, int]]()
    nodes = [
        (path, node.lineno, word, name)
        for path, source in sources.items()
        for node, name in _running(ast.parse(source), None)
        if (word := _word(node))
    ]
    while True:
        found = {name for _, _, word, name in nodes if word in wanted and name} - wanted
        if not found:
            break
        wanted |= found
    places.update((path, line) for path, line, word, name in nodes if not name and word in wanted)
    return places


def _word(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=word) | ast.Attribute(attr=word):
            return word
        case _:
            return None


def statement(source: bytes, line: int) -> tuple[int, int]:
    """The first line of the innermost statement around a line, and the line after its last."""
    around = [
        (node.lineno, _header_end(node))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and node.lineno <= line < _header_end(node)
    ]
    return max(around, default=(line, line + 1))


def _header_end(node: ast.stmt) -> int:
    """The line after a statement without the statements in it."""
    inner = [each.lineno for each in ast.iter_child_nodes(node) if isinstance(each, ast.stmt)]
    return min(inner, default=(node.end_lineno or node.lineno) + 1)

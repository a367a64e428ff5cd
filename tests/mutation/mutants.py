"""Which small faults there are in a file, and the drawing of some of them.

The operators are mutmut's (`mutmut.mutation.mutators`), applied to the concrete syntax tree of
libcst, and three of our own for what mutmut has none: a condition that is negated, a call that is
left out, a word of SQL that is another one. Left out are faults that say nothing about the rules:
in annotations, decorators and imports, and in sentences shown to people.
"""

from __future__ import annotations

import ast
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import ndiff, unified_diff
from pathlib import Path
from typing import NamedTuple

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators


class Mutant(NamedTuple):
    """One fault: where it is, the text of the whole file with it, and the lines it changes.

    `body` are the lines of the function around it, none when it is outside of the body of one.
    """

    file: str
    function: str
    body: range
    line: int
    kind: str
    text: str
    before: str
    after: str
    why: str = ""

    def diff(self, original: str) -> str:
        """Return the fault as a unified diff of one line of context."""
        lines = unified_diff(
            original.splitlines(), self.text.splitlines(), self.file, self.file, n=1, lineterm=""
        )
        return "\n".join(lines)


class _Place(NamedTuple):
    """A fault that could be planted: the node, what comes in its place, and by which operator."""

    file: str
    line: int
    kind: str
    module: cst.Module
    node: cst.CSTNode
    new: cst.CSTNode


_SQL = re.compile(r"\b(SELECT|FROM|WHERE|AND|JOIN|DELETE|INSERT|ORDER BY)\b")
_SQL_WORDS = (
    ("<>", "="),
    ("NOT EXISTS", "EXISTS"),
    (" AND ", " OR "),
    (" OR ", " AND "),
    ("LEFT JOIN", "JOIN"),
    ("DISTINCT ", ""),
    (" > ", " >= "),
    (" < ", " <= "),
    (" <= ", " < "),
    ("IS NULL", "IS NOT NULL"),
    (" DESC", ""),
    (" ORDER BY e.rowid", ""),
    ("max(", "min("),
    ("kind = 'project'", "kind = 'reviewer'"),
)
_OPAQUE = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Raise, cst.Assert)
_PLAIN_CALLS = ("cast", "TypeVar", "isinstance", "len", "UserError")
_LABEL = re.compile(r"""["'][A-Z][\w-]*…?["']""")


def _negated(node: cst.If | cst.While | cst.CompIf) -> Iterator[cst.CSTNode]:
    inner = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(operator=cst.Not(), expression=inner))


def _left_out(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    first = node.body[0]
    if len(node.body) == 1 and isinstance(first, cst.Expr) and isinstance(first.value, cst.Call):
        yield node.with_changes(body=[cst.Pass()])


def _sql(node: cst.SimpleString | cst.FormattedStringText) -> Iterator[cst.CSTNode]:
    if _SQL.search(node.value):
        for old, new in _SQL_WORDS:
            for found in re.finditer(re.escape(old), node.value):
                text = node.value[: found.start()] + new + node.value[found.end() :]
                yield node.with_changes(value=text)


def _word(node: cst.BaseString) -> Iterator[cst.CSTNode]:
    """Yield mutmut's first change of a string without blanks: a key or a kind, no sentence.

    What begins with a capital is a word shown to people, as a sentence is.
    """
    plain = isinstance(node, cst.SimpleString) and not _LABEL.fullmatch(node.value)
    if plain and " " not in node.value and len(node.value) > 2:
        yield from list(mutators.operator_string(node))[:1]


def _assigned(node: cst.Assign | cst.AnnAssign) -> Iterator[cst.CSTNode]:
    """Yield mutmut's changes of an assignment, but not None for False, which nothing tells."""
    if not (node.value is not None and m.matches(node.value, m.Name("False"))):
        yield from mutators.operator_assignment(node)


_INSTEAD = (mutators.operator_string, mutators.operator_assignment)
_Operator = tuple[type, Callable[..., Iterable[cst.CSTNode]]]
_OPERATORS: tuple[_Operator, ...] = (
    *((t, o) for t, o in mutators.mutation_operators if o not in _INSTEAD),
    (cst.BaseString, _word),
    (cst.Assign, _assigned),
    (cst.AnnAssign, _assigned),
    (cst.If, _negated),
    (cst.While, _negated),
    (cst.CompIf, _negated),
    (cst.SimpleStatementLine, _left_out),
    (cst.SimpleString, _sql),
    (cst.FormattedStringText, _sql),
)


class _Finder(cst.CSTVisitor):
    """Collects the places of one file."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, file: str, module: cst.Module) -> None:
        super().__init__()
        self.places: list[_Place] = []
        self._file = file
        self._module = module

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note what could be planted at a node; says whether to look inside it."""
        if isinstance(node, _OPAQUE) or _is_plain(node):
            return False
        for type_, operator in _OPERATORS:
            if isinstance(node, type_):
                for new in operator(node):
                    line = self.get_metadata(PositionProvider, node).start.line
                    kind = operator.__name__.removeprefix("operator_").strip("_")
                    place = _Place(self._file, line, kind, self._module, node, new)
                    self.places.append(place)
        return True


def _is_plain(node: cst.CSTNode) -> bool:
    """Say whether a node has nothing of a rule in it: `__all__`, a type, a `cast`, a sentence."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
        return node.func.value in _PLAIN_CALLS
    if isinstance(node, cst.AnnAssign):
        return m.matches(node.annotation.annotation, m.Name("TypeAlias"))
    named_all = m.Assign(targets=[m.AssignTarget(m.Name("__all__"))])
    type_variable = m.Assign(value=m.Call(func=m.Name("TypeVar")))
    type_alias = m.Assign(
        targets=[m.AssignTarget(m.Name())],
        value=m.Subscript(value=m.Name("tuple") | m.Name("Callable") | m.Name("dict")),
    )
    return m.matches(node, named_all | type_variable | type_alias)


def places(root: Path, file: str) -> list[_Place]:
    """Return every fault that could be planted in a file of a tree."""
    wrapper = MetadataWrapper(cst.parse_module((root / file).read_text("utf-8")))
    finder = _Finder(file, wrapper.module)
    wrapper.visit(finder)
    return finder.places


def draw(root: Path, files: Iterable[str], count: int, seed: int) -> list[Mutant]:
    """Draw faults, at most one for each line, and every line as likely as another.

    Of a line first the operator is drawn, then one of its faults: else calls with many arguments,
    whose faults any test sees, would fill the list.
    """
    by_line: dict[tuple[str, int], list[_Place]] = defaultdict(list)
    for file in sorted(files):
        for place in places(root, file):
            by_line[place.file, place.line].append(place)
    chance = random.Random(seed)
    lines = sorted(by_line)
    chance.shuffle(lines)
    drawn: list[Mutant] = []
    for line in lines:
        if len(drawn) == count:
            break
        by_kind: dict[str, list[_Place]] = defaultdict(list)
        for place in by_line[line]:
            by_kind[place.kind].append(place)
        mutant = planted(root, chance.choice(by_kind[chance.choice(sorted(by_kind))]))
        if mutant is not None:
            drawn.append(mutant)
    return drawn


def planted(root: Path, place: _Place) -> Mutant | None:
    """Return the fault of a place; None when the file is no Python any more or the same one."""
    changed = cst.ensure_type(place.module.deep_replace(place.node, place.new), cst.Module)
    return mutant(root, place.file, changed.code, place.kind)


def mutant(root: Path, file: str, text: str, kind: str, why: str = "") -> Mutant | None:
    """Return a fault out of the whole text of its file; None when it is no fault."""
    original = (root / file).read_text("utf-8")
    try:
        same = ast.dump(ast.parse(text)) == ast.dump(tree := ast.parse(original))
        compile(text, file, "exec")
    except SyntaxError:
        return None
    if same:
        return None
    old, new = original.splitlines(), text.splitlines()
    line = next((i for i, (a, b) in enumerate(zip(old, new, strict=False), 1) if a != b), len(old))
    changed = list(ndiff(old, new))
    before = "\n".join(one[2:].strip() for one in changed if one.startswith("- "))
    after = "\n".join(one[2:].strip() for one in changed if one.startswith("+ "))
    function, body = around(tree, line)
    return Mutant(file, function, body, line, kind, text, before, after, why)


def around(tree: ast.Module, line: int) -> tuple[str, range]:
    """Return the dotted name of the innermost function or class around a line, and its body.

    The body is empty when the line is in no function, or in the part that is run to define it.
    """
    names: list[str] = []
    body = range(0)
    inside: list[ast.stmt] = tree.body
    while True:
        inner = next((node for node in inside if _holds(node, line)), None)
        if not isinstance(inner, ast.FunctionDef | ast.ClassDef):
            return ".".join(names), body
        names.append(inner.name)
        inside = inner.body
        whole = range(inside[0].lineno, (inner.end_lineno or 0) + 1)
        body = whole if isinstance(inner, ast.FunctionDef) and line in whole else range(0)


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or 0)

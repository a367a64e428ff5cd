"""Only `screener/store/` names the tables of a file; everybody else asks it."""

import ast
import re
from pathlib import Path

import pytest

import screener
import ui

ROOTS = [Path(module.__file__).parent for module in (screener, ui)]
SQL = re.compile(
    r"\b(SELECT\s|INSERT\s+(OR\s|INTO\s)|REPLACE\s+INTO\s|DELETE\s+FROM\s|UPDATE\s+\w+\s+SET\s"
    r"|PRAGMA\s|(CREATE|DROP|ALTER)\s|ATTACH\s|(FROM|JOIN|INTO)\s+[\w.{]+)"
)
"""What a statement begins with, or where in it a table is named; SQL is written in capitals."""


def statements(source):
    """Return the texts in a module that are SQL, docstrings left out."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]
    return [text for text in texts if SQL.search(text)]


def outside():
    for root in ROOTS:
        for path in sorted(root.rglob("*.py")):
            if ROOTS[0] / "store" not in path.parents:
                yield path


def test_no_module_outside_the_store_names_a_table():
    found = {str(path): statements(path.read_text("utf-8")) for path in outside()}
    assert len(found) > 200
    assert {path: texts for path, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "source",
    [
        'found = file.rows("SELECT 1 FROM raw LIMIT 1")',
        'file.rows(f"SELECT {columns} " "FROM event")',
        'tail = "LEFT JOIN unit_of u ON true"',
        'connection.execute("DELETE FROM current")',
        'connection.execute("UPDATE meta SET value = 1")',
        'connection.execute("PRAGMA data_version")',
    ],
)
def test_a_statement_is_seen_wherever_it_stands(source):
    assert statements(source)

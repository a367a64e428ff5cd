"""A key has one name: on a cap, in a sentence, and aloud."""

import ast
import re
from pathlib import Path

import pytest

import ui
from ui.widgets.button import Button
from ui.widgets.keycap import KeyCap, key_spoken, key_words

KEYS = [
    ("Ctrl+Return", "Ctrl Enter", "Ctrl Enter"),
    ("Escape", "Esc", "Esc"),
    ("Backspace", "⌫", "Backspace"),
    ("Alt+Up", "Alt ↑", "Alt Up"),
    ("Ctrl++", "Ctrl +", "Ctrl +"),
    ("-", "−", "minus"),
    ("Ctrl+-", "Ctrl −", "Ctrl minus"),
    ("PgDown", "Page Down", "Page Down"),
    ("1 – 9", "1 – 9", "1 – 9"),
    ("I", "I", "I"),
    ("", "", ""),
]


@pytest.mark.parametrize(("key", "shown", "spoken"), KEYS)
def test_a_key_is_shown_and_said_by_one_name(qtbot, key, shown, spoken):
    assert key_words(key) == shown
    assert key_spoken(key) == spoken
    cap, button = KeyCap(key), Button("Settle", key=key)
    for made in (cap, button):
        qtbot.addWidget(made)
    assert cap.accessibleName() == f"key {spoken}"
    assert button.accessibleName() == (f"Settle, key {spoken}" if key else "Settle")


def said(tree):
    """The texts of a module that are no documentation."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    statements = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if text and id(node) not in documented | statements:
            yield node.value


def test_no_sentence_names_a_key_as_qt_writes_it():
    chord = re.compile(r"\b(Ctrl|Alt|Shift)\+\w+ \w|\w \b(Ctrl|Alt|Shift)\+\w")
    for module in Path(ui.__file__).parent.rglob("*.py"):
        for text in said(ast.parse(module.read_text(encoding="utf-8"))):
            assert not chord.search(text), (module.name, text)


@pytest.mark.parametrize(
    ("key", "on_a_mac"),
    [("Ctrl+I", "Cmd I"), ("Alt+Up", "Option ↑"), ("Ctrl+Return", "Cmd Enter"), ("I", "I")],
)
def test_on_a_mac_a_key_is_called_what_stands_on_it(key, on_a_mac):
    assert key_words(key, "darwin") == on_a_mac
    assert key_words(key_words(key, "darwin"), "darwin") == on_a_mac
    assert "Cmd" not in key_words(key, "linux")

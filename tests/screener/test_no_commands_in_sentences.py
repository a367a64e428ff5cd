"""What the core says is said in the window too: how a command does it is said by the commands."""

import ast
import re
from pathlib import Path

import pytest

import screener
import ui
from screener.cli import COMMANDS

CORE, WINDOW = Path(screener.__file__).parent, Path(ui.__file__).parent
_OF_COMMANDS = re.compile(
    rf"(?<![\w-])--[a-z]|(?<!\w)screener (?:{'|'.join(map(re.escape, COMMANDS))})(?!\w)"
)


def modules():
    own = [path for path in CORE.rglob("*.py") if "cli" not in path.relative_to(CORE).parts]
    # what starts the window has one option of its own
    return [*own, *(path for path in WINDOW.rglob("*.py") if path != WINDOW / "__main__.py")]


def sentences(text):
    """Yield the texts of a module that are no docstrings, each as one."""
    tree = ast.parse(text)
    documenting = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }  # also what is said below an attribute
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documenting:
            yield str(node.value)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(CORE.parent)))
def test_no_sentence_of_the_core_names_a_command_or_an_option(path):
    found = [text for text in sentences(path.read_text("utf-8")) if _OF_COMMANDS.search(text)]
    assert found == []


def test_such_a_sentence_would_be_found():
    text = '"""screener undo FILE"""\nsaid = ("or taken back with "\n"screener undo FILE --action")'
    assert [bool(_OF_COMMANDS.search(one)) for one in sentences(text)] == [True]

"""What a file says is printed within one line, whatever line breaks are in it."""

import ast
from pathlib import Path

import pytest

import screener.cli
from screener import open_copy, open_project
from screener.cli import main
from screener.model import ErrorKind, Stage, UserError
from screener.model.words import as_name, one_line
from screener.store.kinds.project import Reviewer
from screener.store.kinds.reviewer import Note
from tests.screener.consensus.planting import plant

TA = Stage.TITLE_ABSTRACT
FALSE = "\n2026-01-01  Jonas: Exclude\r\x1b[2K\u2028Jonas: 8 decided"
SHOWN = " 2026-01-01  Jonas: Exclude [2K Jonas: 8 decided"


def printed(capsys, *arguments, status=0):
    with pytest.raises(SystemExit) as told:
        main([*map(str, arguments)])
    assert told.value.code == status
    found = capsys.readouterr()
    return (found.err if status else found.out).split("\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "plain"),
        ("a\nb\r\nc", "a b c"),
        ("a\x1b[1mb\x00c\x7fd\x85e\u2028f\u2029g", "a [1mb c d e f g"),
        ("a\u202eb\u202cc\u2066d\u2069e\u200ff", "abcdef"),
        ("é, “quoted”, \u4e2d", "é, “quoted”, \u4e2d"),
    ],
)
def test_one_line(text, line):
    assert one_line(text) == line
    assert str(UserError(text, kind=ErrorKind.DAMAGED)) == line


def test_the_name_of_an_action_in_the_history(pair, capsys):
    with open_copy(pair.a) as mine:
        record = mine.units.find("1")
        with mine._file.action(f"Note{FALSE}") as action:
            action.append(Note(text="x"), subject=record, step=TA)
    lines = printed(capsys, "history", pair.a, "1")
    assert [line for line in lines if "Exclude" in line] == [
        line for line in lines if f": Note{SHOWN} (" in line
    ]
    assert not any(line.startswith("2026-01-01") for line in lines)


def test_the_name_of_a_reviewer_in_the_status(pair, capsys):
    with open_project(pair.project) as review, review._file.action("Add reviewer") as action:
        action.append(Reviewer(id="e" * 32, name=f"Eve{FALSE}"), subject="e" * 32)
    lines = printed(capsys, "status", pair.project)
    assert [line for line in lines if line.startswith(f"  {as_name(f'Eve{FALSE}')}: 0 decided")]
    assert not any(line.strip().startswith("Jonas: 8") for line in lines)
    assert any("Eve" in line for line in printed(capsys, "reviewers", pair.project))


def test_a_kind_that_there_is_none_of(pair, capsys):
    with open_project(pair.a, write=False) as mine:
        maya = mine._file.reviewer
    plant(pair.a, f"horoscope{FALSE}", "{}", author=maya)
    lines = printed(capsys, "merge", pair.a, "--into", pair.project, status=1)
    assert len(lines) == 2
    assert f"horoscope{SHOWN}" in lines[0]


def test_one_function_prints():
    """Another way to print would forget it; JSON and TOML are documents and no lines."""
    allowed = {("__init__.py", "main"), ("shared.py", "say"), ("shared.py", "print_json"),
               ("shared.py", "print_json_list"), ("shared.py", "progress"),
               ("project.py", "protocol"), ("forms.py", "form")}  # fmt: skip
    found = set()
    for path in Path(screener.cli.__file__).parent.glob("*.py"):
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                    "click.echo", "click.secho", "print",
                ):  # fmt: skip
                    found.add((path.name, getattr(function, "name", "")))
    assert found == allowed

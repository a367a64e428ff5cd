"""`screener convert`, as a person calls it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from screener.cli.convert import convert
from screener.model import UserError
from screener.sources.reading import entries, read

RIS = "TY  - JOUR\nTI  - Title {n}\nER  - \n"


def _run(*arguments: str) -> tuple[str, str]:
    result = CliRunner().invoke(convert, arguments, catch_exceptions=False, standalone_mode=False)
    if isinstance(result.exception, UserError):
        raise result.exception
    return result.stdout, result.stderr


@pytest.fixture
def ris(tmp_path: Path) -> Path:
    path = tmp_path / "in.txt"
    path.write_text("A stray line\n" + RIS.format(n=1) + RIS.format(n=2))
    return path


def test_a_dash_writes_json(ris: Path) -> None:
    out, said = _run(str(ris), "-")
    assert [item["title"] for item in json.loads(out)] == ["Title 1", "Title 2"]
    assert "2 records; 1 place skipped." in said
    assert "line 1: " in said
    assert "A stray line" in said


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Authors,Paper,Year,DOI", "DOI: say which column is the title, with --column title=HEAD"),
        ("A,B,2019,10.5555/b", "4 columns is the title, with --column title=NUMBER."),
        ("Authors,Full citation,Year,DOI", "with --column title=HEADING or --column citation=HEA"),
    ],
)  # fmt: skip
def test_a_table_without_a_title_is_refused(tmp_path: Path, heading: str, words: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"{heading}\nAlba A,A walk,2020,10.5555/a\n")
    with pytest.raises(UserError, match=re.escape(words)):
        _run(str(path), "-")


def test_records_without_a_title_are_said(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("doi\n10.5555/a\n10.5555/b\n")
    assert "This record has no title. (2 records)" in _run(str(path), "-")[1]


def test_several_files_become_one(ris: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.nbib"
    other.write_text("PMID- 1\nTI  - Title 3\n")
    out = tmp_path / "all.csv"
    _run(str(ris), str(other), str(out))
    assert [entry.fields.title for entry in entries(read(out))] == ["Title 1", "Title 2", "Title 3"]


def test_quiet_says_nothing(ris: Path) -> None:
    assert _run("--quiet", str(ris), "-")[1] == ""


def test_an_input_is_never_the_output(ris: Path, tmp_path: Path) -> None:
    same = tmp_path / "same.ris"
    same.write_text(RIS.format(n=1))
    with pytest.raises(UserError, match="named twice"):
        convert.main([str(ris), str(same), str(same)], standalone_mode=False)
    assert same.read_text() == RIS.format(n=1)


def test_one_argument_is_wrong_usage(ris: Path) -> None:
    result = CliRunner().invoke(convert, [str(ris)])
    assert result.exit_code == 2
    assert "OUT" in result.output

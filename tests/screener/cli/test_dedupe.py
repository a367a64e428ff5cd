"""`screener dedupe` from the outside."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from screener.cli import commands, main

ROWS = [
    ("1", "Peer-led text messaging for adults in remote clinics: a trial", "244-58", "10.5555/a"),
    ("2", "Peer-led text messaging for adults in remote clinics: a trial", "244-258", "10.5555/A"),
    ("3", "Peer-led text messaging for adolescents in remote clinics: a trial", "244", ""),
]


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["record_id", "title", "pages", "doi", "authors", "year", "volume"])
        writer.writerows((*row, "Brandvik, Maren", "2018", "12") for row in ROWS)
    return path


def read(path):
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.reader(stream))


def test_groups_and_questions(records, tmp_path):
    groups, ask = tmp_path / "g.csv", tmp_path / "q.csv"
    before = records.read_bytes()
    result = CliRunner().invoke(
        commands, ["dedupe", str(records), "--groups", str(groups), "--ask", str(ask)]
    )
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "3 records, 1 duplicate in 1 group, 1 pair to ask about.\n"
    assert read(groups) == [["record_id", "group"], ["1", "1"], ["2", "1"], ["3", ""]]
    assert read(ask) == [["record_id_1", "record_id_2", "rule"], ["3", "1", "title"]]
    assert records.read_bytes() == before


def test_ask_everything(records, tmp_path):
    groups = tmp_path / "g.csv"
    arguments = ["dedupe", str(records), "--groups", str(groups), "--settings", "ask-everything"]
    result = CliRunner().invoke(commands, [*arguments, "--quiet"])
    assert (result.exit_code, result.output) == (0, "")
    assert [row[1] for row in read(groups)[1:]] == ["", "", ""]


def test_a_missing_table_is_one_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["dedupe", str(tmp_path / "none.csv"), "--groups", str(tmp_path / "g.csv")])
    assert stopped.value.code == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_table_is_not_overwritten(records, capsys):
    before = records.read_bytes()
    with pytest.raises(SystemExit) as stopped:
        main(["dedupe", str(records), "--groups", str(records)])
    assert stopped.value.code == 1
    assert "named twice" in capsys.readouterr().err
    assert records.read_bytes() == before


def test_wrong_usage(records):
    assert CliRunner().invoke(commands, ["dedupe", str(records)]).exit_code == 2

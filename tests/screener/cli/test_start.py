"""What the program says of itself, and standard input as a file to read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

RIS = "TY  - JOUR\nTI  - Peers by telephone\nAU  - Doe, J\nPY  - 2017\nER  - \n"


def screener(*words, given="", **more):
    env = {**os.environ, **more}
    return subprocess.run(
        [sys.executable, "-m", "screener", *map(str, words)],
        input=given,
        capture_output=True,
        text=True,
        env=env,
        timeout=60,
    )


def test_versions_are_printed():
    done = screener("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"Screener \S+, Qt [\d.]+, SQLite [\d.]+\n", done.stdout)


def test_a_shell_completes_commands():
    done = screener(_SCREENER_COMPLETE="bash_complete", COMP_WORDS="screener ver", COMP_CWORD="1")
    assert "verify" in done.stdout
    assert screener(_SCREENER_COMPLETE="bash_source").stdout.count("screener") > 1


def test_convert_reads_standard_input():
    done = screener("convert", "-", "-", given=RIS)
    assert done.returncode == 0, done.stderr
    assert [one["title"] for one in json.loads(done.stdout)] == ["Peers by telephone"]


def test_import_reads_standard_input(tmp_path):
    project = tmp_path / "review.screener"
    screener("new", project, "--title", "Peers")
    done = screener("import", project, "-", "--source", "PubMed", "--json", given=RIS)
    assert done.returncode == 0, done.stderr
    (batch,) = json.loads(done.stdout)
    assert (batch["file"], batch["parsed"]) == ("standard input", 1)
    assert list(tmp_path.iterdir()) == [project]


@pytest.mark.parametrize("words", [("convert", "-", "-", "out.ris"), ("import", "p", "-", "-")])
def test_standard_input_is_read_once(tmp_path, words):
    project = tmp_path / "review.screener"
    screener("new", project, "--title", "Peers")
    named = [project if word == "p" else word for word in words]
    more = ["--source", "PubMed"] if words[0] == "import" else []
    done = screener(*named, *more, given=RIS)
    assert done.returncode == 1
    assert done.stderr == "Standard input (-) can be read once only; name it once.\n"

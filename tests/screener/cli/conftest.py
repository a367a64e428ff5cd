"""A folder in which every example of every command can be run."""

from __future__ import annotations

import shutil
import sys

import pytest
from click.testing import CliRunner

from screener import create_project, merge_into, open_copy, open_project
from screener.cli import commands, main
from screener.model import Stage

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture(scope="module")
def prepared(template, tmp_path_factory):
    """The pair under the names that the help uses, and the files it reads."""
    folder = tmp_path_factory.mktemp("cli") / "f"
    computer = folder.with_name("computer")
    shutil.copytree(template[0].folder, folder)
    shutil.copytree(template[1], computer)  # other tests begin with that of the template
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(computer))
        merge_into(folder / "p.screener", folder / "a.screener", folder / "b.screener")
        (folder / "p.screener").rename(folder / "review.screener")
        (folder / "a.screener").rename(folder / "maya.screener")
        (folder / "b.screener").rename(folder / "jonas.screener")
        with open_project(folder / "review.screener") as review:
            toml = review.protocol.toml()
    (folder / "protocol.toml").write_text(toml, encoding="utf-8")
    return folder


@pytest.fixture
def folder(prepared, tmp_path, monkeypatch, home):
    """The prepared folder, a copy of its own for each test, as the current one."""
    place = tmp_path / "work"
    shutil.copytree(prepared, place)
    shutil.copytree(prepared.with_name("computer"), home, dirs_exist_ok=True)
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command as `python -m screener` would; returns status, output and errors."""

    def call(*words):
        capsys.readouterr()
        status = 0
        try:
            main([str(w) for w in words])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        out, err = capsys.readouterr()
        return status or 0, out, err

    return call


@pytest.fixture
def refuses(run):
    """Assert that a command ends with one sentence, status 1, and nothing on standard output."""

    def call(*words):
        status, out, err = run(*words)
        assert (status, out) == (1, ""), (out, err)
        assert err.count("\n") == 1, err
        assert err[0].isupper() or not err[0].isalpha() or "." in err.split(" ")[0], err
        assert err.rstrip()[-1] == ".", err
        assert "Traceback" not in err
        return err.rstrip("\n")

    return call


__all__ = ["CliRunner", "commands", "create_project", "open_copy", "sys"]

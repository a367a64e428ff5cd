"""An installed program tries itself: what it prints, and that it leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import ui.smoke
from ui.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


def test_the_smoke_test_carries_the_example_through_and_leaves_nothing(tmp_path, home):
    before = {one: one.read_bytes() for one in home.rglob("*") if one.is_file()}
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--smoke-test"],
        env={**os.environ, "TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Smoke test: the window is there.",
        "Smoke test: the example is written.",
        "Smoke test: a record is decided.",
        "Smoke test: two copies are merged.",
        "Smoke test: the diagram and the report are drawn.",
    ]
    assert list(tmp_path.iterdir()) == []
    assert {one: one.read_bytes() for one in home.rglob("*") if one.is_file()} == before


def test_a_program_whose_example_is_not_there_fails_in_one_line(
    qapp, home, monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr("screener.example.content.CONTENT", tmp_path / "nowhere")
    with pytest.raises(SystemExit) as ended:
        main(["--smoke-test"])
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.out.splitlines() == ["Smoke test: the window is there."]
    assert said.err.startswith("The smoke test failed: ")
    assert said.err.count("\n") == 1


def test_an_empty_window_is_no_window(qapp, qtbot):
    from PySide6.QtWidgets import QWidget

    empty = QWidget()
    qtbot.addWidget(empty)
    empty.show()
    with pytest.raises(ui.smoke.SmokeError, match="empty"):
        ui.smoke._painted(empty)


def test_pyproject_is_the_place_of_the_version():
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version("screener") == said

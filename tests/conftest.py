"""Fixtures for every test; each test has a home of its own on a real disk."""

from __future__ import annotations

import gc
import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """A settings folder of its own for each test: the computer of this test.

    The robot's hands are faster than anybody's: nothing waits for them.
    """
    folder = tmp_path_factory.mktemp("home")
    (folder / "preferences.json").write_text('{"moment": 0}', encoding="utf-8")
    monkeypatch.setenv("SCREENER_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def collected():
    """Give the collector back: a window of a test takes it over (`ui/window/garbage.py`)."""
    yield
    gc.enable()

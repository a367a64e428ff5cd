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
    """Collect between the tests, in this thread.

    By itself the collector runs in whichever thread happens to work, and a widget of an earlier
    test that ends in a worker's thread takes the process with it.
    """
    gc.disable()
    yield
    gc.unfreeze()
    gc.collect(1)

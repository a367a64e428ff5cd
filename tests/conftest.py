"""Fixtures for every test; each test has a home of its own on a real disk."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """A settings folder of its own for each test: the computer of this test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("SCREENER_HOME", str(folder))
    return folder

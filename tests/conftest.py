"""Fixtures for every test; each test has a home and a folder of its own, in memory where it may."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_MEMORY = Path("/dev/shm")
_ROOM = 2 << 30
"""So much must be free there: in a container it is often 64 MB."""


def pytest_configure(config: pytest.Config) -> None:
    """Have the folders of tests made in memory: each transaction waits for a drive, but not there.

    Not where somebody says `--basetemp`, and not what is about files themselves
    (`tests/screener/store/conftest.py`, `tests/robustness`).
    """
    here = config.option.basetemp is None and os.access(_MEMORY, os.W_OK)
    if here and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.fixture
def new_folder(tmp_path_factory):
    """Make a folder of a name for this test."""
    return tmp_path_factory.mktemp


@pytest.fixture(autouse=True)
def home(new_folder, monkeypatch):
    """A settings folder of its own for each test: the computer of this test.

    The robot's hands are faster than anybody's: nothing waits for them.
    """
    folder = new_folder("home")
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


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """What a function makes in an empty folder, made once: that folder, and the computer it used.

    Asked by fixtures (`copied`), never in a test, which may have changed what makes it.
    """
    made = {}

    def find(make):
        if make not in made:
            made[make] = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("computer")
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SCREENER_HOME", str(made[make][1]))
                make(made[make][0])
        return made[make]

    return find


@pytest.fixture
def copied(made_once, tmp_path, home):
    """Give the folder of a test a copy of what a function makes, as if it was made just now here.

    It has the same ids in every test: a test that needs two reviews makes the other one afresh.
    """

    def copy(make):
        made, computer = made_once(make)
        shutil.copytree(made, tmp_path, dirs_exist_ok=True)
        shutil.copytree(computer, home, dirs_exist_ok=True)
        return tmp_path

    return copy


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """The example review, written once for all tests of a run: its files are only read.

    Two processes that come at the same moment both write it, and one is kept: nobody waits for
    another one, which may have been killed.
    """
    from screener.example import write_example

    kept = tmp_path_factory.getbasetemp()
    kept = (kept.parent if "PYTEST_XDIST_WORKER" in os.environ else kept) / "example-of-all"
    mine = tmp_path_factory.mktemp("example")
    if not kept.exists():
        told = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SCREENER_HOME", str(tmp_path_factory.mktemp("home-of-example")))
            write_example(mine / "written", lambda done, total, what: told.append((done, total)))
        assert told[-1][0] == told[-1][1]
        with contextlib.suppress(OSError):  # the other one was quicker
            (mine / "written").rename(kept)
    shutil.copytree(kept, mine / "review")  # of this process alone: who reads a file locks it
    return mine / "review"

"""What a drive does to files is seen on a drive: these folders are not in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def drive():
    """A folder where temporary files are on this computer."""
    with tempfile.TemporaryDirectory(prefix="tests-", ignore_cleanup_errors=True) as folder:
        # A level more, so that what lies around the folders of a test is this run's own.
        inner = Path(folder).resolve() / "drive"
        inner.mkdir()
        yield inner


@pytest.fixture
def new_folder(drive):
    """Make a folder of a name for this test."""
    return lambda name: Path(tempfile.mkdtemp(prefix=f"{name}-", dir=drive))


@pytest.fixture
def tmp_path(new_folder):
    """The folder of this test."""
    return new_folder("test")

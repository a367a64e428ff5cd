"""Links and pipes under a name; a test that needs what this system has not is skipped."""

import os

import pytest


def link_to(place, target):
    """Make a symbolic link; Windows lets not everybody, and Wine makes none."""
    try:
        place.symlink_to(target)
    except OSError as error:
        pytest.skip(f"no symbolic link can be made here ({error})")
    if not place.is_symlink():
        pytest.skip("no symbolic link can be made here")


def pipe_at(place):
    """Make a named pipe; on Windows none has a name in a folder."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes have no names in folders here")
    os.mkfifo(place)

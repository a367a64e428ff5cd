"""The first command on a fresh machine sees every system library that is missing."""

import ctypes.util
import importlib.util
import shutil
import sys

import pytest

import bootstrap

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's packages")


@pytest.fixture
def lacks(monkeypatch):
    """Have the machine lack some libraries, and no apt-get to install them with."""

    def lacking(*names):
        found = lambda name: None if name in names else f"lib{name}.so"  # noqa: E731
        monkeypatch.setattr(ctypes.util, "find_library", found)

    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    monkeypatch.setattr(shutil, "which", lambda _: None)
    return lacking


@pytest.mark.parametrize("package", [*bootstrap.WINDOW, *bootstrap.SCREEN])
def test_every_library_that_is_missing_is_said(lacks, capsys, package):
    lacks((bootstrap.WINDOW | bootstrap.SCREEN)[package])
    bootstrap.install_system_libraries(checks=False)
    said = capsys.readouterr().out
    assert package in said
    assert bootstrap.FONTS in said


def test_a_machine_that_has_all_of_them_is_left_alone(lacks, capsys):
    lacks()
    bootstrap.install_system_libraries(checks=False)
    assert capsys.readouterr().out == ""

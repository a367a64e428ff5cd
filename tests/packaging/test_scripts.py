"""The scripts that install and take away, with a program that is none, for somebody new."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINUX = Path(__file__).resolve().parents[2] / "packaging" / "linux"
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="scripts for Linux")


@pytest.fixture
def archive(tmp_path):
    """Unpack what the archive holds, with a program that only says its name."""
    folder = tmp_path / "unpacked here"
    (folder / "program").mkdir(parents=True)
    (folder / "program" / "screener").write_text('#!/bin/sh\necho screener "$@"\n')
    (folder / "program" / "screener").chmod(0o755)
    for place in ("applications", "mime/packages", "metainfo", "icons/hicolor/16x16/apps"):
        (folder / "share" / place).mkdir(parents=True)
    shutil.copy(LINUX / "screener.desktop", folder / "share/applications")
    shutil.copy(
        LINUX.parents[1] / "resources/mime/packages/screener.xml", folder / "share/mime/packages"
    )
    (folder / "share/metainfo/screener.metainfo.xml").write_text("<x/>")
    (folder / "share/icons/hicolor/16x16/apps/screener.png").write_text("x")
    for script in ("install.sh", "uninstall.sh"):
        shutil.copy(LINUX / script, folder)
    return folder


@pytest.fixture(params=["someone", "some one's $HOME 100%"])
def person(tmp_path, request):
    """A home, also one whose name means something to a shell and to a menu entry."""
    home = tmp_path / request.param
    home.mkdir()
    return home


def run(script, person):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    return subprocess.run(
        ["sh", script],
        env={**kept, "HOME": str(person)},
        capture_output=True,
        text=True,
        check=False,
    )


def files(place):
    return sorted(str(p.relative_to(place)) for p in place.rglob("*") if not p.is_dir())


def test_installed_started_upgraded_and_taken_away(archive, person):
    kept = person / ".local/share/screener/preferences.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    done = run(archive / "install.sh", person)
    assert done.returncode == 0, done.stderr
    link = person / ".local/bin/screener"
    assert subprocess.check_output([link, "x"], text=True) == "screener x\n"
    old = person / ".local/opt/screener/older"
    old.write_text("x")
    assert run(archive / "install.sh", person).returncode == 0
    assert not old.exists()
    done = run(person / ".local/opt/screener/uninstall.sh", person)
    assert done.returncode == 0, done.stderr
    known = [one for one in files(person) if "/mime/" not in one and "mimeinfo" not in one]
    assert known == [".local/share/screener/preferences.json"]
    assert not (person / ".local/share/mime/packages/screener.xml").exists()


def test_the_menu_entry_names_the_program_as_the_standard_quotes_it(archive, person):
    run(archive / "install.sh", person)
    entry = (person / ".local/share/applications/screener.desktop").read_text()
    (line,) = [one for one in entry.splitlines() if one.startswith("Exec=")]
    plain = str(person / ".local/opt/screener/screener")
    quoted = plain.replace("$", r"\\$").replace("%", "%%")
    assert line == f'Exec="{quoted}" %f'


def test_what_is_not_ours_is_not_replaced(archive, person):
    other = person / ".local/opt/screener"
    other.mkdir(parents=True)
    (other / "thesis.txt").write_text("x")
    assert run(archive / "install.sh", person).returncode == 1
    assert run(archive / "uninstall.sh", person).returncode == 1
    assert (other / "thesis.txt").exists()


def test_an_archive_that_was_unpacked_in_part_installs_nothing(archive, person):
    shutil.rmtree(archive / "program")
    assert run(archive / "install.sh", person).returncode == 1
    assert files(person) == []

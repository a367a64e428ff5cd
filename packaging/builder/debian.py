"""The package in a bare Debian: installed, upgraded, tried, associated, removed."""

from __future__ import annotations

import shutil
from pathlib import Path

from builder import bundle, chroot, deb, trying
from builder.chroot import Bare, impossible
from builder.places import BUILD, BuildError
from builder.user import must

HOME = "/home/someone"
PROJECT = f"{HOME}/my review ü.screener"
UNNAMED = f"{HOME}/without ending"
OLDER = "0.0.1"
TYPE = "application/x-screener"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
RECORDS = "TY  - JOUR\nTI  - Peers by telephone\nPY  - 2017\nER  - \n"
STAGE = ("--stage", "title-abstract")

__all__ = ["impossible", "tried"]


def tried(package: Path) -> str:
    """Try the package where nothing else is installed; return a sentence."""
    older = deb.packed(bundle.built(), BUILD / "older", fast=True, named=OLDER)
    bare = Bare()
    bare.run("apt-get", "update", "-q")
    bare.install(older)
    must(f"Version: {OLDER}" in bare.run("dpkg", "-s", "screener"), "the older one is not there")
    left = "/opt/screener/_internal/of-an-older-version"
    place(left).touch()
    copy = review(bare)
    before = place(copy).read_bytes()
    bare.install(package)
    must(f"Version: {OLDER}" not in bare.run("dpkg", "-s", "screener"), "it was not upgraded")
    must(place(copy).read_bytes() == before, "the upgrade touched a review")
    said = bare.run("screener", "--smoke-test", env=OFFSCREEN)
    must(said.splitlines()[-1:] == [trying.LAST], f"the smoke test said: {said}")
    associated(bare)
    bare.run("screener", "undo", copy)
    place(left).unlink()
    bare.run("dpkg", "-r", "screener")
    must(place(copy).exists(), "a review was removed")
    stays = [
        p
        for p in ("/opt/screener", "/usr/bin/screener")
        if place(p).is_symlink() or place(p).exists()
    ]
    must(not stays, f"removing it left {stays}")
    shutil.rmtree(chroot.TRIED)
    return f"installed over {OLDER}, opened by name and by content, decided, removed"


def place(inside: str) -> Path:
    """Return where a path of the bare Debian is."""
    return chroot.TRIED / inside.removeprefix("/")


def review(bare: Bare) -> str:
    """Make a review with a blank and an umlaut in its name, and decide in a copy of it."""
    place(HOME).mkdir(parents=True, exist_ok=True)
    place(f"{HOME}/two.ris").write_text(RECORDS, "utf-8")
    copy = f"{HOME}/Maya müller.screener"
    bare.run("screener", "new", PROJECT, "--title", "Peer süpport")
    bare.run("screener", "import", PROJECT, f"{HOME}/two.ris", "--source", "PubMed")
    bare.run("screener", "copy", PROJECT, "--reviewer", "Maya", "--out", copy)
    bare.run("screener", "decide", copy, "1", "include", *STAGE)
    said = bare.run("screener", "status", copy, "--json")
    must('"decided": 1' in said or '"decided":1' in said, f"nothing was decided: {said}")
    shutil.copy(place(PROJECT), place(UNNAMED))
    return copy


def associated(bare: Bare) -> None:
    """See that a file is known by its name and by its content, and that ours opens it."""
    for one in (PROJECT, UNNAMED):
        known = bare.run("gio", "info", "-a", "standard::content-type", one)
        if TYPE not in known:
            raise BuildError(f"{one} is not known as {TYPE}: {known}")
    must("screener.desktop" in bare.run("gio", "mime", TYPE), "no program opens a review")

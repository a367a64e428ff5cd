"""The Linux program in one folder: PyInstaller's, without what it never loads."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

from builder import tools, trying, unused, wheel
from builder.places import (
    BUILD,
    NAME,
    PACKAGING,
    BuildError,
    Words,
    environment,
    fresh,
    linux_only,
    run,
    same_times,
    weight,
)

AT_MOST = 230_000_000
"""Bytes on a drive."""

DROPPED = """
    PySide6/Qt/translations/*
    PySide6/Qt/lib/libQt6Qml* PySide6/Qt/lib/libQt6Quick* PySide6/Qt/lib/libQt6VirtualKeyboard*
    PySide6/Qt/lib/libQt6EglFS* PySide6/Qt/lib/libQt6Pdf* PySide6/Qt/lib/libQt6Network*
    PySide6/Qt/plugins/platforminputcontexts/*virtualkeyboard*
    PySide6/Qt/plugins/egldeviceintegrations/*
    PySide6/Qt/plugins/platforms/libqeglfs* PySide6/Qt/plugins/platforms/libqlinuxfb*
    PySide6/Qt/plugins/platforms/libqvnc* PySide6/Qt/plugins/platforms/libqvkkhr*
    PySide6/Qt/plugins/platforms/libqminimal* PySide6/Qt/plugins/platforms/libqwayland-brcm*
    PySide6/Qt/plugins/networkinformation/* PySide6/Qt/plugins/tls/* PySide6/Qt/plugins/generic/*
    PySide6/Qt/plugins/imageformats/libqpdf* PySide6/Qt/plugins/imageformats/libqtga*
    PySide6/Qt/plugins/imageformats/libqtiff* PySide6/Qt/plugins/imageformats/libqwbmp*
    PySide6/Qt/plugins/imageformats/libqicns* PySide6/Qt/plugins/imageformats/libqwebp*
    PySide6/Qt/plugins/platformthemes/libqgtk3*
    libgtk-3* libgdk-3* libtiff* libwebp*
"""
"""What the program does not use, by its name in `_internal`: parts of Qt, and what a system has."""

_UNFOUND = re.compile(r"could not resolve '(libxcb[^']*)'")


@cache
def built() -> Path:
    """Return the folder, built once in a run of the command."""
    return build()


def build() -> Path:
    """Build the folder and return it; `BuildError` when a library of the screen is not in it."""
    linux_only("program for Linux")
    python, tree = tools.python(), wheel.unpacked()
    out, work = fresh(BUILD / "bundle"), BUILD / "pyinstaller"
    places: Words = ["--distpath", out, "--workpath", work]
    freeze: Words = [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "INFO"]
    # The code and its facts come from the unpacked wheel, not from the checkout.
    env = environment(PYTHONPATH=str(tree), SCREENER_TREE=str(tree))
    env["PYINSTALLER_CONFIG_DIR"] = str(BUILD / "pyinstaller-cache")
    log = run(*freeze, *places, PACKAGING / "screener.spec", env=env)
    (BUILD / "pyinstaller.log").write_text(log, "utf-8")
    refuse_unfound(log)
    made = out / NAME
    prune(made / "_internal")
    same_times(made)
    print(f"The folder: {weight(made) / 1e6:.1f} MB; {trying.smoke(made / NAME)}", flush=True)
    if weight(made) > AT_MOST:
        raise BuildError(f"the folder is larger than {AT_MOST // 10**6} MB; see what came in")
    return made


def refuse_unfound(log: str) -> None:
    """Refuse a bundle without libraries of the screen: it starts here, and on no bare machine."""
    unfound = sorted(set(_UNFOUND.findall(log)))
    if unfound:
        raise BuildError(
            f"PyInstaller did not find {', '.join(unfound)}; run python3 bootstrap.py check as "
            "root, which installs what Qt needs, and build again"
        )


def prune(internal: Path) -> None:
    """Take out what is not used, links that lead nowhere then, and names of debugging."""
    unused.prune(internal, DROPPED + unused.LIBRARIES)
    unused.empty(internal)
    strip = shutil.which("strip")
    # Python's own, whoever built it: the libraries of wheels are stripped, or must not be.
    own = [*internal.glob("libpython3*.so*"), *internal.glob("python3*/lib-dynload/*.so")]
    if strip is not None:
        run(strip, "--strip-unneeded", *(one for one in own if not one.is_symlink()))

"""Windows: one tree, as a set-up for one user (NSIS) and as a portable ZIP.

The tree is the embeddable Python with the libraries and a launcher of our own: programs that
PyInstaller makes raise virus alarms there.
"""

from __future__ import annotations

import re
import shutil
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from builder import desktop, embedded, tools, wheel
from builder.places import (
    BUILD,
    DIST,
    ROOT,
    BuildError,
    Words,
    epoch,
    fresh,
    need,
    run,
    same_times,
    told,
    version,
    weight,
)

AT_MOST = 45_000_000
ON_DRIVE = 230_000_000
GCC = "x86_64-w64-mingw32-gcc"
WINDRES = "x86_64-w64-mingw32-windres"
PORTABLE = "Settings and backups are kept in the folder Settings here, as long as this file is.\r\n"


def build(fast: bool = False) -> list[Path]:
    """Build the set-up and the ZIP; `BuildError` when programs are missing or one is too large."""
    need(GCC, WINDRES, "makensis")
    if sys.version_info[:2] != (3, 11):
        raise BuildError("the code is compiled for Python 3.11; run this with python3.11")
    tree = stage()
    DIST.mkdir(exist_ok=True)
    made = [set_up(tree, fast=fast), portable(tree, fast=fast)]
    large = [one.name for one in made if not fast and weight(one) > AT_MOST]
    if large or weight(tree) > ON_DRIVE:
        raise BuildError(f"{', '.join(large) or 'the tree'} is larger than promised")
    return [told(one) for one in made]


def stage() -> Path:
    """Return the tree that both hold: the launchers, and `runtime` with all the rest."""
    tree = fresh(BUILD / "windows")
    embedded.stage(tree / "runtime", wheel.unpacked())
    site = tree / "runtime" / "Lib" / "site-packages"
    compiled(site)
    launchers(tree)
    for source, name in (
        (embedded.WINDOWS / "README.txt", "README.txt"),
        (ROOT / "LICENSE", "LICENSE.txt"),
    ):
        text = source.read_text("utf-8")
        (tree / name).write_text(text, "utf-8", newline="\r\n")
    same_times(tree)
    print(f"The tree: {weight(tree) / 1e6:.1f} MB", flush=True)
    return tree


def compiled(site: Path) -> None:
    """Leave the code compiled only: it starts at once, and a ZIP of both would be too large.

    The lines of an error are still named by their numbers, as in the folder for Linux.
    """
    words: Words = [
        "-q",
        "-b",
        "-f",
        "--invalidation-mode",
        "unchecked-hash",
        "-s",
        site,
        "-p",
        ".",
    ]
    run(tools.python(), "-m", "compileall", *words, site)
    for source in site.rglob("*.py"):
        if source.with_suffix(".pyc").is_file():
            source.unlink()


def numbers() -> tuple[str, ...]:
    """Return the version as the four numbers that Windows wants."""
    found = re.findall(r"\d+", version())[:4]
    return (*found, *("0" for _ in range(4 - len(found))))


def launchers(tree: Path) -> None:
    """Compile the launcher for the window and for the command line, with icons and version."""
    work = fresh(BUILD / "launcher")
    for name in ("screener", "document"):
        icon = work / f"{name}.ico"
        run(tools.python(), ROOT / "packaging" / "icons.py", desktop.ICONS / f"{name}.svg", icon)
    for name in ("launcher.c", "launcher.manifest"):
        shutil.copy(embedded.WINDOWS / name, work / name)
    words = {"numbers": ",".join(numbers()), "version": version()}
    (work / "launcher.rc").write_text(
        desktop.filled(embedded.WINDOWS / "launcher.rc.in", **words), "utf-8"
    )
    run(WINDRES, "launcher.rc", "-O", "coff", "-o", "launcher.o", cwd=work)
    usual = ["-O2", "-s", "-Wall", "-municode", "-Wl,--no-insert-timestamp", "-static"]
    files = ["launcher.c", "launcher.o"]
    run(GCC, *usual, "-mwindows", *files, "-o", tree / "Screener.exe", cwd=work)
    run(GCC, *usual, "-DCONSOLE", "-mconsole", *files, "-o", tree / "screener.com", cwd=work)


def set_up(tree: Path, *, fast: bool) -> Path:
    """Make the set-up for one user."""
    made = DIST / f"Screener-{version()}-windows-setup.exe"
    words = {
        "VERSION": version(),
        "NUMBERS": ".".join(numbers()),
        "STAGE": tree,
        "OUT": made,
        "ICON": BUILD / "launcher" / "screener.ico",
        "COMPRESSION": "zlib" if fast else "lzma",
    }
    defined = [f"-D{name}={word}" for name, word in words.items()]
    run("nice", "makensis", "-V2", *defined, embedded.WINDOWS / "setup.nsi")
    return made


def portable(tree: Path, *, fast: bool) -> Path:
    """Make the ZIP that runs from any folder; its settings stay in it."""
    name = f"Screener-{version()}"
    made = DIST / f"{name}-windows-portable.zip"
    at = datetime.fromtimestamp(epoch(), UTC).timetuple()[:6]
    with zipfile.ZipFile(made, "w") as archive:
        files = sorted(one for one in tree.rglob("*") if one.is_file())
        contents = [(one.relative_to(tree).as_posix(), one.read_bytes()) for one in files]
        for within, content in [*contents, ("portable.txt", PORTABLE.encode())]:
            entry = zipfile.ZipInfo(f"{name}/{within}", at)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 0
            archive.writestr(entry, content, compresslevel=1 if fast else 9)
    return made

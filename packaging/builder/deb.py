"""The package for Debian and Ubuntu: the folder in /opt, the rest where desktops look."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from builder import bundle, desktop
from builder.places import (
    BUILD,
    DIST,
    LINUX,
    ROOT,
    BuildError,
    fresh,
    linux_only,
    need,
    run,
    same_times,
    told,
    version,
    weight,
)

AT_MOST = 70_000_000
_NEEDED = re.compile(rb"GLIBC_2\.(\d+)")


def build(fast: bool = False) -> Path:
    """Build the package; `BuildError` when it is larger than promised."""
    linux_only(".deb")
    need("dpkg-deb")
    return packed(bundle.built(), DIST, fast=fast)


def packed(program: Path, out: Path, *, fast: bool, named: str = "") -> Path:
    """Pack a folder of the program; `named` is another version, to try an upgrade."""
    root = fresh(BUILD / "deb")
    shutil.copytree(program, root / "opt" / "screener", symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "screener").symlink_to("/opt/screener/screener")
    desktop.write_share(root / "usr" / "share")
    papers = root / "usr" / "share" / "doc" / "screener"
    papers.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", papers / "copyright")
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    words = {"version": named or version(), "size": weight(root) // 1024, "glibc": glibc(program)}
    control.write_text(desktop.filled(LINUX / "control.in", **words), "utf-8")
    same_times(root)
    out.mkdir(parents=True, exist_ok=True)
    made = out / f"screener_{named or version()}_amd64.deb"
    way = ["-Zzstd", "-z1"] if fast else ["-Zxz", "-z9"]
    run("nice", "dpkg-deb", "--root-owner-group", *way, "-b", root, made)
    if not fast and weight(made) > AT_MOST:
        raise BuildError(f"the .deb is larger than {AT_MOST // 10**6} MB; see what came in")
    return told(made)


def glibc(program: Path) -> str:
    """Return the newest version of the C library that anything in the folder asks for."""
    asked = {0}
    for one in program.rglob("*"):
        if one.is_file() and not one.is_symlink():
            read = one.read_bytes()
            if read.startswith(b"\x7fELF"):
                asked |= {int(number) for number in _NEEDED.findall(read)}
    return f"2.{max(asked)}"

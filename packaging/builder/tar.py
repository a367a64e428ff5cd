"""The archive for other Linux systems: one user installs it, without root."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

from builder import bundle, desktop
from builder.places import (
    BUILD,
    DIST,
    LINUX,
    ROOT,
    epoch,
    fresh,
    linux_only,
    run,
    same_times,
    told,
    version,
)

SCRIPTS = ("install.sh", "uninstall.sh")


def build(fast: bool = False) -> Path:
    """Build the archive: the program, the scripts, what desktops are told."""
    linux_only("archive for Linux")
    return packed(bundle.built(), DIST, fast=fast)


def packed(program: Path, out: Path, *, fast: bool) -> Path:
    """Pack a folder of the program, as .tar.zst where zstd is installed, else as .tar.xz."""
    name = f"screener-{version()}-linux-x86_64"
    folder = fresh(BUILD / "tar") / name
    folder.mkdir()
    shutil.copytree(program, folder / "program", symlinks=True)
    desktop.write_share(folder / "share")
    for script in (*SCRIPTS, "README.txt"):
        shutil.copy(LINUX / script, folder / script)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    same_times(folder)
    plain = BUILD / f"{name}.tar"
    with tarfile.open(plain, "w", format=tarfile.GNU_FORMAT) as archive:
        for one in [folder, *sorted(folder.rglob("*"))]:
            within = f"{name}/{one.relative_to(folder)}" if one != folder else name
            archive.add(one, within, recursive=False, filter=anonymous)
    out.mkdir(parents=True, exist_ok=True)
    made = compressed(plain, out, fast=fast)
    plain.unlink()
    return told(made)


def compressed(plain: Path, out: Path, *, fast: bool) -> Path:
    """Compress an archive with what is installed; every system of today reads both."""
    if shutil.which("zstd"):
        made = out / f"{plain.name}.zst"
        run("nice", "zstd", "-q", "-f", "-3" if fast else "-19", plain, "-o", made)
        return made
    made = out / f"{plain.name}.xz"
    run("nice", "xz", "-k", "-f", "-1" if fast else "-9", plain)
    return Path(shutil.move(plain.with_name(made.name), made))


def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Take out who built it and when."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = epoch()
    return entry

"""A bare Debian in a folder: what a package does on a machine that has nothing of ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from builder.places import BUILD, BuildError, environment, fresh, lacking, run

BASE = BUILD / "chroot" / "base"
TRIED = BUILD / "chroot" / "tried"
LISTS = (Path("/etc/apt/sources.list"), Path("/etc/apt/sources.list.d"))
SUITE = "bookworm"
TOOLS = "libglib2.0-bin,shared-mime-info,desktop-file-utils,ca-certificates"


def impossible() -> str:
    """Say why there can be no bare Debian here, or "" where there can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "it needs root"
    packages = lacking("debootstrap", "chroot")
    if packages:
        return f"not installed: {' '.join(packages)}"
    return "" if mirror() else "no mirror of Debian is among the sources of apt"


def mirror() -> str:
    """Return where this machine gets Debian from, as its own apt says."""
    listed = [one for place in LISTS for one in ([place] if place.is_file() else place.glob("*"))]
    text = "\n".join(one.read_text("utf-8", "replace") for one in listed if one.is_file())
    found = re.findall(
        r"^(?:URIs:|deb(?: \[[^]]*\])?)\s+(\S+/debian/?)(?:\s|$)", text, re.MULTILINE
    )
    return found[0] if found else ""


class Bare:
    """The bare Debian, made once and copied; programs are run in it as its root."""

    def __init__(self) -> None:
        if not (BASE / "made").exists():
            fresh(BASE)
            words = ["--variant=minbase", f"--include={TOOLS}", SUITE, str(BASE), mirror()]
            run("nice", "debootstrap", *words, env=environment(DEBIAN_FRONTEND="noninteractive"))
            (BASE / "made").touch()
        if TRIED.exists():
            shutil.rmtree(TRIED)
        run("cp", "-a", "--reflink=auto", BASE, TRIED)
        for name in ("null", "urandom", "random"):
            if not (TRIED / "dev" / name).exists():
                run("cp", "-a", f"/dev/{name}", TRIED / "dev" / name)

    def run(self, *words: str, env: dict[str, str] | None = None, status: int = 0) -> str:
        """Run a program in it and return all that it printed; `BuildError` for another status."""
        usual = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        done = subprocess.run(
            ["chroot", TRIED, *words],
            env={**usual, **(env or {})},
            capture_output=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=580,
            check=False,
        )
        if done.returncode != status:
            last = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
            raise BuildError(f"in the bare Debian, {' '.join(words)} ended otherwise:\n{last}")
        return done.stdout + done.stderr

    def install(self, package: Path, *, recommends: bool = False) -> str:
        """Install a package with all it depends on."""
        shutil.copy(package, TRIED / "tmp" / package.name)
        more = [] if recommends else ["--no-install-recommends"]
        words = ["apt-get", "install", "-y", "-q", "--allow-downgrades", *more]
        return self.run(*words, f"/tmp/{package.name}")

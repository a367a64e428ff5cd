"""Where things lie, how a program is run, and what the checkout says of itself."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
BUILD = ROOT / "build" / "packaging"
DIST = ROOT / "dist"
NAME = "screener"

DEBIAN = {
    "dpkg-deb": "dpkg",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-windres": "gcc-mingw-w64-x86-64-win32",
    "osslsigncode": "osslsigncode",
    "debootstrap": "debootstrap",
    "strace": "strace",
    "gio": "libglib2.0-bin",
}
"""The package of Debian that a program is in, where its name is another one."""

Words = Sequence[str | Path]


class BuildError(Exception):
    """What a person can mend: one sentence that says what is wrong and what to do."""


def version() -> str:
    """Return the version: pyproject.toml is the one place that says it."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return str(read["project"]["version"])


def epoch() -> int:
    """Return the time that is written into archives: SOURCE_DATE_EPOCH, or the last commit's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        asked: Words = ["git", "-C", ROOT, "log", "-1", "--format=%ct"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        given = done.stdout.strip()
    if not given.isdecimal():
        raise BuildError("this is no git checkout; set SOURCE_DATE_EPOCH to the time of the source")
    return int(given)


def environment(**more: str) -> dict[str, str]:
    """Return the variables programs are run with, so that two builds give the same bytes."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QT_"))}
    fixed = {"SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    return {**kept, **fixed, **more}


def run(
    *words: str | Path,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> str:
    """Run a program and return all that it printed; `BuildError` with its last lines."""
    shown = shlex.join(map(str, words))
    print(f"$ {shown if len(shown) < 160 else shown[:157] + '...'}", flush=True)
    done = subprocess.run(
        words,
        cwd=cwd,
        env=dict(env) if env is not None else environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-15:])
        raise BuildError(f"{Path(str(words[0])).name} ended with {done.returncode}:\n{last}")
    return done.stdout


def lacking(*programs: str) -> list[str]:
    """Return the Debian packages of those programs that are not here."""
    return sorted({DEBIAN.get(one, one) for one in programs if shutil.which(one) is None})


def need(*programs: str) -> None:
    """See that programs are here; `BuildError` with the line that installs them."""
    packages = lacking(*programs)
    if packages:
        line = f"apt-get install --no-install-recommends {' '.join(packages)}"
        raise BuildError(f"programs are missing; on Debian install them with: {line}")


@contextmanager
def alone() -> Iterator[None]:
    """Keep a second build out of the same folder; `BuildError` when there is one already."""
    BUILD.mkdir(parents=True, exist_ok=True)
    place = BUILD / "lock"
    if os.name != "posix":
        yield
        return
    import fcntl

    with place.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BuildError("another build runs in this checkout; wait until it ended") from None
        yield


def fresh(folder: Path) -> Path:
    """Return a folder that is empty."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def weight(place: Path) -> int:
    """Return the bytes of a file, or of all files of a folder (a link weighs nothing)."""
    if place.is_file():
        return place.stat().st_size
    files = (one for one in place.rglob("*") if not one.is_symlink() and one.is_file())
    return sum(one.stat().st_size for one in files)


def told(place: Path) -> Path:
    """Say how large a result is, and return it."""
    print(f"{place.relative_to(ROOT)}: {weight(place) / 1e6:.1f} MB", flush=True)
    return place


def same_times(folder: Path) -> None:
    """Give everything in a folder the time of the source, and rights that all may read."""
    at = epoch()
    for one in [folder, *folder.rglob("*")]:
        if not one.is_symlink():
            runs = one.is_dir() or bool(one.stat().st_mode & 0o100)
            one.chmod(0o755 if runs else 0o644)
        os.utime(one, (at, at), follow_symlinks=False)


def results() -> list[Path]:
    """Return what was built of this version and lies in `dist/`."""
    found = [one for one in DIST.glob("*") if version() in one.name and one.is_file()]
    return sorted(found)


def write_sums() -> None:
    """Write SHA256SUMS of what lies in `dist/`, as `sha256sum -c` reads it."""
    lines = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in results()]
    (DIST / "SHA256SUMS").write_text("".join(lines), "ascii", newline="\n")


def linux_only(what: str) -> None:
    """Refuse what is built for Linux elsewhere; `BuildError`."""
    if not sys.platform.startswith("linux"):
        raise BuildError(f"the {what} is built on Linux; use another machine")

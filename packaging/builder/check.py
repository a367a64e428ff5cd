"""What `build.py check` does: builds what this machine can, installs it, tries it, says it.

Each part says one line: passed with what was measured, left out with the reason, or failed.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from builder import bundle, deb, debian, tar, tools, trying, user, wheel, windows, wine
from builder.places import (
    BUILD,
    DIST,
    BuildError,
    environment,
    lacking,
    run,
    told,
    weight,
    write_sums,
)

SLOWER_AT_MOST = 1.3


class LeftOut(Exception):  # noqa: N818 - nothing went wrong
    """A part that this machine cannot do; says what it needs."""


def run_parts(parts: dict[str, Callable[[], str]]) -> int:
    """Run each part, print a line for it, and return 1 when one failed."""
    failed = 0
    lines = []
    for name, part in parts.items():
        print(f"== {name}", flush=True)
        try:
            line = f"passed    {name}: {part()}"
        except LeftOut as reason:
            line = f"left out  {name}: {reason}"
        except (BuildError, OSError, ValueError) as error:
            failed += 1
            line = f"FAILED    {name}: {error}"
        print(line, flush=True)
        lines.append(line)
    print("\n" + "\n".join(lines), flush=True)
    return 1 if failed else 0


def run_all(*, fast: bool) -> int:
    """Build and try everything; return the exit status."""
    parts: dict[str, Callable[[], str]] = {
        "wheel": _wheel,
        "folder for Linux": lambda: trying.smoke(bundle.built() / "screener"),
        "network": _offline,
        "start": _start,
        ".deb": lambda: _deb(fast),
        ".deb in a bare Debian": lambda: _debian(fast),
        "archive for one user": lambda: user.tried(tar.packed(bundle.built(), DIST, fast=fast)),
        "the same bytes twice": lambda: _twice(fast),
        "Windows": lambda: _windows(fast),
        "Windows under Wine": _wine,
        "sums": _sums,
    }
    return run_parts(parts)


def _wheel() -> str:
    """Install the wheel as a user does, and try it."""
    made = wheel.build()
    wheel.unpacked()
    with tempfile.TemporaryDirectory(prefix="screener-wheel-") as folder:
        scripts = install(made, Path(folder))
        whole = trying.smoke(scripts / "screener")
        trying.smoke(scripts / "python", "-m", "ui") if (scripts / "python").exists() else None
    return f"{weight(made) / 1e6:.1f} MB, {whole}"


def install(made: Path, folder: Path) -> Path:
    """Install a wheel with `uv tool install` where there is uv, else into a venv as pipx does."""
    pins = ["-c", str(tools.PINS[0])]
    asked = f"screener[window] @ {made.as_uri()}"
    if shutil.which("uv"):
        env = {"UV_TOOL_DIR": str(folder / "tools"), "UV_TOOL_BIN_DIR": str(folder / "bin")}
        run("uv", "tool", "install", "-q", *pins, asked, env={**environment(), **env})
        return folder / "bin"
    run(tools.python(), "-m", "venv", folder / "venv")
    scripts = folder / "venv" / "bin"
    run(scripts / "python", "-m", "pip", "install", "-q", *pins, asked)
    return scripts


def _offline() -> str:
    if lacking("strace"):
        raise LeftOut("strace is not installed")
    return trying.offline(bundle.built() / "screener")


def _start() -> str:
    """Compare with the start from source; a loaded machine judges nobody."""
    program = bundle.built() / "screener"
    ratio, words = trying.start_ratio(program, tools.python(), wheel.unpacked())
    if ratio > SLOWER_AT_MOST:
        raise BuildError(f"{words}, more than {SLOWER_AT_MOST}; measure again on a machine at rest")
    return words


def _deb(fast: bool) -> str:
    """Try the package where it is unpacked only."""
    made = deb.packed(bundle.built(), DIST, fast=fast)
    with tempfile.TemporaryDirectory(prefix="screener-deb-") as folder:
        run("dpkg-deb", "-x", made, folder)
        said = trying.smoke(Path(folder) / "opt" / "screener" / "screener")
        on_drive = weight(Path(folder)) / 1e6
    return f"{weight(made) / 1e6:.1f} MB, {on_drive:.0f} MB on a drive, {said}"


def _debian(fast: bool) -> str:
    reason = debian.impossible()
    if reason:
        raise LeftOut(reason)
    return debian.tried(deb.packed(bundle.built(), DIST, fast=fast))


def _twice(fast: bool) -> str:
    """Build folder and package again from nothing, and compare."""
    if fast:
        raise LeftOut("it takes a second build; run without --fast")
    first = hashlib.sha256(deb.packed(bundle.built(), DIST, fast=True).read_bytes()).hexdigest()
    again = deb.packed(bundle.build(), BUILD / "again", fast=True)
    if hashlib.sha256(again.read_bytes()).hexdigest() != first:
        raise BuildError("two builds of the .deb differ; compare them with diffoscope")
    deb.packed(bundle.built(), DIST, fast=False)
    return f"the .deb of two builds is {first[:16]}"


def _windows(fast: bool) -> str:
    packages = lacking("makensis", windows.GCC, windows.WINDRES)
    if packages:
        raise LeftOut(f"not installed: {' '.join(packages)}")
    made = windows.build(fast)
    sizes = ", ".join(f"{one.name} {weight(one) / 1e6:.1f} MB" for one in made)
    return f"{sizes}, {weight(BUILD / 'windows') / 1e6:.0f} MB on a drive"


def _wine() -> str:
    reason = wine.impossible()
    if reason:
        raise LeftOut(reason)
    return wine.tried()


def _sums() -> str:
    write_sums()
    run("sha256sum", "-c", "--quiet", "SHA256SUMS", cwd=DIST)
    return f"{told(DIST / 'SHA256SUMS').read_text('ascii').count(chr(10))} files"

#!/usr/bin/env python3
"""Set everything up on a fresh machine with Python 3.11 or newer, then hand over.

    python3 bootstrap.py run      opens the window on the example review
    python3 bootstrap.py check    runs every check: style, types, imports, tests
    python3 bootstrap.py coverage runs the tests and lists the lines that none of them ran
    python3 bootstrap.py dead     lists code that nothing in the program seems to use

What follows `check` or `coverage` is handed to pytest (`tests/screener/model`, `-k word`).
Only the standard library is used here. The environment is made in `.venv` with the versions of
constraints.txt. On Debian, as root, the system libraries Qt needs are installed; otherwise the
line that does it is printed. `run` on a machine without a display does the example's main job
without a window and prints its numbers.
"""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed-from"

# What Qt loads on a bare Debian, by the package that holds it: the first for any window, the second
# for one on a screen; CHECKS only for the checks.
WINDOW = {
    "libglib2.0-0": "glib-2.0",
    "libgl1": "GL",
    "libegl1": "EGL",
    "libxkbcommon0": "xkbcommon",
    "libdbus-1-3": "dbus-1",
    "libfontconfig1": "fontconfig",
}
SCREEN = {
    "libxcb-cursor0": "xcb-cursor",
    "libxkbcommon-x11-0": "xkbcommon-x11",
    "libxcb-icccm4": "xcb-icccm",
    "libxcb-keysyms1": "xcb-keysyms",
    "libxcb-shape0": "xcb-shape",
}
FONTS = "fonts-dejavu-core"
CHECKS = "xvfb openbox xdotool"


def main() -> int:
    """Set up, then run what was asked for."""
    wanted, more = "".join(sys.argv[1:2]), sys.argv[2:]
    if wanted not in ("run", "check", "coverage", "dead"):
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - the line an older Python must reach
        print("Python 3.11 or newer is needed; this is", sys.version.split()[0])
        return 1
    install_system_libraries(checks=wanted in ("check", "coverage"))
    make_environment()
    # As pip does with all it installs but this; else each start compiles what Python may not keep.
    subprocess.run([PYTHON, "-m", "compileall", "-q", "screener", "ui"], check=False, cwd=ROOT)
    if wanted == "dead":
        return subprocess.call([PYTHON, "-m", "vulture"], cwd=ROOT)  # [tool.vulture] says where
    if wanted == "coverage":
        return coverage(more)
    return check(more) if wanted == "check" else run()


def install_system_libraries(*, checks: bool) -> None:
    """Install what Qt needs from Debian, or print the line that does."""
    if not sys.platform.startswith("linux"):
        return
    libraries = WINDOW | SCREEN
    packages = " ".join([*libraries, FONTS]) + (f" {CHECKS}" if checks else "")
    no_venv = importlib.util.find_spec("ensurepip") is None  # Debian keeps it in a package apart
    packages += " python3-venv" if no_venv else ""
    missing = no_venv or not all(map(ctypes.util.find_library, libraries.values()))
    missing = missing or (
        checks and not all(map(shutil.which, CHECKS.replace("xvfb", "Xvfb").split()))
    )
    if not missing:
        return
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print(
            f"Qt needs system libraries. If the window does not open, run:\n"
            f"  sudo apt-get install --no-install-recommends {packages}"
        )
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "update", "-qq"], check=False, env=quiet)
    command = [apt, "install", "-y", "-qq", "--no-install-recommends", *packages.split()]
    subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)


def make_environment() -> None:
    """Make `.venv` and install the pinned versions, once for each state of the two files."""
    state = (ROOT / "pyproject.toml").read_text("utf-8") + (ROOT / "constraints.txt").read_text(
        "utf-8"
    )
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text("utf-8") == state:
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    install = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    constraints = ["-c", ROOT / "constraints.txt"]
    subprocess.run([*install, *constraints, "-e", f"{ROOT}[window,dev]"], check=True, cwd=ROOT)
    STAMP.write_text(state, "utf-8")


def run() -> int:
    """Open the window on the example review, or carry it through without one."""
    example = ROOT / "example-review"
    if not example.exists():
        subprocess.run([PYTHON, "-m", "screener", "example", example], check=True, cwd=ROOT)
    project = example / "project.screener"
    display = os.name == "nt" or sys.platform == "darwin" or "DISPLAY" in os.environ
    if display or "WAYLAND_DISPLAY" in os.environ:
        return subprocess.call([PYTHON, "-m", "ui", project], cwd=ROOT)
    print("No display here, so the example review is carried through without the window.\n")
    return headless(example)


def headless(example: Path) -> int:
    """Merge the two reviewers' copies, list what differs, show the agreement, draw the flow."""
    copies = [example / "reviewer-a.screener", example / "reviewer-b.screener"]
    project = example / "project.screener"
    steps = [
        ["compare", *copies],
        ["merge", *copies, "--into", project],
        ["discrepancies", project, "--stage", "full-text"],
        ["agreement", project, "--stage", "full-text"],
        ["status", example / "merged.screener"],
        [
            "flow",
            example / "merged.screener",
            "--svg",
            example / "flow.svg",
            "--png",
            example / "flow.png",
        ],
    ]
    for step in steps:
        print(f"\n$ screener {' '.join(map(str, step))}", flush=True)
        done = subprocess.call([PYTHON, "-m", "screener", *step], cwd=ROOT)
        if done:
            return done
    print(f"\nThe flow diagram is {example / 'flow.svg'} (and flow.png beside it).")
    return 0


def check(more: list[str]) -> int:
    """Run style, types, imports and tests; everything is run even when something failed.

    What only reads the code runs beside the tests, and is told after them. Tests wait for drives
    and for programs that they start: three at a time keep two processors busy.
    """
    python = str(PYTHON)
    reading = [
        [python, "-m", "mypy"],
        [str(SCRIPTS / "lint-imports"), "--no-cache"],
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
    ]
    begun = [
        subprocess.Popen(
            step, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for step in reading
    ]
    failed = []
    tests = [python, "-m", "pytest", "-q", "-n", "3", "--dist", "worksteal", *more]
    print(f"\n== {named(tests)}", flush=True)
    if subprocess.call(tests, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}):
        failed.append(named(tests))
    for step, running in zip(reading, begun, strict=True):
        said, _ = running.communicate()
        print(f"\n== {named(step)}\n{said}", end="", flush=True)
        failed += [named(step)] if running.returncode else []
    if failed:
        print("\nFailed:", "; ".join(failed))
    return 1 if failed else 0


def named(step: list[str]) -> str:
    """Return what a step of the check is called."""
    return " ".join(Path(part).name for part in step[:4])


def coverage(more: list[str]) -> int:
    """Run the tests, note which lines and branches they ran, and list those that none did."""
    measured = [PYTHON, "-m", "coverage"]
    tests = ["run", "-m", "pytest", "-q", "-n", "2", *more]
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([*measured, "erase"], check=True, cwd=ROOT)
    failed = subprocess.call([*measured, *tests], cwd=ROOT, env=quiet)
    subprocess.run([*measured, "combine", "-q"], check=True, cwd=ROOT)
    return subprocess.call([*measured, "report"], cwd=ROOT) or failed


if __name__ == "__main__":
    sys.exit(main())

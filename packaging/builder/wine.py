"""The set-up for Windows, tried under Wine: what it shows is not what Windows does, but much of it.

Wine 8 lacks two DLLs that Qt imports and a system of today has; stand-ins that are never shipped
are compiled for the test (packaging/windows/wine).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from builder import trying
from builder.places import BUILD, DIST, BuildError, environment, fresh, lacking, version, weight
from builder.user import must
from builder.windows import GCC

HERE = BUILD / "wine"
PREFIX = HERE / "prefix"
DRIVE = PREFIX / "drive_c"
STANDINS = Path(__file__).resolve().parents[1] / "windows" / "wine"


def impossible() -> str:
    """Say why it cannot be tried here, or ""."""
    packages = lacking("wine", GCC)
    if packages:
        return f"not installed: {' '.join(packages)}"
    return "" if set_up().exists() else "the set-up was not built"


def set_up() -> Path:
    """Return where the set-up is."""
    return DIST / f"Screener-{version()}-windows-setup.exe"


def tried() -> str:
    """Install silently, try, upgrade over it, uninstall; then the portable folder."""
    fresh(HERE)
    wine("wineboot", "-i")
    for source in STANDINS.glob("*.c"):
        out = DRIVE / "windows" / "system32" / f"{source.stem}.dll"
        subprocess.run([GCC, "-shared", "-O1", "-o", out, source], check=True)
    wine(str(set_up()), "/S")
    (program,) = DRIVE.glob("users/*/AppData/Local/Programs/Screener")
    must((program / "Screener.exe").is_file(), "the set-up wrote no program")
    old = program / "runtime" / "of-an-older-version"
    old.touch()
    said = smoke(program)
    mine = program.parents[1] / "screener" / "preferences.json"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("{}", "utf-8")
    command = wine("reg", "query", r"HKCU\Software\Classes\Screener.Review\shell\open\command")
    must("Screener.exe" in command, "no program opens a review")
    wine(str(set_up()), "/S")
    must(not old.exists(), "an upgrade leaves files of the older program")
    # An uninstaller goes on in a copy of itself unless it is told where it is.
    within = "C:\\" + str(program.relative_to(DRIVE)).replace("/", "\\")
    wine(str(program / "uninstall.exe"), "/S", f"_?={within}")
    must(not (program / "runtime").exists(), "uninstalling left the program")
    must(mine.exists(), "uninstalling removed settings")
    return f"set up, upgraded, removed, {said}; {portable()}"


def smoke(program: Path) -> str:
    """Run the smoke test by both launchers."""
    for name in ("screener.com", "Screener.exe"):
        printed = wine(str(program / name), "--smoke-test")
        must(trying.LAST in printed, f"the smoke test of {name} said: {printed[-800:]}")
    return wine(str(program / "screener.com"), "--version").strip()


def portable() -> str:
    """Run the portable folder, and see that its settings are in it."""
    with zipfile.ZipFile(DIST / f"Screener-{version()}-windows-portable.zip") as archive:
        archive.extractall(HERE / "a stick ü")
    (folder,) = (HERE / "a stick ü").iterdir()
    wine(str(folder / "screener.com"), "new", str(HERE / "x.screener"), "--title", "x")
    must((folder / "Settings").is_dir(), "the portable folder keeps its settings elsewhere")
    shutil.rmtree(folder)
    return f"the portable folder ({weight(set_up()) / 1e6:.0f} MB as set-up) keeps its settings"


def wine(*words: str) -> str:
    """Run a program of Windows; return what it printed. Its streams are pipes."""
    own = {"WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all", "HOME": str(HERE)}
    own["WINEDLLOVERRIDES"] = "mscoree,mshtml,winedbg.exe=;icuuc,mscms=n"
    kept = {k: v for k, v in environment().items() if k != "DISPLAY"} | own
    display = os.environ.get("DISPLAY")
    env = {**kept, "DISPLAY": display} if display else kept
    command = ["wine", *words] if words[0] != "wineboot" else list(words)
    done = subprocess.run(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL, text=True, errors="replace", timeout=580, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BuildError(
            f"{Path(words[0]).name} ended with {done.returncode}: {done.stdout[-800:]}"
        )
    return done.stdout

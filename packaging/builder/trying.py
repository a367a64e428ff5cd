"""How a built program is tried: its own smoke test, what it prints, and that it asks no network."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from builder.places import BuildError, Words, environment, version

LAST = "Smoke test: the diagram and the report are drawn."
FIRST = "Smoke test: the window is there."
LISTED = re.compile(r"^\s*$")
"""Lines that a program may print on standard error: none but empty ones are known."""
INSIDE = re.compile(r"AF_INET|AF_NETLINK")
TIMEOUT = 500
STARTS = 7


@contextmanager
def nobody(**more: str) -> Iterator[dict[str, str]]:
    """Give the variables of a user who has nothing yet; the home is thrown away."""
    with tempfile.TemporaryDirectory(prefix="screener-nobody-") as home:
        kept = {k: v for k, v in environment().items() if not k.startswith(("XDG_", "SCREENER_"))}
        yield {**kept, "HOME": home, "QT_QPA_PLATFORM": "offscreen", **more}


def said(words: Words, env: Mapping[str, str]) -> str:
    """Run a program; return what it printed. `BuildError` for a status, or for a line of fault."""
    done = subprocess.run(
        [str(word) for word in words],
        env=dict(env),
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=TIMEOUT,
        check=False,
    )
    name = " ".join(Path(str(word)).name for word in words[-3:])
    if done.returncode:
        raise BuildError(f"{name} ended with {done.returncode}: {done.stdout}{done.stderr}")
    faults = [line for line in done.stderr.splitlines() if not LISTED.match(line)]
    if faults:
        raise BuildError(f"{name} printed on standard error: {' / '.join(faults[:5])}")
    return done.stdout


def smoke(*program: str | Path, env: Mapping[str, str] | None = None) -> str:
    """Run the smoke test and `--version` of a program; return a sentence on it."""
    with nobody() as fresh:
        used = {**fresh, **(env or {})}
        begun = perf_counter()
        printed = said([*program, "--smoke-test"], used)
        took = perf_counter() - begun
        if printed.splitlines()[-1:] != [LAST]:
            raise BuildError(f"the smoke test stopped early: {printed}")
        versions = said([*program, "--version"], used).strip()
        if not versions.startswith(f"Screener {version()}, Qt 6."):
            raise BuildError(f"the program says it is {versions}")
    return f"smoke test passed in {took:.0f} s ({versions})"


def offline(program: Path) -> str:
    """Run the smoke test where every socket is noted; `BuildError` when one leads out."""
    with nobody() as env, tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "trace"
        watch = ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto,bind", "-o", str(notes)]
        said([*watch, program, "--smoke-test"], env)
        calls = notes.read_text("utf-8", "replace").splitlines()
    out = [call for call in calls if INSIDE.search(call)]
    if out:
        raise BuildError(f"the program asked for the network: {out[0]}")
    return f"no socket of the network ({len(calls)} calls on sockets in all)"


def first_window(program: Sequence[str | Path], env: Mapping[str, str]) -> float:
    """Return the seconds from the start of a program until its first page was painted."""
    begun = perf_counter()
    words = [*map(str, program), "--smoke-test"]
    with subprocess.Popen(
        words, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        line = running.stdout.readline().strip()
        took = perf_counter() - begun
        running.kill()
    if line != FIRST:
        raise BuildError(f"the window did not come; the first line was {line!r}")
    return took


def start_ratio(frozen: Path, python: Path, tree: Path) -> tuple[float, str]:
    """Compare the start of the bundle with that from source, in turn; median of seven."""
    frozen_takes, source_takes = [], []
    with nobody(TMPDIR=tempfile.mkdtemp(prefix="screener-starts-")) as env:
        for _ in range(STARTS):
            frozen_takes.append(first_window([frozen], env))
            from_source = {**env, "PYTHONPATH": str(tree)}
            source_takes.append(first_window([python, "-m", "ui"], from_source))
        shutil.rmtree(env["TMPDIR"], ignore_errors=True)
    ours, theirs = statistics.median(frozen_takes), statistics.median(source_takes)
    words = f"first window {ours:.2f} s, from source {theirs:.2f} s: {ours / theirs:.2f}"
    return ours / theirs, f"{words} (load {os.getloadavg()[0]:.0f})"

"""Processor time of commands that read one thing, against a process that only imports libraries.

Aim: at most 1.6 times `python -c 'import click, sqlite_utils'`, measured in the same run, on the
example (without it on a generated project of 300 records). Processor time, because other work on
the machine does not change it; the least of several rounds, interleaved. All of it runs from
bytecode, as pip installs it and as the first run leaves it; the first round writes that.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from made import screened

from screener import merge_into

ROUNDS = 9
AIM = 1.6
CONTROL = ["-c", "import click, sqlite_utils"]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        project = made(Path(name))
        commands = {
            "control": CONTROL,
            "status": ["status", project],
            "records": ["records", project],
            "history": ["history", project, "1"],
            "discrepancies": ["discrepancies", project, "--stage", "title-abstract"],
            "verify": ["verify", project],
            "agreement": ["agreement", project, "--stage", "title-abstract"],
            "flow": ["flow", project],
            "--help": ["--help"],
        }
        env = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(name) / "bytecode")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        least = dict.fromkeys(commands, 1e9)
        for _ in range(ROUNDS):
            for said, call in commands.items():
                module = [] if said == "control" else ["-m", "screener"]
                least[said] = min(least[said], used([*module, *map(str, call)], env))
    control = least.pop("control")
    print(f"control {control * 1000:.0f} ms")
    for said, seconds in least.items():
        print(f"{said:14} {seconds * 1000:4.0f} ms, {seconds / control:.2f} times (aim {AIM})")


def made(folder: Path) -> Path:
    call = [sys.executable, "-m", "screener", "example", str(folder / "example"), "--quiet"]
    if subprocess.run(call, capture_output=True, check=False).returncode == 0:
        return next((folder / "example").glob("*project*.screener"))
    project = screened(folder, 300)
    merge_into(project, folder / "a.screener", folder / "b.screener")
    return project


def used(arguments: list[str], env: dict[str, str]) -> float:
    """Return the processor time of one Python process, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()

"""The environment of the tools: a venv with what is built in and what builds, both pinned."""

from __future__ import annotations

import re
import tomllib
import venv
from pathlib import Path

from builder.places import BUILD, PACKAGING, ROOT, Words, run

VENV = BUILD / "venv"
PYTHON = VENV / "bin" / "python"
PINS = (ROOT / "constraints.txt", PACKAGING / "constraints.txt")
_SELF = PINS[1]


def dependencies() -> list[str]:
    """Return what an installed program with a window needs, as pyproject.toml names it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["window"]]


def pinned(pins: Path) -> list[str]:
    """Return the lines of a constraints file that name a package."""
    lines = (line.partition("#")[0].strip() for line in pins.read_text("utf-8").splitlines())
    return [line for line in lines if re.match(r"\S+==\S+", line)]


def python() -> Path:
    """Return the Python of the tools; it is made once for each state of the pins."""
    stamp = VENV / "installed-from"
    state = "\n".join([*dependencies(), *(p.read_text("utf-8") for p in PINS)])
    if PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == state:
        return PYTHON
    venv.create(VENV, with_pip=True, clear=True)
    pins = [word for one in PINS for word in ("-c", str(one))]
    install: Words = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *pins]
    run(*install, *pinned(_SELF), *dependencies())
    stamp.write_text(state, "utf-8")
    return PYTHON

"""The wheel, and the tree it unpacks to: every other way packs exactly what is in it."""

from __future__ import annotations

import shutil
import zipfile
from functools import cache
from pathlib import Path

from builder import tools
from builder.places import (
    BUILD,
    DIST,
    ROOT,
    BuildError,
    Words,
    environment,
    fresh,
    run,
    told,
    version,
)

SOURCE = ("screener", "ui", "resources", "pyproject.toml", "README.md", "LICENSE")
HOLDS = (
    "screener/py.typed",
    "ui/py.typed",
    "ui/smoke.py",
    "resources/example/protocol.toml",
    "resources/forms/mmat.toml",
    "resources/icons/screener.svg",
    "resources/mime/packages/screener.xml",
    "resources/report/prisma-2020.toml",
)
"""What was once forgotten in somebody's wheel: code, data of every folder, marks of typing."""


def build(fast: bool = False) -> Path:
    """Build the wheel from a copy of the source, where no earlier build left anything."""
    python = tools.python()
    source, out = fresh(BUILD / "source"), fresh(BUILD / "wheel")
    for name in SOURCE:
        if (ROOT / name).is_dir():
            left = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
            shutil.copytree(ROOT / name, source / name, ignore=left)
        else:
            shutil.copy(ROOT / name, source / name)
    make: Words = [python, "-m", "pip", "wheel", "-q", "--disable-pip-version-check", "--no-deps"]
    run(*make, "--no-build-isolation", "-w", out, source, env=environment())
    made = next(out.glob("*.whl"))
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
    missing = [name for name in HOLDS if name not in names]
    if missing:
        raise BuildError(f"the wheel lacks {', '.join(missing)}; mend package-data in pyproject")
    DIST.mkdir(exist_ok=True)
    return told(Path(shutil.copy(made, DIST / made.name)))


@cache
def unpacked() -> Path:
    """Build the wheel and return the folder of what it installs (code, data, its own facts)."""
    tree = fresh(BUILD / "app")
    with zipfile.ZipFile(build()) as archive:
        archive.extractall(tree)
    if not (tree / f"screener-{version()}.dist-info").is_dir():
        raise BuildError("the wheel does not say the version of pyproject.toml")
    return tree

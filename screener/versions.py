"""Which versions of the program, and of what it stands on, are installed here."""

from __future__ import annotations

import sqlite3
from importlib.metadata import PackageNotFoundError, version


def versions() -> dict[str, str]:
    """Return the versions of Screener, Qt and SQLite by name; Qt may not be installed.

    Screener's own is "unknown" in a checkout that was never installed.
    """
    return {
        "Screener": _version("screener", "unknown"),
        "Qt": _version("PySide6_Essentials", "not installed"),
        "SQLite": sqlite3.sqlite_version,
    }


def _version(package: str, lacking: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return lacking

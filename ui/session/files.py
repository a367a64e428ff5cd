"""Choosing files: the only dialogs of the window, and where they begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

FILTER = "Screener files (*.screener)"
ENDING = ".screener"


def documents() -> Path:
    """Return the user's folder for documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()


def ask_open(parent: QWidget, title: str, near: Path | None = None) -> Path | None:
    """Ask for one Screener file; None when the person thought better of it."""
    begin = str(near or documents())
    name, _ = QFileDialog.getOpenFileName(parent, title, begin, f"{FILTER};;All files (*)")
    return Path(name) if name else None


def ask_export(parent: QWidget, title: str, near: Path) -> Path | None:
    """Ask for a file of another program; None when the person thought better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(near))
    return Path(name) if name else None


def ask_list(parent: QWidget, title: str, proposed: Path) -> Path | None:
    """Ask where a list goes that is written as CSV."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), "CSV (*.csv)")
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, proposed: Path) -> Path | None:
    """Ask where a new Screener file goes; its ending is added when it was left out."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), FILTER)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(ENDING)


def file_name(title: str) -> str:
    """Return a review's title as a file name: letters, digits and hyphens."""
    plain = "".join(c if c.isalnum() else " " for c in title)
    return "-".join(plain.lower().split())[:60].strip("-") or "review"


def free_place(path: Path) -> Path:
    """Return the path, or the same with the first number at which nothing lies yet."""
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return found

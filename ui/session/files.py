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


def ask_open(
    parent: QWidget, title: str, near: Path | None = None, kinds: str = f"{FILTER};;All files (*)"
) -> Path | None:
    """Ask for one file, of Screener or of other `kinds`; None when nothing was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(near or documents()), kinds)
    return Path(name) if name else None


def ask_several(parent: QWidget, title: str, near: Path | None = None) -> list[Path]:
    """Ask for files of Screener; none when nothing was chosen."""
    names, _ = QFileDialog.getOpenFileNames(
        parent, title, str(near or documents()), f"{FILTER};;All files (*)"
    )
    return [Path(name) for name in names]


def ask_save(parent: QWidget, title: str, proposed: Path, kinds: str = FILTER) -> Path | None:
    """Ask where a new file goes; the ending of its kind is added when it was left out."""
    name, kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    if not name:
        return None
    path, first = Path(name), (kind or kinds).partition(";;")[0]
    return path if path.suffix else path.with_suffix(first.rpartition("*")[2].rstrip(")"))


def ask_new(parent: QWidget, title: str, proposed: Path) -> Path | None:
    """Ask where a new file of Screener goes; nothing is ever written over, so that is not asked."""
    never = QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), FILTER, options=never)
    path = Path(name)
    return (path if path.suffix else path.with_suffix(ENDING)) if name else None


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

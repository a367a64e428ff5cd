"""Choosing files: the only dialogs of the window, and where they begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from screener.model.words import is_windows_name

FILTER = "Screener files (*.screener)"
ENDING = ".screener"


_LONGEST = 60
_last: dict[Path, Path] = {}
"""Where a person was last, by the folder in which a dialog would begin at first."""


class _Asking(QObject):
    """While a dialog asks: Ctrl+Enter that led to it, pressed again or held, does not answer it."""

    def __enter__(self) -> None:
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def __exit__(self, *_: object) -> None:
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the press from the dialog; Enter alone is the dialog's."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        again = bool(control) or event.isAutoRepeat()
        return again and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def documents() -> Path:
    """Return the user's folder for documents, or the nearest to it that there is."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return there(Path(place) if place else Path.home())


def there(folder: Path) -> Path:
    """Return a folder, or the nearest above it that exists."""
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path.home())


def _begin(near: Path | None) -> Path:
    """Return where a dialog begins: where the person was last, at first `near`."""
    first = near or documents()
    return there(_last.get(first, first))


def _remember(near: Path | None, chosen: str) -> None:
    if chosen:
        _last[near or documents()] = Path(chosen).parent


def ask_open(
    parent: QWidget, title: str, near: Path | None = None, kinds: str = f"{FILTER};;All files (*)"
) -> Path | None:
    """Ask for one file, of Screener or of other `kinds`; None when nothing was chosen."""
    with _Asking():
        name, _ = QFileDialog.getOpenFileName(parent, title, str(_begin(near)), kinds)
    _remember(near, name)
    return Path(name) if name else None


def ask_several(
    parent: QWidget,
    title: str,
    near: Path | None = None,
    kinds: str = f"{FILTER};;All files (*)",
) -> list[Path]:
    """Ask for files, of Screener or of other `kinds`; none when nothing was chosen."""
    with _Asking():
        names, _ = QFileDialog.getOpenFileNames(parent, title, str(_begin(near)), kinds)
    _remember(near, next(iter(names), ""))
    return [Path(name) for name in names]


def ask_save(parent: QWidget, title: str, proposed: Path, kinds: str = FILTER) -> Path | None:
    """Ask where a new file goes; the ending of its kind is added when it was left out."""
    near = proposed.parent
    wanted = _begin(near) / proposed.name
    while True:
        with _Asking():
            name, kind = QFileDialog.getSaveFileName(parent, title, str(wanted), kinds)
        if not name:
            return None
        _remember(near, name)
        path, first = Path(name), (kind or kinds).partition(";;")[0]
        if path.suffix:
            return path
        wanted = path.with_suffix(first.rpartition("*")[2].rstrip(")"))
        if not wanted.exists():
            return wanted  # else the dialog asks about the name as it is written


def ask_new(parent: QWidget, title: str, proposed: Path) -> Path | None:
    """Ask where a new file of Screener goes; nothing is ever written over, so that is not asked."""
    never = QFileDialog.Option.DontConfirmOverwrite
    with _Asking():
        name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), FILTER, options=never)
    path = Path(name)
    ends = path.suffix and " " not in path.suffix  # "Drugs vs. placebo" has no ending
    return (path if ends else path.with_name(f"{path.name}{ENDING}")) if name else None


def file_name(title: str) -> str:
    """Return a review's title as a file name: whole words of letters and digits, and hyphens.

    Every system has files of that name: a file goes to reviewers on any of them.
    """
    words = "".join(c if c.isalnum() else " " for c in title).lower().split()
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        name = longer
    return f"{name}-review" if name and not is_windows_name(name) else name or "review"


def free_place(path: Path) -> Path:
    """Return the path, or the same with the first number at which nothing lies yet."""
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return found


def dropped(data: QMimeData) -> Path | None:
    """Return the one project file among what is dropped; None for several, and for none."""
    found = [Path(u.toLocalFile()) for u in data.urls() if u.isLocalFile()]
    mine = [path for path in found if path.suffix == ENDING]
    return mine[0] if len(mine) == 1 else None

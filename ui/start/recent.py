"""The files that were open lately on this computer, and how far each was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from screener import home
from ui.session.preferences import read_json, write_json

KEPT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """One file: where it lies, which review, whose it is ("" is the coordinator's), its state.

    `stage` is the stage that was shown last.
    """

    path: str
    uuid: str = ""
    title: str = ""
    reviewer: str = ""
    state: str = ""
    stage: str = ""
    example: bool = False

    @property
    def whose(self) -> str:
        """What kind of file it is, in words."""
        if self.reviewer:
            return f"{self.reviewer}’s copy"
        return "Invented records" if self.example else "Coordinator’s project"

    @property
    def there(self) -> bool:
        """Whether the file is where it was."""
        return Path(self.path).is_file()

    @property
    def place(self) -> str:
        """Where it lies, shortened for reading."""
        path = Path(self.path)
        try:
            return str(path.relative_to(Path.home()))
        except ValueError:
            return str(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row of the start page: a file, and its reviewer's own copy when there is one.

    `last` is the one of them that was open last, which the row opens.
    """

    recent: Recent
    own_copy: Recent | None = None
    last: Recent


class RecentFiles(QObject):
    """The list, newest first, kept at every change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = _read(home() / "recent.json")

    @property
    def files(self) -> tuple[Recent, ...]:
        """Every file, newest first."""
        return self._files

    def listed(self) -> tuple[Listed, ...]:
        """Return the rows, one for each file.

        Only a review's one project and its one copy, where both are there, stand in one row.
        """
        reviews: dict[str, list[Recent]] = {}
        for one in self._files:
            reviews.setdefault(one.uuid or one.path, []).append(one)
        found: list[Listed] = []
        for one in self._files:
            together = reviews[one.uuid or one.path]
            project = next((r for r in together if not r.reviewer), None)
            own = next((r for r in together if r.reviewer), None)
            if len(together) != 2 or not (project and own and project.there and own.there):
                found.append(Listed(recent=one, last=one))
            elif one is together[0]:
                found.append(Listed(recent=project, own_copy=own, last=one))
        return tuple(found)

    def copy_of(self, uuid: str) -> Recent | None:
        """Return the newest reviewer's copy of a review that was open here, or None."""
        return next((r for r in self._files if r.uuid == uuid and r.reviewer and r.there), None)

    def project_of(self, uuid: str) -> Recent | None:
        """Return the coordinator's project of a review that was open here, or None."""
        return next((r for r in self._files if r.uuid == uuid and not r.reviewer and r.there), None)

    def note(self, recent: Recent) -> None:
        """Put a file first."""
        others = [r for r in self._files if r.path != recent.path]
        self._set([recent, *others][:KEPT])

    def forget(self, path: str) -> None:
        """Take a file off the list; the file itself is not touched."""
        self._set([r for r in self._files if r.path != path])

    def moved(self, old: str, new: str) -> None:
        """Say that a file lies elsewhere now."""
        self._set([replace(r, path=new) if r.path == old else r for r in self._files])

    def _set(self, files: Sequence[Recent]) -> None:
        self._files = tuple(files)
        write_json("recent.json", [asdict(r) for r in self._files])
        self.changed.emit()


def _read(place: Path) -> tuple[Recent, ...]:
    kept = read_json(place)
    if not isinstance(kept, list):
        return ()
    names = {f.name for f in fields(Recent)}
    found = []
    for one in kept:
        if isinstance(one, dict) and isinstance(one.get("path"), str):
            known: dict[str, Any] = {
                k: v for k, v in one.items() if k in names and isinstance(v, (str, bool))
            }
            found.append(Recent(**known))
    return tuple(found)

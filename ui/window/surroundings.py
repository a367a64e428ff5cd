"""What is said of the place a file lies in: a service shares it, a double lies beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from screener import Project, shared_place
from screener.model import Progress, UserError
from screener.model.words import counted
from ui.session import files
from ui.session.session import Session

KEPT = 200
_NETWORK = "This file lies on {place}, where a lost connection stops the work"
_SERVICE = (
    "This file lies in a folder that {place} synchronises, which makes two files of one that is "
    "changed on two computers"
)


class Surroundings(QObject):
    """Looks around when a file was opened; what shares its folder is said once for each file."""

    def __init__(self, session: Session, open_file: Callable[[str], object]) -> None:
        super().__init__(session)
        self._session = session
        self._open_file = open_file
        self._doubles: list[Path] = []
        self._wanted = False
        # Not at once: the window may be waiting for the work to end, to close.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        session.stopped.connect(self._soon.start)

    def look(self) -> None:
        """Have the worker look, and say what there is to say of the place of the file.

        Nobody waits for it: a network drive may be slow.
        """
        self._wanted = True
        self._look()

    def _look(self) -> None:
        session = self._session
        if not self._wanted or session.running or session.closing:
            return
        task = session.run(_look, writes=False, beside=True)
        task.done.connect(self._on_looked)
        task.failed.connect(self._on_failed)

    def _on_looked(self, found: tuple[list[Path], str]) -> None:
        self._wanted = False
        doubles, place = found
        if doubles:
            self._offer(doubles)
        else:
            self._say_once(self._session.project.path, place)

    def _on_failed(self, error: UserError) -> None:
        self._wanted = False
        self._session.complain(error)

    def _say_once(self, path: Path, place: str) -> None:
        placed = self._session.preferences.current.placed
        if not place or str(path) in placed:
            return
        self._session.preferences.change(placed=(*placed, str(path))[-KEPT:])
        words = _NETWORK if place.startswith("a ") else _SERVICE
        self._session.complain(
            f"{words.format(place=place)}; it is safer to work in a file elsewhere and to keep a "
            "copy here.",
            ("work-elsewhere", f"Work in {_elsewhere().name} instead"),
        )

    def work_elsewhere(self) -> None:
        """Save the file as it is into a folder of this computer alone, and open that one."""
        old = self._session.project.path
        path = files.free_place(_elsewhere() / old.name)

        def write(project: Project, progress: Progress) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            project.backup(path, progress)

        self._session.start(write, lambda _: self._open_file(str(path)), writes=False)

    def _offer(self, doubles: list[Path]) -> None:
        self._doubles = doubles
        first, more = doubles[0].name, len(doubles) - 1
        names = f"{first} and {counted(more, 'other file')}" if more else first
        copy = self._session.project.is_copy
        self._session.complain(
            f"Beside this file lies {names} of the same origin, with entries that are not in this "
            "one: it was changed on two computers. Nothing is lost when they are merged.",
            ("take-doubles", "Take them in" if copy else "Look and merge…"),
        )

    def take_doubles(self) -> None:
        """Take what the doubles hold into a copy; of a project the checks are shown first."""
        if not self._session.project.is_copy:
            self._session.wanted.emit("consensus:merge-doubles")
            return
        doubles = self._doubles
        self._session.start(
            lambda project, progress: project.consensus.merge(*doubles, progress=progress).new,
            self._on_taken,
            writes=True,
        )

    def _on_taken(self, new: int) -> None:
        self._session.overcome()
        self._session.everything_changed("Take in a double")
        self._session.say(f"{counted(new, 'new entry', 'new entries')} taken in")


def _look(project: Project, _progress: Progress) -> tuple[list[Path], str]:
    """Return the doubles of a file, and what shares its folder."""
    return project.doubles(), shared_place(project.path)


def _elsewhere() -> Path:
    """Return a folder that nothing shares: the documents, or one of the program's own."""
    found = files.documents()
    return Path.home() / "Screener" if shared_place(found / "x") else found

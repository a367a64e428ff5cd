"""What the menus do with the file that is open: copies, backups, checks, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from screener.model import Stage
from screener.model.words import counted
from ui.session import files
from ui.session.actions import writes
from ui.session.echo import Link
from ui.start.recent import Recent, RecentFiles
from ui.window.frame import ReviewFrame
from ui.window.standing import forms_of
from ui.window.surroundings import Surroundings
from ui.window.unsaved import OPEN_KEPT

if TYPE_CHECKING:  # read when a copy is opened for the first time
    from ui.screening.before import BeforePage


class ReviewActions(QObject):
    """Does the actions of the menus on one open review."""

    def __init__(
        self,
        window: QWidget,
        frame: ReviewFrame,
        recent: RecentFiles,
        open_file: Callable[..., object],
    ) -> None:
        super().__init__(frame)
        self._window = window
        self._frame = frame
        self._session = frame.session
        self._recent = recent
        self._open_file = open_file
        self._before: BeforePage | None = None
        self._older_kept: Path | None = None
        self._accept: Callable[[], object] = lambda: None
        self._around = Surroundings(frame.session, open_file)
        self._doing: dict[str, Callable[[], Any]] = {
            "rail": frame.toggle_rail,
            "next-area": frame.next_area,
            "export": self._on_export,
            "write-report": self._on_report,
            "archive": self._on_archive,
            "save-copy": self._on_save_copy,
            "open-kept": self._on_open_kept,
            "accept-older": self._on_accept_older,
            "open-kept-without": lambda: self._on_open_kept(without=True),
            "work-elsewhere": self._around.work_elsewhere,
            "take-doubles": self._around.take_doubles,
            "verify": self._on_verify,
            "protocol": lambda: frame.go("protocol"),
            "add-reviewer": self.add_reviewer,
            "merge": lambda: frame.go("consensus:merge"),
            "take-in": self._on_take_in,
            "screen": self._on_screen,
            "review": self._on_review,
            "before": self.show_before,
            "copy": self.add_reviewer,
            "send": self._on_send,
            "take-decisions": self._on_take_decisions,
        }

    def perform(self, action: str) -> None:
        """Do an action by its id; "add-reviewer:NAME" writes a newer copy for somebody."""
        id_, _, argument = action.partition(":")
        page = self._frame.page
        if page is not None and page.perform(id_):
            return
        if id_.startswith("stage-"):
            stages = list(self._frame.stages)
            number = int(id_.removeprefix("stage-"))
            if number <= len(stages):
                self._frame.go(stages[number - 1])
        elif writes(id_) and self._session.refuses():
            return
        elif id_ == "add-reviewer":
            self.add_reviewer(argument)
        elif id_ in self._doing:
            self._doing[id_]()

    def note_recent(self) -> None:
        """Remember the file that is open, and how far it is, for the start page."""
        project, known_state = self._session.project, self._session.ready()
        if project.to_read:
            return
        known = self._known()
        self._recent.note(
            replace(
                known,
                stage=self._frame.current or self._stage_before(),
                uuid=project.uuid,
                title=project.title,
                reviewer=project.reviewer,
                state=self._frame.standings.state_words() if known_state else known.state,
            )
        )

    def _known(self) -> Recent:
        """Return what is known of the file that is open from when it was open before."""
        project = self._session.project
        path = str(project.kept or project.path)  # what was taken away is not there any more
        return next((r for r in self._recent.files if r.path == path), Recent(path=path))

    def _stage_before(self) -> str:
        """Return the stage at which the person left this review, "" where it is not known."""
        known, project = self._known(), self._session.project
        same = (known.uuid, known.reviewer) == (project.uuid, project.reviewer)
        return known.stage if same and known.stage in self._frame.stages else ""

    # --- the first page --------------------------------------------------------------------------

    def show_first(self) -> None:
        """Show what this file is waiting for, and say what there is to say of its place."""
        self._show_first()
        if self._session.project.to_read:
            self._session.forbid(
                "This file was opened to be read: nothing can be changed in it. What you need of a "
                "backup you restore as a new file.",
                ("backups", "Backups…"),
            )
        elif not self._says_older():
            self._around.look()

    def _says_older(self) -> bool:
        """Say that an older file, or another one, lies in the place of what was saved, if so."""
        found = self._session.attempt(self._session.project.older)
        older = found.value if found is not None else None
        if older is None:
            return False
        self._older_kept, self._accept = older.kept, older.accept
        kept = [OPEN_KEPT] if older.kept is not None else []
        links = (*kept, ("backups", "Backups…"), ("accept-older", "Go on with this one"))
        self._session.complain(older.sentence, *links)
        return True

    def _on_accept_older(self) -> None:
        self._accept()
        self._session.overcome()
        self._around.look()

    def _show_first(self) -> None:
        project = self._session.project
        if project.is_copy:
            known = self._mark() in self._session.preferences.current.begun
            if (
                known
                or project.to_read
                or any(project.screening.progress(s).decided for s in Stage)
            ):
                self._frame.go(self._stage_to_screen())
            else:
                self.show_before()
        elif before := self._stage_before():
            self._frame.go(before)
        elif not project.sources.count() and project.protocol.current.criteria:
            self._frame.go("sources")
        else:
            self._frame.go("protocol")

    def _mark(self) -> str:
        project = self._session.project
        return f"{project.uuid} {project.reviewer}"

    def _stage_to_screen(self) -> str:
        project, before = self._session.project, self._stage_before()
        screening = project.screening
        every = [(s.id, project.forms.answering(s.id)) for s in forms_of(project)]
        forms = [id_ for id_, mine in every if mine.since() or not mine.code()]
        if before in forms or (forms and screening.closed(Stage.FULL_TEXT)):
            return before if before in forms else forms[0]
        if any(s == before and screening.opened(s) and not screening.closed(s) for s in Stage):
            return before
        later = screening.opened(Stage.FULL_TEXT) and screening.closed(Stage.TITLE_ABSTRACT)
        return Stage.FULL_TEXT if later else Stage.TITLE_ABSTRACT

    def show_before(self) -> None:
        """Show *Before you begin*."""
        from ui.screening.before import BeforePage

        if self._before is None:
            self._before = BeforePage(self._session)
            self._before.begun.connect(self._on_begun)
            self._before.protocol_asked.connect(lambda: self._frame.go("protocol"))
        self._frame.show_page(self._before)

    def _on_begun(self) -> None:
        preferences = self._session.preferences
        known = [m for m in preferences.current.begun if m != self._mark()]
        preferences.change(begun=(*known, self._mark())[-50:])
        self._frame.go(self._stage_to_screen())

    # --- files -----------------------------------------------------------------------------------

    def _on_export(self) -> None:
        from ui.report.exporting import ExportCard

        ExportCard(self._session, self._window).open()

    def _on_report(self) -> None:
        from ui.report.document import ReportCard

        ReportCard(self._session, self._window).open()

    def _on_archive(self) -> None:
        from ui.report.archiving import ask_archive

        ask_archive(self._session, self._window)

    def _on_save_copy(self) -> None:
        path = self._session.project.path
        proposed = path.with_name(f"{path.stem} copy{files.ENDING}")
        chosen = files.ask_new(self._window, "Save a copy", proposed)
        if chosen is not None:
            self.save_copy(chosen)

    def save_copy(self, path: Path) -> None:
        """Write the file as it is now, verified, to another place."""
        self._session.start(
            lambda project, progress: project.backup(path, progress),
            lambda _: self._session.say(f"A copy was saved as {path.name}"),
            writes=False,
        )

    def _on_open_kept(self, *, without: bool = False) -> None:
        project = self._session.project
        if project.kept is not None and not project.is_there():
            self._session.attempt(project.require_there)  # it is kept again, and told where
        kept = project.kept or self._older_kept
        if kept is not None and (without or self._frame.may_leave(for_kept=True)):
            self._open_file(str(kept), typed=self._frame.typed())

    def _on_send(self) -> None:
        from ui.screening.write_copy import SendCard

        SendCard(self._session, self._window).open()

    def _on_take_decisions(self) -> None:
        from ui.screening.elsewhere_decisions import TakeDecisionsCard

        TakeDecisionsCard(self._session, self._window).open()

    def _on_verify(self) -> None:
        self._session.start(
            lambda project, progress: project.verify(progress), self._on_verified, writes=True
        )

    def _on_verified(self, problems: list[Any]) -> None:
        if problems:
            first = str(problems[0].words).rstrip(".")
            more = f" and {counted(len(problems) - 1, 'more')}" if len(problems) > 1 else ""
            self._session.complain(
                f"This file is damaged: {first}{more}. Restore a backup of it.",
                ("backups", "Backups…"),
            )
        else:
            records, events = self._session.project.counts()
            self._session.say(
                f"This file is whole: {counted(records, 'record')}, "
                f"{counted(events, 'entry', 'entries')} checked"
            )

    # --- reviewers and their copies --------------------------------------------------------------

    def add_reviewer(self, name: str = "") -> None:
        """Ask for a reviewer's name and where the copy goes, and write it."""
        from ui.screening.write_copy import WriteCopyCard

        WriteCopyCard(self._session, self._window, self._open_file, name).open()

    def _on_take_in(self) -> None:
        near = self._session.project.path.parent
        chosen = files.ask_open(self._window, "Take in a newer copy", near)
        if chosen is not None:
            self.take_in(chosen)

    def take_in(self, path: Path) -> None:
        """Merge a newer copy of the same reviewer into this one."""
        self._session.start(
            lambda project, progress: project.consensus.merge(path, progress=progress),
            self._on_taken_in,
            writes=True,
        )

    def _on_taken_in(self, merged: Any) -> None:  # noqa: ANN401 - a task's result
        new = int(merged.new)
        self._session.everything_changed("Take in a newer copy")
        words = (
            f"{counted(new, 'new entry', 'new entries')} taken in" if new else "Nothing new in it"
        )
        self._session.say(words)

    def _on_screen(self) -> None:
        self._go_to(
            self._recent.copy_of(self._session.project.uuid),
            "No copy of this review was opened here yet; write one for yourself, then screen in "
            "it.",
            ("add-reviewer", "Write a copy…"),
        )

    def _on_review(self) -> None:
        self._go_to(
            self._recent.project_of(self._session.project.uuid),
            "The coordinator’s project was not opened on this computer; open it from the File "
            "menu.",
        )

    def _go_to(self, recent: Recent | None, missing: str, *links: Link) -> None:
        """Open another file of this review in place of this one, or say that it is not known."""
        if recent is not None:
            self._open_file(recent.path)
        else:
            self._session.complain(missing, *links)

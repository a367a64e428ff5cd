"""Taking runs of the finder back: what will come apart is said first."""

from __future__ import annotations

from PySide6.QtCore import QObject

from screener.duplicates.runs import Run
from ui.duplicates.lists import Lists
from ui.duplicates.runs_view import ALL, RunsView, what_comes_apart, when
from ui.session.echo import clock
from ui.session.session import Session


class TakingBack(QObject):
    """Asks in the list of runs, and acts when a person agrees."""

    def __init__(
        self, session: Session, lists: Lists, view: RunsView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._lists = lists
        self._view = view
        view.asked.connect(self._on_asked)
        view.agreed.connect(self._on_agreed)

    def show(self) -> None:
        """Show the runs as they are now."""
        self._view.show_runs(self._lists.runs)

    def _run(self, id_: str) -> Run | None:
        return next((run for run in self._lists.runs if run.id == id_), None)

    def _can_act(self) -> bool:
        return self._session.project.writable and not self._session.busy

    def _on_asked(self, which: str) -> None:
        run, duplicates = self._run(which), self._session.project.duplicates
        if not self._can_act() or (run is None and which != ALL):
            return
        parting = duplicates.parted_by_run(run) if run else duplicates.parted_by_all()
        screened = bool(self._session.project.consensus.reviewers())
        self._view.ask(which, what_comes_apart(parting, screened=screened))

    def _on_agreed(self, which: str) -> None:
        run, duplicates = self._run(which), self._session.project.duplicates
        if run is None and which != ALL:
            return

        def taken_back() -> int:
            self._lists.forget()  # what was joined is found anew
            return duplicates.undo_run(run) if run else duplicates.undo_all()

        done = self._session.attempt(taken_back)
        if done is not None and done.value:
            what = f"of the run of {when(run)}" if run else "of the finder"
            joins = f"{done.value:,} join{'s'[: done.value != 1]}"
            self._session.say(f"Taken apart: {joins} {what}", saved=clock(), can_take_back=True)

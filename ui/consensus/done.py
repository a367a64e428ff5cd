"""What the meeting shows when nothing is left to settle, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener import Project
from screener.model import Stage
from screener.model.words import counted
from ui.consensus.meeting import Filter, Meeting
from ui.session.echo import clock
from ui.session.session import Session
from ui.session.waiting import what_is_missing
from ui.widgets.empty import EmptyPage


class DonePage(EmptyPage):
    """Says that all is settled; opens full text, asks for newer copies, or leads to the report.

    The keyboard is on the page and on no button: a second Enter for the item that was settled last
    must not act.
    """

    others_asked = Signal()
    opened = Signal()
    """Full text was opened for what passed."""
    wanted = Signal(str)
    """Another page, or an action of the window."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Nothing here", "No discrepancy is like that.", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._session = session
        self._next = ""
        """What the button leads to, "" for opening full text."""
        self.offers_others = False
        """Whether something else is in the list, which is narrowed to one group."""
        self.acted.connect(self._on_acted)
        self.acted_second.connect(self._open)

    def show_for(self, meeting: Meeting, project: Project) -> None:
        """Show what is true of this meeting."""
        self._next = ""
        opened = project.screening.opened(Stage.FULL_TEXT)
        waiting = meeting.all - meeting.settled
        group, shown = meeting.narrowed, meeting.counts()[meeting.filter]
        self.offers_others = group is not None and not meeting.search and bool(shown)
        self.button.set_key("Esc" if self.offers_others else "")
        if group is not None and self.offers_others:
            self.set_texts(
                f"{meeting.words_of(*group)}: nothing {str(meeting.filter).lower()}",
                f"{counted(shown, 'other discrepancy')} {_WAIT[meeting.filter][shown > 1]}.",
                action="Show all",
            )
        elif waiting or meeting.filter is not Filter.OPEN:
            self.set_texts("Nothing here", "No discrepancy is like that.")
        elif missing := what_is_missing(project, meeting.step):
            self._next = "screening"
            first = meeting.step == Stage.TITLE_ABSTRACT
            self.set_texts(
                f"{missing}.",
                f"Nothing else is to settle {meeting.painter.where}. Who has no newer copy needs "
                "one; each closes what is new there and sends it back, and it is merged here.",
                action="Go to Reviewers",
                second="Open what passed" if first and not opened else "",
            )
        elif meeting.step != Stage.TITLE_ABSTRACT:
            self._next = "report"
            self.set_texts(_begun(meeting), meeting.painter.finished, action="Go to the report")
        else:
            self._show_after_first(meeting, project, opened=opened)

    def _show_after_first(self, meeting: Meeting, project: Project, *, opened: bool) -> None:
        """Say what comes after title and abstract."""
        if opened and _all_assessed(project):
            self.set_texts(
                _begun(meeting),
                "The reports of full text are assessed already.",
                action="Open what passed since",
            )
        elif opened:
            self._next = "add-reviewer"
            self.set_texts(
                _begun(meeting),
                "Full text is open. Write newer copies, so that both reviewers have the reports "
                "that passed; each goes on in the newer copy and sends it back.",
                action="Write newer copies…",
                second="Open what passed since",
            )
        else:
            self.set_texts(
                _begun(meeting),
                "Opening full text lets the records that passed go on. After that, write newer "
                "copies: they carry the open stage to both reviewers.",
                action="Open full text",
            )

    def _on_acted(self) -> None:
        if self.offers_others:
            self.others_asked.emit()
        elif self._next:
            self.wanted.emit(self._next)
        else:
            self._open()

    def _open(self) -> None:
        session = self._session
        done = session.attempt(lambda: session.project.screening.open(Stage.FULL_TEXT))
        if done is not None:
            words = f"Full text is open for {counted(done.value, 'record')}"
            session.say(words, saved=clock())
            self.opened.emit()


_WAIT = {
    Filter.OPEN: ("is to settle", "are to settle"),
    Filter.SETTLED: ("is settled", "are settled"),
    Filter.ALL: ("is there", "are there"),
}


def _all_assessed(project: Project) -> bool:
    """Say whether full text is closed by everybody, what was opened last included."""
    full = Stage.FULL_TEXT
    return project.consensus.visible(full) and not project.consensus.hidden(full)


def _begun(meeting: Meeting) -> str:
    begun = "All is settled" if meeting.all else "There is no discrepancy"
    return f"{begun} {meeting.painter.where}"

"""Who is present: the line that says it, and the card on which people are ticked.

There is no field to type into but that of *Another person*: keys that were meant for the meeting
must never become names of people who agreed.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from shiboken6 import isValid

from screener.model import UserError
from ui.consensus.attendance import Attendance
from ui.session.keys import ActionButton
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.marks import Mark
from ui.widgets.tick import Tick
from ui.widgets.words import Column, ElidedWords, Row, Words, clear

NAMED, LETTERS = 2, 44
"""So many people are named on the line, with so many letters; else it says how many they are."""
SETTLES = 0.6
"""So many seconds must pass after the card opened, or after a key that means nothing here, before
Space and Enter act: they may belong to what was being typed."""


_ENDS = (
    "{0} decides now, in place of the reviewers. Enter ends that: those who are ticked agree from "
    "then on. Esc leaves it so."
)
_THIRD = (
    "Joins the review as an arbitrator. Reviewers removes them again while nothing was settled "
    "with them."
)


class PresentLine(QWidget):
    """Says who is present, or who decides, beside what the echo line says; *change* asks anew.

    `over` is the page that holds the meeting. `changed` says that somebody came, went or decides,
    `left` that the card is away.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__()
        self._session, self._over = session, over
        self.attendance = Attendance(session.project)
        self._card: PresentCard | None = None
        change = ActionButton("change", "present", session.keys, does=self.ask_present)
        self._people = Row(gap=8)
        Row(self, gap=12).add(self._people, change)

    def show_people(self) -> None:
        """Say who it is now."""
        clear(self._people)
        names, third = self.attendance.present(), self.attendance.arbitrator
        words = f"{third} decides" if third else f"present: {len(names)} people"
        named = () if third or len(names) > NAMED or len("".join(names)) > LETTERS else names
        said = ElidedWords("present:" if named else words, step="small", colour="quiet")
        self._people.add(said)
        for name in named:
            self._people.add(Mark("met"), ElidedWords(name, step="small"))
        # What is not long is never cut: the sentence beside it gives way.
        kept = QSizePolicy.Policy.Fixed if len(words) <= LETTERS else QSizePolicy.Policy.Preferred
        self.setSizePolicy(kept, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(words if third else f"present: {', '.join(names)}")
        self.setToolTip("" if named else ", ".join(names))

    def ask_first(self) -> None:
        """Ask who is present, once, before anything is settled since the file was opened.

        What is asked already keeps the keyboard.
        """
        session = self._session
        can = session.project.writable and not session.busy and self._over.isVisible()
        if (card := self._asking()) is not None:
            card.focus_first()
        elif can and self._card is None and not self.attendance.asked:
            self.ask_present()

    def ask_present(self) -> None:
        """Ask who is present."""
        self._ask(decides=False)

    def ask_arbitrator(self) -> None:
        """Ask who decides from now on in place of the reviewers."""
        self._ask(decides=True)

    def ask_no_more(self) -> None:
        """Put away what is asked: the meeting is not shown any more."""
        if (card := self._asking()) is not None:
            card.close_card()

    def _asking(self) -> PresentCard | None:
        card = self._card
        return card if card is not None and isValid(card) and card.isVisible() else None

    def _ask(self, *, decides: bool) -> None:
        self._card = PresentCard(
            self._session, self.attendance, self._over.window(), decides=decides
        )
        self._card.taken.connect(self.changed)
        self._card.closed.connect(self.left)
        self._card.open()


class PresentCard(Card):
    """Asks who is present, or who decides in place of the reviewers (one person).

    `taken` says that it was recorded.
    """

    taken = Signal()

    def __init__(
        self,
        session: Session,
        attendance: Attendance,
        window: QWidget,
        *,
        decides: bool = False,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        title = "Who decides, in place of the reviewers?" if decides else "Who is present?"
        super().__init__(title, window, width=520)
        self._session, self._attendance = session, attendance
        self._decides, self._clock, self._stray = decides, clock, clock()
        self._column = Column(gap=2)
        self.ticks: list[Tick] = []
        for one in attendance.people():
            if one.arbitrator or not decides:
                now = ", decides now" if one.name == attendance.arbitrator else ""
                second = f"arbitrator{now}" if one.arbitrator else now.removeprefix(", ")
                on = one.name in self._known()
                self._add_tick(one.name, second, on=on)
        self.another = Button("Another person…", kind="quiet", does=self._ask_name)
        self.field = QLineEdit(placeholderText="First name and surname")
        self.field.setAccessibleName("Another person")
        self.field.hide()
        third = "" if decides else attendance.arbitrator
        begin = "Those ticked agree from now on" if third else "Begin"
        self.take = Button("Decides" if decides else begin, kind="filled", key="Enter")
        self.take.clicked.connect(self.accept)
        words = (
            "Settles alone from now on, without the reviewers; recorded with each item."
            if decides
            else _ENDS.format(third)
            if third
            else "Recorded with each item that is settled, until somebody comes or goes."
        )
        self.body.add(
            Words(words, step="note", colour="quiet", wrap=True),
            self._column,
            Row().add(self.another, 1),
            self.field,
            self.said,
        )
        self.foot.add(1, self.take)

    def _known(self) -> list[str]:
        return [self._attendance.arbitrator] if self._decides else self._attendance.present()

    def _add_tick(self, name: str, second: str, *, on: bool) -> Tick:
        tick = Tick(name, second, self._strays, on=on)
        tick.toggled.connect(lambda on: self._on_ticked(tick, on=on))
        self.ticks.append(tick)
        row = Row(gap=12).add(tick, Words(second, step="small", colour="quiet"), 1)
        self._column.add(row)
        return tick

    def _on_ticked(self, tick: Tick, *, on: bool) -> None:
        if self._decides and on:
            for other in self.ticks:
                other.setChecked(other is tick)

    def focus_first(self) -> None:
        """Begin with the first person; nothing is typed."""
        if self.ticks:
            self.ticks[0].setFocus(Qt.FocusReason.TabFocusReason)  # where Space acts is to be seen
        else:
            self.setFocus()  # not the button: a blank that was typed elsewhere would press it

    def _ask_name(self) -> None:
        self.field.show()
        self.say(_THIRD, "quiet")
        self.fit()
        self.field.setFocus()

    def ticked(self) -> list[str]:
        """Return who is ticked, and whoever was typed."""
        names = [tick.text() for tick in self.ticks if tick.isChecked()]
        typed = self.field.text().strip()
        if typed and self._decides:
            return [typed]
        return [*names, typed] if typed else names

    def accept(self) -> None:
        """Take what is ticked."""
        attendance, names = self._attendance, self.ticked()
        try:
            if self._decides:
                attendance.set_arbitrator(next(iter(names), ""))
            else:
                attendance.set_present(names)
        except UserError as error:
            self.refuse(error)
            return
        self.close_card()
        self.taken.emit()

    def _strays(self) -> bool:
        """Say whether the key that is pressed is one more of a text that was meant elsewhere."""
        now, moment = self._clock(), self._session.preferences.current.moment
        if moment and now - self._stray < SETTLES:
            self._stray = now
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what is ticked; letters and digits do nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and not self._strays():
                self.accept()
            event.accept()
            return
        if event.text().strip():
            self._stray = self._clock()
        super().keyPressEvent(event)

"""What stands in the place of the record: nothing left, not open yet, or closed with its code."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model import Stage
from screener.model.words import counted
from screener.screening.screening import Queue
from ui.screening import wording
from ui.screening.model import ScreeningModel, State
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.empty import EmptyPage, Texts
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Space, Surface, Words

_NOT_A_COPY = Texts(
    title="Screening happens in a reviewer’s own copy",
    sentence="Each reviewer decides alone, in a copy that holds nobody else’s decisions. "
    "Write a copy for yourself and open it.",
    action="Write my copy…",
)
_FIRST = Texts(
    title="Full text comes after title and abstract",
    sentence="Decide and close title and abstract first: which full texts there are would say what "
    "the others decided.",
)
_NO_RECORDS = Texts(
    title="No records yet",
    sentence="This copy holds no records. The coordinator imports them and gives you a newer copy.",
)


def texts(model: ScreeningModel) -> Texts:
    """Return what to say where no record can be shown."""
    if model.state is State.NOT_A_COPY:
        return _NOT_A_COPY
    if model.state is State.NOT_OPEN:
        return Texts(
            title=f"{model.stage.words} opens after the meeting",
            sentence="When both reviewers have closed title and abstract and the coordinator has "
            "opened full text, you get a newer copy. Take it in with Record, Take in a newer copy.",
        )
    if model.total == 0 and model.session.project.screening.stages.waits(model.stage):
        return _FIRST
    if model.total == 0:
        return _NO_RECORDS
    if model.search:
        return Texts(
            title=f"Nothing holds “{model.search}”",
            sentence=f"No record of the queue {model.queue_name} holds these words.",
            action="End the search",
        )
    if all_decided(model):
        return Texts(
            title="The one record is decided"
            if model.total == 1
            else f"All {wording.number(model.total)} records are decided",
            sentence="You can still look through them and change decisions. Close the stage when "
            "you are sure: closing gives a code that shows later that nothing was changed.",
            action="Close the stage",
            second="Look through them",
        )
    pending = model.total - model.decided
    if model.code or not pending:
        return Texts(
            title=f"Nothing in the queue {model.queue_name}",
            sentence=f"{model.stage.words} is closed."
            if model.code
            else f"{counted(model.total, 'record')}, all decided.",
            action="Show all records",
            second="To the closing page" if model.code else "Close the stage…",
        )
    return Texts(
        title=f"Nothing in the queue {model.queue_name}",
        sentence=f"{counted(pending, 'record is', 'records are')} pending.",
        action="Go to what is pending",
    )


def all_decided(model: ScreeningModel) -> bool:
    """Say whether nothing is pending in a stage that is not closed, and that is what is shown."""
    done = model.decided == model.total > 0 and not model.code and not model.search
    return done and model.state is State.EMPTY and model.queue is Queue.PENDING


class NothingHere(EmptyPage):
    """The empty page of the stage; what its actions do follows from the model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_model(self, model: ScreeningModel) -> None:
        """Say what there is to say."""
        found = texts(model)
        self.set_texts(found.title, found.sentence, action=found.action, second=found.second)
        self.setAccessibleName(f"{found.title}. {found.sentence}")
        can = model.session.project.writable or not all_decided(model)
        self.button.setEnabled(can and not model.session.busy)


class ClosedStage(Surface):
    """A closed stage: its code to pass on, what comes next, and the way back."""

    send_asked = Signal()
    look_asked = Signal()
    reopened = Signal(str)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        title = Words(f"{stage.words} is closed", step="title", wrap=True)
        self._code = Words(step="figure")
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = Button("Copy the code", kind="link", does=self._on_copy)
        following = Words(
            "This is your closing code. Tell it to the coordinator first, by telephone or mail, "
            "then send the file: the code shows that nothing was changed in between.",
            step="note",
            colour="quiet",
            wrap=True,
        )
        self.send = Button("Send my decisions…", kind="filled", does=self.send_asked)
        self.look = Button("Look through the records", kind="link", does=self.look_asked)
        self.reopen = Button("Reopen…", kind="quiet", does=self._on_reopen)
        self._why_words = Words(
            "Why is the stage opened again? The report names it.", step="small", wrap=True
        )
        self.why = QLineEdit()
        self.why.setAccessibleName("Why the stage is opened again")
        self.confirm = Button("Reopen the stage", kind="edge", does=self._on_confirmed)
        inside = Column(gap=12).add(
            title,
            Row(gap=tokens.GAP_OUT).add(self._code, self.copy, 1),
            following,
            Space(look_of(self).px(tokens.GAP)),
            Row(gap=tokens.GAP_OUT).add(self.send, self.look, self.reopen, 1),
            self._why_words,
            Row(gap=tokens.GAP).add((self.why, 1), self.confirm),
        )
        self._block = inside.boxed()
        around = Column(margins=(tokens.MARGIN, 0, tokens.MARGIN, 0)).add(
            2, Row().add(1, self._block, 1), 3
        )
        Column(self, gap=0).add((ScrollArea(around.boxed(), bare=True), 1))
        self.why.returnPressed.connect(self._on_confirmed)
        self._show_why(shown=False)
        follow(self, self._fit)

    def show_model(self, model: ScreeningModel) -> None:
        """Show the closing code."""
        self._code.setText(model.code)
        self._code.setAccessibleName(f"Closing code {model.code}")
        self.copy.setText("Copy the code")
        self.why.clear()
        self._show_why(shown=False)
        for button in (self.reopen, self.confirm):
            button.setEnabled(not model.session.busy and model.session.project.writable)

    def _show_why(self, *, shown: bool) -> None:
        for widget in (self._why_words, self.why, self.confirm):
            widget.setVisible(shown)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code.text())
        self.copy.setText("Copied")

    def _on_reopen(self) -> None:
        self._show_why(shown=True)
        self.why.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_confirmed(self) -> None:
        self.reopened.emit(self.why.text())

    def _fit(self) -> None:
        """Be as wide as reads well, and no wider than the page."""
        look = look_of(self)
        room = self.width() - 2 * look.px(tokens.MARGIN)
        self._block.setFixedWidth(min(look.px(528), max(room, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use no more width than there is."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Let the page decide how narrow it may be."""
        return QSize(0, 0)

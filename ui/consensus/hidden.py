"""A stage that is still open: how far each reviewer is, in numbers, and no record's decisions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.consensus.progress import StepStanding
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.header import PageHeader
from ui.widgets.marks import Mark
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Grid, Hairline, Row, Surface, Words

_COLUMNS = ("Reviewer", "Decided", "Pending", "Stage")


class HiddenPage(Surface):
    """Shows numbers only; offers to wait for closed copies, or to open the stage early.

    `open_early_asked` carries the reason, "" where none was given.
    """

    merge_asked = Signal()
    open_early_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.header = PageHeader("Consensus")
        self.steps = Chooser(name="Stage")
        self.header.set_lead([self.steps])
        self._title = Words(step="title", wrap=True)
        self._sentence = Words(
            "Numbers are shown, and no decision on any record, until everybody whose decisions "
            "are here has closed the stage. Ask for closed copies and merge them.",
            step="note",
            colour="quiet",
            wrap=True,
        )
        self.merge = Button("Merge files…", kind="filled")
        self.early = Button("Open early…", kind="link")
        self.why = QLineEdit()
        self.why.setAccessibleName("Why the stage is opened early")
        self.why.setPlaceholderText("why; the report names it")
        self.sure = Button("Open early and record it", kind="edge")
        self.wait = Button("Wait", kind="quiet")
        self._asked = QWidget()
        self._numbers = Grid(gap=32, row_gap=10)
        self._lay_out()
        self.merge.clicked.connect(self.merge_asked)
        self.early.clicked.connect(self.ask)
        self.wait.clicked.connect(self._asked.hide)
        self.sure.clicked.connect(self._on_sure)
        self.why.returnPressed.connect(self._on_sure)

    def _lay_out(self) -> None:
        warning = Words(
            "Reviewers who see each other’s decisions before they have finished are no longer "
            "independent. That the stage was opened early is recorded and stands in the report for "
            "good.",
            colour="warn",
            wrap=True,
        )
        Column(self._asked, gap=12).add(
            Row(gap=12).add(
                (Mark("person", size=18, colour="warn"), Qt.AlignmentFlag.AlignTop), (warning, 1)
            ),
            Row(gap=12).add((self.why, 1), self.sure, self.wait),
        )
        self._asked.hide()
        self._block = QWidget()
        Column(self._block, gap=20).add(
            self._title,
            self._sentence,
            self._numbers,
            Row(gap=tokens.GAP_OUT).add(self.merge, self.early, 1),
            self._asked,
        )
        self._block.setMaximumWidth(look_of(self).px(760))
        Column(self, gap=0).add(
            self.header,
            1,
            Row(margins=(tokens.MARGIN, 0, tokens.MARGIN, 0)).add((self._block, 4), 1),
            2,
        )

    def show_standing(self, standing: StepStanding) -> None:
        """Show how far the reviewers are."""
        self._title.setText(f"{standing.words} is still open")
        while (item := self._numbers.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, words in enumerate(_COLUMNS):
            self._numbers.addWidget(Words(words, step="label", colour="quiet"), 0, at)
        self._numbers.addWidget(Hairline(), 1, 0, 1, len(_COLUMNS))
        for row, one in enumerate(standing.reviewers, 2):
            closed = ", ".join(["closed" if one.closed else "not closed", *one.dated_codes()])
            cells = (one.reviewer.name, f"{one.decided:,}", f"{one.pending:,}", closed)
            for at, words in enumerate(cells):
                self._numbers.addWidget(Words(words), row, at)
        row = 2 + len(standing.reviewers)
        if standing.hidden:
            hidden = Words(
                f"{standing.hidden:,} not closed by everybody, and hidden", colour="quiet"
            )
            self._numbers.addWidget(hidden, row, 0, 1, len(_COLUMNS))
        self._asked.hide()

    def ask(self) -> None:
        """Say what opening early means before it is done."""
        self._asked.show()
        self.wait.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_sure(self) -> None:
        self._asked.hide()
        self.open_early_asked.emit(self.why.text())

    def focus_page(self) -> None:
        """Put the keyboard on the button that goes on."""
        self.merge.setFocus(Qt.FocusReason.OtherFocusReason)

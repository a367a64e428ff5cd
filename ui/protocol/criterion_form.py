"""One criterion of the form: its texts, its highlight words, where it is needed, its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from screener.model import Criterion, Element
from ui.protocol.words import NEEDED, element_name
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.marks import ElementTile
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Grid, Hairline, Row, Words

_MOST = 8


class Lines(QPlainTextEdit):
    """Grows from `least` lines to eight, then scrolls; Tab leaves it."""

    def __init__(self, text: str = "", *, least: int = 2) -> None:
        super().__init__(text, tabChangesFocus=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._least = least
        self.textChanged.connect(self._fit)
        follow(self, self._fit)

    def _fit(self) -> None:
        # The height of such a document is counted in lines as they are broken here.
        lines = round(self.document().size().height())
        shown = max(self._least, min(_MOST, lines))
        around = look_of(self).px(22)
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lines as they are broken now."""
        super().resizeEvent(event)
        self._fit()


class CriterionForm(QWidget):
    """Edits one criterion; the blocks stand in the order of the exclusion reasons."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, criterion: Criterion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._criterion = criterion
        self._own = criterion.element is Element.OTHER
        self._given = criterion.name or ("" if self._own else element_name(criterion.element))
        self._build()
        self._lay_out()

    def _build(self) -> None:
        criterion = self._criterion
        self._number = Words(colour="quiet")
        self._tile = ElementTile(criterion.element, self._given)
        self._fixed_name = Words(self._given, step="strong")
        self._name = QLineEdit(
            criterion.name if criterion.id else "", placeholderText="Name of the criterion"
        )
        self._include = Lines(criterion.include)
        self._exclude = Lines(criterion.exclude)
        self._question = QLineEdit(
            criterion.question, placeholderText="As a question, if that helps"
        )
        self._question.setCursorPosition(0)
        self._words = Lines(", ".join(criterion.highlight), least=1)
        self._words.setPlaceholderText("peer*, “peer support”, lay worker")
        self._needed = Chooser([(id_, words) for id_, words, _ in NEEDED], name="Needed at")
        self._needed.choose(next(i for i, _, s in NEEDED if s == criterion.required_at))
        self.earlier = Button("Earlier", kind="quiet", does=lambda: self.moved.emit(-1))
        self.later = Button("Later", kind="quiet", does=lambda: self.moved.emit(1))
        self.remove = Button("Remove", kind="quiet", does=self.removed)
        for field, what in (
            (self._name, "Name"),
            (self._include, "Include"),
            (self._exclude, "Exclude"),
            (self._question, "Question"),
            (self._words, "Highlight words"),
        ):
            field.setAccessibleName(f"{what}, {self._given or 'new criterion'}")

    @property
    def element(self) -> Element:
        """Which element it is a criterion of."""
        return self._criterion.element

    @property
    def fields(self) -> tuple[QLineEdit | QPlainTextEdit, ...]:
        """What is typed into."""
        return self._name, self._include, self._exclude, self._question, self._words

    def stops(self) -> list[QWidget]:
        """Return where Tab stops, in the order in which it stands on the page."""
        head = [*([self._name] if self._own else []), self.earlier, self.later, self.remove]
        return [*head, self._include, self._exclude, self._words, self._question, self._needed]

    def _lay_out(self) -> None:
        head = Row(gap=10).add(
            self._number,
            self._tile,
            (self._name if self._own else self._fixed_name, 0 if not self._own else 1),
            1,
            self.earlier,
            self.later,
            self.remove,
        )
        grid = Grid(gap=16, row_gap=6)
        for place, (words, field) in enumerate(
            (
                ("Include", self._include),
                ("Exclude", self._exclude),
                ("Highlight words, with commas between", self._words),
                ("Question", self._question),
            )
        ):
            row, side = 2 * (place // 2), place % 2
            grid.addWidget(Words(words, step="small", colour="quiet"), row, side)
            grid.addWidget(field, row + 1, side, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        needed = Row(gap=8).add(Words("Needed at", step="small", colour="quiet"), self._needed, 1)
        Column(self, gap=8).add(head, grid, needed, Hairline())
        (self._fixed_name if self._own else self._name).setParent(None)

    def set_place(self, number: int, of: int) -> None:
        """Say which of the reasons it is."""
        self._number.setText(str(number))
        self.earlier.setEnabled(number > 1)
        self.later.setEnabled(number < of)

    @property
    def id(self) -> str:
        """The criterion's id, "" for one that was just added."""
        return self._criterion.id

    @property
    def name(self) -> str:
        """The name as it stands in the form."""
        return self._name.text().strip() if self._own else self._given

    @property
    def written(self) -> str:
        """Everything that stands in its fields."""
        texts = (self._include.toPlainText(), self._exclude.toPlainText())
        return "".join((*texts, self._words.toPlainText(), self._question.text()))

    def criterion(self, id_: str) -> Criterion:
        """Return the criterion as it stands in the form."""
        words = tuple(w.strip(' “”"') for w in _plain(self._words).split(","))
        return Criterion(
            id=id_,
            element=self._criterion.element,
            include=_plain(self._include),
            exclude=_plain(self._exclude),
            question=self._question.text().strip(),
            required_at=next(s for i, _, s in NEEDED if i == self._needed.current()),
            highlight=tuple(w for w in words if w),
        )

    def focus_first(self) -> None:
        """Begin with the first field."""
        first = self._name if self._own else self._include
        first.setFocus()


def _plain(field: QPlainTextEdit) -> str:
    return " ".join(field.toPlainText().split())

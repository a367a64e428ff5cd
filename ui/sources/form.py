"""What PRISMA-S asks about a search, as a form."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from screener.model import Batch, Search, SourceKind, UserError
from screener.sources.sources import check_date
from ui.session.session import Session
from ui.sources import wording
from ui.sources.fields import FormGrid, KindEditor, Label, LineEditor, TextEditor
from ui.sources.view import Foot, View
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Row

_LONGEST_COUNT = 15  # figures; what is longer counts no records, and is not kept
_NAMES = 104
FIELDS_AT = _NAMES + tokens.GAP_OUT
"""How far from the edge the fields stand."""


class SearchForm(QWidget):
    """The fields of one search; `edited` says that a person changed something."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = LineEditor("Source")
        self.kind = KindEditor("Kind")
        for kind, words in wording.KINDS.items():
            self.kind.addItem(words, str(kind))
        self.platform = LineEditor("Platform")
        self.searched = LineEditor("Date searched", hint="14 December 2018")
        self.claimed = LineEditor("Claimed number", hint="how many it announced")
        self.strategy = TextEditor("Strategy", hint="exactly as run")
        self.limits = LineEditor("Limits")
        self.filters = LineEditor("Filters")
        grid = FormGrid(self, names=_NAMES)
        rows = (
            ("Source", self.source), ("Kind", self.kind), ("Platform", self.platform),
            ("Date searched", self.searched), ("Claimed number", self.claimed),
            ("Strategy", self.strategy), ("Limits", self.limits), ("Filters", self.filters),
        )  # fmt: skip
        for name, field in rows:
            grid.add_field(Label(name, field), field)
        for line in self.findChildren(LineEditor):
            line.textEdited.connect(self.edited)
        self.strategy.textChanged.connect(self.edited)
        self.kind.activated.connect(self.edited)

    def set_search(self, search: Search) -> None:
        """Fill the form."""
        self.source.fill(search.source)
        self.kind.setCurrentIndex(self.kind.findData(str(search.kind)))
        self.platform.fill(search.platform)
        self.searched.fill(wording.day(search.searched))
        self.claimed.fill("" if search.claimed is None else f"{search.claimed:,}")
        with QSignalBlocker(self.strategy):  # filling is no editing
            self.strategy.setPlainText(search.strategy)
        self.limits.fill(search.limits)
        self.filters.fill(search.filters)

    def search(self) -> Search:
        """Return what the form says; `UserError` when a date or number is none."""
        searched = wording.iso_day(self.searched.text())
        if searched:
            check_date(searched)
        source = self.source.text().strip()
        if not source:
            raise UserError("Say which source these records come from, such as PubMed.")
        return Search(
            source=source,
            kind=SourceKind(self.kind.currentData()),
            platform=self.platform.text().strip(),
            searched=searched,
            strategy=self.strategy.toPlainText().strip(),
            limits=self.limits.text().strip(),
            filters=self.filters.text().strip(),
            claimed=self.claimed_number(),
        )

    @property
    def is_right(self) -> bool:
        """Whether nothing in the form is refused."""
        try:
            self.search()
        except UserError:
            return False
        return True

    def claimed_number(self) -> int | None:
        """Return the number of records the source announced; None while nobody said."""
        text = "".join(self.claimed.text().replace(",", "").replace(".", "").split())
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_COUNT):
            raise UserError("Write the claimed number in figures, such as 612, or leave it empty.")
        return int(text)


class EditView(View):
    """The form of one search; `left` goes back to the searches."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._batch: Batch | None = None
        self.form = SearchForm()
        self.cancel = Button("Give up", key="Esc")
        self.save = Button("Save", kind="filled", key="Return", does=self.accept)
        self.show_enter(self.save)
        foot = Foot("The records stay as they are.", (self.cancel, self.save))
        Column(self, gap=0).add(
            Row(margins=(tokens.MARGIN, 24, tokens.MARGIN, 16)).add((self.form, 3), 2), 1, foot
        )

    def show_batch(self, batch: Batch) -> None:
        """Fill the form with what is said now."""
        self._batch = batch
        self.form.set_search(batch.search)
        self.form.source.setFocus()

    def dress(self, header: PageHeader) -> None:
        """Name the search in the header."""
        if self._batch is not None:
            header.dress(f"Edit {self._batch.search.source}", self._batch.file)

    def set_busy(self, busy: bool) -> None:
        """While something is written, nothing can be saved."""
        self.save.setEnabled(not busy)

    def accept(self) -> None:
        """Save what the form says."""
        batch = self._batch
        if batch is None or not self.save.isEnabled():
            return
        sources = self._session.project.sources
        saved = self._session.attempt(lambda: sources.describe(batch.id, self.form.search()))
        if saved is not None:
            sentence = f"Saved what is said about {saved.value.search.source}"
            self._session.say(sentence, can_take_back=True)
            self.left.emit()

    def unsaved(self) -> bool:
        """Say whether the form says something else than the search."""
        if self._batch is None:
            return False
        try:
            return self.form.search() != self._batch.search
        except UserError:
            return True

    def leave(self) -> None:
        """Leave everything as it was."""
        self.left.emit()

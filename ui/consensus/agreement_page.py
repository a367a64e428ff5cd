"""Agreement: the table whose numbers open their records, figures on one axis, and their reading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from screener.consensus.agreement.agreement import Agreement, PairAgreement
from screener.model import UserError
from screener.model.words import counted, noun
from screener.report.saving import save_text
from ui.consensus.cells import CellTable
from ui.consensus.decision_painter import VERDICT_TABLES
from ui.consensus.merge_page import PickPlace, pick_place
from ui.consensus.painter import Painter, Part, Table
from ui.consensus.reading import (
    few_words,
    figure_rows,
    lowest_part,
    part_rows,
    reading,
    total_row,
)
from ui.consensus.steps import painter_of
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.dotplot import DotPlot
from ui.widgets.header import PageHeader
from ui.widgets.marks import Mark
from ui.widgets.scroll import ScrollArea
from ui.widgets.segmented import Segmented
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Hairline, Row, Space, Surface, Words

_BAR = 16
"""Room for the bar that scrolls."""


class AgreementPage(Surface):
    """Shows the agreement of a step; `opened` carries words and units of the records to show."""

    opened = Signal(str, list)
    left = Signal()

    def __init__(
        self, session: Session, *, place: PickPlace = pick_place, parent: QWidget | None = None
    ) -> None:
        super().__init__("page", parent)
        self._session = session
        self._place = place
        self._agreement: Agreement | None = None
        self._painter: Painter | None = None
        self._tables: dict[str, Table] = {}
        self._lowest: Part | None = None
        self._asked = 0
        self.table: CellTable | None = None
        self._build()
        self._lay_out()
        self._connect()

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Agreement")
        self.header = PageHeader("Agreement")
        self.pairs = Chooser(name="Reviewers")
        self.segments = Segmented(
            [(one.measure, one.words) for one in VERDICT_TABLES], name="Table"
        )
        self.questions = Chooser(name="Question")
        self.save = Button("Save figures…", kind="quiet")
        self.back = Button("Back", kind="quiet", key="Esc")
        self.count = Words(step="strong", wrap=True)
        self.warning = Words(colour="warn", wrap=True)
        self._warned = QWidget()
        self._opens = Words("Each number opens its records.", step="small", colour="quiet")
        self.figures = DotPlot("Figures, with 95 % intervals")
        self.parts = DotPlot("Kappa by criterion, where both judged")
        self.reading = Words(step="note", wrap=True)
        self.lowest = Words(step="strong", wrap=True)
        self.show_lowest = Button("", kind="link")
        self.show_lowest.hide()
        self._table_place = Column(gap=0)

    def _lay_out(self) -> None:
        self.header.set_actions([self.segments, self.save, self.back])
        self.header.set_lead([self.pairs, self.questions])
        Row(self._warned, gap=8).add(
            (Mark("person", size=16, colour="warn"), Qt.AlignmentFlag.AlignTop), (self.warning, 1)
        )
        right = Column(gap=8)
        self._parts_head = Words("Kappa by criterion, where both judged", step="strong")
        right.add(
            Words("Figures, with 95 % intervals", step="strong"),
            self.figures,
            Space(16),
            self._parts_head,
            self.parts,
            1,
        )
        self._above = above = Row(gap=tokens.GUTTER, margins=(tokens.MARGIN, 24, tokens.MARGIN, 16))
        above.add(
            (
                Column(gap=12).add(
                    self.count,
                    self._table_place,
                    self._opens,
                    self._warned,
                    1,
                ),
                4,
            ),
            (right, 5),
        )
        sheet = Surface("page")
        Column(sheet, gap=0).add(
            (above, 1),
            Hairline(),
            Row(gap=tokens.GUTTER, margins=(tokens.MARGIN, 16, tokens.MARGIN, 20)).add(
                (self.reading, 3),
                (
                    Column(gap=2).add(
                        self.lowest, (self.show_lowest, Qt.AlignmentFlag.AlignLeft), 1
                    ),
                    1,
                ),
            ),
        )
        scroll = ScrollArea(sheet)
        Column(self, gap=0).add(self.header, (scroll, 1))

    def _connect(self) -> None:
        self.segments.chosen.connect(self._show)
        self.pairs.chosen.connect(self._show)
        self.questions.chosen.connect(self._show)
        self.save.clicked.connect(self.save_figures)
        self.back.clicked.connect(self.left)
        self.show_lowest.clicked.connect(self._on_show_lowest)

    # --- showing ---------------------------------------------------------------------------------

    def show_step(self, step: str) -> None:
        """Compute and show the agreement of a step."""
        self._session.look(
            lambda project: project.consensus.agreement(step), partial(self._on_computed, step)
        )

    def _on_computed(self, step: str, found: Agreement) -> None:
        project = self._session.project
        self._agreement, self._painter = found, painter_of(project, step)
        words = project.consensus.at(step).step.words
        self._asked = project.consensus.at(step).asked()
        if not self._painter.names_items:  # the title of a form stands as it was written
            words = words.lower()
        before = f"{self._painter.noun}s as they were before the meeting"
        self.header.set_words(f"{words}   ·   {before}")
        head = f"Kappa by {self._painter.part}, where both {self._painter.judged}"
        self._parts_head.setText(head)
        self._opens.setText(f"Each number opens its {noun(2, self._painter.subject)}.")
        self.parts.setAccessibleName(head)
        choices = [(str(i), " and ".join(p.reviewers)) for i, p in enumerate(found.pairs)]
        self.pairs.set_choices(choices)
        self.pairs.setVisible(len(choices) > 1)
        self._offer(self._painter)
        self._show()

    def _offer(self, painter: Painter) -> None:
        """Offer the tables of the step: two or three side by side, questions in a menu."""
        self._tables = {table.measure: table for table in painter.tables()}
        choices = [(table.measure, table.words) for table in self._tables.values()]
        self.questions.set_choices(choices if painter.names_items else ())
        self.questions.setVisible(painter.names_items and len(choices) > 1)
        self.segments.setVisible(not painter.names_items)

    def pair(self) -> PairAgreement | None:
        """Return the pair of reviewers that is shown."""
        if self._agreement is None or not self._agreement.pairs:
            return None
        return self._agreement.pairs[int(self.pairs.current() or 0)]

    def _show(self) -> None:
        pair, painter = self.pair(), self._painter
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        if pair is None or painter is None:
            self.count.setText("Fewer than two reviewers have decided anything here.")
            self._warned.hide()
            return
        parts = painter.parts(pair)
        icc = painter.totals(pair)
        rows = [*([total_row(icc)] if icc else []), *part_rows(pair, parts)]
        self.parts.set_rows(rows)
        self._parts_head.setVisible(bool(rows))
        self._show_lowest_words(pair, lowest_part(pair, parts))
        table = self._tables.get(self.questions.current() or self.segments.current())
        if table is None:
            self.count.setText("No question has a table; the shares stand beside.")
            self._warned.hide()
            self.figures.set_rows([])
            self.reading.clear()
            return
        figures = pair.figures(table.measure)
        self.table = CellTable(pair, table)
        self.table.opened.connect(self._open)
        self._table_place.addWidget(self.table)
        self.table.show()
        self._fit()
        asked = self._asked if table.noun == painter.subject and painter.names_items else None
        self.count.setText(
            _count_words(figures.n, pair.lacking, painter.did, table.noun, asked)
            if asked is not None or not painter.names_items
            else f"{counted(figures.n, table.noun)} that both {painter.did}"
        )
        self.warning.setText(few_words(figures, table.noun))
        self._warned.setVisible(figures.few)
        weighted = pair.measured[table.measure].weighted
        self.figures.set_rows(figure_rows(figures, table, weighted))
        self.reading.setText(reading(figures, table, painter.did, weighted))

    def _show_lowest_words(self, pair: PairAgreement, lowest: Part | None) -> None:
        self._lowest, units = lowest, pair.disputes(lowest.measure) if lowest else ()
        shown = bool(units)
        self.lowest.setVisible(shown)
        subject = self._painter.subject if self._painter else ""
        self.show_lowest.setVisible(shown)
        if lowest and shown:
            self.lowest.setText(f"Kappa is lowest on {lowest.name}.")
            some = f"that {subject}" if len(units) == 1 else f"those {counted(len(units), subject)}"
            self.show_lowest.setText(f"Show {some}")

    def _open(self, words: str, keys: list[str]) -> None:
        """Open records, by what stands behind a number: a unit, or a row of a list on it."""
        self.opened.emit(words, list(dict.fromkeys(key.partition("/")[0] for key in keys)))

    def _on_show_lowest(self) -> None:
        pair, painter = self.pair(), self._painter
        if pair is not None and painter is not None and self._lowest is not None:
            words = f"{painter.judged} differently on {self._lowest.name}"
            self._open(words, list(pair.disputes(self._lowest.measure)))

    def save_figures(self) -> None:
        """Save the figures as the command line prints them."""
        if self._agreement is None:
            return
        place = self._place(self, self._session.project.path.with_name("agreement.json"))
        if place is None:
            return
        text = json.dumps(self._agreement.json(), ensure_ascii=False, indent=2) + "\n"
        try:
            save_text(place, text)
        except UserError as error:
            self._session.complain(error)

    def focus_page(self) -> None:
        """Put the keyboard on the page, so that Esc goes back."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the figures below the table where the page is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the figures below a table beside which there is no room for them."""
        self._above.setDirection(QBoxLayout.Direction.LeftToRight)
        self._above.invalidate()
        if self._above.minimumSize().width() > self.width() - look_of(self).px(_BAR):
            self._above.setDirection(QBoxLayout.Direction.TopToBottom)


def _count_words(
    n: int, lacking: int, did: str, what: str = "record", asked: int | None = None
) -> str:
    """Say how many both answered; of a question, of how many that are `asked`."""
    records = counted(n, what)
    if asked is not None and n != asked:
        return f"{n:,} of {counted(asked, what)} that both {did}"
    if not lacking or asked is not None:
        return f"{records}, both {did} on all"
    return f"{records} that both {did}; {lacking:,} more only one of them {did}"


__all__: Sequence[str] = ["AgreementPage"]

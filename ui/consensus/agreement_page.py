"""Agreement: the table whose numbers open their records, figures on one axis, and their reading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from screener.consensus.agreement.agreement import Agreement, PairAgreement
from screener.model import Protocol, Stage, UserError
from screener.model.words import counted
from screener.report.saving import save_text
from ui.consensus.cells import CellTable, records_of
from ui.consensus.merge_page import PickPlace, pick_place
from ui.consensus.reading import (
    FigureRow,
    criterion_rows,
    few_words,
    figure_rows,
    lowest_criterion,
    reading,
)
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.dotplot import DotPlot, DotRow
from ui.widgets.header import PageHeader
from ui.widgets.marks import Mark
from ui.widgets.scroll import ScrollArea
from ui.widgets.segmented import Segmented
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Hairline, Row, Space, Surface, Words

NARROW = 900
BEFORE = "decisions as they were before the meeting"


class AgreementPage(Surface):
    """Shows the agreement of a stage; `opened` carries words and units of the records to show."""

    opened = Signal(str, list)
    left = Signal()

    def __init__(
        self, session: Session, *, place: PickPlace = pick_place, parent: QWidget | None = None
    ) -> None:
        super().__init__("page", parent)
        self._session = session
        self._place = place
        self._agreement: Agreement | None = None
        self._protocol: Protocol | None = None
        self.table: CellTable | None = None
        self._build()
        self._lay_out()
        self._connect()

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header = PageHeader("Agreement")
        self.pairs = Chooser(name="Reviewers")
        self.segments = Segmented(
            [("binary", "include / exclude"), ("maybe", "with maybe")], name="Table"
        )
        self.save = Button("Save figures…", kind="quiet")
        self.back = Button("Back", kind="quiet", key="Esc")
        self.count = Words(step="strong", wrap=True)
        self.warning = Words(colour="warn", wrap=True)
        self._warned = QWidget()
        self.figures = DotPlot("Figures, with 95 % intervals")
        self.criteria = DotPlot("Kappa by criterion, where both judged")
        self.reading = Words(step="note", wrap=True)
        self.lowest = Words(step="strong", wrap=True)
        self.show_lowest = Button("", kind="link")
        self._table_place = Column(gap=0)

    def _lay_out(self) -> None:
        self.header.set_actions([self.segments, self.save, self.back])
        self.header.set_lead([self.pairs])
        Row(self._warned, gap=8).add(
            (Mark("person", size=16, colour="warn"), Qt.AlignmentFlag.AlignTop), (self.warning, 1)
        )
        right = Column(gap=8)
        self._criteria_head = Words("Kappa by criterion, where both judged", step="strong")
        right.add(
            Words("Figures, with 95 % intervals", step="strong"),
            self.figures,
            Space(16),
            self._criteria_head,
            self.criteria,
            1,
        )
        self._above = above = Row(gap=tokens.GUTTER, margins=(tokens.MARGIN, 24, tokens.MARGIN, 16))
        above.add(
            (
                Column(gap=12).add(
                    self.count,
                    self._table_place,
                    Words("Each number opens its records.", step="small", colour="quiet"),
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
        scroll = ScrollArea(sheet, sideways=True)
        Column(self, gap=0).add(self.header, (scroll, 1))

    def _connect(self) -> None:
        self.segments.chosen.connect(self._show)
        self.pairs.chosen.connect(self._show)
        self.save.clicked.connect(self.save_figures)
        self.back.clicked.connect(self.left)
        self.show_lowest.clicked.connect(self._on_show_lowest)

    # --- showing ---------------------------------------------------------------------------------

    def show_stage(self, stage: Stage) -> None:
        """Compute and show the agreement of a stage."""
        self._session.look(
            lambda project: project.consensus.agreement(stage), partial(self._on_computed, stage)
        )

    def _on_computed(self, stage: Stage, found: Agreement) -> None:
        self._agreement, self._protocol = found, self._session.project.protocol.current
        self.header.set_words(f"{stage.words.lower()}   ·   {BEFORE}")
        choices = [(str(i), " and ".join(p.reviewers)) for i, p in enumerate(found.pairs)]
        self.pairs.set_choices(choices)
        self.pairs.setVisible(len(choices) > 1)
        self._show()

    def pair(self) -> PairAgreement | None:
        """Return the pair of reviewers that is shown."""
        if self._agreement is None or not self._agreement.pairs:
            return None
        return self._agreement.pairs[int(self.pairs.current() or 0)]

    @property
    def _maybe(self) -> bool:
        return self.segments.current() == "maybe"

    def _show(self) -> None:
        pair, protocol = self.pair(), self._protocol
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        if pair is None or protocol is None:
            self.count.setText("Fewer than two reviewers have decided anything here.")
            self._warned.hide()
            return
        figures = pair.figures("three_way" if self._maybe else "binary")
        self.table = CellTable(pair, maybe=self._maybe)
        self.table.opened.connect(self._on_opened)
        self._table_place.addWidget(self.table)
        self.count.setText(_count_words(figures.n, pair.lacking))
        self.warning.setText(few_words(figures))
        self._warned.setVisible(figures.few)
        self.figures.set_rows([_dots(row) for row in figure_rows(figures)])
        by_criterion = criterion_rows(pair, protocol)
        self.criteria.set_rows([_dots(row) for row in by_criterion])
        self._criteria_head.setVisible(bool(by_criterion))
        self.reading.setText(reading(figures, maybe=self._maybe))
        self._show_lowest_words(pair, protocol)

    def _show_lowest_words(self, pair: PairAgreement, protocol: Protocol) -> None:
        lowest = lowest_criterion(pair)
        units = pair.disputes(f"criteria/{lowest}") if lowest else ()
        shown = bool(units)
        self.lowest.setVisible(shown)
        self.show_lowest.setVisible(shown)
        if shown:
            self.lowest.setText(f"They differ most on {protocol.reason_text(lowest)}.")
            some = "that record" if len(units) == 1 else f"those {len(units):,} records"
            self.show_lowest.setText(f"Show {some}")

    def _on_opened(self, row: str, column: str) -> None:
        pair = self.pair()
        if pair is not None:
            found = records_of(pair, row, column, maybe=self._maybe)
            self.opened.emit(found.words, list(found.units))

    def _on_show_lowest(self) -> None:
        pair, protocol = self.pair(), self._protocol
        if pair is not None and protocol is not None:
            lowest = lowest_criterion(pair)
            words = f"judged differently on {protocol.reason_text(lowest)}"
            self.opened.emit(words, list(pair.disputes(f"criteria/{lowest}")))

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
        narrow = self.width() < look_of(self).px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._above.setDirection(way)


def _dots(row: FigureRow) -> DotRow:
    low, high = row.interval or (None, None)
    return DotRow(
        name=row.name,
        value=row.value,
        low=low,
        high=high,
        figure=row.figure,
        interval=row.between,
        note=row.note,
        marked=row.marked,
        element=row.element,
    )


def _count_words(n: int, lacking: int) -> str:
    records = counted(n, "record")
    if not lacking:
        return f"{records}, both decided on all"
    return f"{records} that both decided; {lacking:,} more only one of them decided"


__all__: Sequence[str] = ["AgreementPage"]

"""Screening as the coordinator sees it: who has a copy and how far each has come, in numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QWidget

from screener.consensus.progress import ReviewerStanding
from screener.model import Changes, Kind, Stage
from screener.model.words import counted
from ui.session.keys import ActionButton
from ui.session.page import EVERYTHING, Page
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.empty import EmptyPage
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Grid, Hairline, Words, clear


class ReviewersPage(Page):
    """Lists the reviewers; decisions themselves are never shown here."""

    id = "screening"
    title = "Screening"
    derives = True
    reads = frozenset({Kind.REVIEWERS, Kind.DECISIONS, Kind.STAGES, Kind.RECORDS, Kind.CONSENSUS})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._header = PageHeader("Screening")
        wanted = self.session.wanted
        self.add = Button("Add reviewer…", does=lambda: wanted.emit("add-reviewer"))
        self.merge = ActionButton(
            "Merge files…",
            "merge",
            self.session.keys,
            kind="edge",
            does=lambda: wanted.emit("merge"),
        )
        self._header.set_actions([self.merge, self.add])
        self._empty = EmptyPage(
            "No reviewers yet",
            "Each reviewer screens alone, in a copy of this project that holds nobody else’s "
            "decisions. Write one for each; you too get a copy of your own.",
            action="Add reviewer…",
        )
        self._empty.hide()
        self._table = Column(gap=0)
        self._empty.acted.connect(lambda: wanted.emit("add-reviewer"))
        column = Column(self, gap=0).add(self._header, (self._empty, 1), self._table)
        self._below = QSpacerItem(0, 0)
        column.addItem(self._below)

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read how far everybody is."""
        del changes
        project = self.session.project
        stages = [s for s in Stage if project.screening.opened(s)]
        standings = {s: project.consensus.reviewer_standings(s) for s in stages}
        everybody = project.consensus.reviewers()
        self._empty.setVisible(not everybody)
        least, most = QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding
        self._below.changeSize(0, 0, least, most if everybody else least)
        self._header.set_words(counted(len(everybody), "reviewer") if everybody else "")
        for button in (self.add, self.merge):
            button.setVisible(bool(everybody))
        clear(self._table)
        if everybody:
            table = self._fill(standings)
            self._table.add(table)
            table.show()  # at once: what had the keyboard is made anew

    def _fill(self, standings: dict[Stage, list[ReviewerStanding]]) -> QWidget:
        table = QWidget()
        grid = Grid(table, gap=24, row_gap=10, margins=(tokens.MARGIN, 24, tokens.MARGIN, 24))
        heads = ("Reviewer", "Stage", "Merged so far", "Closing code", "")
        grid.add_row(*(Words(words, step="label", colour="quiet") for words in heads))
        grid.addWidget(Hairline(), 1, 0, 1, 5)
        row = 2
        for number in range(len(next(iter(standings.values()), []))):
            for stage, everybody in standings.items():
                self._fill_row(
                    grid, row, stage, everybody[number], first=stage is Stage.TITLE_ABSTRACT
                )
                row += 1
            grid.addWidget(Hairline(), row, 0, 1, 5)
            row += 1
        grid.setColumnStretch(3, 1)
        return table

    def _fill_row(
        self, grid: Grid, row: int, stage: Stage, one: ReviewerStanding, *, first: bool
    ) -> None:
        whole = one.decided + one.pending
        how_far = f"{one.decided:,} of {whole:,}" if one.decided else "nothing merged yet"
        if one.closed:
            how_far += ", closed"
        if first:
            grid.addWidget(Words(one.reviewer.name, step="strong"), row, 0)
            again = Button("Write a newer copy…", kind="link", name=one.reviewer.name)
            again.setAccessibleDescription(one.reviewer.name)
            again.chose.connect(lambda name: self.session.wanted.emit(f"add-reviewer:{name}"))
            grid.addWidget(again, row, 4)
        grid.addWidget(Words(stage.words), row, 1)
        grid.addWidget(Words(how_far, colour="text" if one.decided else "quiet"), row, 2)
        grid.addWidget(Words(one.code or "–", colour="quiet"), row, 3)

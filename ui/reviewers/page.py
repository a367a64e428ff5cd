"""The reviewers as the coordinator sees them: who is asked what, how far, with which copy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.consensus.team import Member
from screener.model import Changes, Kind
from screener.model.words import counted
from ui.reviewers import wording
from ui.reviewers.cards import CodesCard, LeaveCard, RenameCard
from ui.reviewers.row import PersonRow, columns
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.keys import ActionButton
from ui.session.page import EVERYTHING, Page
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.empty import EmptyPage
from ui.widgets.header import PageHeader
from ui.widgets.marks import Mark
from ui.widgets.scroll import ScrollArea
from ui.widgets.words import Column, Grid, Hairline, Row, Words, clear


class ReviewersPage(Page):
    """Lists the people of the review; what they decided is never shown here."""

    id = "screening"
    title = "Reviewers"
    help = (
        "Each reviewer works alone in a copy of their own, closes each stage and sends the "
        "file back. Here stands how far each one is, in numbers only, and whether their copy "
        "lacks something by now. Who leaves keeps what they decided; nothing more is waited "
        "for."
    )
    where = Where.REVIEWERS
    derives = True
    takes_back = frozenset({Kind.REVIEWERS})
    reads = frozenset(
        {
            Kind.PROTOCOL,
            Kind.REVIEWERS,
            Kind.DECISIONS,
            Kind.STAGES,
            Kind.RECORDS,
            Kind.CONSENSUS,
            Kind.DUPLICATES,
        }
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        wanted, keys = session.wanted, session.keys
        self._chosen = ""
        self._rows: list[PersonRow] = []
        self._header = PageHeader("Reviewers")
        self.add = ActionButton(
            "Another reviewer…", "another-reviewer", keys, kind="edge", does=self._add
        )
        self.merge = ActionButton(
            "Merge files…", "merge", keys, kind="edge", does=partial(wanted.emit, "merge")
        )
        self._header.set_actions([self.merge, self.add])
        self._empty = EmptyPage(
            "No reviewers yet",
            "Each reviewer screens alone, in a copy of this project that holds nobody else’s "
            "decisions. Write one for each; you too get a copy of your own.",
            action="Add a reviewer…",
        )
        self._empty.acted.connect(self._add)
        self._table = Column(gap=0)
        self._remark = Row(gap=10, margins=(tokens.MARGIN, 16, tokens.MARGIN, 16))
        inside = Column(gap=0).add(self._table, self._remark, 1).boxed()
        self._scroll = ScrollArea(inside, bare=True)
        Column(self, gap=0).add(self._header, (self._empty, 1), (self._scroll, 1))

    # --- what is shown -----------------------------------------------------------------------

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read who there is and how far everybody is."""
        del changes
        members = self.session.project.team.members()
        focused = any(row.hasFocus() for row in self._rows)
        self._empty.setVisible(not members)
        self._scroll.setVisible(bool(members))
        self._header.set_words(wording.head(members))
        for button in (self.add, self.merge):
            button.setVisible(bool(members))
        ids = [one.reviewer.id for one in members]
        chosen = self._chosen if self._chosen in ids else next(iter(ids), "")
        for row in self._rows:
            row.chosen.disconnect()  # one that goes hands the keyboard to the next
        clear(self._table)
        clear(self._remark)
        steps = wording.begun(members)
        self._rows = [self._row(one, steps) for one in members]
        if members:
            self._table.add(self._heading(members[0], steps), *self._rows)
            self._show_remark()
        self._choose(chosen)
        for row in self._rows:
            row.show()  # at once: what had the keyboard is made anew
        if focused:
            self.focus_first()

    def _heading(self, first: Member, steps: Sequence[str]) -> QWidget:
        heading = QWidget()
        grid = Grid(heading, gap=24, row_gap=8, margins=(tokens.MARGIN, 24, tokens.MARGIN, 0))
        shown = [one.words for one in first.steps if one.step in steps]
        names = ["Reviewer", *shown, "Copy"]
        for at, name in enumerate(names):
            grid.addWidget(Words(name, step="label", colour="quiet", wrap=True), 0, at)
        grid.addWidget(Hairline(), 1, 0, 1, len(names))
        columns(grid, len(shown))
        return heading

    def _row(self, member: Member, steps: Sequence[str]) -> PersonRow:
        row = PersonRow(member, steps, self.session.keys)
        row.chosen.connect(self._choose)
        row.asked.connect(self.perform)
        return row

    def _choose(self, id_: str) -> None:
        self._chosen = id_
        for row in self._rows:
            row.set_chosen(on=row.member.reviewer.id == id_)

    def _show_remark(self) -> None:
        """Say what a copy that is written now would lack."""
        proposed = len(self.session.project.duplicates.proposals())
        if proposed:
            said = f"{counted(proposed, 'proposed duplicate')} not answered yet."
            answer = Button("Answer them", kind="link", key="Ctrl+3")
            answer.clicked.connect(partial(self.session.wanted.emit, "duplicates"))
            self._remark.add(
                Mark("person", colour="warn"),
                Words(said, colour="warn"),
                (Words("A copy written now holds them as separate records.", colour="quiet"), 1),
                answer,
            )

    def focus_first(self) -> None:
        """Put the keyboard on the chosen person."""
        row = next((r for r in self._rows if r.member.reviewer.id == self._chosen), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._empty.button.setFocus()

    # --- what is done ------------------------------------------------------------------------

    def chosen(self) -> Member | None:
        """Return who is chosen."""
        found = (r.member for r in self._rows if r.member.reviewer.id == self._chosen)
        return next(found, None)

    def handlers(self) -> Handlers:
        """Return what the keys do with the person who is chosen."""
        row = next((r for r in self._rows if r.member.reviewer.id == self._chosen), None)
        acts = {
            "write-copy": self._write_copy,
            "rename-person": self._rename,
            "person-leaves": self._leave,
            "person-returns": self._return,
            "closing-codes": self._show_codes,
        }
        offered = row.offered if row is not None else set()
        return {
            "another-reviewer": self._add,
            **{id_: act for id_, act in acts.items() if id_ in offered},
        }

    def _add(self) -> None:
        self.session.wanted.emit("add-reviewer")

    def _write_copy(self) -> None:
        if (one := self.chosen()) is not None:
            self.session.wanted.emit(f"add-reviewer:{one.reviewer.name}")

    def _rename(self) -> None:
        if (one := self.chosen()) is not None:
            RenameCard(self.session, one, self.window()).open()

    def _leave(self) -> None:
        if (one := self.chosen()) is not None:
            LeaveCard(self.session, one, self.window()).open()

    def _return(self) -> None:
        if (one := self.chosen()) is not None:
            name, team = one.reviewer.name, self.session.project.team
            self.do(lambda: team.return_(name), f"{name} takes part again")

    def _show_codes(self) -> None:
        if (one := self.chosen()) is not None:
            CodesCard(one, self.window()).open()

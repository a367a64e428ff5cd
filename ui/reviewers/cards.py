"""What is asked of one person: a name corrected, why they leave, which codes they gave."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.consensus.team import Member
from screener.model.words import listed
from ui.reviewers import wording
from ui.session.line_card import LineCard
from ui.session.session import Session
from ui.widgets.card import Card
from ui.widgets.words import Grid, Words


class RenameCard(LineCard):
    """Corrects a name; everything recorded stays."""

    def __init__(self, session: Session, member: Member, window: QWidget) -> None:
        super().__init__(session, f"Rename {member.reviewer.name}", "Name", "Rename", window)
        self._name = member.reviewer.name
        self.line.setText(self._name)
        self.body.add(
            Words(
                "Corrects the name everywhere, also in copies that are taken in later. It makes no "
                "other person: what was recorded stays theirs.",
                step="note",
                colour="quiet",
                wrap=True,
            ),
            self.line,
            self.said,
        )

    def accept(self) -> None:
        """Rename."""
        name, before = " ".join(self.line.text().split()), self._name
        if name == before:
            self.close_card()
            return
        consensus = self._session.project.consensus
        self.do(lambda: consensus.rename_person(before, name), f"{before} is {name} now")


class LeaveCard(LineCard):
    """Asks why somebody leaves the review, or removes who has recorded nothing."""

    def __init__(self, session: Session, member: Member, window: QWidget) -> None:
        name = member.reviewer.name
        title = f"Remove {name}" if member.removable else f"{name} leaves the review"
        does = "Remove" if member.removable else "Leaves the review"
        super().__init__(session, title, "Why", does, window)
        self._member = member
        team = session.project.team
        shown, few = team.shown_without(name), team.too_few_without(name)
        self._asks = not member.removable or bool(shown)
        words = (
            f"{name} has recorded nothing here and is taken out, as if never added."
            if member.removable
            else f"What {name} decided stays. Nothing more is waited for."
        )
        if shown:
            words += (
                f" Without {name} what was decided at {listed(shown)} can be seen at once; the "
                "report says so."
            )
        if few:
            words += (
                f" Too few reviewers are left then who could close {listed(few)}, and nothing of "
                "it is shown: write a copy for another."
            )
        self.line.setPlaceholderText("one sentence; the report names it")
        self.line.setVisible(self._asks)
        why = Words("Why?", step="small", colour="quiet")
        why.setVisible(self._asks)
        self.body.add(Words(words, step="note", wrap=True), why, self.line, self.said)

    def focus_first(self) -> None:
        """Begin with the reason; where nothing is asked, Enter removes who recorded nothing."""
        if self._asks:
            super().focus_first()
        else:
            self.act.setFocus(Qt.FocusReason.TabFocusReason)

    def accept(self) -> None:
        """Let the person leave, or remove them."""
        name, why, project = self._member.reviewer.name, self.line.text(), self._session.project
        if self._member.removable:
            self.do(lambda: project.consensus.remove_person(name, why), f"{name} was removed")
        else:
            self.do(
                lambda: project.team.leave(name, why),
                f"{name} has left the review; nothing more is waited for",
            )


class CodesCard(Card):
    """The closing codes of one person, the last of each stage last."""

    def __init__(self, member: Member, window: QWidget) -> None:
        super().__init__(f"Closing codes of {member.reviewer.name}", window, width=560)
        grid = Grid(gap=24, row_gap=8)
        for words, codes in wording.codes(member):
            for at, code in enumerate(codes):
                shown = Words(code, step="strong")
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.add_row(Words("" if at else words, colour="quiet"), shown)
        self.body.add(
            Words(
                "Each close of a stage gives a code. It was told before the file was sent, and "
                "shows that nothing was changed in between.",
                step="note",
                colour="quiet",
                wrap=True,
            ),
            grid,
        )

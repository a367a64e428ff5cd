"""Studies, for the coordinator: which reports belong to one, and which intervention it tests."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from screener.model import Changes, Kind, Study
from screener.model.words import counted
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.keys import ActionButton
from ui.session.page import EVERYTHING, Page
from ui.session.session import Session
from ui.studies import model
from ui.studies.hinting import Hinting
from ui.studies.left import LeftSide
from ui.studies.opening import OpenFormCard
from ui.studies.right import RightSide
from ui.studies.settling import Settling
from ui.widgets import tokens
from ui.widgets.empty import EmptyPage
from ui.widgets.fields import SearchField
from ui.widgets.header import PageHeader
from ui.widgets.marks import Mark
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Hairline, Row, Words, stacked

_LEFT = 376
_SHARE = 0.42
"""The most of the width that the left side takes."""


class StudiesPage(Page):
    """Left the reports in no study, right the studies by the interventions they test."""

    id = "studies"
    title = "Studies"
    help = (
        "A study may have several reports, and an intervention several studies. Left are the "
        "included reports that are in no study yet, with what speaks for a study; right the "
        "studies. Nothing is linked without a person, and everything can be parted again, also "
        "after a form was opened."
    )
    where = Where.STUDIES
    take_back_action = "take-back-study"
    takes_back = frozenset({Kind.STUDIES, Kind.STAGES})
    derives = True
    reads = frozenset(Kind) - {Kind.NOTES}

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._listing = model.Listing()
        self._on_left = True
        self._asked_at = 0.0
        self._hinting = Hinting(session, self)
        self._build()
        self._acts = Settling(
            self, self.left, self.right, lambda: self._listing, lambda: self.on_left
        )
        Column(self, gap=0).add(self.header, (self._stack, 1))
        self.empty.acted.connect(partial(session.wanted.emit, "full-text"))
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._on_searched)
        self._hinting.found.connect(self._on_hints)
        for side, lines in ((True, self.left.list), (False, self.right.list)):
            lines.focused.connect(partial(self._on_side, left=side))
            self.listen(lines)
        self.left.list.marked.connect(self._on_left_marked)
        self.right.list.marked.connect(self._show_right)
        self.left.list.asked.connect(self._on_left_asked)
        self.right.asked.connect(self.perform)
        self.right.state.connect(self._acts.set_state)
        follow(self, self._restyle)

    def _build(self) -> None:
        keys = self.session.keys
        self.header = PageHeader(self.title)
        self.to_search = ActionButton("Search", "find-study", keys, does=self.focus_search)
        self.search = SearchField("study, title, author, year", "Search the studies", width=220)
        self.search.setClearButtonEnabled(True)
        self.open_form = ActionButton(
            "Open a form…", "open-form", keys, kind="edge", does=self.ask_form
        )
        self.empty = EmptyPage(
            "No report is included yet",
            "Reports come here when they are included at full text.",
            action="Go to full text",
        )
        self.left, self.right = LeftSide(keys), RightSide(keys)
        self._line = Hairline(vertical=True)
        self._wrong = Words(step="small", colour="warn", wrap=True)
        self._problem = (
            Row(gap=10, margins=(tokens.MARGIN, 10, tokens.MARGIN, 10))
            .add(Mark("person", colour="warn"), (self._wrong, 1))
            .boxed()
        )
        sides = Row(gap=0).add(self.left, self._line, (self.right, 1))
        body = Column(gap=0).add(self._problem, (sides, 1)).boxed()
        self._stack = stacked(self.empty, body)

    # --- what is shown --------------------------------------------------------------------

    @property
    def on_left(self) -> bool:
        """Whether keys act on the reports in no study; else on the studies."""
        return self._on_left and not self.left.isHidden()

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read the studies; what is marked stays so."""
        del changes
        self._listing = model.read(self.session.project, self._hinting.hints)
        self._hinting.want(self._listing.units)
        problems = self.session.project.studies.problems()
        more = f" {counted(len(problems) - 1, 'problem')} more like this." if problems[1:] else ""
        self._wrong.setText("".join(problems[:1]) + more)
        self._problem.setVisible(bool(problems))
        self._dress()
        self._fill()
        self.take_busy()

    def _dress(self) -> None:
        listing = self._listing
        if not listing.every:
            self.header.dress(self.title)
            return
        left = len(listing.loose)
        count = self.session.project.studies.count() - left
        studies = counted(count, "study", "studies")
        if left:
            studies += f" and {counted(left, 'report')} in none"
        tested = counted(len(listing.interventions), "intervention")
        typing = self.search.hasFocus()
        actions = (self.to_search, self.search, self.open_form)
        self.header.dress(self.title, f"{studies}, {tested}", actions=actions)
        self._fold_search(folded=not typing and not self.search.text())
        if typing:  # hidden for a moment, it lost the keyboard
            self.search.setFocus()

    def _fold_search(self, *, folded: bool) -> None:
        """Show the word, or the field while it is typed into or says what is searched for."""
        self.to_search.setVisible(folded)
        self.search.setVisible(not folded)

    def _fill(self) -> None:
        """Show the reports and the studies that have the words searched for."""
        listing, words = self._listing, self.search.text()
        self._stack.setCurrentIndex(1 if listing.every else 0)
        before, row = self.left.list.chosen(), self.left.list.current()
        shown = listing.loose_with(words)
        units = [one.report.unit for one in shown]
        if before is not None and before.report.unit in units:
            row = units.index(before.report.unit)
        within = self.left.isAncestorOf(self.window().focusWidget())
        if within and not listing.loose:
            self.right.list.setFocus()  # before its place goes: Qt would pick another
        for widget in (self.left, self._line):
            widget.setVisible(bool(listing.loose))
        self.right.linked.setVisible(bool(listing.every) and not listing.loose)
        self.left.show_reports(shown, len(listing.loose), min(max(row, 0), len(shown) - 1))
        self._show_right(self._proposed())
        if shown and self.right.list.hasFocus() and not self.right.list.shown():
            self.left.list.setFocus()  # else keys would act on the side where nothing is
        if within and not self.left.list.hasFocus():
            self.focus_first()  # what had the keyboard is gone

    def _proposed(self) -> tuple[str, str, str] | None:
        """Return the key of the study that the marked report may belong to, if there is one."""
        one = self.left.list.chosen() if self.on_left else None
        study = one.study if one is not None else None
        shown = study is not None and self._listing.shows(study, self.search.text())
        return ("", study.id, "") if study is not None and shown else None

    def _show_right(self, key: tuple[str, str, str] | None = None) -> None:
        """Show the studies, the one that is marked opened to its reports."""
        chosen = self.right.list.chosen()
        wanted = key or (chosen.key if chosen else ("", "", ""))
        coming = self.left.list.chosen() if self.on_left else None
        words = self.search.text()
        lines = self._listing.lines(words, wanted, coming)
        at = model.place_of(lines, wanted)
        if key is None and self.right.list.current() >= 0:
            at = model.next_without(self.right.list.shown(), lines, wanted, at)
        if at >= 0 and lines[at].key[:2] != wanted[:2]:  # it stands somewhere else now
            lines = self._listing.lines(words, lines[at].key, coming)
        self.right.show_lines(lines, at)
        self.right.offer(self._acts.of_line(), self.right.list.chosen())
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let what can be done with a row come after its list: some of it is shown only then."""
        if not self._listing.every:
            return  # there is nothing to go to
        left, right = self.left.list, self.right
        order = (left, *left.acts(), right.list, *right.buttons.values(), right.states)
        for one, following in pairwise((self.open_form, *order)):
            self.setTabOrder(one, following)

    def last_in_order(self) -> QWidget:
        """Return what Tab comes to last."""
        return self.right.states

    # --- slots ----------------------------------------------------------------------------

    def _on_hints(self) -> None:
        if self.may_read() and not self.stale:
            self._listing = model.read(self.session.project, self._hinting.hints)
            self._fill()

    def _on_side(self, *, left: bool) -> None:
        if left != self._on_left:
            self._on_left = left
            self._show_right()
        for side, on in ((self.left, left), (self.right, not left)):
            side.heading.set_look(colour="accent" if on else "text")

    def _on_left_marked(self) -> None:
        self.left.list.open_marked()
        self._show_right(self._proposed())

    def _on_left_asked(self, action: str) -> None:
        """Do what a button says; the second click of a double click is on the next report."""
        now, before = monotonic(), self._asked_at
        twice = now - before < QApplication.doubleClickInterval() / 1000
        if not (twice and self.session.preferences.current.moment):
            self._asked_at = now
            self._on_side(left=True)
            self.perform(action)

    def _on_searched(self) -> None:
        self.focus_first()
        self._fold_search(folded=not self.search.text())

    # --- acting ---------------------------------------------------------------------------

    def study(self) -> Study | None:
        """Return the study that is marked on the right."""
        line = self.right.list.chosen()
        return line.study if line is not None else None

    def ask_form(self) -> None:
        """Ask which form is opened, and for which studies."""
        if self._listing.every and self.can_act:
            marked = self.study()
            OpenFormCard(
                self.session, self._listing.every, marked.id if marked else "", self.window()
            ).open()

    def handlers(self) -> Handlers:
        """Return what the keys do with what is marked."""
        if not self._listing.every:
            return {}
        return {
            **self._acts.handlers(),
            "open-form": self.ask_form,
            "find-study": self.focus_search,
            "find": self.focus_search,
            "take-back-study": self.take_back_here,
            "next-area": self._next_side,
            "leave": self._leave,
        }

    def _next_side(self) -> None:
        """F6: from the reports to the studies, and from these to the next area of the window."""
        focus = self.window().focusWidget()
        if self.on_left and focus is not None and self.left.isAncestorOf(focus):
            self.right.list.setFocus()
        else:
            self.session.wanted.emit("next-area")

    def _leave(self) -> None:
        """Esc: out of the search."""
        if self.search.hasFocus() or self.search.text():
            self.search.clear()
            self._on_searched()

    def focus_first(self) -> None:
        """Put the keyboard on the reports in no study, the studies, or what comes first."""
        if not self._listing.every:
            self.empty.button.setFocus()
        else:
            (self.left if self.on_left else self.right).list.setFocus()

    def focus_search(self) -> None:
        """Put the keyboard on the search."""
        if self._listing.every:
            self._fold_search(folded=False)
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_keys(self) -> None:
        """Show the keys that are in force."""
        self.right.take_keys()

    def take_busy(self) -> None:
        """Let no form be opened while something is written."""
        self.open_form.setEnabled(self.can_act)

    # --- Qt -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look for hints, too."""
        super().showEvent(event)
        self._hinting.want(self._listing.units)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the left side its width."""
        super().resizeEvent(event)
        self._restyle()

    def _restyle(self) -> None:
        width = min(look_of(self).px(_LEFT), round(self.width() * _SHARE))
        self.left.setFixedWidth(width)

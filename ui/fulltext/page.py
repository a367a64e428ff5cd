"""Full text, for the coordinator: opening the stage, and which reports could be obtained."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from screener.fulltext.fulltext import Retrieval, Sought
from screener.fulltext.linked import LinkedReport
from screener.model import Changes, Kind, Stage
from ui.fulltext import model
from ui.fulltext.asked import Asked
from ui.fulltext.before import Before, to_open, what_comes_first
from ui.fulltext.deciding import NAMES, Deciding
from ui.fulltext.detail import ReportDetail
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.echo import clock
from ui.session.keys import ActionButton
from ui.session.linked import Links, next_linked
from ui.session.page import EVERYTHING, KEPT, Page, Typed
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.empty import EmptyPage
from ui.widgets.fields import SearchField
from ui.widgets.header import PageHeader
from ui.widgets.rows import RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.words import Column, Words, stacked
from ui.widgets.wrapped import Wrapped

_OF_REPORTS = frozenset({Kind.FULL_TEXT, Kind.DECISIONS, Kind.CONSENSUS})
"""What is of single reports: the others are as they were."""


class FullTextPage(Page):
    """Lists the reports sought; R, N and S say how retrieval stands, L goes to what is linked."""

    id = "full-text"
    title = "Full text"
    help = (
        "The reports that passed title and abstract: say of each whether its full text was "
        "obtained, or why not. What was obtained is open to the reviewers at full text, in "
        "newer copies."
    )
    where = Where.FULL_TEXT
    take_back_action = "take-back-report"
    takes_back = frozenset({Kind.FULL_TEXT})
    derives = True
    reads = frozenset(Kind) - {Kind.NOTES}

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._reports: list[Sought] = []
        self._shown: list[Sought] = []
        self._links = Links(session, self)
        self._other: LinkedReport | None = None  # a linked record that is not sought, shown
        self._before: Before | None = None
        self._asked = Asked()
        self._build()
        hint = Wrapped(gap=12)
        hint.set_widgets([self.copies_hint, self.copies])
        self._hint = Column(margins=(tokens.MARGIN, 10, tokens.MARGIN, 0)).add(hint).boxed()
        table = (Column(margins=(20, 8, 20, 0)).add(self.table), 1)
        self._list = Column(gap=0).add(self._hint, table, self.detail, self.deciding).boxed()
        self._stack = stacked(self.empty, self._list)
        Column(self, gap=0).add(self.header, (self._stack, 1))
        self.empty.acted.connect(self._on_empty)
        self.empty.acted_second.connect(self.open_stage)
        self.which.chosen.connect(self._on_filter)
        self.search.textChanged.connect(self._on_filter)
        self.search.returnPressed.connect(self._on_searched)
        self.detail.linked.go.clicked.connect(self.go_to_linked)
        self._links.found.connect(self._on_row)
        self.table.row_changed.connect(self._on_row)
        self.table.several_changed.connect(self._on_row)
        self.dispatch.guard(*self.deciding.buttons.values())
        self.deciding.chosen.connect(self.set_state)
        self.deciding.answered.connect(self._on_why)
        self.deciding.left.connect(self._on_why_left)

    def _build(self) -> None:
        self.header = PageHeader("Full text")
        self.empty = EmptyPage("Full text", "")
        self.which = Chooser([(model.ALL, "All")], name="Which reports")
        keys = self.session.keys
        self.to_search = ActionButton("Search", "find-report", keys, does=self.focus_search)
        self.search = SearchField("title, author, year, DOI", "Search the reports", width=220)
        self.search.setClearButtonEnabled(True)
        self.open_more = Button("Open for more", does=self.open_stage)
        hint = "Reviewers assess reports in a newer copy of this project."
        self.copies_hint = Words(hint, step="small", colour="quiet")
        self.copies = Button(
            "Write newer copies", kind="link", does=lambda: self.session.wanted.emit("screening")
        )
        self.table = RowTable("Reports sought", several=True)
        self._model = RowsModel(model.columns(), self)
        self.table.setModel(self._model)
        self.detail = ReportDetail(self.session.keys)
        self.deciding = Deciding(self.session.keys)

    # --- what is shown --------------------------------------------------------------------

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read the reports that changed; the chosen one stays chosen while it is shown."""
        project = self.session.project
        if project.screening.opened(Stage.FULL_TEXT):
            if changes.units and changes.kinds <= _OF_REPORTS and self._reports:
                self._reports = model.read_again(project, self._reports, changes.units)
            else:
                self._reports = project.fulltext.reports()
            self._before = None
            self._hint.setVisible(not self._assessing())
            self._stack.setCurrentWidget(self._list)
            self._links.want()
        else:
            self._before = what_comes_first(project)
            self._reports = []
            before = self._before
            self.empty.set_texts(
                before.title, before.sentence, action=before.action, second=before.second
            )
            self._stack.setCurrentWidget(self.empty)
        self._filter()
        self._dress()
        self.take_busy()

    def _assessing(self) -> bool:
        """Whether decisions on full texts came in already."""
        return any(part.decided for part in self.session.project.consensus.parts(Stage.FULL_TEXT))

    def _filter(self) -> None:
        """Show the reports that are wanted; near where the chosen one was."""
        before, row = self.chosen(), self.table.current()
        self._shown = model.chosen(self._reports, self.which.current(), self.search.text())
        self._model.set_rows(self._shown)
        ids = [report.unit.id for report in self._shown]
        if before is not None and before.unit.id in ids:
            row = ids.index(before.unit.id)
        self.table.choose(min(max(row, 0), len(ids) - 1))
        self._on_row()

    def _dress(self) -> None:
        if self._before is not None:
            self.header.dress(self.title)
            return
        whole, numbers = len(self._reports), model.counts(self._reports)
        choices = [
            (str(state), f"{model.WORDS[state].capitalize()} {n:,}") for state, n in numbers.items()
        ]
        self.which.set_choices([(model.ALL, f"All {whole:,}"), *choices])
        known = whole - numbers[Retrieval.SOUGHT]
        missing = numbers[Retrieval.NOT_RETRIEVED]
        more = to_open(self.session.project)
        self.open_more.setText(f"Open for {more:,} more")
        typing = self.search.hasFocus()
        search = (self.to_search, self.search)
        self.header.dress(
            self.title,
            right=f"{missing:,} not retrieved" if missing else "",
            strong=f"retrieval {known:,} of {whole:,}",
            lead=(self.which,),
            actions=(self.open_more, *search) if more else search,
            share=known / whole if whole else None,
        )
        self._fold_search(folded=not typing and not self.search.text())
        if typing:  # hidden for a moment, it lost the keyboard
            self.search.setFocus()

    def _fold_search(self, *, folded: bool) -> None:
        """Show the word, or the field while it is typed into or says what is searched for."""
        self.to_search.setVisible(folded)
        self.search.setVisible(not folded)

    def chosen(self) -> Sought | None:
        """Return the chosen report."""
        row = self.table.current()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def several(self) -> tuple[Sought, ...]:
        """Return all chosen reports; one, where no more are."""
        rows = [row for row in self.table.several() if row < len(self._shown)]
        report = self.chosen()
        one = () if report is None else (report,)
        return tuple(self._shown[row] for row in rows) if len(rows) > 1 else one

    # --- acting ---------------------------------------------------------------------------

    def open_stage(self) -> None:
        """Open full text for what passed title and abstract."""
        screening = self.session.project.screening
        more = screening.opened(Stage.FULL_TEXT)
        done = self.session.attempt(lambda: screening.open(Stage.FULL_TEXT))
        if done is not None:
            self.session.say(model.opened_words(done.value, more=more), saved=clock())

    def set_state(self, state: str) -> None:
        """Say how retrieval of the chosen reports stands; why not, and of many all, is asked."""
        reports, wanted = self.several(), Retrieval(state)
        if self._other is not None or not self.can_act:
            return
        why_not = wanted is Retrieval.NOT_RETRIEVED
        if not why_not and {report.state for report in reports} <= {wanted}:
            return
        if reports[1:] or (reports and why_not):
            self._asked.reports, self._asked.wanted = reports, wanted
            before, phrases = self._asked.before(), model.phrases(self._reports)
            self.deciding.ask(wanted, len(reports), before, phrases)
        elif reports:
            self._keep(reports, wanted, "")

    def _on_why(self, why: str) -> None:
        reports, self._asked.reports = self._asked.reports, ()  # the next report is not asked about
        if reports and self.can_act and self._keep(reports, self._asked.wanted, why):
            self.deciding.close_question()
            self.focus_first()
        else:
            self._asked.reports = reports

    def _on_why_left(self) -> None:
        self._close_why()
        self.focus_first()

    def _close_why(self) -> None:
        """Ask no more about reports that are left; what was typed about them is kept for them."""
        if not self._asked.reports:
            return
        if self._asked.close(self.deciding.why.text()):
            self.session.remarked.emit("What you typed is kept for its report")
        within = self.deciding.isAncestorOf(self.window().focusWidget())
        self.deciding.close_question()
        if within:
            self.focus_first()

    def _unsaved(self) -> list[Sought]:
        """Return the reports of which a reason was typed and not given."""
        return [report for report in self._reports if report.unit.id in self.typed()]

    def kept_only_here(self) -> str:
        """Return a sentence about the reasons that were typed and not given, or ""."""
        reports = self._unsaved()
        return KEPT.format(model.why_not(reports)) if reports else ""

    def show_kept(self) -> None:
        """Ask again about the first report of which a reason was typed."""
        reports = self._unsaved()
        if reports and not self.deciding.asking:
            self._choose(reports[0].unit.id)
            self.set_state(Retrieval.NOT_RETRIEVED)

    def typed(self) -> Typed:
        """Return the reasons that were typed and not given, by report."""
        return {**self._asked.kept, **self._asked.half_typed(self.deciding.why.text())}

    def take_typed(self, typed: Typed) -> None:
        """Keep reasons for their reports: they stand there when it is asked again."""
        self._asked.kept.update(typed)

    def _keep(self, reports: Sequence[Sought], state: Retrieval, why: str) -> bool:
        """Store a state; it is said only after it is on the disk, then the next report comes."""
        fulltext, count = self.session.project.fulltext, len(self._shown)
        units = [report.unit.id for report in reports]
        if not self.do(lambda: fulltext.set_several(units, state, why)):
            return False
        if state is Retrieval.NOT_RETRIEVED:
            self._asked.forget(units)
        said = f"{NAMES[state]}: {model.named(reports)}" + (f", {why}" if why else "")
        self.session.say(said, saved=clock(), can_take_back=True)
        if len(self._shown) == count:  # they are still in the list: go to the one below
            self.table.step(1)
        return True

    def returned_to(self, units: frozenset[str]) -> str:
        """Choose the report of which something was taken back, where it is in the list."""
        about = {str(self.session.project.units.of_record(one)) for one in units}
        reports = [one for one in self._shown if one.unit.id in about]
        if reports:
            self._choose(reports[0].unit.id)
        return model.named(reports) if reports else ""

    def go_to_linked(self) -> None:
        """Go round what is linked to the report: choose it if it is sought, else show it."""
        report = self.chosen()
        if report is None:
            return
        shown = self._other.unit if self._other else report.unit
        linked = self._links.of(report.unit.id)
        other = next_linked(shown.number, report.unit.number, linked)
        if other is None:
            self._on_row()
        elif other.unit.id in {each.unit.id for each in self._reports}:
            self._choose(other.unit.id)
        else:
            self._close_why()
            self._other = other
            self.detail.show_other(other, report)
            self.deciding.show_states(())

    def _choose(self, unit: str) -> None:
        """Choose a report; where it is filtered out, all are shown."""
        if all(report.unit.id != unit for report in self._shown):
            self.search.clear()
            self.show_at(model.ALL)
        self.table.choose([str(report.unit.id) for report in self._shown].index(unit))

    def focus_first(self) -> None:
        """Put the keyboard on the list, or on what opens it."""
        (self.table if self._before is None else self.empty.button).setFocus()

    def focus_search(self) -> None:
        """Put the keyboard on the search."""
        if self._before is None:
            self._close_why()
            self._fold_search(folded=False)
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_at(self, which: str) -> None:
        """Show the reports in one state ("not-retrieved"), for a number of the report."""
        if which in (model.ALL, *map(str, model.WORDS)):
            self.which.choose(which)
            self._on_filter()

    # --- slots ----------------------------------------------------------------------------

    def _on_empty(self) -> None:
        if self._before is not None and self._before.wants == "open":
            self.open_stage()
            self.focus_first()
        elif self._before is not None:
            self.session.wanted.emit(self._before.wants)

    def _on_filter(self) -> None:
        self._close_why()
        self._filter()

    def _on_searched(self) -> None:
        self.focus_first()
        self._fold_search(folded=not self.search.text())

    def _on_row(self) -> None:
        reports, self._other = self.several(), None
        if self._asked.of() != {report.unit.id for report in reports}:
            self._close_why()
        if reports[1:]:
            self.detail.show_several(reports)
        else:
            report = self.chosen()
            self.detail.show_report(report, self._links.of(report.unit.id) if report else ())
        self.deciding.show_states({report.state for report in reports})

    def take_busy(self) -> None:
        """Let nothing be changed while something is written."""
        can = self.can_act
        self.deciding.setEnabled(can)
        for button in (self.open_more, self.empty.second):
            button.setEnabled(can)
        opens = self._before is not None and self._before.wants == "open"
        self.empty.button.setEnabled(can or not opens)

    # --- Qt -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look for linked reports, too."""
        super().showEvent(event)
        if self._before is None:
            self._links.want()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more; what was typed is kept for its report."""
        super().hideEvent(event)
        self._close_why()

    def handlers(self) -> Handlers:
        """Return what the keys do: how retrieval stands, search, linked reports, take back."""
        if self._before is not None:
            return {}
        return {
            **{str(state): partial(self.set_state, state) for state in NAMES},
            "find-report": self.focus_search,
            "find": self.focus_search,
            "linked-report": self.go_to_linked,
            "take-back-report": self.take_back_here,
            "leave": self._leave,
        }

    def _leave(self) -> None:
        """Esc: out of the search, or back from a linked report."""
        if self.search.hasFocus():
            self.search.clear()
            self._on_searched()
        elif self.deciding.asking:
            self.deciding.leave()
        elif self._other is not None:
            self._on_row()

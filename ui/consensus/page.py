"""The consensus page of the coordinator's project: merge, meeting, agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from screener.consensus.merging.findings import Merged
from screener.model import Changes, Kind, Stage
from screener.model.words import NO_TITLE, counted, listed
from ui.consensus.agreement_page import AgreementPage
from ui.consensus.hidden import HiddenPage
from ui.consensus.meeting_page import MeetingPage
from ui.consensus.merge_page import MergePage, PickFiles, dropped_files, pick_files
from ui.consensus.panel import Panel
from ui.consensus.records_page import RecordsPage
from ui.consensus.steps import first_met, key_names, offer_steps, opened_steps, painter_of
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.page import EVERYTHING, KEPT, Page, Typed
from ui.session.session import Session
from ui.widgets.chooser import Chooser
from ui.widgets.empty import EmptyPage
from ui.widgets.header import PageHeader
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Surface

EMPTY = (
    "Here the reviewers’ decisions meet. Each reviewer closes the stage in their own copy and "
    "sends it; choose both files, or drop them on this page. The files are only read."
)


class ConsensusPage(Page):
    """Shows what the review is ready for: files to merge, numbers, or the meeting."""

    id = "consensus"
    title = "Consensus"
    help = (
        "Merge the reviewers’ files; what they see differently is listed and settled here, "
        "one item after the other: choose an outcome, say why, Enter. Of a form a study is shown "
        "at a time: arrows take an answer, T or a digit types one, = says they mean the same, V "
        "shows everything that was asked. R shows more or less of who decided what, P says who is "
        "present. D writes the agenda, M the minutes, F settles what was typed into the agenda as "
        "a workbook. The reviewers’ own decisions stay as they were."
    )
    where = Where.CONSENSUS
    take_back_action = "take-back-item"
    takes_back = frozenset({Kind.CONSENSUS, Kind.MEETING})
    derives = True

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        pick: PickFiles = pick_files,
    ) -> None:
        super().__init__(session, parent)
        self._step: str = Stage.TITLE_ABSTRACT
        self._begun = False
        self._missed_here = True  # something changed while the meeting was not shown
        self._pick = pick
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setAcceptDrops(True)
        key = self.session.keys.first("merge")
        what = "Merge two files…"
        self.empty = EmptyPage("Nothing is merged yet", EMPTY, action=what, key=key)
        self.meeting = MeetingPage(self.session)
        self._empty = Surface("page")
        header = PageHeader("Consensus")
        self._steps = Chooser(name="Stage")
        header.set_lead([self._steps])
        Column(self._empty, gap=0).add(header, (self.empty, 1))
        self._stack = QStackedLayout(self)
        self._unread = Surface("page")
        for page in (self._unread, self._empty, self.meeting):
            self._stack.addWidget(page)

    def _connect(self) -> None:
        self.empty.acted.connect(self.merge_files)
        self._steps.chosen.connect(self.show_step)
        self.dispatch.guard(self.meeting.item.bar.settle)
        self.meeting.panels.made.connect(self._on_panel_made)
        self.meeting.merge_asked.connect(self.merge_files)
        self.meeting.agreement_asked.connect(self.show_agreement)
        self.meeting.step_chosen.connect(self.show_step)
        self.meeting.dressed.connect(self.dressed)

    # --- the other parts, made when they are shown first -----------------------------------------

    @cached_property
    def merge(self) -> MergePage:
        """The report on files that may be merged."""
        part = MergePage(self.session, pick=self._pick)
        part.merged.connect(self._on_merged)
        part.left.connect(self.show_meeting)
        return self.made(part, self._stack)

    @cached_property
    def hidden(self) -> HiddenPage:
        """The numbers of a step of which nothing may be seen."""
        part = HiddenPage()
        part.steps.chosen.connect(self.show_step)
        part.merge_asked.connect(self.merge_files)
        part.open_early_asked.connect(self._on_open_early)
        return self.made(part, self._stack)

    @cached_property
    def agreement(self) -> AgreementPage:
        """The agreement figures of the step."""
        part = AgreementPage(self.session)
        part.left.connect(self._on_agreement_left)
        part.opened.connect(self._on_opened)
        return self.made(part, self._stack)

    @cached_property
    def records(self) -> RecordsPage:
        """The records that an agreement figure counts."""
        part = RecordsPage(self.session)
        part.left.connect(self._on_records_left)
        return self.made(part, self._stack)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def step(self) -> str:
        """The step whose discrepancies are shown."""
        return self._step

    def current(self) -> QWidget | None:
        """Return the part that is shown."""
        return self._stack.currentWidget()

    def show_step(self, step: str) -> None:
        """Show the meeting of a step (or what comes before it)."""
        self._step = step
        self.show_meeting()

    def show_meeting(self) -> None:
        """Show the meeting; numbers while the step is hidden; what to do when all is empty."""
        project = self.session.project
        offer_steps(self._steps, project, self._step)
        if not project.consensus.visible(self._step):
            if self._nobody(self._step):
                self._show_empty()
                return
            offer_steps(self.hidden.steps, project, self._step)
            self.hidden.show_standing(project.consensus.standing(self._step))
            self._put(self.hidden)
            return
        self.meeting.show_step(self._step)
        self._missed_here = False
        meeting = self.meeting.meeting
        nothing = meeting is None or not meeting.all
        if nothing and self._nobody(self._step):
            self._show_empty()
        else:
            self._put(self.meeting)

    def _nobody(self, step: str) -> bool:
        """Say whether no reviewer's answer is here."""
        parts = self.session.project.consensus.parts(step)
        return not any(part.decided or part.closed for part in parts)

    def _show_empty(self) -> None:
        where = ""
        if self._step != Stage.TITLE_ABSTRACT:
            where = f" {painter_of(self.session.project, self._step).where}"
        self.empty.set_texts(f"Nothing is merged{where} yet", EMPTY, action="Merge two files…")
        self._put(self._empty)

    def _show_first(self) -> None:
        """Begin with the step that the review is at."""
        project = self.session.project
        later = first_met(opened_steps(project)[1:])
        answered = (step for step in later if not self._nobody(step))
        self._step = next(answered, self._step)
        self.show_meeting()

    def _put(self, page: QWidget) -> None:
        focus = self.window().focusWidget()
        mine = focus is None or self.isAncestorOf(focus)  # not of a card that lies over the page
        self._stack.setCurrentWidget(page)
        self.dressed.emit()
        if mine:
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard where the page goes on."""
        page = self.current()
        if isinstance(page, MergePage | HiddenPage | MeetingPage | AgreementPage | RecordsPage):
            page.focus_page()
        else:
            self.empty.button.setFocus()

    def show_agreement(self) -> None:
        """Show the agreement figures of the step."""
        self.agreement.show_step(self._step)
        self._put(self.agreement)

    def merge_files(self) -> None:
        """Ask for files and show the merge report; nothing happens when none is chosen."""
        files = self._pick(self, self.session.project.path.parent)
        if files:
            self.check_files(files)

    def check_files(self, files: Iterable[Path]) -> None:
        """Show the merge report of these files."""
        self._put(self.merge)
        self.merge.check(files)

    def show_at(self, argument: str) -> None:
        """Ask for files to merge ("merge"), or show what is beside the file ("merge-doubles")."""
        if argument == "merge":
            self.merge_files()
        elif argument == "merge-doubles":
            self.check_files(self.session.project.doubles())

    def handlers(self) -> Handlers:
        """Return what the keys of the part that is shown do."""
        part = self.current()
        if part is self.meeting:
            found = self.meeting.handlers()
            back: Handlers = {"take-back-item": self.take_back_here, "undo": self.take_back}
            return {**found, **back} if "take-back-item" in found else found
        if isinstance(part, MergePage):
            return {"go-on": part.merge, "leave": self.show_meeting}
        if isinstance(part, AgreementPage):
            return {"leave": self._on_agreement_left}
        return {"leave": self._on_records_left} if isinstance(part, RecordsPage) else {}

    def kept_only_here(self) -> str:
        """Return a sentence about reasons that were typed and not settled, or ""."""
        typed = self.meeting.panels.now.typed
        if typed is None:
            return ""
        step, (subject, _) = self.session.project.consensus.at(typed[0]).step, typed[1]
        unit = step.shown([subject]).get(subject)
        units = self.session.project.units
        title = step.name_of(subject) or (unit and units.get(unit).fields.title) or NO_TITLE
        said = "a value" if self.meeting.panels.now.texts[typed].value.strip() else "a reason"
        return KEPT.format(f"{said} for “{title}”, which is not settled yet,")

    def show_kept(self) -> None:
        """Show the item whose reason was typed, whatever the filter was."""
        typed = self.meeting.panels.now.typed
        if typed is not None:
            self.show_step(typed[0])
            self.meeting.show_item(typed[1])

    def typed(self) -> Typed:
        """Return the reasons that were typed and not settled."""
        return panel.texts if (panel := self.meeting.panels.now).typed else {}

    def take_typed(self, typed: Typed) -> None:
        """Take reasons: they stand there when their items are opened; the first is opened."""
        self.meeting.panels.now.take_texts(typed)
        self.show_kept()

    def take_back_now(self) -> None:
        """Take the last action back; the meeting shows what it was about."""
        if self.current() is self.meeting:
            self.meeting.take_back()
        else:
            super().take_back_now()

    def places(self) -> tuple[Where, ...]:
        """Listen to the keys of the meeting, and of answers, which come last."""
        return (self.where, Where.ANSWER)

    @property
    def keeps_echo(self) -> bool:
        """The meeting settles here: the line that says what was settled stays."""
        return self.current() is self.meeting

    def beside_echo(self) -> QWidget | None:
        """Say who is present, as long as the meeting is shown."""
        return self.meeting.present if self.current() is self.meeting else None

    @property
    def alone(self) -> bool:
        """The meeting can be shown large, on a projector."""
        return self.meeting.large

    def take_busy(self) -> None:
        """Ask who is present as soon as that can be recorded."""
        if self.current() is self.meeting and not self.session.busy:
            self.meeting.ask_first()

    def take_keys(self) -> None:
        """Show the keys that are in force now."""
        self.empty.button.set_key(self.session.keys.first("merge"))
        self.meeting.take_keys()

    def _on_panel_made(self, panel: Panel) -> None:
        self.dispatch.guard(panel.bar.settle)

    # --- what happened ---------------------------------------------------------------------------

    def _on_merged(self, merged: Merged) -> None:
        later = first_met(self.session.project.consensus.steps[1:])
        answered = (at for at in later if any(one.decided.get(at) for one in merged.files))
        self._step = next(answered, self._step)
        self.show_meeting()
        if merged.new:
            names = " and ".join(f.path.name for f in merged.files)
            others = merged.new - merged.answers
            answers = merged.answers - merged.decisions  # of forms
            parts = [counted(merged.decisions, "new decision")] if merged.decisions else []
            parts += [counted(answers, "new answer")] if answers else []
            parts += [counted(others, "other entry")] if others else []
            again = f", {counted(merged.reopened, 'settled item')} open again"
            again = again if merged.reopened else ""
            sentence = f"Merged {names}: {listed(parts)}{again}; a backup was made first"
        else:
            sentence = "Nothing new: everything in the files is here already"
        self.session.say(sentence)

    def _on_open_early(self, why: str) -> None:
        self.session.attempt(lambda: self.session.project.consensus.open_early(why))
        self.show_meeting()

    def _on_opened(self, words: str, subjects: list[str]) -> None:
        shown = self.session.project.consensus.at(self.step).step.shown(subjects)
        self.records.show_units(words, list(dict.fromkeys(map(shown.__getitem__, subjects))))
        self._put(self.records)

    def _on_agreement_left(self) -> None:
        if self._missed_here or self.meeting.meeting is None:
            self.show_meeting()
        else:
            self._put(self.meeting)

    def _on_records_left(self) -> None:
        self._put(self.agreement)

    def key_names(self) -> Mapping[str, str]:
        """Return what keys do in the meeting of a form; in that of a stage none of a form acts."""
        return key_names(self.step)

    def holds(self) -> bool:
        """Whether an answer was taken that is not settled yet."""
        return self.current() is self.meeting and self.meeting.panels.now.choice is not None

    def took(self, changes: Changes) -> bool:
        """Let the meeting know what is touched."""
        self.meeting.took(changes)
        return False

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Show another part when the step became visible, hidden or empty."""
        part = self.current()
        if not self._begun:
            self._begun = True
            if part is self._unread:
                self._show_first()
        elif part is self.meeting:
            self.meeting.refresh(changes)
        elif isinstance(part, AgreementPage):
            self._missed_here = True
            part.show_step(self._step)
        elif part is self._empty or isinstance(part, HiddenPage):
            self.show_meeting()
        else:
            self._missed_here = True

    def minimumSizeHint(self) -> QSize:
        """Fit into the smallest window: parts fold away, and the rest scrolls."""
        px = look_of(self).px
        return QSize(px(500), px(360))

    # --- Qt --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Begin without the search of the last time: it does not outlive leaving the page."""
        super().showEvent(event)
        if not event.spontaneous():
            self.meeting.side.give_up_search()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and nothing else."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the merge report of the files that were dropped."""
        files = dropped_files(event)
        if files:
            event.acceptProposedAction()
            self._put(self.merge)
            self.merge.add(files)

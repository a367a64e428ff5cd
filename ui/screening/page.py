"""The screening page: one record, the criteria, the decisions, and what was saved last."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from screener.model import Changes, Judgement, Kind, Stage
from screener.screening.screening import OrderBy, Queue
from ui.screening import wording
from ui.screening.asking import EchoQuestion
from ui.screening.gestures import Gestures
from ui.screening.header import ScreeningHeader
from ui.screening.model import Asking, ScreeningModel, State
from ui.screening.reading import Reading
from ui.screening.stage_end import NothingHere, all_decided
from ui.session.actions import Where
from ui.session.dispatch import Handlers, types_into
from ui.session.page import EVERYTHING, KEPT, Page, Typed
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.closed import ClosedStep
from ui.widgets.criteria import CriteriaPanel
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, stacked

_FOLDS, _NARROW = 912, 720
"""Pages narrower than this fold the criteria, and leave out what the header can do without."""


class ScreeningPage(Page):
    """One reviewer goes through the records of one stage, mostly by keys."""

    stage: ClassVar[Stage]
    help = (
        "One record after the other: read, judge the criteria, decide. Nobody else’s decisions "
        "are in this file. All can be taken back, also tomorrow. When all is decided, close the "
        "stage: the code you get shows later that nothing was changed."
    )
    where = Where.RECORD
    take_back_action = "take-back"
    reads = frozenset(Kind) - {Kind.REVIEWERS, Kind.MEETING, Kind.CONSENSUS}

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = ScreeningModel(session, self.stage, self)
        self._panel_wanted: bool | None = None
        self._wide = True
        self._protocol_shown = 0
        self.header = ScreeningHeader(self.model.stage.words, session.keys)
        self.reading = Reading(self.model)
        self.panel = CriteriaPanel()
        self.nothing = NothingHere()
        things, does = wording.CLOSED[self.stage]
        self.closed = ClosedStep(self.stage.words, things=things, does=does)
        self.question = EchoQuestion(self.model, self.dispatch)
        self.gestures = Gestures(self.model, self.header, self.reading, self)
        self._heard = (self.reading.record, self.reading.list, self.reading.details, self.nothing)
        self._whole = Row(gap=0).add((self.reading, 1), self.panel)
        self._screen = self._whole.boxed()
        self._stack = stacked(self._screen, self.nothing, self.closed)
        column = Column(self, gap=0).add(self.header, (self._stack, 1))
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._connect()
        self.take_keys()
        follow(self, self._fold)

    def _connect(self) -> None:
        model, reading = self.model, self.reading
        model.shown.connect(self._on_shown)
        model.shown.connect(self.dispatch.shows)
        model.judged.connect(self._on_judged)
        model.counted.connect(self._on_counted)
        self.listen(*self._heard)
        self.dispatch.guard(*reading.decisions.buttons.values())
        self.header.queue.taken.connect(self._on_queue_chosen)
        self.header.queue.ordered.connect(self._on_ordered)
        self.header.searched.connect(self._on_searched)
        self.header.back_asked.connect(model.look_no_more)
        reading.decisions.pressed.connect(self._on_pressed)
        self.gestures.fold_asked.connect(self._on_fold)
        reading.reasons.chosen.connect(self._on_reason_chosen)
        reading.note.kept.connect(model.save_note)
        reading.note.left.connect(self._on_note_left)
        self.session.stopped.connect(model.save_again)
        reading.labels.given.connect(model.set_labels)
        reading.labels.left.connect(self.focus_first)
        reading.list.pointed.connect(model.show_at)
        reading.list.several.connect(model.choose_several)
        reading.same.chosen.connect(model.propose_duplicate)
        reading.same.left.connect(reading.close_same)
        reading.record.focused.connect(self._on_focused)
        reading.list.focused.connect(self._on_focused)
        # Queued: the panel moves its mark after it has said what was judged.
        self.panel.judged.connect(self._on_panel_judged, Qt.ConnectionType.QueuedConnection)
        self.panel.reason_chosen.connect(self._on_reason_chosen)
        self.panel.fold_asked.connect(self._on_fold)
        self.nothing.acted.connect(self._on_nothing)
        self.nothing.acted_second.connect(self._on_second)
        self.closed.look_asked.connect(model.look)
        self.closed.later_asked.connect(model.go_on)
        self.closed.close_asked.connect(model.close_stage)
        self.closed.send_asked.connect(lambda: self.session.wanted.emit("send"))
        self.closed.reopened.connect(model.reopen_stage)

    # --- what the window may ask -----------------------------------------------------------------

    def take_keys(self) -> None:
        """Show the keys that are in force now."""
        keys = self.session.keys
        self.reading.decisions.set_keys(keys)
        self.panel.set_keys(*(keys.first(id_) for id_ in ("met", "not-met", "unclear", "criteria")))

    def take_busy(self) -> None:
        """Show whether anything can be decided now."""
        self.model.counted.emit()
        self.model.judged.emit()

    def handlers(self) -> Handlers:
        """Return what the keys of the record do now."""
        return self.gestures.handlers()

    def kept_only_here(self) -> str:
        """Return a sentence about notes and judgements that could not be saved, or ""."""
        return KEPT.format("a note, or how criteria are met,") if self.typed() else ""

    def typed(self) -> Typed:
        """Return the notes and the judgements that could not be saved."""
        self.reading.note.keep()
        return self.model.typed()

    def take_typed(self, typed: Typed) -> None:
        """Save here what could not be saved in another file."""
        self.model.take_typed(typed)

    def last_in_order(self) -> QWidget:
        """Return the last line of the criteria, which are made anew for each protocol."""
        return self.panel.findChildren(Button)[-1]

    def hears(self) -> bool:
        """Let letters act on the record, the list, and what stands in for them."""
        focus = self.window().focusWidget()
        closed = self._stack.currentWidget() is self.closed and not types_into(focus)
        return closed or focus in self._heard

    def perform(self, action: str) -> bool:
        """Do an action of the record by its id; a note that is being written is kept first."""
        if self.question.gives_up(action):
            return True  # only the next key answers what the echo line asks
        if action in self.handlers():
            self.reading.note.keep()
            self.reading.labels.keep()
        done = super().perform(action)
        focus = self.window().focusWidget()
        if action == "leave" and not (self.hears() or types_into(focus)):
            self.focus_first()  # Esc brings a lost keyboard back to where keys act
        return done

    @property
    def keeps_echo(self) -> bool:
        """Decisions are made here: the line that says them stays."""
        return self.model.state is not State.NOT_OPEN

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read the stage again."""
        del changes
        self.model.reload()
        self.dressed.emit()

    def took(self, changes: Changes) -> bool:
        """Say whether the model did it itself."""
        return self.model.took(changes)

    def show_at(self, place: str) -> None:
        """Go through a queue, or to a record, by its name."""
        if place in list(Queue):
            self.model.choose(Queue(place))
        else:
            self.model.go_to(place)

    def chosen_again(self) -> None:
        """Go back to the page of a stage that is closed."""
        self.model.look_no_more()

    def focus_first(self) -> None:
        """Give the keyboard to the record, or to what stands in its place."""
        if self._stack.currentWidget() is self.nothing:
            # Not its button: an Enter too many would close the stage.
            self.nothing.setFocus()
        elif self._stack.currentWidget() is self.closed:
            self.closed.first().setFocus()
        else:
            self.reading.focus_first()

    # --- showing what the model says -------------------------------------------------------------

    def _on_shown(self) -> None:
        """Paint the record at once: what the decision before it writes comes after this."""
        if self.model.sheet is None and self.model.state is State.RECORD:
            return  # The last one was decided; the empty page comes when that is saved.
        self._show_state()
        if self.model.sheet is not None and self.model.state is State.RECORD:
            self.reading.show_sheet()
            self._show_panel()
            self.question.show()
        if self.isVisible():
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            # Paints everything in the window that waits to be painted, and nothing else.
            self.reading.record.viewport().repaint()

    def _show_panel(self) -> None:
        protocol = self.model.protocol
        if self._protocol_shown != protocol.version:
            self._protocol_shown = protocol.version
            further = [reason for reason in protocol.reasons if not reason.criterion]
            self.panel.set_criteria(protocol.criteria, further)
            self.reading.set_reasons()
            reasons = {reason.id for reason in protocol.reasons}
            mine = (b for b in self.findChildren(Button) if b.objectName() in reasons)
            self.dispatch.guard(*mine)
            self.dressed.emit()
        sheet = self.model.sheet
        if sheet is not None:
            self.panel.set_judgements({k: str(v) for k, v in sheet.judgements.items()})
        ids = [c.id for c in self.model.protocol.criteria]
        if self.panel.marked in ids:
            self.panel.move_mark(self.model.marked - ids.index(self.panel.marked))
        self.panel.set_read_only(not self.model.can_decide)

    def _on_judged(self) -> None:
        self._show_panel()
        self.reading.show_judged()
        self.reading.show_note()
        self.reading.show_highlights()
        self.question.show()

    def _on_counted(self) -> None:
        self.header.show_model(self.model)
        self._show_state()
        if not self.reading.list.isHidden():
            self.reading.list.refresh()

    def _show_state(self) -> None:
        state = self.model.state
        if state is State.CLOSED:
            new, left = len(self.model.since), self.model.left
            self.closed.show_code(self.model.code, can_act=self.can_act, opened=new, left=left)
            self._turn_to(self.closed)
        elif state is State.RECORD and self.model.sheet is not None:
            self._turn_to(self._screen)
        else:
            self.nothing.show_model(self.model)
            self._turn_to(self.nothing)

    def _turn_to(self, shown: QWidget) -> None:
        before = self._stack.currentWidget()
        if shown is before:
            return
        focused = before.focusWidget() if before is not None else None
        if focused is not None:
            # A page that is hidden hands the focus to whatever comes next, for a moment.
            focused.clearFocus()
        self._stack.setCurrentWidget(shown)
        if self.isVisible():
            self.focus_first()

    def _say_last(self) -> None:
        """After opening, say what could be taken back: it was saved another day perhaps."""
        project = self.session.project
        if self.session.echo is not None or not project.is_copy or self.model.code:
            return
        if name := project.undo_name():
            units = [u for u in project.undo_units() if u in self.model.line]
            title = wording.quoted(project.units.get(units[0])) if len(units) == 1 else ""
            words = "  ·  ".join(part for part in (f"Saved last: {name}", title) if part)
            self.session.say(words, can_take_back=True)

    # --- gestures that are no keys ------------------------------------------------------------

    def _on_pressed(self, action: str) -> None:
        if self.model.asking is Asking.REASON:  # a button is meant, whatever was asked
            self.model.leave()
        self.perform(action)
        if not (self.reading.note.open or self.reading.labels.open):
            self.focus_first()

    def _on_queue_chosen(self, queue: str, part: str = "") -> None:
        self.model.choose(Queue(queue), self.model.search, part)
        if Queue(queue) is Queue.LAST:
            self.reading.show_list(shown=True)
        self.focus_first()

    def _on_ordered(self, by: str) -> None:
        self.model.set_order(OrderBy(by))
        self.focus_first()

    def _on_searched(self, text: str) -> None:
        self.model.choose(self.model.queue, text, self.model.part)
        self.focus_first()

    def _on_reason_chosen(self, reason: str) -> None:
        numbers = {r.id: r.number for r in self.model.protocol.reasons}
        self.perform(f"reason-{numbers[reason]}")

    def _on_panel_judged(self, criterion: str, judgement: str) -> None:
        self.model.judge_criterion(criterion, Judgement(judgement) if judgement else None)

    def _on_fold(self) -> None:
        wanted = self.panel.isHidden()
        self._panel_wanted = None if wanted is self._wide else wanted
        self._fold()

    def _on_note_left(self) -> None:
        # The focus first: a field that is hidden hands it to whatever comes next.
        self.focus_first()
        self.reading.note.close_field()

    def _on_nothing(self) -> None:
        """Do what the empty page offers first."""
        if self.model.state is State.NOT_A_COPY:
            self.session.wanted.emit("screen")
        elif all_decided(self.model):
            self.model.close_stage()
        elif self.model.search:
            self.model.choose(self.model.queue, part=self.model.part)
        else:
            done = self.model.code or self.model.decided == self.model.total
            self.model.choose(Queue.ALL if done else Queue.PENDING)
        self.focus_first()

    def _on_second(self) -> None:
        """Do what the empty page offers beside it."""
        if all_decided(self.model):
            self.model.choose(Queue.ALL)
        elif not self.model.look_no_more():
            self.model.choose(Queue.PENDING)  # where the stage can be closed
        self.focus_first()

    def _on_focused(self) -> None:
        self.header.set_focused(self.reading.record.hasFocus() or self.reading.list.hasFocus())

    # --- Qt -----------------------------------------------------------------------------------

    def _fold(self) -> None:
        wide = self.width() >= look_of(self).px(_FOLDS)
        if wide is not self._wide:
            self._wide, self._panel_wanted = wide, None
        shown = wide if self._panel_wanted is None else self._panel_wanted
        # Where they were folded they stand beside the record only: the buttons keep their room.
        beside = self._whole if wide else self.reading.upper
        if beside.indexOf(self.panel) < 0:
            beside.addWidget(self.panel)
        self.panel.setVisible(shown)
        self.reading.set_folded(folded=not shown)
        self.header.set_narrow(self.width() < look_of(self).px(_NARROW))
        self.header.show_model(self.model)

    def minimumSizeHint(self) -> QSize:
        """Let the window be narrow: the criteria fold then."""
        return QSize(*map(look_of(self).px, (480, 320)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the criteria where there is no room for them."""
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the page was hidden, and take the keyboard."""
        self.model.set_active(True)
        super().showEvent(event)
        self.question.show()
        self._say_last()
        self.focus_first()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is being written and where the reviewer is."""
        super().hideEvent(event)
        self.reading.note.keep()
        self.reading.labels.keep()
        self.model.asking = Asking.NOTHING  # a question is about what is in sight
        self.model.set_active(False)


class TitleAbstractPage(ScreeningPage):
    """Screening of titles and abstracts."""

    id = "title-abstract"
    title = "Title and abstract"
    stage = Stage.TITLE_ABSTRACT


class FullTextScreeningPage(ScreeningPage):
    """Screening of full texts, in a copy."""

    id = "full-text"
    title = "Full text"
    stage = Stage.FULL_TEXT

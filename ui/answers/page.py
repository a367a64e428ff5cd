"""The page on which a reviewer answers a form in a copy, a study at a time, mostly by keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from screener.model import Changes, Kind
from screener.model.words import counted
from ui.answers.beside import Beside
from ui.answers.ending import FormEnd
from ui.answers.gestures import RecordedGestures
from ui.answers.model import FormModel
from ui.answers.studies import StudyList
from ui.answers.view import FormView
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.keys import ActionButton
from ui.session.page import EVERYTHING, KEPT, Page, Typed
from ui.session.session import Session
from ui.widgets.chooser import Chooser
from ui.widgets.closed import ClosedStep
from ui.widgets.header import PageHeader
from ui.widgets.theme import Sized, follow, look_of
from ui.widgets.words import Column, Hairline, Row, Surface, Words, stacked
from ui.widgets.wrapped import Wrapped

_STUDIES, _BESIDE = 184, 376
_NO_RECORD, _NO_STUDIES, _ALONE = 912, 792, 696
"""Pages narrower than this fold the record, the studies, and show the record in their place."""


class FormPage(Page):
    """One form: left the studies, in the middle the questions, right what they are read from."""

    help = (
        "One study after the other: read its reports and answer the questions. Every field is "
        "saved when you leave it, and can be taken back. Not reported, unclear and not applicable "
        "are answers too. When all studies are finished, close the form: the code you get shows "
        "later that nothing was changed."
    )
    where = Where.FORM
    takes_back = frozenset({Kind.DECISIONS})
    reads = frozenset(
        {Kind.DECISIONS, Kind.STAGES, Kind.STUDIES, Kind.PROTOCOL, Kind.RECORDS, Kind.DUPLICATES}
    )

    def __init__(self, form: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.model = FormModel(session, form, self)
        self.title = self.model.form.kind.capitalize()
        self._record_wanted: bool | None = None
        self._looks = False
        self._ends = False
        self._finished = 0
        self._build()
        self.gestures = RecordedGestures(self.model, self.view, self)
        self._connect()
        follow(self, self._fold)

    def _build(self) -> None:
        keys = self.session.keys
        self.header = PageHeader(self.title)
        self.which = Chooser(name="Study")
        self.to_record = ActionButton("Record", "form-record", keys)
        self.to_close = ActionButton("Close the form…", "close-form", keys)
        self.studies = StudyList()
        Sized(self.studies, width=_STUDIES)
        self.view = FormView(self.model)
        self.beside = Beside(self.session.project)
        Sized(self.beside, width=_BESIDE)
        self._acts = {
            id_: ActionButton(words, id_, keys)
            for id_, words in (
                ("answer-place", "Page and quote"),
                ("section-below", "Section"),
                ("next-study", "Next study"),
            )
        }
        acts = Wrapped(gap=24)
        acts.set_widgets(list(self._acts.values()))
        self.bar = Surface("page", lined=True)
        self._total = Words(step="strong")
        self._total.hide()
        Row(self.bar, gap=24, margins=(28, 8, 20, 8)).add(self._total, (acts, 1))
        self.nothing = FormEnd()
        self.closed = ClosedStep(
            self.model.step.words, noun="form", things=("study", "studies"), does="answer",
            sent="answers",
        )  # fmt: skip
        self._middle = middle = Column(gap=0).add((self.view, 1), self.bar).boxed()
        list_ = Column(gap=0, margins=(0, 16, 0, 0)).add((self.studies, 1)).boxed()
        self._list_line, self._beside_line = Hairline(vertical=True), Hairline(vertical=True)
        self._list = list_
        row = Row(gap=0).add(list_, self._list_line, (middle, 1), self._beside_line, self.beside)
        self._screen = row.boxed()
        self._stack = stacked(self._screen, self.nothing, self.closed)
        column = Column(self, gap=0).add(self.header, (self._stack, 1))
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def _connect(self) -> None:
        self.gestures.ended.connect(self.ask_close)
        self.view.listens.connect(self.listen)
        self.listen(self.studies, self.beside.record, self.view)
        self.studies.pointed.connect(self.go_to)
        self.which.chosen.connect(self._on_which)
        for button in (*self._acts.values(), self.to_record, self.to_close):
            button.chose.connect(self.perform)
        self.model.moved.connect(self._on_moved)
        self.model.counted.connect(self._on_counted)
        self.nothing.acted.connect(self._on_nothing)
        self.nothing.acted_second.connect(self._on_look)
        self.closed.look_asked.connect(self._on_look)
        self.closed.later_asked.connect(self._on_later)
        self.closed.close_asked.connect(self._on_nothing)
        self.closed.send_asked.connect(lambda: self.session.wanted.emit("send"))
        self.closed.reopened.connect(self._on_reopened)

    # --- what the window may ask -----------------------------------------------------------------

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read the answers that changed, or everything."""
        few = changes.units if changes.kinds <= {Kind.DECISIONS, Kind.NOTES} else frozenset()
        study = self.model.current
        self.model.read(few)
        if self.model.current != study:
            self._on_moved()
        elif not few:
            self._show_beside()
            if self.view.current is None:
                self.view.show_study()
        self._show_state()

    def handlers(self) -> Handlers:
        """Return what the keys of the form do now."""
        found: dict[str, Callable[[], object]] = {
            "leave": self.leave,
            "undo": self.gestures.undo,
            "redo": self.gestures.redo,
            "next-study": self.next_study, "which-study": self.choose_study,
            "form-record": self.toggle_record, "close-form": self.ask_close,
        }  # fmt: skip
        if self._stack.currentWidget() is self._screen and self.model.can_answer:
            found |= self.gestures.handlers()
        return found

    def hears(self) -> bool:
        """Let keys act that belong to no text: digits and letters are there only for options."""
        return True

    def stands(self, action: str) -> bool:
        """Say whether the option that a key means is chosen."""
        return self.gestures.stands(action)

    def kept_only_here(self) -> str:
        """Return a sentence about what could not be saved, or ""."""
        return KEPT.format("an answer") if self.typed() else ""

    def typed(self) -> Typed:
        """Return what stands in fields and could not be saved."""
        self.view.save()
        return self.model.drafts.unwritten()

    def take_typed(self, typed: Typed) -> None:
        """Answer here what could not be saved in another file."""
        self.view.leave_unsaved()  # the field in focus shows what was kept before
        self.model.take_typed(typed)
        self.view.show_study()

    @property
    def keeps_echo(self) -> bool:
        """Answers are saved here: the line that says them stays."""
        return bool(self.model.studies)

    def show_at(self, argument: str) -> None:
        """Go to a study by its id."""
        self.go_to(argument)

    def chosen_again(self) -> None:
        """Go back to the page of a form that is closed."""
        self._looks = self._ends = False
        self._show_state()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on the field in focus, or on what stands in the form's place."""
        shown = self._stack.currentWidget()
        if shown is self.closed:
            self.closed.first().setFocus()
        elif shown is self.nothing:
            self.nothing.setFocus()
        else:
            self.view.focus_current()

    def last_in_order(self) -> QWidget:
        """Return what Tab comes to last."""
        shown = self._stack.currentWidget()
        if shown is self._screen:
            return self.beside.record if self.beside.isVisible() else self._acts["next-study"]
        return super().last_in_order()

    def take_busy(self) -> None:
        """Show whether anything can be changed now."""
        self._show_state()

    def take_back_now(self) -> None:
        """Take the last answer back, and go where it was."""
        self.gestures.and_go(super().take_back_now)

    def repeat(self) -> None:
        """Do again what was taken back last, and go where it was."""
        self.gestures.and_go(super().repeat)

    # --- showing ---------------------------------------------------------------------------------

    def _show_state(self) -> None:
        model = self.model
        if not model.studies:
            self.nothing.show_unopened(model)
            self._turn_to(self.nothing)
        elif model.code and not self._looks:
            new, left = len(model.since), model.left
            self.closed.show_code(model.code, can_act=self.can_act, opened=new, left=left)
            self._turn_to(self.closed)
        elif self._ends and not model.code:
            self.nothing.show_end(model, can_close=self.can_act)
            self._turn_to(self.nothing)
        else:
            self._turn_to(self._screen)
        self._dress()

    def _turn_to(self, shown: QWidget) -> None:
        before = self._stack.currentWidget()
        if shown is before:
            return
        focused = before.focusWidget() if before is not None else None
        if focused is not None:
            focused.clearFocus()
        self._stack.setCurrentWidget(shown)
        self._fold()
        if self.isVisible():
            self.focus_first()

    def _dress(self) -> None:
        model, study = self.model, self.model.study
        if study is None or self._stack.currentWidget() is not self._screen:
            self.header.dress(self.title, model.step.words)
            return
        done, every = model.sheet.progress()
        finished = model.finished()
        lines = model.lines()
        folded = self._list.isHidden()
        self.which.set_choices([(line.id, line.name) for line in lines] if folded else [])
        self.which.choose(study.id)
        actions: list[QWidget] = []
        if not model.left and model.can_answer:
            actions.append(self.to_close)
        self.header.dress(
            self.title,
            "" if folded else study.name,
            right=f"{finished:,} of {counted(len(lines), 'study', 'studies')} finished",
            strong=f"{done} of {every}" if every else "",
            lead=(self.which,) if folded else (),
            actions=[*actions, self.to_record],
            share=done / every if every else None,
        )
        self.studies.show_lines(lines, study.id)
        self._total.show_text(model.total())

    def _on_moved(self) -> None:
        self._show_beside()
        self.view.show_study()
        self._dress()

    def _show_beside(self) -> None:
        self.beside.show_study(self.model.study)
        self.model.report = self.beside.report

    def _on_counted(self) -> None:
        self.view.refresh()
        self._dress()
        before, self._finished = self._finished, self.model.finished()
        if self._finished != before:
            self.dressed.emit()  # the rail says so, too

    # --- gestures --------------------------------------------------------------------------------

    def go_to(self, study: str) -> None:
        """Show a study; what stands in a field is saved first."""
        self.view.save()
        before = self.model.current
        self.model.go_to(study)
        if self.model.current != before and self.studies.hasFocus():
            self.studies.setFocus()

    def next_study(self) -> None:
        """Say what is missing and go there, or go to the next study."""
        if self._stack.currentWidget() is self._screen:
            self.gestures.next_study()

    def ask_close(self) -> None:
        """Show the page on which the form can be closed, or the one of the closed form."""
        self.view.save()
        self._ends, self._looks = True, False
        self._show_state()

    def choose_study(self) -> None:
        """Open the studies to choose from."""
        if self._list.isVisible():
            self.studies.setFocus()
        elif self._stack.currentWidget() is self._screen:
            self.which.open_menu()

    def toggle_record(self) -> None:
        """Show the record, or fold it."""
        self._record_wanted = self.beside.isHidden()
        self._fold()

    def leave(self) -> None:
        """Go back to the field in focus, or from looking to the page of the closed form."""
        focus = self.window().focusWidget()
        if self.model.code and self._looks:
            self._looks = False
            self._show_state()
        elif self._stack.currentWidget() is self.nothing and self._ends:
            self._on_look()
        elif self._middle.isHidden():
            self.toggle_record()
            self.focus_first()
        elif focus is not None:
            self.focus_first()

    def _on_which(self, study: str) -> None:
        self.go_to(study)
        self.focus_first()

    def _on_nothing(self) -> None:
        if self.model.close():
            self._ends = False
            self._show_state()
            self.focus_first()

    def _on_look(self) -> None:
        self._looks, self._ends = bool(self.model.code), False
        self._show_state()
        self.view.show_study()
        self.focus_first()

    def _on_later(self) -> None:
        self.model.go_to(self.model.after())
        self._on_look()

    def _on_reopened(self, why: str) -> None:
        if self.model.reopen(why):
            self._looks = self._ends = False
            self._show_state()
            self.view.show_study()
            self.focus_first()

    # --- Qt --------------------------------------------------------------------------------------

    def _fold(self) -> None:
        px = look_of(self).px
        wide = self.width() >= px(_NO_RECORD)
        shown = wide if self._record_wanted is None else self._record_wanted
        with_list = self.width() >= px(_NO_STUDIES) and (wide or not shown)
        for widget, there in ((self._list, with_list), (self._list_line, with_list),
                              (self.beside, shown), (self._beside_line, shown)):  # fmt: skip
            widget.setVisible(there)
        alone = shown and self.width() < px(_ALONE)
        if alone and self._middle.isVisible():
            self.beside.record.setFocus()
        self._middle.setVisible(not alone)
        roomy = self.width() >= px(_NO_STUDIES)
        self._acts["answer-place"].setVisible(roomy)
        self._acts["section-below"].setVisible(roomy and not self.model.appraises)
        self._dress()

    def minimumSizeHint(self) -> QSize:
        """Let the window be narrow."""
        return QSize(*map(look_of(self).px, (480, 320)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the page was hidden, and take the keyboard."""
        super().showEvent(event)
        self.focus_first()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what stands in the field in focus."""
        self.view.save()
        super().hideEvent(event)

"""The form of a protocol, for a new review and for a new version."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model import Criterion, Element, MaybeRule, Protocol, Stage, UserError
from ui.protocol.acts import Act, Acts, undoes
from ui.protocol.criterion_form import CriterionForm, Lines
from ui.protocol.words import MAYBE, element_name, id_from
from ui.protocol.written import Written
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.menu import Menu
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Grid, Row, Surface, Words, drop

WIDEST = 880
PROTOCOL = "Protocol (*.toml)"
"""The files that hold a protocol."""
PICOS = tuple(e for e in Element if e is not Element.OTHER)


def blank() -> Protocol:
    """Return the protocol a new review begins with: the five elements, no words in them."""
    both = frozenset(Stage)
    later = frozenset({Stage.FULL_TEXT})
    criteria = tuple(
        Criterion(
            id=str(e),
            element=e,
            required_at=later if e in (Element.COMPARISONS, Element.OUTCOMES) else both,
        )
        for e in PICOS
    )
    return Protocol(title="", criteria=criteria)


class ProtocolForm(ScrollArea):
    """Edits a protocol; `protocol()` gives it back, or raises a sentence of what is missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._before = blank()
        self._criteria: list[CriterionForm] = []
        self._acts = Acts(self)
        self._came: CriterionForm | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._on_soon)
        self._build()
        self._lay_out()
        self.set_protocol(self._before)
        follow(self, self._restyle)

    def _build(self) -> None:
        self.why = QLineEdit(placeholderText="What changed, and why, in one sentence")
        self._why_label = _Beside("Change")
        self.title = QLineEdit()
        self.question = Lines()
        self.registration = QLineEdit(placeholderText="Such as a PROSPERO number")
        self.studies, self.reports = QLineEdit(), QLineEdit()
        self.reasons = Lines(least=3)
        self.reasons.setPlaceholderText("Further reasons to exclude, one a line")
        self.maybe = Chooser([(str(r), words) for r, words in MAYBE.items()], name="Maybe")
        self.per_record = Chooser([(str(n), str(n)) for n in range(1, 5)], name="Per record")
        self.reason = Chooser(
            [("no", "may have a reason"), ("yes", "needs a reason")],
            name="An exclusion at title and abstract",
        )
        self.add = Button("Add a criterion", does=self._on_add)
        self.kinds = Menu(self)
        """Which criterion is added, where an element of PICOS is missing."""
        self.kinds.triggered.connect(lambda entry: self._add(Element(entry.data())))
        self._gone = Words(colour="quiet")
        self.put_back = Button("Put it back", kind="link", key="Ctrl+Z", does=self._acts.undo)
        self._gone_row = Row(gap=16).add(self._gone, self.put_back, 1).boxed()
        earlier = (self.studies, self.reports)
        self._acts.watch(
            self.why, self.title, self.question, self.registration, *earlier, self.reasons
        )
        for field, words in (
            (self.why, "What changed, and why"),
            (self.title, "Title of the review"),
            (self.question, "Question"),
            (self.registration, "Registration"),
            (self.studies, "Studies that an earlier version of this review included"),
            (self.reports, "Reports that an earlier version of this review included"),
            (self.reasons, "Further reasons"),
        ):
            field.setAccessibleName(words)
        self.ask_why(needed=False)

    def _lay_out(self) -> None:
        facts = Grid(gap=16, row_gap=12)
        rows: list[tuple[Words, QWidget]] = [
            (self._why_label, self.why),
            (_Beside("Title"), self.title),
            (_Beside("Question"), self.question),
            (_Beside("Registration"), self.registration),
            (_Beside("Earlier version"), self._earlier()),
        ]
        for label, field in rows:
            facts.add_row((label, Qt.AlignmentFlag.AlignTop), field)
        rest = Grid(gap=16, row_gap=12)
        rest.add_row((_Beside("Further reasons"), Qt.AlignmentFlag.AlignTop), self.reasons)
        for words, chooser in (
            ("Reviewers per record", self.per_record),
            ("Maybe", self.maybe),
            ("An exclusion at title and abstract", self.reason),
        ):
            name = Words(words, step="small", colour="quiet")
            rest.add_row(name, (chooser, Qt.AlignmentFlag.AlignLeft))
        self._block = QWidget()
        self._list = Column(gap=16).add(self._gone_row)
        Column(self._block, gap=20).add(
            facts,
            Words(
                "Criteria, in the order of the exclusion reasons: the first one that is not met is "
                "the reason that is counted.",
                step="note",
                colour="quiet",
                wrap=True,
            ),
            self._list,
            (self.add, Qt.AlignmentFlag.AlignLeft),
            rest,
            1,
        )
        sheet = Surface("page")
        Row(sheet, gap=0, margins=(tokens.MARGIN, 24, tokens.MARGIN, tokens.MARGIN)).add(
            (self._block, 1000), 1
        )
        self.setWidget(sheet)

    def _earlier(self) -> QWidget:
        """Return the two counts of an earlier version, each with its word."""
        studies, reports = (
            Words(words, step="small", colour="quiet")
            for words in ("studies included, in", "reports; empty for a new review")
        )
        return Row(gap=8).add(self.studies, studies, self.reports, reports, 1).boxed()

    def ask_why(self, *, needed: bool) -> None:
        """Ask for the sentence of what changed, or do not."""
        self.why.setVisible(needed)
        self._why_label.setVisible(needed)

    def set_protocol(self, protocol: Protocol) -> None:
        """Fill the form; nothing of what was done in it before can be undone."""
        self.why.clear()
        self._write(Written.of(protocol))
        self._acts.clear()
        drop(*self._block.findChildren(CriterionForm))
        self._criteria = []
        self._arrange([self._make(criterion) for criterion in protocol.criteria])

    def replace(self, protocol: Protocol) -> None:
        """Fill the form with another protocol, as one act that Ctrl+Z undoes."""
        forms, old_forms = [self._make(c) for c in protocol.criteria], list(self._criteria)
        new, old = Written.of(protocol), self._written()

        def show(written: Written, criteria: Sequence[CriterionForm]) -> None:
            self._write(written)
            self._arrange(criteria)

        self._acts.do(Act(undo=partial(show, old, old_forms), redo=partial(show, new, forms)))

    def _written(self) -> Written:
        return Written(
            self._before,
            self.title.text(),
            self.question.toPlainText(),
            self.registration.text(),
            self.reasons.toPlainText(),
            self.maybe.current(),
            self.per_record.current(),
            self.reason.current(),
            self.studies.text(),
            self.reports.text(),
        )

    def _write(self, written: Written) -> None:
        self._before = written.before
        self.title.setText(written.title)
        self.title.setCursorPosition(0)
        self.question.setPlainText(written.question)
        self.registration.setText(written.registration)
        self.reasons.setPlainText(written.reasons)
        self.maybe.choose(written.maybe)
        self.per_record.choose(written.per_record)
        self.reason.choose(written.reason)
        self.studies.setText(written.studies)
        self.reports.setText(written.reports)

    def protocol(self) -> Protocol:
        """Return what the form holds; `UserError` says what is missing."""
        if not self.title.text().strip():
            raise UserError("Give the review a title.")
        taken = {form.id for form in self._criteria if form.id}
        criteria = []
        for form in self._criteria:
            if not form.name:
                raise UserError("Give every criterion a name, or remove it.")
            id_ = form.id or id_from(form.name, taken)
            taken.add(id_)
            criteria.append(form.criterion(id_))
        return Protocol(
            title=self.title.text().strip(),
            question=" ".join(self.question.toPlainText().split()),
            registration=self.registration.text().strip(),
            reviewers_per_record=int(self.per_record.current()),
            criteria=tuple(criteria),
            further_reasons=self._further(taken),
            maybe=MaybeRule(self.maybe.current()),
            reason_required={
                Stage.TITLE_ABSTRACT: self.reason.current() == "yes",
                Stage.FULL_TEXT: True,
            },
            previous=self._written().previous,
            version=self._before.version,
        )

    def _further(self, taken: set[str]) -> tuple[tuple[str, str], ...]:
        """Return the further reasons; one whose words are unchanged keeps its id."""
        known = {text: id_ for id_, text in self._before.further_reasons}
        lines = [" ".join(line.split()) for line in self.reasons.toPlainText().splitlines()]
        lines = [line for line in dict.fromkeys(lines) if line]
        used = taken | {known[line] for line in lines if line in known}
        found = []
        for line in lines:
            id_ = known.get(line) or id_from(line, used)
            used.add(id_)
            found.append((id_, line))
        return tuple(found)

    @property
    def changed(self) -> bool:
        """Whether anything in the form differs from what it was filled with."""
        try:
            return bool(self.why.text().strip()) or self.protocol() != self._before
        except UserError:
            return True

    @property
    def empty(self) -> bool:
        """Whether nothing was written into a new form."""
        fields = (self.title, self.registration, self.studies, self.reports)
        texts = (self.question, self.reasons)
        written = [f.text() for f in fields] + [t.toPlainText() for t in texts]
        written += [form.written for form in self._criteria]
        return not any(text.strip() for text in written)

    def focus_first(self) -> None:
        """Begin with what is asked first."""
        first = self.why if self.why.isVisibleTo(self) else self.title
        first.setFocus()

    def _make(self, criterion: Criterion) -> CriterionForm:
        form = CriterionForm(criterion)
        form.moved.connect(self._on_moved)
        form.removed.connect(self._on_removed)
        self._acts.watch(*form.fields)
        return form

    def _arrange(self, criteria: Sequence[CriterionForm]) -> None:
        """Show these criteria in this order; what is not among them is kept for Ctrl+Z."""
        for form in self._criteria:
            self._list.removeWidget(form)
            form.setVisible(form in criteria)
        self._list.removeWidget(self._gone_row)
        before, self._criteria = self._criteria, list(criteria)
        for form in self._criteria:
            self._list.addWidget(form)
            form.show()
        last = self._acts.last
        self._gone_row.setVisible(last is not None and bool(last.removed))
        if last is not None and last.removed:
            place = next((n for n, f in enumerate(before) if f not in self._criteria), 0)
            self._gone.setText(f"{last.removed} is removed.")
            self._list.insertWidget(place, self._gone_row)
        self.add.setText("Add a criterion…" if self._missing() else "Add a criterion")
        self._number()
        came = [form for form in self._criteria if form not in before]
        self._came = came[0] if len(came) == 1 else None
        self._soon.start()  # it has its place when the layout was done

    def _on_soon(self) -> None:
        """Bring the criterion that came into sight."""
        if self._came is not None and self._came in self._criteria:
            self.ensureWidgetVisible(self._came)

    def _number(self) -> None:
        for number, form in enumerate(self._criteria, 1):
            form.set_place(number, len(self._criteria))
        # Let Tab go down the page: the criteria are made after what stands below them.
        criteria = (stop for form in self._criteria for stop in form.stops())
        facts = (self.title, self.question, self.registration, self.studies, self.reports)
        above = (self.why, *facts)
        below = (self.put_back, self.add, self.reasons, self.per_record, self.maybe, self.reason)
        for one, after in pairwise((*above, *criteria, *below)):
            QWidget.setTabOrder(one, after)

    def _do(self, criteria: Sequence[CriterionForm], *, removed: str = "") -> None:
        """Change which criteria there are or their order, so that it can be undone."""
        before = list(self._criteria)
        undo, redo = partial(self._arrange, before), partial(self._arrange, list(criteria))
        self._acts.do(Act(undo=undo, redo=redo, removed=removed))

    def _missing(self) -> list[Element]:
        there = {form.element for form in self._criteria}
        return [element for element in PICOS if element not in there]

    def _on_add(self) -> None:
        missing = self._missing()
        if not missing:
            self._add(Element.OTHER)
            return
        self.kinds.clear()
        for element in (*missing, Element.OTHER):
            other = element is Element.OTHER
            entry = self.kinds.addAction("Another one" if other else element_name(element))
            entry.setData(str(element))
        self.kinds.open_under(self.add)

    def _add(self, element: Element) -> None:
        form = self._make(Criterion(id="", element=element, required_at=frozenset(Stage)))
        place = len(self._criteria)
        if element in PICOS:
            earlier = PICOS[: PICOS.index(element)]
            places = [n for n, f in enumerate(self._criteria, 1) if f.element in earlier]
            place = max(places, default=0)
        self._do([*self._criteria[:place], form, *self._criteria[place:]])
        form.focus_first()

    def _on_moved(self, by: int) -> None:
        form = self.sender()
        if isinstance(form, CriterionForm):
            others = [other for other in self._criteria if other is not form]
            place = self._criteria.index(form) + by
            self._do([*others[:place], form, *others[place:]])

    def _on_removed(self) -> None:
        form = self.sender()
        if isinstance(form, CriterionForm):
            name = form.name or "The criterion"
            self._do([other for other in self._criteria if other is not form], removed=name)
            self.put_back.setFocus()

    # --- undoing ---------------------------------------------------------------------------------

    def undo(self) -> None:
        """Undo the last act of the form."""
        self._acts.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self._acts.redo()

    def event(self, event: QEvent) -> bool:
        """Take the keys that undo before the menus do."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and undoes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and repeat, wherever in the form the keyboard is."""
        if not self._acts.takes(event):
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        self._block.setMaximumWidth(look_of(self).px(WIDEST))
        for count in (self.studies, self.reports):
            count.setFixedWidth(look_of(self).px(80))


class _Beside(Words):
    """The label at the left of a field, level with the field's first line."""

    def __init__(self, text: str) -> None:
        super().__init__(text, step="small", colour="quiet")

    def _restyle(self) -> None:
        super()._restyle()
        self.setMinimumHeight(look_of(self).px(tokens.CONTROL))

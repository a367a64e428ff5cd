"""The form of a protocol, for a new review and for a new version."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model import Criterion, Element, MaybeRule, Protocol, Stage, UserError
from ui.protocol.criterion_form import CriterionForm, Lines
from ui.protocol.words import MAYBE, id_from
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
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
        self.reasons = Lines(least=3)
        self.reasons.setPlaceholderText("Further reasons to exclude, one a line")
        self.maybe = Chooser([(str(r), words) for r, words in MAYBE.items()], name="Maybe")
        self.per_record = Chooser([(str(n), str(n)) for n in range(1, 5)], name="Per record")
        self.reason = Chooser(
            [("no", "may have a reason"), ("yes", "needs a reason")],
            name="An exclusion at title and abstract",
        )
        self.add = Button("Add a criterion", does=self._on_add)
        for field, words in (
            (self.why, "What changed, and why"),
            (self.title, "Title of the review"),
            (self.question, "Question"),
            (self.registration, "Registration"),
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
        self._list = Column(gap=16)
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

    def ask_why(self, *, needed: bool) -> None:
        """Ask for the sentence of what changed, or do not."""
        self.why.setVisible(needed)
        self._why_label.setVisible(needed)

    def set_protocol(self, protocol: Protocol) -> None:
        """Fill the form."""
        self._before = protocol
        self.why.clear()
        self.title.setText(protocol.title)
        self.title.setCursorPosition(0)
        self.question.setPlainText(protocol.question)
        self.registration.setText(protocol.registration)
        self.reasons.setPlainText("\n".join(text for _, text in protocol.further_reasons))
        self.maybe.choose(str(protocol.maybe))
        self.per_record.choose(str(protocol.reviewers_per_record))
        needs = protocol.requires_reason(Stage.TITLE_ABSTRACT)
        self.reason.choose("yes" if needs else "no")
        drop(*self._criteria)
        self._criteria = []
        for criterion in protocol.criteria:
            self._append(criterion)
        self._number()

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
        fields = (self.title, self.registration)
        texts = (self.question, self.reasons)
        written = [f.text() for f in fields] + [t.toPlainText() for t in texts]
        written += [form.written for form in self._criteria]
        return not any(text.strip() for text in written)

    def focus_first(self) -> None:
        """Begin with what is asked first."""
        first = self.why if self.why.isVisibleTo(self) else self.title
        first.setFocus()

    def _append(self, criterion: Criterion) -> CriterionForm:
        form = CriterionForm(criterion)
        form.moved.connect(self._on_moved)
        form.removed.connect(self._on_removed)
        self._criteria.append(form)
        self._list.addWidget(form)
        return form

    def _number(self) -> None:
        for number, form in enumerate(self._criteria, 1):
            form.set_place(number, len(self._criteria))
        # Let Tab go down the page: the criteria are made after what stands below them.
        criteria = (stop for form in self._criteria for stop in form.stops())
        above = (self.why, self.title, self.question, self.registration)
        below = (self.add, self.reasons, self.per_record, self.maybe, self.reason)
        for one, after in pairwise((*above, *criteria, *below)):
            QWidget.setTabOrder(one, after)

    def _on_add(self) -> None:
        form = self._append(Criterion(id="", required_at=frozenset(Stage)))
        self._number()
        form.focus_first()

    def _on_moved(self, by: int) -> None:
        form = self.sender()
        if isinstance(form, CriterionForm):
            place = self._criteria.index(form)
            self._criteria.insert(place + by, self._criteria.pop(place))
            self._list.removeWidget(form)
            self._list.insertWidget(place + by, form)
            self._number()

    def _on_removed(self) -> None:
        form = self.sender()
        if isinstance(form, CriterionForm):
            self._criteria.remove(form)
            drop(form)
            self._number()

    def _restyle(self) -> None:
        self._block.setMaximumWidth(look_of(self).px(WIDEST))


class _Beside(Words):
    """The label at the left of a field, level with the field's first line."""

    def __init__(self, text: str) -> None:
        super().__init__(text, step="small", colour="quiet")

    def _restyle(self) -> None:
        super()._restyle()
        self.setMinimumHeight(look_of(self).px(tokens.CONTROL))

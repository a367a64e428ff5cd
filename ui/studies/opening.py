"""Opening a form: which one, and for which studies; one that comes with the program is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from screener.answers import shipped
from screener.answers.form import Form, FormKind
from screener.model import Study, UserError
from screener.model.question import words_of
from screener.model.words import counted
from screener.studies.listing import of_designs, with_role
from ui.session.echo import clock
from ui.session.session import BUSY, Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.fields import ChoiceField
from ui.widgets.tick import Tick
from ui.widgets.words import Column, Words

_WORDS = (
    "Reviewers answer it study by study, in newer copies of this project. A form may be opened "
    "again later for further studies, and taken back until somebody has answered it."
)
_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_CHOOSING, _ROLES = ("choice", "choices"), ("design", "modality")
_NO_PART = (
    "“{0}” has no part in the review yet, so studies are not known by it. Forms, Edit, More, Part "
    "in the review: {1}."
)
ALL, SOME, DESIGNS = "all", "some", "designs"


class OpenFormCard(Card):
    """Asks which form is opened, for which studies and for whom.

    For all studies, for those of some designs as agreed, or for those that are ticked.
    """

    def __init__(
        self, session: Session, studies: Sequence[Study], marked: str, window: QWidget
    ) -> None:
        super().__init__("Open a form", window, width=560)
        self._session = session
        self._forms = _forms(session)
        self._kept = {step.id for step in session.project.forms.steps()}
        self.form = ChoiceField("Form", [(id_, self._label(id_)) for id_ in self._forms])
        self.form.edit.setSizeAdjustPolicy(_SHORT)
        self._about = Words(step="small", colour="quiet", wrap=True)
        which = [(ALL, f"All {counted(len(studies), 'study', 'studies')}"), (SOME, "Some of them")]
        self.designs = {
            id_: Tick(words, counted(count, "study", "studies"), on=False)
            for id_, (words, count) in _designs(session).items()
        }
        """The designs that are agreed, by their ids."""
        which[1:1] = [(DESIGNS, "Those of a design")] if self.designs else []
        self.which = ChoiceField("For", which)
        self.ticks = {
            _named(session, one): Tick(one.name, on=bool(marked) and one.id == marked)
            for one in studies
        }
        """By what the core finds the study by."""
        self._some, self._by_design = _ticked(self.ticks), _ticked(self.designs)
        names = [one.name for one in session.project.consensus.reviewers()]
        self.people = {name: Tick(name, on=True) for name in names}
        """Who answers it, by name."""
        self._people = (
            Column(gap=4)
            .add(Words("Answered by", step="small", colour="quiet"), _ticked(self.people))
            .boxed()
        )
        if len(names) < 2:
            self._people.hide()
        self.take = Button("Open", kind="filled", key="Enter", does=self.accept)
        self._arrange()
        self._show_about()
        self._show_some()

    def _arrange(self) -> None:
        self.body.add(
            Words(_WORDS, step="note", colour="quiet", wrap=True),
            self.form,
            self._about,
            self.which,
            self._by_design,
            self._some,
            self._people,
            self.said,
        )
        self.foot.add(1, self.take)
        self.form.changed.connect(self._show_about)
        self.which.changed.connect(self._show_some)
        for tick in (*self.ticks.values(), *self.designs.values(), *self.people.values()):
            tick.toggled.connect(self.said.clear)  # what was refused was about other ticks

    def _label(self, id_: str) -> str:
        title = self._forms[id_].title
        return title if id_ in self._kept else f"{title} (comes with Screener)"

    def _show_about(self) -> None:
        """Say of a form that comes with the program where its wording is from."""
        form = self._forms[self.form.choice()]
        self.said.clear()
        wording = f"wording: {form.provenance}" if form.provenance else ""
        parts = (form.reference, wording) if form.id not in self._kept else (without_role(form),)
        self._about.show_text("  ·  ".join(part for part in parts if part))
        proposed = [id_ for id_ in form.designs if id_ in self.designs]
        for id_, tick in self.designs.items():
            tick.setChecked(id_ in proposed)
        if proposed:
            self.which.set_choice(DESIGNS)
        self.fit()

    def _show_some(self) -> None:
        self.said.clear()
        self._some.setVisible(self.which.choice() == SOME)
        self._by_design.setVisible(self.which.choice() == DESIGNS)
        self.fit()

    def focus_first(self) -> None:
        """Begin with the form."""
        self.form.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def accept(self) -> None:
        """Open it; what is refused is said on the card."""
        form, project = self._forms[self.form.choice()], self._session.project
        try:
            if self._session.busy:
                raise UserError(BUSY)
            named, names = self._studies(), self._names()
            with project.together(f"Open {form.title}"):
                if form.id not in self._kept:
                    project.forms.keep(form)
                count = project.studies.open(form.id, named, names)
        except UserError as error:
            self.refuse(error)
            return
        self.close_card()
        said = f"{form.title} is open for {counted(count, 'study', 'studies')}"
        self._session.say(f"{said}; newer copies carry it", saved=clock(), can_take_back=True)

    def _studies(self) -> list[str]:
        """Return the studies it is opened for, none for all; `UserError` where none is ticked."""
        which, project = self.which.choice(), self._session.project
        if which == DESIGNS:
            designs = _on(self.designs)
            if not designs:
                raise UserError("Tick at least one design, or open the form for all studies.")
            return of_designs(project.consensus, project.forms.steps(), designs)
        named = _on(self.ticks) if which == SOME else []
        if which == SOME and not named:
            raise UserError("Tick at least one study, or open the form for all of them.")
        return named

    def _names(self) -> list[str]:
        """Return who answers it, none for everybody; `UserError` where nobody is ticked."""
        names = _on(self.people)
        if self.people and not names:
            raise UserError("Tick at least one reviewer: somebody has to answer the form.")
        return names if len(names) < len(self.people) else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.accept()
            event.accept()
        else:
            super().keyPressEvent(event)


def without_role(form: Form) -> str:
    """Say that a question seems to be the design or modality and has no such part, or ""."""
    asked = [q for q in form.questions if not q.retired]
    for role in _ROLES:
        if not any(one.role == role for one in asked):
            for one in asked:
                if one.type in _CHOOSING and role in (one.id, *one.words.casefold().split()):
                    return _NO_PART.format(one.words, role)
    return ""


def _forms(session: Session) -> Mapping[str, Form]:
    """Return the forms of the review by their ids, then those that come with the program.

    Of these the forms of extraction come first: designs are known when they are answered.
    """
    found = {step.id: step.form for step in session.project.forms.steps()}
    coming = [form for _, form in shipped.every() if form.id not in found]
    coming.sort(key=lambda form: form.kind is not FormKind.EXTRACTION)
    return {**found, **{form.id: form for form in coming}}


def _designs(session: Session) -> Mapping[str, tuple[str, int]]:
    """Return the designs that studies are agreed to have: what each is called, and how many."""
    project = session.project
    steps = project.forms.steps()
    count = Counter(with_role(project.consensus, steps, "design").values())
    words = {
        option.id: option.words
        for step in steps
        for question in step.form.questions
        if question.role == "design"
        for option in question.options
    }
    return {id_: (words.get(id_, words_of(id_)), n) for id_, n in count.items()}


def _ticked(ticks: Mapping[str, Tick]) -> QWidget:
    column = Column(gap=2)
    for tick in ticks.values():
        column.add((tick, Qt.AlignmentFlag.AlignLeft))
    return column.boxed()


def _on(ticks: Mapping[str, Tick]) -> list[str]:
    return [id_ for id_, tick in ticks.items() if tick.isChecked()]


def _named(session: Session, study: Study) -> str:
    """Return what the core finds a study by: the number of its report where it has no id."""
    return study.id or str(session.project.units.get(study.primary).number)

"""What is said of one field while it is edited: the usual first, the rest one link away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from screener.answers import editing
from screener.answers.form import Form
from screener.answers.sound import CHOSEN
from screener.model import SPECIAL_VALUES, Compare, Option, Question, When
from ui.forms import words
from ui.forms.controls import OptionRows, TextLine, Ticks, number_or_wrong, pairs
from ui.forms.draft import Draft
from ui.forms.panels import Panel, WhenControl
from ui.widgets.button import Button
from ui.widgets.fields import ChoiceField
from ui.widgets.tick import Tick
from ui.widgets.words import Column, Words

_NUMBERS = ("integer", "decimal")
_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_ORDERED = ("choice", "rating")


class FieldPanel(Panel):
    """Edits the field that is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.label = TextLine("Label")
        self._about = Words(step="small", colour="quiet", wrap=True)
        self.type = ChoiceField("Answered with", [(one, words.TYPES[one]) for one in editing.TYPES])
        self.required = Tick("Required")
        self.options = OptionRows()
        self.units = TextLine("Units, the usual one first", hint="weeks, months")
        self.least, self.most = TextLine("Least"), TextLine("Most")
        self._limits = Words(step="small", colour="quiet", wrap=True)
        limits = pairs((self.least, self.most))
        self._numbers = Column(gap=12).add(self.units, limits, self._limits).boxed()
        self.help = TextLine("Help", lines=2, hint="How it is meant, where it is not plain")
        self.more = Button("More", kind="link", does=self._toggle)
        self.column.add(
            self.label, self._about, self.type, self._refused, self.options, self._numbers,
            self.help, (self.required, Qt.AlignmentFlag.AlignLeft),
            (self.more, Qt.AlignmentFlag.AlignLeft), self._build_rest(),
        )  # fmt: skip
        self._connect()
        self._show_rest(shown=False)

    def _build_rest(self) -> QWidget:
        self.when = WhenControl(self._on_when)
        self.special = Ticks("May also be answered with")
        self.code = TextLine("Code, as printed in the instrument")
        self.role = ChoiceField("Part in the review", list(words.ROLES.items()))
        self.compare = ChoiceField("Compared", list(words.COMPARE.items()))
        for field in (self.type, self.role, self.compare, self.when.field):
            field.edit.setSizeAdjustPolicy(_SHORT)
        self.ordered = Tick("The options go from one end to the other")
        self._rest = (
            Column(gap=14)
            .add(self.when, self.special, self.code, self.role, self.compare)
            .add((self.ordered, Qt.AlignmentFlag.AlignLeft))
            .boxed()
        )
        return self._rest

    def _connect(self) -> None:
        self.label.typed.connect(lambda text: self._put("label", words=text))
        self.help.typed.connect(lambda text: self._put("help", help=text))
        self.code.typed.connect(lambda text: self._put("code", code=text))
        self.units.typed.connect(self._on_units)
        self.least.typed.connect(lambda text: self._on_number("minimum", text))
        self.most.typed.connect(lambda text: self._on_number("maximum", text))
        self.type.changed.connect(self._on_type)
        self.role.changed.connect(lambda id_: self._put(role=id_))
        self.compare.changed.connect(lambda id_: self._put(compare=Compare(id_)))
        self.required.clicked.connect(lambda: self._put(required=self.required.isChecked()))
        self.ordered.clicked.connect(lambda: self._put(ordered=self.ordered.isChecked()))
        self.special.ticked.connect(
            lambda ids: self._put(special=tuple(s for s in SPECIAL_VALUES if s in ids))
        )
        self.options.typed.connect(self._on_option)
        self.options.added.connect(self._on_added)
        self.options.moved.connect(self._on_moved)
        self.options.removed.connect(self._on_removed)

    @property
    def first(self) -> QWidget:
        """The label."""
        return self.label

    # --- showing ---------------------------------------------------------------------------------

    def fill(self, draft: Draft) -> None:
        """Show a field."""
        question = draft.question
        assert question is not None
        before = draft.kept.question(question.id) if draft.kept else None
        self.label.fill(question.words)
        said = [f"id {question.id}"]
        said += ["its type stays as it is" if before else ""]
        said += ["retired: it is asked no more, its answers stay" if question.retired else ""]
        self._about.setText("  ·  ".join(part for part in said if part))
        self.type.set_choice(question.type)
        self.type.setEnabled(before is None)
        self.required.setChecked(question.required)
        self._fill_numbers(draft, question)
        self._fill_options(draft, question, before)
        self.help.fill(question.help)
        self.when.fill(draft.form, question.when, question.id)
        self.special.fill(
            [(str(s), s.words) for s in SPECIAL_VALUES], [str(s) for s in question.special]
        )
        self.code.fill(question.code)
        self.role.set_choice(question.role)
        self.compare.set_choice(str(question.compare))
        self.ordered.setChecked(question.ordered)
        self.ordered.setVisible(question.type in _ORDERED)

    def _fill_numbers(self, draft: Draft, question: Question) -> None:
        self._numbers.setVisible(question.type in _NUMBERS)
        if _units(self.units.text()) != question.units:
            self.units.fill(", ".join(question.units))
        usual, *others = question.units or ("",)
        self._limits.show_text(
            f"Least and most are in {usual}; {' and '.join(others)} have no limits."
            if others
            else ""
        )
        for line, name, value in (
            (self.least, "minimum", question.minimum),
            (self.most, "maximum", question.maximum),
        ):
            held = draft.typed.get((draft.spot, name))
            if held is not None:
                line.fill(*held)
            elif number_or_wrong(line.text())[0] != value or number_or_wrong(line.text())[1]:
                line.fill("" if value is None else f"{value:f}")
            else:
                line.fill(line.text())

    def _fill_options(self, draft: Draft, question: Question, before: Question | None) -> None:
        self.options.setVisible(question.type in CHOSEN or bool(question.options))
        scored = question.type == "score"
        self.options.lay(len(question.options), scored=scored)
        for number, one in enumerate(question.options):
            held = draft.typed.get((draft.spot, f"score {one.id}"))
            score, wrong = held or (one.score or "", "")
            self.options.fill(number, one.text, score, wrong)
            kept = before is not None and before.option(one.id) is not None
            self.options.rows[number].say(one.id, kept=kept, retired=one.retired)

    def _toggle(self) -> None:
        self._show_rest(shown=self._rest.isHidden())

    def _show_rest(self, *, shown: bool) -> None:
        self._rest.setVisible(shown)
        self.more.setText(
            "Less" if shown else "More: asked when, special values, code, part, comparison"
        )

    # --- changing --------------------------------------------------------------------------------

    def _change(self, change: Callable[[Question], Question], run: str = "") -> None:
        kept = self.draft.kept if self.draft else None

        def whole(form: Form, id_: str) -> tuple[Form, str]:
            old = form.question(id_)
            assert old is not None
            return editing.put(form, kept, id_, change(old))

        self.do(whole, run)

    def _put(self, run: str = "", **changes: object) -> None:
        self._change(lambda old: replace(old, **changes), run)  # type: ignore[arg-type]

    def _on_type(self, type_: str) -> None:
        def change(old: Question) -> Question:
            usual = Question(id=old.id, words=old.words, type=type_).compare
            chosen = type_ in CHOSEN
            new = replace(old, type=type_, compare=usual, ordered=False)
            new = new if chosen or type_ == "yes-no" else replace(new, options=())
            return editing.with_option(new) if chosen and not new.options else new

        self._change(change)

    def _on_units(self, text: str) -> None:
        self._put("units", units=_units(text))

    def _on_number(self, name: str, text: str) -> None:
        number, wrong = number_or_wrong(text)
        draft = self.draft
        if draft is None or self._filling:
            return
        draft.hold(name, text, wrong)
        self._put(name, **{name: number})
        if wrong:
            self.show_draft(draft)

    def _on_when(self, when: When | None) -> None:
        self._put(when=when)

    def _on_option(self, number: int, part: str, text: str) -> None:
        draft = self.draft
        if draft is None or draft.question is None:
            return
        wrong, value = "", text or None
        if part == "score":
            found, wrong = number_or_wrong(text)
            draft.hold(f"score {draft.question.options[number].id}", text, wrong)
            value = None if found is None else f"{found:f}"

        def change(old: Question) -> Question:
            one = old.options[number]
            new = replace(one, score=value) if part == "score" else replace(one, text=text)
            return _with(old, number, new)

        self._change(change, f"{part} {number}")
        if wrong:
            self.show_draft(draft)

    def _on_added(self) -> None:
        self._change(editing.with_option)
        self.options.focus(len(self.options.rows) - 1)

    def _on_moved(self, number: int, by: int) -> None:
        def change(old: Question) -> Question:
            options = list(old.options)
            options.insert(number + by, options.pop(number))
            return replace(old, options=tuple(options))

        self._change(change)
        self.options.focus(number + by)

    def _on_removed(self, number: int) -> None:
        draft = self.draft
        question = draft.question if draft else None
        if draft is None or question is None:
            return
        before = draft.kept.question(question.id) if draft.kept else None
        one = question.options[number]
        if before is not None and before.option(one.id) is not None:
            self._change(lambda old: _with(old, number, replace(one, retired=not one.retired)))
        else:
            self._change(lambda old: _with(old, number, None))
            self.options.focus(min(number, len(self.options.rows) - 1))


def _with(old: Question, number: int, new: Option | None) -> Question:
    options = list(old.options)
    options[number : number + 1] = [new] if new is not None else []
    return replace(old, options=tuple(options))


def _units(text: str) -> tuple[str, ...]:
    return tuple(part for one in text.split(",") if (part := one.strip()))

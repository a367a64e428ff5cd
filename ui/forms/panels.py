"""What is said of the form itself, of a section or of a list, while it is edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from screener.answers import editing
from screener.answers.form import Form, FormKind, FormList, Overall
from screener.model import When, type_of
from ui.forms import words
from ui.forms.controls import TextLine, Ticks
from ui.forms.draft import Draft, Spot
from ui.widgets.fields import ChoiceField
from ui.widgets.words import Column, Words

NOBODY = [("", "always")]


class Panel(QWidget):
    """Edits one part of a form; a subclass fills its controls and does what they say."""

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self._filling = False
        self._refused = Words(step="small", colour="warn", wrap=True)
        self._refused.hide()
        self.column = Column(self, gap=14)

    @property
    def first(self) -> QWidget:
        """What is typed into first."""
        raise NotImplementedError

    def show_draft(self, draft: Draft) -> None:
        """Show what is marked in a form."""
        self.draft, self._filling = draft, True
        self._refused.hide()
        self.fill(draft)
        self._filling = False

    def fill(self, draft: Draft) -> None:
        """Fill the controls."""
        raise NotImplementedError

    def do(self, change: Callable[[Form, str], tuple[Form, str]], run: str = "") -> None:
        """Change the part that is marked; what is refused is said here, and nothing is lost."""
        draft = self.draft
        if draft is None or self._filling:
            return
        part, id_ = draft.spot

        def whole(form: Form) -> tuple[Form, Spot]:
            new, at = change(form, id_)
            return new, Spot(part, at)

        wrong = draft.do(whole, run)
        if wrong:
            self.show_draft(draft)
            self._refused.show_text(wrong)


class WhenControl(QWidget):
    """Says which answer to which field something waits for; `chosen` gives it anew."""

    def __init__(self, chosen: Callable[[When | None], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self._when: When | None = None
        self.field = ChoiceField("Asked", NOBODY)
        self.options = Ticks("is one of")
        Column(self, gap=6).add(self.field, self.options)
        self.field.changed.connect(self._on_field)
        self.options.ticked.connect(self._on_options)
        self._form: Form | None = None

    def fill(self, form: Form, when: When | None, besides: str = "") -> None:
        """Show it; the fields to choose from are those that have options, but one of them."""
        self._form, self._when = form, when
        may = [
            q for q in form.questions if q.id != besides and not q.list and type_of(q).options(q)
        ]
        choices = NOBODY + [(q.id, f"when {words.field_words(q)}") for q in may]
        edit = self.field.edit
        if [(edit.itemData(n), edit.itemText(n)) for n in range(edit.count())] != choices:
            edit.blockSignals(True)  # noqa: FBT003 - Qt's own
            edit.clear()
            for id_, text in choices:
                edit.addItem(text, id_)
            edit.blockSignals(False)  # noqa: FBT003
        edit.blockSignals(True)  # noqa: FBT003
        self.field.set_choice(when.field if when else "")
        edit.blockSignals(False)  # noqa: FBT003
        question = form.question(when.field) if when else None
        self.options.setVisible(question is not None)
        if question is not None and when is not None:
            offered = [(one.id, one.words) for one in type_of(question).options(question)]
            self.options.fill(offered, when.options)

    def _on_field(self, id_: str) -> None:
        question = self._form.question(id_) if self._form and id_ else None
        if question is None:
            self._chosen(None)
        else:
            first = type_of(question).options(question)[0]
            self._chosen(When(field=id_, options=(first.id,)))

    def _on_options(self, ids: list[str]) -> None:
        if self._when is not None:
            self._chosen(When(field=self._when.field, options=tuple(ids)) if ids else None)


class FormPanel(Panel):
    """Title, kind, how many answer it, for which designs, and where its wording is from."""

    def __init__(self) -> None:
        super().__init__()
        self.title = TextLine("Title")
        self.kind = ChoiceField("What it is for", list(words.KINDS.items()))
        self.kind.edit.setSizeAdjustPolicy(self.kind.edit.SizeAdjustPolicy(3))
        self.reviewers = ChoiceField("Answered by", [(str(n), f"{n}" if n > 1 else "1 reviewer")
                                                     for n in range(1, 5)])  # fmt: skip
        self.how = ChoiceField("It comes to", list(words.HOW.items()))
        self.bands = Ticks("Words for a total, where the team wants them")
        self.designs = TextLine("Proposed for designs", hint="rct, pre-post; blank for all")
        self.reference = TextLine("Reference", lines=2)
        self.licence = TextLine("Licence of the wording")
        self.about = Words(step="small", colour="quiet", wrap=True)
        self.column.add(
            self.title, self.kind, self.reviewers, self.how, self.bands, self.designs,
            self.reference, self.licence, self.about, self._refused,
        )  # fmt: skip
        self.title.typed.connect(self._on_title)
        self.kind.changed.connect(lambda id_: self._put(kind=FormKind(id_)))
        self.reviewers.changed.connect(lambda id_: self._put(reviewers=int(id_)))
        self.how.changed.connect(self._on_how)
        self.bands.ticked.connect(self._on_bands)
        self.designs.typed.connect(self._on_designs)
        self.reference.typed.connect(lambda text: self._put("reference", reference=text))
        self.licence.typed.connect(lambda text: self._put("licence", licence=text))

    @property
    def first(self) -> QWidget:
        """The title."""
        return self.title

    def fill(self, draft: Draft) -> None:
        """Show the form's own facts."""
        form = draft.form
        self.title.fill(form.title)
        self.kind.set_choice(str(form.kind))
        self.kind.setEnabled(draft.kept is None)
        self.reviewers.set_choice(str(form.reviewers))
        self.how.setVisible(form.kind is FormKind.APPRAISAL)
        self.how.set_choice(form.overall.how if form.overall else "none")
        bands = form.overall.bands if form.overall else ()
        self.bands.setVisible(bool(bands))
        self.bands.fill(
            [(str(n), f"from {one.score}: {one.text}") for n, one in enumerate(bands)],
            [str(n) for n, one in enumerate(bands) if one.on],
        )
        self.designs.setVisible(form.kind is FormKind.APPRAISAL)
        if self._designs(self.designs.text()) != form.designs:
            self.designs.fill(", ".join(form.designs))
        self.reference.fill(form.reference)
        self.licence.fill(form.licence)
        kept = f"version {draft.kept.version} is in force" if draft.kept else "not kept yet"
        wording = f"wording {form.provenance}" if form.provenance else ""
        self.about.setText("  ·  ".join(p for p in (f"id {form.id}", kept, wording) if p))

    def _put(self, run: str = "", **changes: object) -> None:
        self.do(lambda form, _: (replace(form, **changes), ""), run)  # type: ignore[arg-type]

    def _on_title(self, text: str) -> None:
        draft = self.draft
        if draft is not None and draft.kept is None:
            taken = draft.taken
            self.do(lambda form, _: (editing.named(form, text, taken), ""), "title")
        else:
            self._put("title", title=text)

    def _on_how(self, how: str) -> None:
        def change(form: Form, _: str) -> tuple[Form, str]:
            old = form.overall or Overall(how=how)
            return replace(form, overall=replace(old, how=how)), ""

        self.do(change)

    def _on_bands(self, on: list[str]) -> None:
        def change(form: Form, _: str) -> tuple[Form, str]:
            overall = form.overall
            if overall is None:
                return form, ""
            bands = (replace(one, on=str(n) in on) for n, one in enumerate(overall.bands))
            return replace(form, overall=replace(overall, bands=tuple(bands))), ""

        self.do(change)

    def _designs(self, text: str) -> tuple[str, ...]:
        return tuple(part for one in text.split(",") if (part := one.strip()))

    def _on_designs(self, text: str) -> None:
        self._put("designs", designs=self._designs(text))


class SectionPanel(Panel):
    """Title of a section, the list whose rows it is asked for, and when it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.title = TextLine("Title of the section")
        self.per = ChoiceField("Asked how often", [("", "once for a study")])
        self._fixed = Words(step="small", colour="quiet", wrap=True)
        self.per.edit.setSizeAdjustPolicy(self.per.edit.SizeAdjustPolicy(3))
        self.when = WhenControl(self._on_when)
        self.column.add(self.title, self.per, self._fixed, self.when, self._refused)
        self.title.typed.connect(self._on_title)
        self.per.changed.connect(self._on_per)

    @property
    def first(self) -> QWidget:
        """The title."""
        return self.title

    def fill(self, draft: Draft) -> None:
        """Show a section."""
        form, id_ = draft.form, draft.spot.id
        section = next(one for one in form.sections if one.id == id_)
        self.title.fill(section.title)
        edit, here = self.per.edit, editing.fields_of(form, id_)
        edit.clear()
        for path, text in _paths(form):
            edit.addItem(text, path)
        self.per.set_choice("/".join(here[0].list) if here else "")
        fixed = draft.kept is not None and any(draft.kept.question(q.id) for q in here)
        self.per.setEnabled(not fixed and bool(here))
        self.per.setVisible(bool(form.lists))
        why = "How often stays as it is: an earlier version asks these fields." if fixed else ""
        why = why if here else "It is asked for the rows of a list once it has a field."
        self._fixed.show_text(why if form.lists else "")
        self.when.fill(form, section.when)

    def _on_title(self, text: str) -> None:
        kept = self.draft.kept if self.draft else None
        self.do(lambda form, id_: editing.titled(form, kept, id_, text), "title")

    def _on_per(self, path: str) -> None:
        lists = tuple(path.split("/")) if path else ()
        self.do(lambda form, id_: (editing.per_row(form, id_, lists), id_))

    def _on_when(self, when: When | None) -> None:
        self.do(lambda form, id_: (editing.with_section_when(form, id_, when), id_))


def _paths(form: Form) -> list[tuple[str, str]]:
    """Return what a section may be asked for: once, for each row, for each of each."""
    found = [("", "once for a study")]
    found += [(one.id, f"for each {one.row} of {one.title or 'the list'}") for one in form.lists]
    found += [
        (f"{one.id}/{other.id}", f"for each {other.row} of each {one.row}")
        for one in form.lists
        for other in form.lists
        if one is not other
    ]
    return found


class ListPanel(Panel):
    """A list of what a study has several of: its title, and the words for one and for its name."""

    def __init__(self) -> None:
        super().__init__()
        self.title = TextLine("Title of the list", hint="Arms")
        self.row = TextLine("One of them is called", hint="arm")
        self.key = TextLine("Its name is called", hint="Arm")
        explained = Words(
            "A list is for what a study has several of, such as arms or outcomes. Reviewers name "
            "each; a section may be asked for each of them.",
            step="small",
            colour="quiet",
            wrap=True,
        )
        self.column.add(self.title, self.row, self.key, explained, self._refused)
        self.title.typed.connect(lambda text: self._put("title", title=text))
        self.row.typed.connect(lambda text: self._put("row", row=text.strip() or "row"))
        self.key.typed.connect(lambda text: self._put("key", key=text))

    @property
    def first(self) -> QWidget:
        """The title."""
        return self.title

    def fill(self, draft: Draft) -> None:
        """Show a list."""
        one = draft.form.list_of(draft.spot.id)
        assert one is not None
        self.title.fill(one.title)
        if (self.row.text().strip() or "row") != one.row:
            self.row.fill(one.row)
        self.key.fill(one.key)

    def _put(self, run: str, **changes: str) -> None:
        kept = self.draft.kept if self.draft else None

        def change(form: Form, id_: str) -> tuple[Form, str]:
            old = form.list_of(id_)
            assert old is not None
            new: FormList = replace(old, **changes)
            return editing.list_put(form, kept, id_, new)

        self.do(change, run)

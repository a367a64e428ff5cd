"""Forms, for the coordinator: what reviewers answer about studies, and how it is asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from screener.answers import editing, shipped, toml
from screener.answers.form import Form, FormKind, require_successor
from screener.model import Changes, Kind, UserError
from screener.model.words import counted
from screener.report.saving import save_text
from ui.answers.gestures import Gestures
from ui.forms.editor import EditorView
from ui.forms.overview import Known, Overview
from ui.session import files
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.echo import clock
from ui.session.keys import ActionButton
from ui.session.page import EVERYTHING, NOT_SAVED, Page
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, stacked

FORM = "Form (*.toml)"


class FormsPage(Page):
    """Lists the forms; the marked one can be taken, copied, edited; saving makes a version."""

    id = "forms"
    title = "Forms"
    help = (
        "A form is what reviewers answer about every study: what was done and found "
        "(extraction), or how well (appraisal). Take one that comes with Screener, copy it to "
        "change it, or make your own. A later version may add, reword, reorder and retire; it "
        "never hides an answer. A form is opened on Studies, and newer copies carry it."
    )
    where = Where.FORMS
    takes_back = frozenset({Kind.PROTOCOL})
    reads = frozenset({Kind.PROTOCOL, Kind.STAGES, Kind.STUDIES, Kind.DECISIONS})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        keys = session.keys
        self.header = PageHeader(self.title)
        self.overview = Overview(session)
        self.editor = EditorView(session)
        self._stack = stacked(self.overview, self.editor)
        self.new = ActionButton("New form", "new-form", keys, kind="edge", does=self.begin_new)
        self.load = ActionButton("Import…", "import-form", keys, does=self._on_import)
        self.fill = Button("Load a file…", kind="quiet", does=self._on_import)
        self.save = Button("Save", kind="filled", key="Ctrl+Return", does=self.save_form)
        self.give_up = Button("Give up", key="Esc", does=self._on_give_up)
        Column(self, gap=0).add(self.header, (self._stack, 1))
        self._tries = [Gestures(view.preview.view, self) for view in (self.overview, self.editor)]
        for view in (self.overview, self.editor):
            view.preview.view.listens.connect(self.listen)
            view.asked.connect(self.perform)
        self.editor.listens.connect(self.listen)
        self.listen(self.overview.list, self.editor.outline)

    # --- what the window may ask -----------------------------------------------------------------

    @property
    def editing(self) -> bool:
        """Whether a form is edited."""
        return self._stack.currentWidget() is self.editor

    @property
    def _tried(self) -> bool:
        """Whether the keyboard is in the preview, where keys answer."""
        return (self.editor if self.editing else self.overview).preview.has_keyboard

    def places(self) -> tuple[Where, ...]:
        """Return whose keys are listened to: the preview is answered as any form."""
        here = Where.EDITOR if self.editing else Where.FORMS
        return (Where.FORM, here) if self._tried else (here,)

    def hears(self) -> bool:
        """Let digits and letters choose in the preview."""
        return self._tried or super().hears()

    def unsaved(self) -> str:
        """Return a sentence about a form that is being edited, or "".

        From what is said of a part, Esc goes back to the parts and loses nothing.
        """
        return "" if self.editing and self.editor.inside else self.kept_only_here()

    def kept_only_here(self) -> str:
        """Return a sentence about a form that is being edited, or ""."""
        return NOT_SAVED if self.editing and self.editor.changed else ""

    def handlers(self) -> Handlers:
        """Return what the keys do now."""
        tried = self._tries[self.editing].handlers() if self._tried else {}
        if self.editing:
            own = {
                "leave": self.leave,
                "save-form": self.save_form,
                "next-study": self.save_form,
            }
            return {**tried, **self.editor.handlers(), **own}
        one, can = self.overview.chosen(), self.can_act
        found = {"new-form": self.begin_new, "import-form": self._on_import} if can else {}
        if one is not None:
            found |= {"export-form": self._on_export, "copy-form": self.begin_copy}
            found |= {"edit-form": self.begin_edit} if one.own else {"take-form": self.take}
            found |= {"remove-form": self.remove} if one.own and can else {}
        return {**tried, **found, "leave": self.focus_first}

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read the forms of the review; one that is being edited stays as it is."""
        del changes
        self.overview.show_forms(self._every())
        self.take_busy()

    def _every(self) -> list[Known]:
        steps = self.session.project.forms.steps()
        found = [
            Known(
                step.form,
                own=True,
                opened=len(step.subjects()) - len(step.barred()),
                used=self.session.project.forms.is_used(step.id),
            )
            for step in steps
        ]
        have = {one.form.id for one in found}
        coming = [form for _, form in shipped.every() if form.id not in have]
        coming.sort(key=lambda form: form.kind is not FormKind.EXTRACTION)
        return [*found, *(Known(form, own=False) for form in coming)]

    def take_busy(self) -> None:
        """Show whether anything can be changed now."""
        for button in (self.new, self.load, self.fill, self.save):
            button.setEnabled(self.can_act)
        for id_ in ("edit-form", "take-form", "copy-form", "remove-form"):
            self.overview.acts[id_].setEnabled(self.can_act)
        self._dress()

    def _dress(self) -> None:
        draft = self.editor.draft
        if self.editing and draft is not None:
            said = f"version {draft.kept.version} is in force" if draft.kept else "not kept yet"
            name = draft.form.title if draft.kept else "New form"
            self.header.dress(name, said, actions=[self.fill, self.give_up, self.save])
            return
        own = len(self.session.project.forms.steps())
        said = counted(own, "form") if own else "none taken yet"
        self.header.dress(self.title, said, actions=[self.load, self.new])

    def focus_first(self) -> None:
        """Put the keyboard on the forms, or where one is edited."""
        if self.editing:
            self.editor.focus_first()
        else:
            self.overview.list.setFocus()

    def last_in_order(self) -> QWidget:
        """Return what Tab comes to last."""
        if self.editing:
            return self.editor.last_in_order()
        return self.overview.acts["export-form"]

    def chosen_again(self) -> None:
        """Go back to the list, unless something is typed that is not saved."""
        if self.editing and not self.kept_only_here():
            self.end_edit()

    # --- choosing --------------------------------------------------------------------------------

    def take(self) -> None:
        """Add a form that comes with the program to the review, as it is."""
        one = self.overview.chosen()
        if one is None or one.own:
            return
        done = self.session.attempt(lambda: self.session.project.forms.keep(one.form))
        if done is not None:
            self.overview.show_forms(self._every(), (True, one.form.id))
            said = f"{one.form.title} is taken; open it for studies on Studies"
            self.session.say(said, saved=clock(), can_take_back=True)

    def remove(self) -> None:
        """Remove the marked form, which nobody answered; undo brings it back."""
        one = self.overview.chosen()
        if one is None or not one.own:
            return
        if self.do(lambda: self.session.project.forms.remove(one.form.id)):
            self.overview.show_forms(self._every(), (False, one.form.id))
            self.session.say(f"{one.form.title} is removed", saved=clock(), can_take_back=True)

    def _ids(self) -> set[str]:
        own = {step.id for step in self.session.project.forms.steps()}
        return own | {form.id for _, form in shipped.every()}

    def begin_new(self) -> None:
        """Make a form of one's own."""
        form = editing.new_form(FormKind.EXTRACTION, self._ids())
        self._begin(form, None, form)

    def begin_copy(self) -> None:
        """Make a form of one's own that begins as the marked one."""
        one = self.overview.chosen()
        if one is not None:
            form = editing.copied(one.form, self._ids())
            self._begin(form, None, form)

    def begin_edit(self) -> None:
        """Make the next version of the marked form."""
        one = self.overview.chosen()
        if one is not None and one.own:
            self._begin(one.form, one.form, one.form)

    def _begin(self, form: Form, kept: Form | None, began: Form) -> None:
        self.editor.begin(form, kept, self._ids(), began)
        self.session.say("")  # what was done to the list is not taken back here
        self._stack.setCurrentWidget(self.editor)
        self._dress()
        self.editor.focus_first()

    def leave(self) -> None:
        """Go back to the parts of the form, and from there to the list."""
        if not self.editor.back():
            self.end_edit()

    def _on_give_up(self) -> None:
        self.editor.back()
        self.dispatch.leave_by_click()

    def end_edit(self) -> None:
        """Go back to the list; what was said of the draft is true no more."""
        self.session.told_again.emit()
        self._stack.setCurrentWidget(self.overview)
        self.refresh()
        self.focus_first()

    # --- saving ----------------------------------------------------------------------------------

    def save_form(self) -> None:
        """Keep the form that is edited as a version."""
        editor, project, draft = self.editor, self.session.project, self.editor.draft
        if draft is None or not self.editing or self.session.refuses():
            return
        why = editor.why.text().strip()
        try:
            form = editor.whole()
        except UserError as error:
            self.session.complain(error)
            return
        kept = draft.kept
        if kept is not None and editor.asks_why and form.content() != kept.content() and not why:
            self.session.complain(
                "Say in one sentence what changed and why; it is kept with the version."
            )
            editor.why.setFocus()
            return
        done = self.session.attempt(lambda: project.forms.keep(form, why=why))
        if done is None:
            return
        version = done.value.version
        self._stack.setCurrentWidget(self.overview)
        self.overview.show_forms(self._every(), (True, form.id))
        self.take_busy()
        self.focus_first()
        if kept is not None and kept.version == version:
            self.session.say("Nothing was different; the form stays as it is")
        else:
            self.session.say(f"{form.title}: version {version} saved; newer copies carry it")

    # --- files -----------------------------------------------------------------------------------

    def load_file(self, path: Path) -> None:
        """Edit what a file holds: a version of the form of that id, or a new one."""
        try:
            form = toml.read(path)
            here = self.editor.draft if self.editing else None
            if here is not None:
                wrong = here.fill(form)
                if wrong:
                    raise UserError(wrong)
            else:
                steps = {step.id: step.form for step in self.session.project.forms.steps()}
                kept = steps.get(form.id)
                if kept is not None:
                    require_successor(kept, form)
                self._begin(form, kept, kept or editing.new_form(form.kind, set()))
        except UserError as error:
            self.session.complain(error)
            return
        self._dress()
        self.session.remarked.emit(f"{path.name} fills the form; nothing is saved yet")

    def _on_import(self) -> None:
        near = self.session.project.path.parent
        path = files.ask_open(self, "Import a form", near, FORM)
        if path is not None:
            self.load_file(path)

    def save_file(self, path: Path) -> None:
        """Write the marked form as a file."""
        one = self.overview.chosen()
        if one is None:
            return
        try:
            save_text(path, toml.text(one.form))
        except UserError as error:
            self.session.complain(error)
        else:
            self.session.say(f"{one.form.title} saved as {path.name}")

    def _on_export(self) -> None:
        one = self.overview.chosen()
        if one is not None:
            near = self.session.project.path.with_name(f"{one.form.id}.toml")
            path = files.ask_save(self, "Save the form", near, FORM)
            if path is not None:
                self.save_file(path)

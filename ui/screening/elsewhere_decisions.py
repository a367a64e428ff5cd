"""Decisions made in other tools: looked at in a card, then recorded as one action."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener import Project
from screener.model import Progress, Stage, UserError, Verdict
from screener.model.words import counted
from screener.screening.elsewhere import taking
from screener.screening.elsewhere.decisions import (
    Exported,
    decisions,
    may_be_decided_alike,
    read_export,
)
from screener.screening.elsewhere.taking import Proposal, Taken, propose, record
from ui.session import files
from ui.session.session import Session
from ui.session.task import Task
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.fields import ChoiceField, PlainEditor
from ui.widgets.keycap import key_words
from ui.widgets.words import ElidedWords, Row, Words
from ui.widgets.wrapped import Wrapped

_INTRO = (
    "Rayyan, ASReview, Covidence or Abstrackr can export what you decided there. Each decision "
    "becomes your own on the record it matches. Nothing is recorded before you say so."
)
_VERDICTS = (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE)
_LINES = 8
_MOST = 1_000  # rows shown; the list that is saved has all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a file comes to as the fields stand; `sentence` says why there is no proposal."""

    exported: Exported
    people: tuple[tuple[str, int], ...] = ()
    person: str = ""
    alike: bool = False
    proposal: Proposal | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the fields say."""

    stage: Stage
    person: str
    replace: bool
    verdict: Verdict | None


class TakeDecisionsCard(Card):
    """Chooses a file, shows what it would change, and records it when asked to."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__("Decisions made elsewhere", window, width=720)
        self._session = session
        self._path: Path | None = None
        self._exported: Exported | None = None
        self._looked: Looked | None = None
        self._taken: Taken | None = None
        self._task: Task[Looked] | Task[Taken] | None = None
        self._again = False
        screening = self._session.project.screening
        stages = [s for s in Stage if screening.opened(s) and not screening.closed(s)]
        self._file = ElidedWords("No file chosen yet", step="strong")
        self.choose = Button("Choose the file…", does=self._on_choose)
        self.stage = ChoiceField("Decided at", [(s, s.words) for s in stages])
        self.whose = ChoiceField("Whose decisions", [])
        self.verdict = ChoiceField(
            "All of it was", [("", "not said"), *((v, v.capitalize()) for v in _VERDICTS)]
        )
        self.differing = ChoiceField(
            "What I decided otherwise here", [("", "stays"), ("replace", "is replaced")]
        )
        self.said.set_look(step="strong")
        self._remarks = Words(step="small", colour="quiet", wrap=True)
        self.left_alone = PlainEditor(lines=_LINES)
        self.left_alone.setReadOnly(True)
        self.left_alone.setAccessibleName("Rows that are left alone")
        self.save = Button("Save this list…", kind="link", does=self._on_save)
        self.take = Button("Record the decisions", kind="filled", key="Return", does=self._on_take)
        closed = "Every stage here is closed; reopen one to take decisions."
        self._problem = "" if stages else closed
        self._lay_out()
        for field in self._fields():
            field.edit.activated.connect(self._on_asked)
        self._show()

    def _lay_out(self) -> None:
        self.body.add(
            Words(_INTRO, step="note", wrap=True),
            Row().add((self._file, 1), self.choose),
            Row().add(*((field, 1) for field in self._fields())),
            self.said,
            self._remarks,
            self.left_alone,
        )
        acts = Wrapped(far=1)
        acts.set_widgets([self.save, self.take])
        self.foot.add((acts, 1))

    def _fields(self) -> tuple[ChoiceField, ...]:
        return self.stage, self.whose, self.verdict, self.differing

    def focus_first(self) -> None:
        """Begin with the file."""
        self.choose.setFocus()

    # --- reading --------------------------------------------------------------------------

    def _on_choose(self) -> None:
        near = self._session.project.path.parent
        chosen = files.ask_open(self, "Decisions made elsewhere", near, "")
        if chosen is not None:
            self.read(chosen)

    def read(self, path: Path) -> None:
        """Read a file and show what it would change."""
        self._path, self._exported, self._looked, self._taken = path, None, None, None
        for field in (self.whose, self.verdict, self.differing):
            field.edit.setCurrentIndex(0)
        self._file.setText(path.name)
        self._look()

    def _asked(self) -> Asked:
        verdict = self.verdict.choice()
        return Asked(
            stage=Stage(self.stage.choice()),
            person=self.whose.choice(),
            replace=bool(self.differing.choice()),
            verdict=Verdict(verdict) if verdict else None,
        )

    def _on_asked(self) -> None:
        if self._path is not None and self._taken is None:
            self._look()

    def _look(self) -> None:
        path, known, asked = self._path, self._exported, self._asked()
        if self._task is not None:
            self._again = True
            self._task.stop()
            return
        if path is None:
            return

        def look(project: Project, progress: Progress) -> Looked:
            return _look(project, known or read_export(path, progress), asked, progress)

        try:
            task = self._session.run(look, writes=False, told=False)
        except UserError as error:
            self._say(str(error))
            return
        self._begin(task)
        task.done.connect(self._on_looked)
        task.failed.connect(self._on_refused)

    def _begin(self, task: Task[Looked] | Task[Taken]) -> None:
        self._task = task
        self.take.setEnabled(False)
        task.progressed.connect(self._on_progressed)
        task.ended.connect(self._on_ended)

    def _on_progressed(self, done: int, total: int, what: str) -> None:
        part = f"{done:,} of {total:,}" if total else f"{done:,}"
        self._say(f"{what}: {part}", colour="quiet")

    def _on_looked(self, looked: Looked) -> None:
        if not self._again:
            self._exported, self._looked = looked.exported, looked
            self._offer(looked)

    def _on_refused(self, error: UserError) -> None:
        self._looked, self._problem = None, str(error)

    def _on_ended(self) -> None:
        self._task = None
        again, self._again = self._again, False
        if again:
            self._look()
        elif self._taken is None:
            self._show()

    def _offer(self, looked: Looked) -> None:
        """Offer the people of the file; the one whose decisions are shown is chosen."""
        self._problem = looked.sentence
        edit = self.whose.edit
        edit.clear()
        if looked.people and not looked.person:
            edit.addItem("choose whose", "")
        for name, count in looked.people:
            edit.addItem(f"{name} ({count:,})", name)
        edit.setCurrentIndex(max(0, edit.findData(looked.person)))

    # --- what is shown --------------------------------------------------------------------

    def _show(self) -> None:
        looked = self._looked
        taken = looked.proposal.taken if looked and looked.proposal else None
        self.stage.setVisible(self._path is not None and self.stage.edit.count() > 1)
        self.whose.setVisible(looked is not None and bool(looked.people))
        self.verdict.setVisible(looked is not None and looked.alike)
        replaces = taken is not None and bool(taken.differing or taken.replaced)
        self.differing.setVisible(replaces)
        self.choose.setEnabled(self.stage.edit.count() > 0)
        self._show_left(taken)
        self._remarks.show_text(" ".join(taking.remarks(taken)) if taken else "")
        self.take.setVisible(taken is not None and self._taken is None)
        self.take.setEnabled(taken is not None and taken.taken > 0)
        if taken is not None and looked is not None and looked.proposal is not None:
            self.take.setText(f"Record {counted(taken.taken, 'decision')}")
            self._say(_would(looked.proposal), colour="text")
            if self.choose.hasFocus() and self.take.isEnabled():
                self.take.setFocus()
        else:
            self._say(self._problem)

    def _show_left(self, taken: Taken | None) -> None:
        parts = [
            "\n".join((f"Left alone, {why} ({len(rows):,})", *map(taking.row, rows[:_MOST])))
            for why, rows in (taking.left(taken) if taken else ())
        ]
        self.left_alone.setPlainText("\n\n".join(parts))
        self.left_alone.setVisible(bool(parts))
        self.save.setVisible(bool(parts))

    def _say(self, sentence: str, colour: str = "warn") -> None:
        self.said.setVisible(bool(sentence))
        self.say(sentence, colour)

    # --- ending ---------------------------------------------------------------------------

    def _on_take(self) -> None:
        proposal = self._looked.proposal if self._looked else None
        if proposal is None or self._taken is not None or not self.take.isEnabled():
            return
        try:
            task = self._session.run(
                lambda project, progress: record(project, proposal, progress),
                writes=True,
                told=False,
            )
        except UserError as error:
            self._say(str(error))
            return
        self._begin(task)
        task.done.connect(self._on_taken)
        task.failed.connect(self._on_refused)

    def _on_taken(self, taken: Taken) -> None:
        self._taken = taken
        for field in self._fields():
            field.setEnabled(False)
        for button in (self.take, self.choose):
            button.hide()
        place = f" from {taken.tool}" if taken.tool else ""
        sentence = f"{counted(taken.taken, 'decision')} taken{place}"
        key = key_words(self._session.keys.first("undo"))
        self._say(f"{sentence}. {key} takes all of it back.", colour="text")
        self._session.say(sentence, can_take_back=True)
        self.close_button.setFocus()

    def _on_save(self) -> None:
        taken = self._looked.proposal.taken if self._looked and self._looked.proposal else None
        if taken is None or self._path is None:
            return
        proposed = self._path.with_name(f"{self._path.stem}-left-alone.csv")
        chosen = files.ask_save(self, "Save the rows that are left alone", proposed, "CSV (*.csv)")
        if chosen is not None:
            self.write_left(chosen, taken)

    def write_left(self, path: Path, taken: Taken) -> None:
        """Write the rows that are left alone."""
        try:
            taking.write_left(path, taken)
        except UserError as error:
            self._say(str(error))
        else:
            self._say(f"The list was saved as {path.name}.", colour="text")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records what is shown; the rest is as on every card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_take()
        super().keyPressEvent(event)

    def close_card(self) -> None:
        """Go away; what runs is stopped and changes nothing."""
        if self._task is not None:
            self._again = False
            self._task.stop()
            self._task.ended.disconnect(self._on_ended)
            self._task.progressed.disconnect(self._on_progressed)
        super().close_card()


def _look(project: Project, exported: Exported, asked: Asked, progress: Progress) -> Looked:
    """Match as asked; a file that needs another answer first says which in a sentence."""
    alike = may_be_decided_alike(exported, asked.stage)
    verdict = asked.verdict if alike else None
    try:
        decided = decisions(exported, asked.stage, verdict)
    except UserError as error:
        return Looked(exported=exported, alike=alike, sentence=str(error))
    people = tuple((name, count) for name, count in decided.people.items() if name)
    named = asked.person if any(name == asked.person for name, _ in people) else ""
    try:
        person = decided.person(project.reviewer, named)
    except UserError as error:
        return Looked(exported=exported, people=people, alike=alike, sentence=str(error))
    proposal = propose(
        project, decided, stage=asked.stage, reviewer=named, replace=asked.replace,
        progress=progress,
    )  # fmt: skip
    return Looked(exported=exported, people=people, person=person, alike=alike, proposal=proposal)


def _would(proposal: Proposal) -> str:
    taken = proposal.taken
    if not proposal.drafts:
        return "Nothing in it is new here."
    counts = Counter(draft.verdict for draft in proposal.drafts)
    verdicts = ", ".join(f"{counts[v]:,} {v}" for v in _VERDICTS if counts[v])
    over = f"; {taken.replaced:,} replace what is decided here" if taken.replaced else ""
    tool = f" from {taken.tool}" if taken.tool else ""
    return f"{counted(taken.taken, 'decision')}{tool} to record: {verdicts}{over}."

"""The form a reviewer answers: its studies, how far each is, and what is saved of a field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from screener.answers import values
from screener.answers.appraisal import appraise
from screener.answers.draft import Draft
from screener.answers.form import Form
from screener.answers.sheet import Cell, ListedRow, Sheet
from screener.answers.values import Value
from screener.model import Answer, AnswerState, Question, Study, UserError
from ui.answers.drafts import Drafts
from ui.answers.given import Given, given_from, given_of, said
from ui.answers.line import Line
from ui.answers.shown import ShownForm
from ui.session.echo import Echo, clock
from ui.session.session import Session

_NOT_SAVED = "This could not be saved; it stays here until it can be."
_NOT_LEFT = "This was typed and not saved: go to it, and leave it with Tab."


class FormModel(ShownForm):
    """One form of a copy: the study that is shown, its answers, and everything that records one.

    What does not parse, or cannot be saved, stands beside the answers until it is mended; it is
    kept in the file, where that can be written.
    """

    moved = Signal()
    """Another study is shown."""

    def __init__(self, session: Session, form: str, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.step = session.project.forms.step(form)
        self.answering = session.project.forms.answering(form)
        self.studies: list[Study] = []
        self.code = ""
        self.since: frozenset[str] = frozenset()
        """The studies that were opened after the form was closed."""
        self.report = ""
        """The report that is shown: what a page or a quote is from."""
        self._lines: dict[str, Line] = {}
        self._answers: dict[Cell, Answer] = {}
        self._followed: set[str] = set()
        self._adds = False  # whether rows are being added
        self._removed: tuple[Echo | None, list[str]] = None, []
        """What was said of the rows removed last, one after the other, and their names."""
        self.drafts = Drafts(
            lambda study, kept: session.attempt(lambda: self.answering.keep_typed(study, kept))
        )

    # --- what there is ---------------------------------------------------------------------------

    @property
    def form(self) -> Form:
        """The version of the form that is in force."""
        return self.step.form

    @property
    def can_answer(self) -> bool:
        """Whether anything can be answered now on the study that is shown."""
        shut = self.code and self.current not in self.since
        return self.session.project.writable and not shut

    @property
    def left(self) -> int:
        """How many studies that can be answered are not finished."""
        return sum(not self._line(study).complete for study in self._asked())

    def _asked(self) -> list[str]:
        """Return the studies that are answered: of a closed form those opened since."""
        return [one.id for one in self.studies if not self.code or one.id in self.since]

    def total(self) -> str:
        """Return what the ratings of the study come to so far, "" where the form has no sum."""
        if not self.appraises:
            return ""
        said = {cell: values.value_of(text) for cell, text in self.sheet.said.items()}
        return appraise(self.form, said).words

    @property
    def study(self) -> Study | None:
        """The study that is shown."""
        return next((one for one in self.studies if one.id == self.current), None)

    def lines(self) -> list[Line]:
        """Return the studies with how far each is."""
        return [self._line(study.id) for study in self.studies]

    def _line(self, study: str) -> Line:
        line, unread = self._lines[study], len(self.drafts.wrong_cells(study))
        return replace(line, unread=unread, complete=line.complete and not unread)

    def finished(self) -> int:
        """Return how many studies are finished."""
        return sum(line.complete for line in self.lines())

    def given(self, question: str, row: str = "") -> Given:
        """Return what stands in a field: what was typed and is no answer, else the answer."""
        typed = self.drafts.given(self.current, (question, row))
        return typed or given_of(self._answers.get((question, row)))

    def saved(self, question: str, row: str = "") -> Given:
        """Return the answer to a question as it is recorded."""
        return given_of(self._answers.get((question, row)))

    def wrong(self, question: str, row: str = "") -> str:
        """Return what is wrong with what stands in a field, or ""."""
        return self.drafts.wrong(self.current, (question, row))

    def wrong_cells(self) -> list[Cell]:
        """Return the fields of the study in which what stands is no answer."""
        return self.drafts.wrong_cells(self.current)

    def everything(self) -> dict[str, Sheet]:
        """Return all answers as they are now."""
        return dict(self._sheets)

    def first_changed(self, before: Mapping[str, Sheet]) -> tuple[str, Cell] | None:
        """Return the first study and field that are otherwise than they were."""
        for study, sheet in self._sheets.items():
            was = before.get(study)
            if was is None or (was.said, was.rows) == (sheet.said, sheet.rows):
                continue
            order = [question.id for question in self.form.questions]
            cells = {*was.said, *sheet.said}
            other = [cell for cell in cells if was.said.get(cell) != sheet.said.get(cell)]
            other = other or sheet.cells_beyond(was)
            if other:
                return study, min(other, key=lambda cell: (order.index(cell[0]), cell[1]))
        return None

    # --- reading ---------------------------------------------------------------------------------

    def read(self, only: Collection[str] = ()) -> None:
        """Read the studies again, or those of them that changed."""
        if not only or not self._sheets:
            barred = self.step.barred()
            every = {one.id: one for one in self.session.project.studies.all()}
            self.studies = [every[id_] for id_ in self.step.subjects() if id_ not in barred]
            self._sheets, self._lines = {}, {}
            self.code, self.since = self.answering.code(), self.answering.since()
        wanted = [one.id for one in self.studies if not self._sheets or one.id in only]
        names = {one.id: one.name for one in self.studies}
        for id_ in wanted:
            sheet = self._sheets[id_] = self.answering.sheet(id_)
            done, whole = sheet.progress()
            self._lines[id_] = Line(
                id=id_,
                name=names[id_],
                done=done,
                all=whole,
                begun=sheet.begun,
                complete=sheet.complete,
            )
            self._take_typed(id_)
            self._follow_rows(id_)
        if self.current not in self._sheets:
            self.current = self._first()
        if not only or self.current in only:
            self._read_answers()
        self.counted.emit()

    def _read_answers(self) -> None:
        answers = self.answering.answers(self.current) if self.current else []
        self._answers = {(one.question, one.row): one for one in answers}

    def _take_typed(self, study: str) -> None:
        if self.drafts.knows(study):
            return
        kept = {cell: given_from(one) for cell, one in self.answering.typed(study).items()}
        wrong = {}
        for (id_, row), given in kept.items():
            question = self.form.question(id_)
            if question is not None:
                wrong[id_, row] = self.refusal(question, given) or _NOT_LEFT
        self.drafts.load(study, kept, wrong)

    def _follow_rows(self, study: str) -> None:
        """Let what was typed into a row go with it, and come back with it."""
        sheet, loaded = self._sheets[study], study not in self._followed
        self._followed.add(study)
        otherwise = self.drafts.follow(study, gone=sheet.lacks_row, anew=self._adds)
        if otherwise and not loaded and self.session.project.writable and not self.session.busy:
            self.drafts.write(study)

    def _first(self) -> str:
        """Return the first study that is not finished, else the first."""
        left = (id_ for id_ in self._sheets if not self._line(id_).complete)
        return next(left, next(iter(self._sheets), ""))

    def go_to(self, study: str) -> None:
        """Show another study."""
        if study != self.current and study in self._sheets:
            self.current = study
            self._read_answers()
            self.moved.emit()

    def after(self) -> str:
        """Return the next study that is not finished, going round; "" where all are."""
        ids = self._asked()
        place = ids.index(self.current) + 1 if self.current in ids else 0
        others = (id_ for id_ in ids[place:] + ids[:place] if id_ != self.current)
        return next((id_ for id_ in others if not self._line(id_).complete), "")

    def beside(self, by: int) -> str:
        """Return the study below (1) or above (-1) in the list, or ""."""
        ids = list(self._sheets)
        place = ids.index(self.current) + by if self.current in ids else -1
        return ids[place] if 0 <= place < len(ids) else ""

    # --- answering -------------------------------------------------------------------------------

    def put(self, question: Question, given: Given, row: str = "") -> str:
        """Save a field as one event; returns what is wrong where it is no answer, or ""."""
        cell = (question.id, row)
        before = given_of(self._answers.get(cell))
        if given == before:
            self._keep(cell, None)
            return ""
        wrong = self.refusal(question, given)
        if not wrong and not self._record(question, given, row):
            wrong = _NOT_SAVED
        if wrong:
            self._keep(cell, given, wrong)
        else:
            self.drafts.replace(self.current, cell, before)
            self.counted.emit()
        return wrong

    def begin(self, question: Question, given: Given, row: str = "") -> None:
        """Keep what is being typed into a field, so that a crash does not lose it."""
        cell = (question.id, row)
        if not self.can_answer or self.session.busy:
            return
        if given == self.given(*cell):
            self.drafts.give_up(self.current, cell)
        else:
            self.drafts.begin(self.current, cell, given)

    def take_typed(self, typed: Mapping[tuple[str, Cell], Given | None]) -> None:
        """Answer here what another file of the same review could not save, each in its study."""
        before = self.current
        for (study, (id_, row)), given in typed.items():
            question = self.form.question(id_)
            if question is None or study not in self._sheets:
                continue
            self.current = study
            self._read_answers()
            if given is None:
                self._keep((id_, row), None)
            else:
                self.put(question, given, row)
        self.current = before
        self._read_answers()

    def bring_back(self, cell: Cell) -> None:
        """Put into a field what stood there before the answer that was taken back."""
        self.drafts.bring_back(self.current, cell, given_of(self._answers.get(cell)))
        self.counted.emit()

    def _record(self, question: Question, given: Given, row: str) -> bool:
        state = AnswerState(given.state)
        if given.blank:
            state = AnswerState.NONE
        done = self.session.attempt(
            lambda: self.answering.answer(
                self.current,
                question.id,
                given.text if state is AnswerState.VALUE else "",
                row=row,
                state=state,
                unit=given.unit if state is AnswerState.VALUE else "",
                place=given.place(self.report),
                note=given.note.strip(),
            )
        )
        if done is not None and done.value:
            words = said(question, given)
            of_row = f" ({self._row_words(question, row)})" if row else ""
            self.say(f"{question.words}{of_row} {words}, {self._name()}")
        return done is not None

    def _row_words(self, question: Question, row: str) -> str:
        return ", ".join(
            next((one.key for one in self.rows(list_) if one.id == id_), id_)
            for list_, id_ in zip(question.list, row.split("/"), strict=False)
        )

    def _name(self) -> str:
        return self.study.name if self.study else ""

    def say(self, sentence: str) -> None:
        """Say what was saved."""
        self.session.say(sentence, saved=clock(), can_take_back=True)

    def _keep(self, cell: Cell, given: Given | None, wrong: str = "") -> None:
        """Keep what is no answer, or forget it; also in the file, while that can be written."""
        if self.drafts.keep(self.current, cell, given, wrong, written=wrong != _NOT_SAVED):
            self.counted.emit()

    # --- rows ------------------------------------------------------------------------------------

    def add_row(self, list_: str, key: str) -> str:
        """Add a row to a list; returns what is wrong, or ""."""
        return self._row(
            lambda: self.answering.add_row(self.current, list_, key), key, "added", adds=True
        )

    def rename_row(self, list_: str, row: str, key: str) -> str:
        """Name a row otherwise; returns what is wrong, or ""."""
        return self._row(
            lambda: self.answering.rename_row(self.current, list_, row, key), key, "renamed"
        )

    def remove_row(self, list_: str, row: ListedRow) -> str:
        """Remove a row with its answers; returns what is wrong, or "".

        What is said names every row that went since anything else was said.
        """
        told, names = self._removed
        names = names if told is not None and told is self.session.echo else []
        after = f" after {', '.join(names)}" if names else ""
        does = partial(self.answering.remove_row, self.current, list_, row.id)
        wrong = self._row(does, row.key, f"removed{after}")
        if not wrong:
            self._removed = self.session.echo, [*names, row.key]
        return wrong

    def paste(
        self,
        list_: str,
        cells: Iterable[tuple[int, str, Question | None, Given]],
        what: str,
        *,
        named: bool,
    ) -> str:
        """Record cells of a table as one action, all or none; returns what is wrong, or ""."""
        several = list(cells)
        drafts = [
            Draft(
                subject=self.current,
                question=question.id,
                value=Value(AnswerState(given.state), given.text, given.unit)
                if not given.blank
                else Value(AnswerState.NONE),
                row=key,
                line=line,
                by_id=not named,
            )
            for line, key, question, given in several
            if question is not None
        ]

        def does() -> None:
            with self.session.project.together(f"Paste {what}"):
                if drafts:
                    self.answering.answer_many(drafts)
                known = {row.key for row in self.answering.rows(self.current, list_)}
                for _, key, question, _ in several:
                    if question is None and key not in known:
                        self.answering.add_row(self.current, list_, key)

        return self._row(does, what, "pasted", adds=True)

    def _row(self, does: Callable[[], object], key: str, did: str, *, adds: bool = False) -> str:
        if self.session.busy:
            return _NOT_SAVED
        self._adds = adds
        try:
            does()
        except UserError as error:
            return str(error)
        finally:
            self._adds = False
        self.say(f"{key.strip()} {did}, {self._name()}")
        return ""

    # --- finished --------------------------------------------------------------------------------

    def close(self) -> bool:
        """Close the form."""
        done = self.session.attempt(self.answering.close)
        if done is not None:
            self.session.say(f"{self.step.words} is closed", saved=clock())
        return done is not None

    def reopen(self, why: str) -> bool:
        """Open the closed form again."""
        done = self.session.attempt(lambda: self.answering.reopen(why))
        if done is not None:
            self.session.say(f"{self.step.words} is open again", saved=clock())
        return done is not None

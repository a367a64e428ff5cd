"""Answering a form: one reviewer's answers and rows, read and recorded one by one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from screener.answers import values
from screener.answers.draft import NOWHERE, Draft, Place
from screener.answers.mine import Mine, Once
from screener.answers.rows import require_key, word_of
from screener.answers.sheet import Cell, ListedRow, Sheet
from screener.answers.step import FormStep
from screener.answers.values import Value, answer_from
from screener.model import Answer, AnswerState, Question, UserError
from screener.model.arguments import public
from screener.model.cells import visible
from screener.model.types import LONGEST
from screener.model.words import unturned
from screener.store import closing, owned
from screener.store.file import Action, File, FileKind
from screener.store.heads import head_ids
from screener.store.kinds import Body
from screener.store.kinds.reviewer import Answer as Recorded
from screener.store.kinds.reviewer import ListRow

_MOST = 10


class Answering:
    """The answers of a reviewer to one form, in their own copy."""

    def __init__(self, file: File, step: FormStep) -> None:
        self._file = file
        self._step = step
        self._once: Once | None = None
        """What was read of each subject that may be answered, while a table is recorded."""

    # --- reading -----------------------------------------------------------------------------

    def answers(self, subject: str) -> list[Answer]:
        """Return this reviewer's answers on a subject, and blanks with a note, as recorded."""
        return [answer_from(head) for head in self._mine(subject).recorded]

    def _mine(self, subject: str) -> Mine:
        known = self._once.mine.get(subject) if self._once is not None else None
        return known or Mine(self._file, self._step.id, subject)

    def rows(self, subject: str, list_: str) -> list[ListRow]:
        """Return this reviewer's rows of a list on a subject, in the order they were added.

        The `id` of a row is what answers name, its `key` is for people.
        """
        return list(self._mine(subject).rows(list_).values())

    def sheet(self, subject: str) -> Sheet:
        """Return what this reviewer says of a subject, as the form is filled in."""
        answers = [one for one in self.answers(subject) if not one.blank]
        lists = [one.id for one in self._step.form.lists]
        return Sheet(
            form=self._step.form,
            said={(a.question, a.row): Value(a.state, a.value, a.unit).text for a in answers},
            rows={id_: [ListedRow(r.id, r.key) for r in self.rows(subject, id_)] for id_ in lists},
        )

    def typed(self, subject: str) -> dict[Cell, dict[str, str]]:
        """Return what was typed into fields of a subject and is no answer, by question and row."""
        kept = owned.read(self._file, self._typed_at(subject), dict[str, dict[str, str]]) or {}
        return {(cell.partition(" ")[0], cell.partition(" ")[2]): t for cell, t in kept.items()}

    def keep_typed(self, subject: str, typed: Mapping[Cell, Mapping[str, str]]) -> None:
        """Keep what was typed and is no answer, in place of what was kept; nobody else reads it."""
        kept = {f"{question} {row}": dict(text) for (question, row), text in typed.items()}
        if typed != self.typed(subject):
            self._file.set_own(self._typed_at(subject), json.dumps(kept, ensure_ascii=False))

    def _typed_at(self, subject: str) -> str:
        return f"typed {self._step.id} {subject}"

    # --- answering ---------------------------------------------------------------------------

    @public
    def answer(
        self,
        subject: str,
        question: str,
        value: str = "",
        *,
        row: str = "",
        state: AnswerState = AnswerState.VALUE,
        unit: str = "",
        place: Place = NOWHERE,
        note: str = "",
        seen: str = "",
    ) -> bool:
        """Record an answer as one event; returns False, and writes nothing, when nothing changes.

        `state` is a special value, or none for a blank with a note. `seen` is the answer of
        somebody else that was in view. `UserError` in a project, when the form is closed or not
        open for the subject, there is no such question or row, or the value is none of it.
        """
        draft = Draft(
            subject=subject, question=question, row=row, value=Value(state, value, unit),
            place=place, note=note, seen=seen,
        )  # fmt: skip
        self._require_open(subject)
        asked, body = self._body(draft)
        if body is None:
            return self.take_back(subject, question, row=row)
        if self._mine(subject).answers(question, row) == [body]:
            return False
        with self._file.action(_did(asked, body)) as action:
            self._append(action, subject, body)
        return True

    def answer_many(self, drafts: Iterable[Draft]) -> int:
        """Record many answers as one action, all or none; returns how many were otherwise.

        A row is named by its key, one that is not there is added. `UserError` says what is wrong
        with the first ten, by the line of each; without a line of one alone.
        """
        self._require_copy()
        count, wrong, seen = 0, list[str](), set[tuple[str, str, str]]()
        drafts = list(drafts)
        name, subjects = self._name_of(drafts), {one.subject for one in drafts}
        with self._read_once(subjects), self._file.action(name) as action:
            for draft in drafts:
                try:
                    self._require_open(draft.subject)
                    row = self._row_ids(action, draft)
                    place = (draft.subject, draft.question, row)
                    if place in seen:
                        raise UserError("the same question is answered twice")
                    seen.add(place)
                    count += self._put(action, replace(draft, row=row))
                except UserError as error:
                    if not draft.line:
                        raise
                    wrong.append(f"line {draft.line}: {str(error).rstrip('.')}")
            if wrong:
                more = "; ..." if len(wrong) > _MOST else ""
                raise UserError(
                    f"{'; '.join(wrong[:_MOST])}{more}; mend these lines, nothing was recorded."
                )
        return count

    def _name_of(self, drafts: Sequence[Draft]) -> str:
        """Return what recording some answers is called: one as it is called anywhere else."""
        if len(drafts) == 1:
            with suppress(UserError):  # what is wrong with it is said where it is recorded
                asked, body = self._body(drafts[0])
                if body is not None:
                    return _did(asked, body)
        return "Answer from a table"

    @contextmanager
    def _read_once(self, subjects: Collection[str]) -> Iterator[None]:
        """Read what is recorded on each of these subjects once, until nothing more is written."""
        self._once = Once(self._step.known(subjects), self._step.barred(subjects))
        try:
            yield
        finally:
            self._once = None

    def _put(self, action: Action, draft: Draft) -> bool:
        """Record one answer in an action, or take it back; says whether anything is otherwise."""
        _, body = self._body(draft)
        standing = self._mine(draft.subject).answers(draft.question, draft.row)
        if standing == ([] if body is None else [body]):
            return False
        if body is None:
            self._void(action, Recorded, draft.subject, draft.question, draft.row)
        else:
            self._append(action, draft.subject, body)
        self._mine(draft.subject).put(draft.question, draft.row, body)
        return True

    def _body(self, draft: Draft) -> tuple[Question, Recorded | None]:
        """Return the question and what is recorded of an answer; None for what is taken back."""
        asked = self._require(draft.subject, draft.question, draft.row)
        said = values.entered(asked, draft.value.state, draft.value.value, draft.value.unit)
        if any(len(t) > LONGEST for t in (draft.place.page, draft.place.quote, draft.note)):
            raise UserError(f"Page, quote and note have at most {LONGEST} characters; shorten it.")
        if said.state is AnswerState.NONE and not draft.note:
            return asked, None
        return asked, Recorded(
            question=draft.question,
            row=draft.row,
            state=said.state,
            value=said.value,
            unit=said.unit,
            form=self._step.form.name,
            report=draft.place.report,
            page=visible(unturned(draft.place.page)),
            quote=visible(unturned(draft.place.quote)),
            origin=draft.place.origin,
            note=visible(unturned(draft.note)),
            seen=draft.seen,
        )

    def _append(self, action: Action, subject: str, body: Recorded) -> None:
        action.append(
            body,
            subject=subject,
            step=self._step.id,
            supersedes=self._heads(Recorded, subject, body.question, body.row),
        )

    def _row_ids(self, action: Action, draft: Draft) -> str:
        """Return the ids of the rows an answer names by keys, added where they are new."""
        asked = self._step.form.question(draft.question)
        keys = draft.row.split("/") if draft.row else []
        if draft.by_id or asked is None or len(keys) != len(asked.list):
            return draft.row  # what is wrong with it is said where it is recorded
        return "/".join(
            self._row_id(action, draft.subject, list_, key)
            for list_, key in zip(asked.list, keys, strict=True)
        )

    def _row_id(self, action: Action, subject: str, list_: str, key: str) -> str:
        row = self._mine(subject).row_named(list_, key)
        return row.id if row is not None else self._add(action, subject, list_, key)

    @public
    def take_back(self, subject: str, question: str, *, row: str = "") -> bool:
        """Take an answer back, with its note; returns False when there is none."""
        self._require_open(subject)
        asked = self._require(subject, question, row)
        if not self._mine(subject).answers(question, row):
            return False
        with self._file.action(f"Take back: {asked.words}") as action:
            self._void(action, Recorded, subject, question, row)
        return True

    # --- rows --------------------------------------------------------------------------------

    @public
    def add_row(self, subject: str, list_: str, key: str) -> str:
        """Add a row to a list and return its id, by which answers name it.

        `UserError` when the key is blank or another row of the list has it; and as in `answer`.
        """
        self._require_open(subject)
        self._check_key(subject, list_, key)
        with self._file.action(f"Add {self._step.form.list_words(list_)}: {key.strip()}") as action:
            return self._add(action, subject, list_, key)

    def _add(self, action: Action, subject: str, list_: str, key: str) -> str:
        self._check_key(subject, list_, key)
        mine = self._mine(subject)
        taken = mine.rows(list_)
        id_ = next(
            word
            for n in range(1, len(taken) + 2)
            if (word := word_of(key) + (f"-{n}" if n > 1 else "")) not in taken
        )
        row = ListRow(list=list_, id=id_, key=key.strip())
        self._append_row(action, subject, row)
        mine.put_row(row)
        return id_

    @public
    def rename_row(self, subject: str, list_: str, row: str, key: str) -> bool:
        """Change what a row is recognised by; its answers stay. False when nothing changes."""
        self._require_open(subject)
        if self._require_row(subject, list_, row).key == key.strip():
            return False
        self._check_key(subject, list_, key, but=row)
        with self._file.action(
            f"Rename {self._step.form.list_words(list_)}: {key.strip()}"
        ) as action:
            self._append_row(action, subject, ListRow(list=list_, id=row, key=key.strip()))
        return True

    @public
    def row_named(self, subject: str, list_: str, key: str) -> ListRow:
        """Return the row of a list that is recognised by a key; `UserError` when there is none."""
        self._require_open(subject)
        return self._mine(subject).row_named(list_, key) or self._require_row(subject, list_, key)

    @public
    def remove_row(self, subject: str, list_: str, row: str) -> None:
        """Remove a row from a list, with the answers in it, as one action."""
        self._require_open(subject)
        here = self._require_row(subject, list_, row)
        with self._file.action(f"Remove {self._step.form.list_words(list_)}: {here.key}") as action:
            for answer in self.answers(subject):
                if self._in_row(answer, list_, row):
                    self._void(action, Recorded, subject, answer.question, answer.row)
            self._append_row(action, subject, ListRow(list=list_, id=row, key=here.key, gone=True))

    def _in_row(self, answer: Answer, list_: str, row: str) -> bool:
        question = self._step.form.question(answer.question)
        lists = question.list if question else ()
        return (list_, row) in zip(lists, answer.row.split("/"), strict=False)

    def _append_row(self, action: Action, subject: str, body: ListRow) -> None:
        before = self._heads(ListRow, subject, body.list, body.id)
        action.append(body, subject=subject, step=self._step.id, supersedes=before)

    def _check_key(self, subject: str, list_: str, key: str, *, but: str = "") -> None:
        self._step.form.require_list(list_)
        require_key(key)
        row = self._mine(subject).row_known_by(list_, key)
        if row is not None and row.id != but:
            raise UserError(f"There is a row “{row.key}” already; choose another name.")

    # --- finished or not ---------------------------------------------------------------------

    def code(self) -> str:
        """Return the closing code of the last close that was not opened again, else ""."""
        return closing.code(self._file, self._step.id)

    def since(self) -> frozenset[str]:
        """Return the subjects opened after this reviewer closed the form: still to answer."""
        asked = set(self._step.subjects()).difference(self._step.barred())
        return closing.since(self._file, self._step.id, asked)

    def close(self) -> str:
        """Say that this reviewer has finished the form; returns the closing code."""
        self._require_copy()
        if len(self._step.barred()) == len(self._step.subjects()):
            raise UserError(f"{self._step.words} is open for nothing yet; nothing is to close.")
        step, since = self._step, bool(self.since())
        return closing.close(self._file, step.id, step.words, since=since)

    @public
    def reopen(self, why: str) -> None:
        """Open the closed form again, with the reason; the first close stays in the history."""
        self._require_copy()
        closing.reopen(self._file, self._step.id, self._step.words, why)

    # --- what is refused ---------------------------------------------------------------------

    def _require_copy(self) -> None:
        if self._file.kind is not FileKind.COPY:
            raise UserError("Open your own copy to answer.")

    def _require_open(self, subject: str) -> None:
        self._require_copy()
        once = self._once or Once(self._step.known([subject]), self._step.barred([subject]))
        if subject in once.mine:
            return
        if subject not in once.known:
            raise UserError(f"There is no {subject} in this review; see its list.")
        if subject in once.barred:
            raise UserError(f"{self._step.words} is not open for this; a newer copy may open it.")
        once.mine[subject] = Mine(self._file, self._step.id, subject, whole=True)

    def _require(self, subject: str, question: str, row: str) -> Question:
        """Return a question; `UserError` unless it is asked for such a row."""
        asked = self._step.form.question(question)
        if asked is None:
            raise UserError(f"There is no question “{question}” in {self._step.words}.")
        ids = row.split("/") if row else []
        self._step.form.require_rows(asked, len(ids))
        for list_, id_ in zip(asked.list, ids, strict=True):
            self._require_row(subject, list_, id_)
        return asked

    def _require_row(self, subject: str, list_: str, row: str) -> ListRow:
        self._step.form.require_list(list_)
        if (found := self._mine(subject).rows(list_).get(row)) is None:
            raise UserError(
                f"There is no {self._step.form.list_words(list_)} “{row}” here; add it first."
            )
        return found

    def _heads(self, body: type[Body], subject: str, question: str, row: str) -> list[str]:
        return head_ids(
            self._file,
            body,
            step=self._step.id,
            subject=subject,
            author=self._file.reviewer,
            question=question,
            row=row,
        )

    def _void(
        self, action: Action, body: type[Body], subject: str, question: str, row: str
    ) -> None:
        action.void(
            body,
            subject=subject,
            step=self._step.id,
            question=question,
            row=row,
            supersedes=self._heads(body, subject, question, row),
        )


def _did(asked: Question, body: Recorded) -> str:
    """Return what recording an answer is called."""
    said = Value(body.state, body.value, body.unit)
    none = said.state is AnswerState.NONE
    return f"{asked.words}: {said.state.words if none else values.words_of(asked, said)}"

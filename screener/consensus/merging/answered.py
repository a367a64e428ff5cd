"""What answers, rows, pairs and consensus at forms say: each is read as its own step reads it.

A form is kept, and an answer recorded, only when it can be; what was made by hand may say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from screener.consensus.merging.belonging import Names
from screener.model import Answer as Given
from screener.model import ReviewerId
from screener.model.admits import Rows
from screener.model.step import Agreed, Item
from screener.model.step import Step as AtStep
from screener.store import logs, lost
from screener.store.file import File
from screener.store.history import of_kinds
from screener.store.kinds import Body, Kind, LogKind
from screener.store.kinds.meeting import Consensus, Pair
from screener.store.kinds.project import Form
from screener.store.kinds.reviewer import Answer, ListRow
from screener.store.membership import record_ids
from screener.store.subjects import ever_joined

Refuse = Callable[[bytes, str], None]
"""Refuses the file because of an event (its id), with what is wrong with it."""


class _Entry(NamedTuple):
    event: bytes
    log: str
    step: str
    subject: str
    author: str
    body: Body


class Subjects:
    """The records and studies that two files know, read when they are asked for, and once.

    A study that is there no more was one: what was said of it stays, and is named as a problem.
    """

    def __init__(self, target: File, incoming: File, *, lost: bool) -> None:
        """`lost` says that entries are missing in the incoming file."""
        self._files = [target] if target is incoming else [target, incoming]
        self._where = target if lost else incoming
        self._asked: dict[tuple[str, str], bool] = {}

    @cached_property
    def incoming(self) -> Set[str]:
        """The records of the incoming file."""
        return set(record_ids(self._files[-1]))

    @cached_property
    def records(self) -> Set[str]:
        """The records of both files."""
        return self.incoming | set(record_ids(self._files[0]))

    @cached_property
    def studies(self) -> Set[str]:
        """Every study that either file ever had."""
        every = (entry for file in self._files for entry in of_kinds(file, "study"))
        return {entry.event.subject for entry in every}

    def asked(self, subject: str, step: AtStep) -> bool:
        """Say whether a subject is, or was, one that a step asks about."""
        if subject in self.studies:
            return True
        at = subject, step.id
        if at not in self._asked:
            self._asked[at] = step.has(self._where.unit_of(subject))
        return self._asked[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known where entries are judged: files, steps by id, the names of people by id.

    `lost` says that entries are missing in the file: what they would say is not asked for.
    """

    target: File
    incoming: File
    names: Names
    steps: Mapping[str, AtStep]
    subjects: Subjects
    lost: bool


class Answered:
    """What the events of one file say at forms; `visit` takes them in one by one."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._subjects: dict[str, bytes] = {}
        """What is said or taken back of anything, each with the first event on it."""

    def visit(
        self, event: bytes, log: str, at: tuple[str, str], author: str, kind: Kind, body: Body
    ) -> None:
        """Take in one sound event that stands `at` a step and a subject."""
        of_project = kind.log is LogKind.PROJECT
        if kind.at_step and at[1] and not (kind.on_record or of_project):
            self._subjects.setdefault(at[1], event)
        if isinstance(body, Answer | ListRow | Pair | Consensus | Form):
            self._entries.append(_Entry(event, log, *at, author, body))

    def check_subjects(self, refuse: Refuse, subjects: Subjects) -> None:
        """Refuse a file for what is said of no record of it, and no study of the review."""
        unknown = self._subjects.keys() - subjects.incoming
        for subject in sorted(unknown - subjects.studies) if unknown else ():
            refuse(self._subjects[subject], "on a record or study that is not here")

    def check(self, refuse: Refuse, around: Around) -> None:
        """Refuse a file for the first entry that nobody can have written with Screener."""
        judge = _Judge(around, self._entries)
        for one in self._entries:
            if what := judge.wrong(one):
                refuse(one.event, f"that cannot be ({what})")


class _Judge:
    """Says of one entry after the other what is wrong with it."""

    def __init__(self, around: Around, entries: list[_Entry]) -> None:
        self._around = around
        files = (around.target, around.incoming)
        self._joined = ever_joined(*(file.connection for file in files)) if entries else {}
        self._rows: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
        """By step and subject: author, list and id of every row there ever was."""
        self._keys: dict[tuple[str, str], set[tuple[str, str]]] = {}
        """By step and subject: list and key of every row and pair."""
        for one in entries:
            place = one.step, self._one_name(one.subject)
            if isinstance(one.body, ListRow):
                row = one.author, one.body.list, one.body.id
                self._rows.setdefault(place, set()).add(row)
            if isinstance(one.body, ListRow | Pair):
                self._keys.setdefault(place, set()).add((one.body.list, one.body.key))
        self._basis = self._known_basis(entries)
        self._lost = lost.logs_of(around.incoming.rows) if entries else frozenset()

    def _one_name(self, subject: str) -> str:
        return self._joined.get(subject, subject)

    def _known_basis(self, entries: list[_Entry]) -> set[str]:
        named = {id_ for e in entries if isinstance(e.body, Consensus) for id_ in e.body.basis}
        here = logs.places_of(self._around.incoming, named)
        if self._around.target is self._around.incoming:
            return set(here)
        return {*here, *logs.places_of(self._around.target, named - here.keys())}

    def wrong(self, one: _Entry) -> str:
        """Return what is wrong with an entry, or ""."""
        step = self._around.steps.get(one.step)
        if isinstance(one.body, Form):
            return self._of_form(one, one.body, step)
        if step is None:
            return ""  # refused with its stage
        return next(filter(None, self._said(one, step)), "")

    def _of_form(self, one: _Entry, body: Form, step: AtStep | None) -> str:
        if one.step != body.id:
            return f"it stands at “{one.step}” and is called “{body.id}”"
        return step.wrong_version(body.digest[:16]) if step is not None else ""

    def _said(self, one: _Entry, step: AtStep) -> Iterator[str]:
        if not step.opened_by_import and not self._around.subjects.asked(one.subject, step):
            yield "it is on nothing that is asked about there"
        body, place = one.body, (one.step, self._one_name(one.subject))
        lost_ = self._around.lost or one.log in self._lost
        rows = self._rows.get(place, set())
        if isinstance(body, Answer):
            own: Rows = {(list_, id_) for who, list_, id_ in rows if who == one.author}
            yield step.wrong_answer(_given(one, body), None if lost_ else own)
            if body.report and body.report not in self._around.subjects.records:
                yield "it names a report that is not here"
        elif isinstance(body, ListRow):
            yield step.wrong_row(body.list, body.key)
        elif isinstance(body, Pair):
            yield from self._of_pair(body, step, None if lost_ else rows)
        elif isinstance(body, Consensus):
            keys = self._keys.get(place, set())
            yield step.cannot_be(_agreed(one, body), None if lost_ else keys)
            yield from self._of_meeting(body, lost_)

    def _of_pair(
        self, body: Pair, step: AtStep, rows: set[tuple[str, str, str]] | None
    ) -> Iterator[str]:
        yield step.wrong_row(body.list, body.key)
        if not body.rows or len(set(body.rows)) < len(body.rows):
            yield "it pairs no rows, or one twice"
        if not self._around.names.keys() >= set(body.by):
            yield "it was agreed by somebody who is not in the review"
        for author, id_ in body.rows:
            if author not in self._around.names:
                yield "it names somebody who is not in the review"
            if rows is not None and (author, body.list, id_) not in rows:
                yield f"{self._around.names.get(author, 'nobody')} has no row “{id_}” there"

    def _of_meeting(self, body: Consensus, lost_: bool) -> Iterator[str]:
        if not self._around.names.keys() >= set(body.by):
            yield "it was agreed by somebody who is not in the review"
        if not lost_ and not self._basis.issuperset(body.basis):
            yield "it rests on an answer that is nowhere"


def _given(one: _Entry, body: Answer) -> Given:
    return Given(
        step=one.step,
        subject=one.subject,
        question=body.question,
        row=body.row,
        reviewer=ReviewerId(one.author),
        state=body.state,
        value=body.value,
        page=body.page,
        quote=body.quote,
        note=body.note,
        unit=body.unit,
        form=body.form,
    )


def _agreed(one: _Entry, body: Consensus) -> Agreed:
    return Agreed(
        event=one.event.hex(),
        item=Item(body.question, body.row),
        state=body.state,
        value=body.value,
        reason=body.reason,
        unit=body.unit,
    )

"""What answers, rows, pairs and consensus at forms say: each is read as its own step reads it.

A form is kept, and an answer recorded, only when it can be; what was made by hand may say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from screener.consensus.merging.belonging import Names
from screener.model import Answer as Given
from screener.model import ReviewerId
from screener.model.admits import Rows
from screener.model.step import Agreed, Item
from screener.model.step import Step as AtStep
from screener.store import logs, lost
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds import Body
from screener.store.kinds.meeting import Consensus, Pair
from screener.store.kinds.project import Form, Study
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known where entries are judged: files, steps by id, the names of people by id.

    `lost` says that entries are missing in the file: what they would say is not asked for.
    """

    target: File
    incoming: File
    names: Names
    steps: Mapping[str, AtStep]
    lost: bool


class Answered:
    """What the events of one file say at forms; `visit` takes them in one by one."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []

    def visit(self, event: bytes, log: str, at: tuple[str, str], author: str, body: Body) -> None:
        """Take in one sound event that stands `at` a step and a subject."""
        if isinstance(body, Answer | ListRow | Pair | Consensus | Form):
            self._entries.append(_Entry(event, log, *at, author, body))

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
        self._records: set[str] | None = None
        self._studies: set[str] | None = None

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
        if not step.opened_by_import and not self._is_subject(one.subject, step):
            yield "it is on nothing that is asked about there"
        body, place = one.body, (one.step, self._one_name(one.subject))
        lost_ = self._around.lost or one.log in lost.logs_of(self._around.incoming.rows)
        rows = self._rows.get(place, set())
        if isinstance(body, Answer):
            own: Rows = {(list_, id_) for who, list_, id_ in rows if who == one.author}
            yield step.wrong_answer(_given(one, body), None if lost_ else own)
            if body.report and not self._is_record(body.report):
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

    def _is_subject(self, subject: str, step: AtStep) -> bool:
        where = self._around.target if self._around.lost else self._around.incoming
        if step.has(where.unit_of(subject)):
            return True
        if self._studies is None:
            files = (self._around.target, self._around.incoming)
            self._studies = {head.body.id for file in files for head in heads(file, Study)}
        return subject in self._studies

    def _is_record(self, uid: str) -> bool:
        if self._records is None:
            files = (self._around.target, self._around.incoming)
            self._records = {id_ for file in files for id_ in record_ids(file)}
        return uid in self._records


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

"""What changes to the review name: people, imports, records and studies, which must be known.

A change that names what is nowhere was not made with Screener, and takes an effect that nobody can
see: it is refused with the file, whoever is asked about the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from enum import StrEnum

from screener.consensus.merging.answered import Refuse, Subjects
from screener.store.file import File
from screener.store.history import of_kinds
from screener.store.kinds import Body
from screener.store.kinds.project import (
    Batch,
    Different,
    Intervention,
    Joins,
    Leaves,
    Open,
    Reviewer,
    Same,
    Study,
    Withdraw,
)


class _Kind(StrEnum):
    """What is named, in the words of the refusal."""

    PERSON = "somebody who is not in the review"
    IMPORT = "an import that is not here"
    RECORD = "a record that is not here"
    STUDY = "a study that is not here"
    SUBJECT = "a record or study that is not here"


class Changed:
    """What the changes to the review in one file name; `visit` takes them in one by one."""

    def __init__(self) -> None:
        self._named: dict[tuple[_Kind, str], bytes] = {}
        """What is named, each with the first event that names it."""

    def visit(self, event: bytes, body: Body) -> None:
        """Take in one sound event."""
        for kind, id_ in _names(body):
            self._named.setdefault((kind, id_), event)

    def check(self, refuse: Refuse, target: File, incoming: File, subjects: Subjects) -> None:
        """Refuse a file for the first change that names what neither file knows."""
        if not self._named:
            return
        files = (target,) if target is incoming else (target, incoming)
        known: dict[_Kind, Set[str]] = {
            _Kind.PERSON: _ever(files, Reviewer),
            _Kind.IMPORT: _ever(files, Batch),
            _Kind.RECORD: subjects.records,
            _Kind.STUDY: subjects.studies,
            _Kind.SUBJECT: subjects.records | subjects.studies,
        }
        for (kind, id_), event in self._named.items():
            if id_ not in known[kind]:
                refuse(event, f"that names {kind}")


def _names(body: Body) -> Iterator[tuple[_Kind, str]]:
    """Yield what one change names, each with its kind."""
    match body:
        case Joins() | Leaves():
            yield _Kind.PERSON, body.reviewer
        case Withdraw():
            yield _Kind.IMPORT, body.batch
        case Same() | Different():
            yield from ((_Kind.RECORD, id_) for id_ in body.records)
            if isinstance(body, Same):
                yield _Kind.RECORD, body.kept
        case Open():
            yield from ((_Kind.SUBJECT, id_) for id_ in body.subjects)
        case Study():
            named = filter(None, (*body.reports, body.primary))
            yield from ((_Kind.RECORD, id_) for id_ in named)
            if body.into:
                yield _Kind.STUDY, body.into
        case Intervention():
            yield from ((_Kind.STUDY, id_) for id_ in body.studies)


def _ever(files: tuple[File, ...], kind: type[Reviewer] | type[Batch]) -> set[str]:
    """Return everybody, or every import, that any of some files ever had."""
    name = "reviewer" if kind is Reviewer else "batch"
    bodies = (entry.event.body for file in files for entry in of_kinds(file, name))
    return {body.id for body in bodies if isinstance(body, kind)}

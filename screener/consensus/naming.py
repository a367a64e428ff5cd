"""An event in words, by its kind and what its body says: the name of its action says anything."""

from __future__ import annotations

from collections.abc import Mapping

from screener.consensus import people
from screener.store.events import Event
from screener.store.file import File
from screener.store.heads import heads
from screener.store.history import of_kinds
from screener.store.kinds import Body, Void
from screener.store.kinds.project import (
    Batch,
    Form,
    Joins,
    Leaves,
    Protocol,
    Reviewer,
    Study,
    Withdraw,
)


class Naming:
    """Names events of a file; whoever wrote them could have called their action whatever."""

    def __init__(self, file: File) -> None:
        self._names: Mapping[str, str] = {str(one.id): one.name for one in people.people(file)}
        self._called = _called_before(file)
        self._sources = {one.body.id: one.body.source for one in heads(file, Batch)}

    def words(self, event: Event) -> str:
        """Return what an event is and what it is about ("removal", "import from “PubMed”")."""
        words, body = event.kind.words, event.body
        before = self._called.get(event.id, "")
        if event.kind.body is Reviewer and before:
            words = _changed(before, body, words)
        elif isinstance(body, Void):
            words += " taken back"
        elif isinstance(body, Protocol):
            words += f" version {body.version}"
        elif isinstance(body, Form):
            words += f" “{body.id}” version {body.version}"
        elif isinstance(body, Reviewer):
            words = f"{'arbitrator' if body.arbitrator else words} “{body.name}”"
        elif isinstance(body, Joins | Leaves):
            words += f" of “{self._names.get(body.reviewer, body.reviewer)}”"
        elif isinstance(body, Study):
            words += f" “{body.name}”"
        elif isinstance(body, Batch):
            words += f" from “{body.source}”"
        elif isinstance(body, Withdraw):
            words += f" of the import from “{self._sources.get(body.batch, body.batch)}”"
        return f"{words} at {event.step}" if event.step else words


def _changed(before: str, body: Body, words: str) -> str:
    """Return what an event says of a person who is in the review already."""
    if not isinstance(body, Reviewer):
        return f"“{before}” is no longer in the review"
    role = "arbitrator" if body.arbitrator else words
    if body.name == before:
        return f"“{before}” is {role} now"
    return f"“{before}” is now called “{body.name}”" + (", as arbitrator" * body.arbitrator)


def _called_before(file: File) -> dict[str, str]:
    """Return what each person was called before an event that names them, or takes them out."""
    names: dict[str, str] = {}
    found = {}
    for entry in of_kinds(file, "reviewer"):
        event, body = entry.event, entry.event.body
        found[event.id] = names.pop(event.subject, "")
        if isinstance(body, Reviewer):
            names[event.subject] = body.name
    return found

"""Who took part, what they closed, and how the meeting went, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from screener.archive.index import Index
from screener.archive.parts import Part, Review, Row, Table, together, yes
from screener.store.closing import closing_code
from screener.store.file import File
from screener.store.heads import events_of, heads
from screener.store.history import of_kinds
from screener.store.kinds.meeting import OpenedEarly, Present, Reveal
from screener.store.kinds.project import Joins, Leaves
from screener.store.kinds.reviewer import Reopen

_STAGE = ("stage", "Where\ttitle-abstract; full-text; id of a form")
_WHO = ("person", "Name of the person")
_WHEN = ("time", "When\tISO time with the computer's offset")
_MOMENT = "which entry of the project's log\tnumber from 1; 0: none"


def parts(file: File, of: Review, index: Index) -> Iterator[Part]:
    """Yield the people, their parts in the stages, closes and re-openings, and the meetings."""
    yield _people(file, of, index)
    yield _taking(file, index)
    yield _closings(file, index)
    yield _reopenings(file, index)
    yield _early(file, index)
    yield _meetings(file, index)


def _people(file: File, of: Review, index: Index) -> Table:
    added: dict[str, str] = {}
    for entry in of_kinds(file, "reviewer"):
        added.setdefault(entry.event.subject, entry.event.time)

    def rows() -> Iterator[Row]:
        for one in of.consensus.people():
            role = "arbitrator" if one.arbitrator else "reviewer"
            yield index.who(str(one.id)), role, added.get(str(one.id), "")

    return Table(
        path="people/people.csv",
        about="Everybody of the review, in the order they were added.",
        columns=(
            _WHO,
            ("role", "reviewer: screens and answers; arbitrator: only settles"),
            ("added", "When the person was added\tISO time"),
        ),
        rows=rows(),
    )


def _taking(file: File, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for step, coverage in index.coverages.items():
            joined = {h.body.reviewer: h.time for h in heads(file, Joins, step=step)}
            left = {h.body.reviewer: h.time for h in heads(file, Leaves, step=step)}
            for who, part in coverage.parts.items():
                yield (
                    step, index.who(who), joined.get(who, ""), part.after,
                    yes(part.after and not part.left), yes(part.left), left.get(who, ""), part.why,
                )  # fmt: skip

    return Table(
        path="people/taking-part.csv",
        about="Who takes part in which stage or form, who came late and who left, and why.",
        columns=(
            _STAGE,
            _WHO,
            ("joined", "When the person joined\tISO time"),
            ("not_asked_up_to", f"Nobody waits for the person in what was opened up to {_MOMENT}"),
            ("late", "Whether the person joined late\tyes; empty"),
            ("left", "Whether the person left\tyes; empty"),
            ("left_time", "When the person left\tISO time"),
            ("left_why", "Why the person left"),
        ),
        rows=rows(),
    )


def _closings(file: File, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for step, coverage in index.coverages.items():
            for who in sorted(coverage.closings, key=lambda one: index.order.get(one, -1)):
                ends = coverage.closings[who]
                entries = {e.id: e for _, e in events_of(file, [end.event for end in ends])}
                closed = file.closed(step, who)
                for end in ends:
                    yield (
                        step, index.who(who), closing_code(end.event), entries[end.event].time,
                        index.moment(end.review), yes(closed),
                        together(index.closes_before(step, who, end)),
                    )  # fmt: skip

    return Table(
        path="people/closings.csv",
        about="Every time a reviewer closed a stage, with the code that proves what was closed.",
        columns=(
            _STAGE,
            _WHO,
            ("code", "Closing code: the first 80 bits of the entry's SHA-256"),
            _WHEN,
            ("moment", f"What was opened up to here was closed: {_MOMENT}"),
            ("closed", "Whether the person has the stage closed now\tyes; empty: opened again"),
            ("after", "Codes of that person's closes of this stage that came before this one"),
        ),
        rows=rows(),
    )


def _reopenings(file: File, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for step in index.coverages:
            for entry in of_kinds(file, "reopen", step=step):
                if isinstance(entry.event.body, Reopen):
                    event = entry.event
                    yield step, index.who(entry.author), event.time, entry.event.body.why

    return Table(
        path="people/reopenings.csv",
        about="Every time a reviewer opened a closed stage again, and why.",
        columns=(_STAGE, _WHO, _WHEN, ("why", "Why it was opened again")),
        rows=rows(),
    )


def _early(file: File, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for step in index.coverages:
            for one in heads(file, OpenedEarly, step=step):
                body = one.body
                yield step, index.moment(body.after), index.moment(body.review), one.time, body.why

    return Table(
        path="people/shown-early.csv",
        about="What was shown before everybody had closed it, and why.",
        columns=(
            _STAGE,
            ("after", f"What was opened after this was shown: {_MOMENT}"),
            ("up_to", f"What was opened up to this was shown: {_MOMENT}"),
            _WHEN,
            ("why", "Why it was shown early; may be empty"),
        ),
        rows=rows(),
    )


def _meetings(file: File, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for entry in of_kinds(file, "present", "reveal"):
            body = entry.event.body
            if isinstance(body, Present):
                yield entry.event.time, "present", together(map(index.who, body.people))
            elif isinstance(body, Reveal):
                yield entry.event.time, "shown", body.level

    return Table(
        path="people/meetings.csv",
        about="Who was at the meetings, and how much of the decisions the meetings saw.",
        columns=(
            _WHEN,
            ("what", "present: who was there from then on; shown: how much was shown from then on"),
            ("value", "Names, or the level\t0: nothing, to 3: names and notes"),
        ),
        rows=rows(),
    )

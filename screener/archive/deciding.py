"""What reviewers decided at the two stages of screening, and where every unit stands, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from screener.archive.index import SCREENING, Index
from screener.archive.parts import Part, Review, Row, Table, together, yes
from screener.consensus.firsts import Firsts
from screener.model import Status
from screener.model.gathering import gathered
from screener.report.codebook import STATUSES
from screener.store.entries import of_kind
from screener.store.file import File
from screener.store.heads import heads
from screener.store.history import Entry, of_kinds
from screener.store.kinds import Body
from screener.store.kinds.project import Open, Retrieval, TakenOut
from screener.store.kinds.reviewer import Answer, Decision

TAKEN_BACK = "taken back"
_STAGE = ("stage", "Stage\ttitle-abstract; full-text")
_WHEN = ("time", "When\tISO time with the computer's offset")
_MOMENT = ("moment", "Which entry of the project's log this is\tnumber from 1")


@dataclass(frozen=True, slots=True)
class Decided:
    """What reviewers said that may be shown, in their order, with the number each has here.

    `bound` are the closing codes that bind each.
    """

    entries: Sequence[Entry]
    numbers: Mapping[str, str]
    bound: Mapping[str, Sequence[str]]


def decided(file: File, index: Index) -> Decided:
    """Return the decisions that may be shown, numbered D1 and so on."""
    return recorded(file, index, "decision", "D")


def recorded(file: File, index: Index, kind: str, letter: str) -> Decided:
    """Return what reviewers recorded of a kind and may be shown, numbered after a letter."""
    every = index.in_order(one for one in of_kind(file, kind) if not index.hides(one.event))
    found = [one for step in index.coverages for one in every if one.event.step == step]
    return Decided(
        entries=found,
        numbers={one.event.id: f"{letter}{place}" for place, one in enumerate(found, 1)},
        bound={one.event.id: index.bound_by(one) for one in found},
    )


def parts(file: File, of: Review, index: Index, said: Decided) -> Iterator[Part]:
    """Yield the decisions, what is left out, openings, retrieval, and where units stand."""
    yield _decisions(file, of, index, said)
    yield _left_out(of, index)
    yield _openings(file, index)
    yield _retrieval(file, index)
    yield _standings(of, index)


def _decisions(file: File, of: Review, index: Index, said: Decided) -> Table:
    stand = {one.event for step in SCREENING for one in heads(file, Decision, step=step)}
    noted = {
        one.event: one
        for step in SCREENING
        if of.consensus.visible(step)
        for several in of.consensus.all_decisions(step).values()
        for one in several
    }
    first = at_first_close(file, index, said)

    def row(entry: Entry) -> Row:
        event, known = entry.event, noted.get(entry.event.id)
        body = event.body if isinstance(event.body, Decision) else None
        judged = body.judgements.items() if body else ()
        return (
            said.numbers[event.id], event.step, index.number(event.subject),
            index.who(entry.author), body.verdict if body else TAKEN_BACK,
            body.reason if body else "", together(f"{name}={word}" for name, word in judged),
            known.note if known else "", yes(known and known.flagged), event.time,
            of.protocol.number_of(body.protocol) or "" if body else "",
            yes(event.id in stand), yes(event.id in first),
            together(said.bound[event.id]), numbered(event.supersedes, said.numbers),
        )  # fmt: skip

    return Table(
        path="decisions/decisions.csv",
        about="Every decision of every reviewer, also those that were replaced or taken back.",
        columns=_DECISION_COLUMNS,
        rows=map(row, said.entries),
    )


def numbered(events: Sequence[str], *numbers: Mapping[str, str]) -> str:
    """Return the numbers that some events have in this archive; of what is not here, none."""
    return together(known[one] for one in events for known in numbers if one in known)


def at_first_close(file: File, index: Index, said: Decided) -> set[str]:
    """Return what stood at each first close under which its unit or study was open.

    Nothing where two first closes say otherwise, nor what was said with another's answer in view.
    """
    found: set[str] = set()
    by_place = gathered(((one.event.step, one.author), one) for one in said.entries)
    for (step, author), several in by_place.items():
        coverage = index.coverages[step]
        firsts = Firsts(file, step, author, coverage.closings.get(author, []), coverage.is_under)
        subjects = gathered((index.now(one.event.subject), one) for one in several)
        for subject, entries in subjects.items():
            ends = firsts.of(subject)
            if ends and firsts.said(subject) is not None:
                standing = [_standing(entries, index.code(end), said) for end in ends]
                found |= set.intersection(*standing)
    return found


def _standing(entries: Sequence[Entry], code: str, said: Decided) -> set[str]:
    """Return the decisions that stood at a close: it binds them, and nothing that replaced them."""
    bound = [one.event for one in entries if code in said.bound[one.event.id]]
    gone = {id_ for event in bound for id_ in event.supersedes}
    return {e.id for e in bound if e.id not in gone and _is_own(e.body)}


def _is_own(body: Body) -> bool:
    """Say whether an entry says something, and was made without another's answer in view."""
    return bool(body.columns().value) and not (isinstance(body, Answer) and body.seen)


def _left_out(of: Review, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for step in index.coverages:
            here = of.consensus.at(step)
            asked = [one for one, found in here.places() if found.status not in _NOT_ASKED]
            counts: dict[str, int] = {}
            for subject in here.step.subjects() if step not in SCREENING else asked:
                shown = here.said(subject) if here.visible(subject) else ()
                by = {one.author for one in here.given(subject)} - {one.author for one in shown}
                for author in by:
                    counts[author] = counts.get(author, 0) + 1
            for author in sorted(counts, key=lambda one: index.order.get(one, -1)):
                yield step, index.who(author), counts[author]

    return Table(
        path="decisions/left-out.csv",
        about="How much is left out because not everybody has closed it: numbers only.",
        columns=(
            ("stage", "Where\ttitle-abstract; full-text; id of a form"),
            ("reviewer", "Who answered"),
            ("units", "On how many units, or studies, nothing this reviewer said may be shown yet"),
        ),
        rows=rows(),
    )


_NOT_ASKED = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)


def _openings(file: File, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for entry in of_kinds(file, "open", "taken-out"):
            event, body = entry.event, entry.event.body
            if event.step not in index.coverages:
                continue
            if isinstance(body, Open):
                what, named = "opened", list(body.subjects)
            else:
                out = isinstance(body, TakenOut)
                what, named = "taken out" if out else "put back", [event.subject]
            yield (
                event.step,
                index.moment(event.id),
                what,
                together(map(index.number, named)),
                (event.time),
            )

    return Table(
        path="decisions/openings.csv",
        about="For what full text and the forms were opened; title and abstract are open for all.",
        columns=(
            ("stage", "Where\tfull-text; id of a form"),
            _MOMENT,
            ("what", "opened; taken out: asked no more; put back: asked again"),
            ("of", "Numbers of the records, or ids of the studies, joined by ; "),
            _WHEN,
        ),
        rows=rows(),
    )


def _retrieval(file: File, index: Index) -> Table:
    stand = {one.event for one in heads(file, Retrieval)}

    def rows() -> Iterator[Row]:
        for entry in of_kinds(file, "retrieval"):
            event, body = entry.event, entry.event.body
            said = body if isinstance(body, Retrieval) else None
            yield (
                index.moment(event.id), index.number(event.subject),
                said.state if said else TAKEN_BACK, said.why if said else "", event.time,
                yes(said and event.id in stand),
            )  # fmt: skip

    return Table(
        path="decisions/retrieval.csv",
        about="Whether reports could be obtained: everything that was said of it, in its order.",
        columns=(
            _MOMENT,
            ("record", "Number of the record whose report it is"),
            ("state", f"sought; retrieved; not-retrieved; {TAKEN_BACK}: nothing is said any more"),
            ("why", "Why it could not be obtained"),
            _WHEN,
            ("stands", "Whether it is what is said now\tyes; empty"),
        ),
        rows=rows(),
    )


def _standings(of: Review, index: Index) -> Table:
    def rows() -> Iterator[Row]:
        for step in SCREENING:
            for state in of.consensus.at(step).states():
                yield (
                    step, index.unit(state.subject), state.status, state.outcome or "",
                    state.reason, state.kind or "", together(state.elements), yes(state.stale),
                )  # fmt: skip

    words = "; ".join(f"{status}: {meaning}" for status, meaning in STATUSES.items())
    return Table(
        path="decisions/standings.csv",
        about="Where every unit stands at each stage, as Screener computed it from the rest.",
        columns=(
            _STAGE,
            ("unit", "Number of the unit, in records.csv"),
            ("status", f"Where it stands\tremoved: before screening, or withdrawn; {words}"),
            ("outcome", "What the review does with it\tinclude; exclude; awaiting; empty: open"),
            ("reason", "The one reason that counts\tid of a criterion or reason; other"),
            ("kind", "What differs, or differed before it was settled"),
            ("criteria", "Criteria that were judged differently"),
            (
                "stale",
                "Whether the record or a criterion changed after the decisions\tyes; empty",
            ),
        ),
        rows=rows(),
    )


_DECISION_COLUMNS = (
    ("entry", "Number of the decision in this archive\tD1, D2, …"),
    _STAGE,
    ("record", "Number of the record it was made on; its unit is in records.csv"),
    ("reviewer", "Who decided"),
    ("verdict", f"What was decided\tinclude; maybe; exclude; {TAKEN_BACK}"),
    ("reason", "Why it was excluded\tid of a criterion or reason of the protocol; other"),
    ("judgements", "Criteria that were judged\tid=met; id=not-met; id=unclear"),
    ("note", "The reviewer's note on the decision that stands"),
    ("flagged", "Whether the reviewer flagged it for the meeting\tyes; empty"),
    _WHEN,
    ("protocol_version", "Version of the protocol it was made under\tnumber from 1"),
    ("stands", "Whether it is what its reviewer says now\tyes; empty"),
    (
        "first_close",
        (
            "Whether it stood when its reviewer first closed the stage with this unit in"
            " it: these are compared for the agreement\tyes; empty"
        ),
    ),
    ("closes", "Closing codes of its reviewer, in closings.csv, that bind it"),
    ("replaces", "Entries of this table that it took the place of"),
)

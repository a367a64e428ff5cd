"""What the meeting sees of one subject: what was said, agreed and changed, and who is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from screener.consensus import people, settling
from screener.consensus.agreed import agreed_heads, basis_of
from screener.consensus.grouping import GroupBy, Key, grouped
from screener.consensus.standing import Standing
from screener.consensus.told import Told, overturning, told
from screener.model import (
    Answer,
    AnswerState,
    Consensus,
    Decision,
    Details,
    Discrepancy,
    Reviewer,
    Status,
    Unit,
    UserError,
)
from screener.model.gathering import gathered
from screener.model.step import WHOLE, Agreed, Found, Item, Recorded, Said, State, by_author
from screener.store.file import File
from screener.store.heads import ANSWERS, Head, events_of, head_ids, heads
from screener.store.kinds import KINDS
from screener.store.kinds.meeting import Consensus as ConsensusBody
from screener.store.kinds.meeting import Pair
from screener.store.undo import made_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one reviewer said when an item was settled and says now, in words; "" for nothing.

    `reviewer` is an id; `time` is when it was said anew or taken back, "" when not known.
    """

    reviewer: str
    before: str
    now: str
    time: str


def changes_since(file: File, standing: Standing, subject: str, item: Item) -> list[Change]:
    """Return how the answers differ from those that the consensus on an item was made on.

    One change for each reviewer, in the order of their times; nothing where nothing was settled.
    """
    agreed = standing.agreed_on(subject).get(item, [])
    if not agreed:
        return []
    said = tuple(basis_of(file, {subject: agreed})().values())
    return _changes(file, standing, subject, item, said, standing.said_on(subject, item))


def _changes(
    file: File,
    standing: Standing,
    subject: str,
    item: Item,
    said: Sequence[Said],
    says: Sequence[Said],
) -> list[Change]:
    """Return how answers to an item differ from those there were before, by their times."""
    before, now = by_author(said), by_author(says)
    found = []
    for author in dict.fromkeys([*before, *now]):
        was, is_ = before.get(author, []), now.get(author, [])
        gone, new = _lacking(standing, item, was, is_), _lacking(standing, item, is_, was)
        if gone or new:
            change = Change(
                reviewer=author,
                before=_words(standing, item, gone or was),
                now=_words(standing, item, new or is_),
                time=max(_times(file, standing.step.id, subject, [*was, *is_]), default=""),
            )
            found.append(change)
    return sorted(found, key=lambda change: change.time)


def no_longer(file: File, standing: Standing) -> Iterator[tuple[State, list[Change]]]:
    """Yield what differed as the reviewers first closed it and agrees now without a meeting.

    With each stands what was changed since, one change for each reviewer.
    """
    from screener.consensus.agreement.frozen import frozen

    step, barred = standing.step, standing.step.barred()
    present = [s for s in step.subjects() if s not in barred and standing.visible(s)]
    closed = frozen(file, step, standing.coverage, set(present)).said.values()
    for subject in present:
        then = tuple(one for by_subject in closed for one in by_subject.get(subject, ()))
        if set(then) == set(standing.said(subject)):
            continue
        agree = {
            state.item: state
            for state in standing.states([subject])
            if state.status is Status.AGREED and state.kind is None
        }
        for asked in step.items(then, standing.pairings(subject)):
            enough = len(by_author(asked.said)) >= step.needed
            if asked.item in agree and enough and step.compared(asked.item, asked.said).kind:
                now = standing.said_on(subject, asked.item)
                changes = _changes(file, standing, subject, asked.item, asked.said, now)
                yield agree[asked.item], changes


def _lacking(
    standing: Standing, item: Item, these: Sequence[Said], those: Sequence[Said]
) -> list[Said]:
    """Return which of these answers are the same as none of those."""
    same = standing.step.same
    return [one for one in these if not any(same(item, one.value, o.value) for o in those)]


def _words(standing: Standing, item: Item, said: Sequence[Said]) -> str:
    """Return the first of some answers in words; one who said two things contradicts themself."""
    return standing.step.said(item, said[0].value) if said else ""


def _times(file: File, step: str, subject: str, said: Iterable[Said]) -> list[str]:
    """Return when what stands now in the places of these answers was written, or taken back."""
    ids = {
        id_
        for author, question, row in {(one.author, one.question, one.row) for one in said}
        for kind in ANSWERS
        for id_ in head_ids(
            file,
            KINDS[kind].body,
            step=step,
            subject=subject,
            author=author,
            question=question,
            row=row,
        )
    }
    return [event.time for _, event in events_of(file, sorted(ids))]


class Context:
    """Who is missing on a subject, what became of it since, and what settling it would overturn."""

    def __init__(self, file: File, at: Callable[[str], Standing]) -> None:
        """`at` gives where the subjects of a step stand, by its id."""
        self._file = file
        self._at = at

    def undecided(self, subject: str, step: str, item: Item = WHOLE) -> list[Reviewer]:
        """Return the reviewers who closed a subject without answering an item of it."""
        here = self._at(step)
        said = here.said_on(subject, item)
        missing = here.coverage.closed_by(subject) - {one.author for one in said}
        return [one for one in people.reviewers(self._file) if one.id in missing]

    def changed_since(self, found: Discrepancy) -> list[Change]:
        """Return what became of the answers to an item since it was settled."""
        return changes_since(self._file, self._at(found.step), found.subject, found.item)

    def overturned(self, subject: str, step: str, wanted: Agreed) -> str:
        """Return in words what was agreed or resolved on an item, if `wanted` is otherwise, or "".

        `UserError` when there is no such subject or item.
        """
        here = self._at(step)
        state = here.state(subject, wanted.item)
        if state is None:
            raise UserError("There is no such unit in this review; see its list of records.")
        other = settling.overturns(here.step, state, wanted)
        return settling.agreed_words(here.step, state.item, state.found) if other else ""

    def grouped(self, step: str, by: GroupBy, of: Iterable[State]) -> dict[Key, list[State]]:
        """Return discrepancies of a step by what differs, on what, or between whom."""
        return grouped(self._file, self._at(step), people.reviewers(self._file), by, of)

    def overturning(self, step: str) -> dict[str, Found]:
        """Return every consensus, by event, that overturned what was agreed, with what that was."""
        return overturning(self._file, self._at(step))

    def no_longer(self, step: str) -> list[tuple[State, list[Change]]]:
        """Return what differed when it was closed and agrees now without a meeting."""
        return list(no_longer(self._file, self._at(step)))

    def told(self, step: str) -> Told:
        """Return what happened at a step that a report tells beside its numbers."""
        return told(self._file, self._at(step), people.reviewers(self._file))


def in_order(
    standing: Standing, reviewers: Sequence[Reviewer], subjects: Collection[str] | None
) -> dict[str, list[Recorded]]:
    """Return what stands of each reviewer, by subject (all for None), in the reviewers' order.

    What is withheld on records that were joined is left out, with its notes.
    """
    withheld = standing.coverage.withheld.events(subjects)
    order = {r.id: place for place, r in enumerate(reviewers)}
    return {
        subject: sorted(several, key=lambda one: (order.get(one.reviewer, 99), one.event))
        for subject, several in standing.step.recorded(subjects, without=withheld).items()
    }


def settled(
    file: File,
    step: str,
    names: Mapping[str, str],
    subjects: Iterable[str] | None = None,
    *,
    rows: bool = False,
) -> dict[str, list[Consensus]]:
    """Return the consensus that stands, by subject (all for None); `names` are by person's id.

    With `rows` also what stands of rows of lists, each as a consensus on its row: the name of the
    row, or nothing where there is none. What undo put back was settled when it first was.
    """
    wanted = None if subjects is None else list(subjects)
    every = agreed_heads(file, step, wanted).values()
    stand = {one.event for several in every for one in several}
    found: list[Consensus] = []
    for head in heads(file, ConsensusBody, step=step, subjects=wanted):
        body = head.body
        if head.event in stand:
            details = Details(
                unit=body.unit, page=body.page, quote=body.quote, same_meaning=body.same_meaning
            )
            one = _settled(file, names, head, Item(body.question, body.row), body.value)
            found.append(
                replace(
                    one, state=body.state, reason=body.reason, details=details, basis=body.basis
                )
            )
    for pair in heads(file, Pair, step=step, subjects=wanted) if rows else ():
        name = (pair.body.name or pair.body.key) if pair.body.exists else ""
        one = _settled(file, names, pair, Item(pair.body.list, pair.body.key), name)
        found.append(one if name else replace(one, state=AnswerState.NONE))
    return gathered((one.subject, one) for one in found)


def _settled(
    file: File,
    names: Mapping[str, str],
    head: Head[ConsensusBody] | Head[Pair],
    item: Item,
    value: str,
) -> Consensus:
    """Return what was settled on an item: why, by whom and how, and when it first was."""
    return Consensus(
        subject=head.subject,
        step=head.step,
        item=item,
        value=value,
        why=head.body.why,
        by=tuple(names.get(who, who) for who in head.body.by),
        mode=head.body.mode,
        time=made_at(file, head.event) if head.undoes else head.time,
        event=head.event,
    )


class Listed:
    """What was recorded and agreed on some subjects, for their entries in the meeting's list."""

    def __init__(
        self,
        standing: Standing,
        found: Mapping[str, Sequence[Recorded]],
        agreed: Mapping[str, Sequence[Consensus]],
    ) -> None:
        """`found` and `agreed` are what was recorded and agreed on whole subjects, by their ids."""
        self._standing = standing
        self._decisions = {
            subject: tuple(one for one in here if isinstance(one, Decision))
            for subject, here in found.items()
        }
        self._answers = gathered(
            ((subject, str(one.reviewer), one.question, one.row), (place, one))
            for subject, here in found.items()
            for place, one in enumerate(here)
            if isinstance(one, Answer)
        )
        self._agreed = gathered(
            ((subject, one.item), one) for subject, several in agreed.items() for one in several
        )

    def discrepancy(self, state: State, unit: Unit) -> Discrepancy:
        """Return one entry of the list for the meeting, or an item of a subject that is on none."""
        return Discrepancy(
            subject=state.subject,
            name=self._standing.step.name_of(state.subject),
            unit=unit,
            step=state.step,
            kind=state.kind,
            elements=state.elements,
            item=state.item,
            decisions=self._decisions.get(state.subject, ()),
            answers=self._on_item(state) if self._answers else (),
            consensus=tuple(self._agreed.get((state.subject, state.item), ())),
            state="open" if state.open else "resolved",
            stale=state.stale,
            status=state.status,
            agreed=state.found.value,
        )

    def _on_item(self, state: State) -> tuple[Answer, ...]:
        """Return the answers to an item, in the order in which they were recorded here."""
        said = self._standing.said_on(state.subject, state.item)
        places = {(state.subject, one.author, one.question, one.row) for one in said}
        found = [pair for place in places for pair in self._answers.get(place, ())]
        return tuple(answer for _, answer in sorted(found, key=lambda pair: pair[0]))

"""How far reviewers and steps are, in numbers: nothing of it shows what anybody decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from screener.consensus.firsts import Firsts
from screener.consensus.standing import BARRED, Standing
from screener.model import Outcome, Reviewer, Status
from screener.model.gathering import gathered
from screener.model.moments import local
from screener.store.closing import answered_behind, closed, closing_code, code_of
from screener.store.file import File, FileKind
from screener.store.heads import events_of, head_ids
from screener.store.history import Closing, Past, answered_after, answered_in
from screener.store.kinds.reviewer import Close
from screener.store.logs import project_events

_WAITING = (Status.PENDING, Status.NOT_STARTED)
_DONE = (Status.DECIDED, Status.AGREED, Status.RESOLVED, Status.WORDING, Status.BLANK)
"""What waits for nobody, be it that the step has outcomes or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one reviewer did at a step: subjects answered, whether it is closed, whether they left.

    `opened_since` counts the subjects of a closed step that were opened after its last close.
    It is what a window may ask after every gesture; `ReviewerStanding` looks through the events.
    """

    reviewer: Reviewer
    decided: int
    closed: bool
    left: bool
    opened_since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerStanding:
    """How far one reviewer is at a step, in numbers only.

    `codes` are the closing codes of every close, the last one last, `closed_at` the times of these
    closes (ISO 8601); `opened_since` counts the
    subjects that were opened after it, `changed_since` those it covers that were answered after
    it without opening the step again. `pending` counts what the reviewer is waited for: nothing
    for somebody who takes no part or has left, nor what was visible when they joined; in their own
    copy too, though they may go on with it there.
    """

    reviewer: Reviewer
    decided: int
    pending: int
    closed: bool
    code: str = ""
    codes: tuple[str, ...] = ()
    closed_at: tuple[str, ...] = ()
    opened_since: int = 0
    changed_since: int = 0
    left: bool = False

    def dated_codes(self) -> list[str]:
        """Return every closing code with its day: "GZS5 3XEB 5YS4 DJBY (2026-11-30)"."""
        days = (local(time) for time in self.closed_at)
        both = zip(self.codes, days, strict=True)
        return [f"{code} ({day.date()})" if day else code for code, day in both]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStanding:
    """How far a step is: its reviewers, and how many items have each status and outcome.

    `awaiting` are those that can be judged only when more is known of them.
    """

    step: str
    words: str
    reviewers: tuple[ReviewerStanding, ...]
    statuses: dict[str, int]
    included: int
    excluded: int
    pending: int
    hidden: int
    visible: bool
    awaiting: int = 0


def standing(file: File, here: Standing, reviewers: Iterable[Reviewer]) -> StepStanding:
    """Count where the items of a step stand."""
    done = {*BARRED, *_DONE}
    if file.kind is FileKind.COPY:  # pending is what this reviewer is waited for
        done |= {Status.SELF, Status.NOT_STARTED}
    statuses: Counter[str] = Counter()
    outcomes: Counter[Outcome | None] = Counter()
    undecided = 0
    for (status, outcome), count in here.counts().items():
        if count:
            statuses[str(status)] += count
            outcomes[outcome] += count
            waits = outcome is None and status not in done
            undecided += count if waits else 0
    return StepStanding(
        step=here.step.id,
        words=here.step.words,
        reviewers=tuple(reviewer_standings(file, here, reviewers)),
        statuses=dict(statuses),
        included=outcomes[Outcome.INCLUDE],
        excluded=outcomes[Outcome.EXCLUDE],
        pending=undecided,
        hidden=here.hidden(),
        visible=here.any_visible(),
        awaiting=outcomes[Outcome.AWAITING],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectsStanding:
    """How many subjects of a step are settled, have something open, or are hidden."""

    settled: int
    open: int
    hidden: int


def subjects_standing(here: Standing) -> SubjectsStanding:
    """Count the subjects of a step: one is settled when nothing of it waits for anybody."""
    barred = here.step.barred().keys()
    asked = [one for one in here.step.subjects() if one not in barred]
    hidden = {one for one in asked if not here.visible(one)}
    waits = {s.subject for s in here.states(asked) if s.open or s.status in _WAITING}
    return SubjectsStanding(
        settled=len(asked) - len(hidden | waits),
        open=len(waits - hidden),
        hidden=len(hidden),
    )


def parts(file: File, here: Standing, reviewers: Iterable[Reviewer]) -> list[Part]:
    """Return what each reviewer did at a step; in a copy only its own."""
    taking = here.coverage.parts
    return [
        Part(
            reviewer=reviewer,
            decided=decided_by(here, reviewer.id),
            closed=(closed := file.closed(here.step.id, reviewer.id)),
            left=reviewer.id in taking and taking[reviewer.id].left,
            opened_since=here.coverage.opened_since(reviewer.id) if closed else 0,
        )
        for reviewer in reviewers
        if file.reviewer in ("", reviewer.id)
    ]


def decided_by(here: Standing, reviewer: str) -> int:
    """Return how many subjects a reviewer has answered in full: what is called decided anywhere."""
    return here.answered().get(reviewer, 0)


def reviewer_standings(
    file: File, here: Standing, reviewers: Iterable[Reviewer]
) -> list[ReviewerStanding]:
    """Return how far each reviewer is with the subjects of a step; in a copy only its own."""
    step = here.step.id
    found = []
    every = [end.event for ends in here.coverage.closings.values() for end in ends]
    times = {event.id: event.time for _, event in events_of(file, every)}
    for part in parts(file, here, reviewers):
        reviewer, shut = part.reviewer, part.closed
        ends = here.coverage.closings.get(reviewer.id, [])
        found.append(
            ReviewerStanding(
                reviewer=reviewer,
                decided=part.decided,
                pending=waited_for(file, here, reviewer.id),
                closed=shut,
                code=code_of(file, step, reviewer.id, ends),
                codes=tuple(closing_code(end.event) for end in ends),
                closed_at=tuple(times[end.event] for end in ends),
                opened_since=part.opened_since,
                changed_since=changed_since(file, here, reviewer.id, ends),
                left=part.left,
            )
        )
    return found


def changed_since(file: File, here: Standing, reviewer: str, ends: Sequence[Closing]) -> int:
    """Return of how many subjects a reviewer's closing codes do not say what stands in the end.

    They were answered after a close that covers them and before a reopening, or in a copy that
    does not know of the close; or two copies, each closed without the other, say otherwise.
    `ends` are all closes of the reviewer at the step.
    """
    step = here.step.id
    if not ends:
        return 0

    # Coverage reads the protocol, which a salvaged file may lack: only where it has to say.
    def is_under(end: Closing, author: str, subject: str) -> bool:
        return here.coverage.is_under(end, author, subject)

    firsts = Firsts(file, step, reviewer, ends, is_under)
    found = firsts.parted()
    by_event = {end.event: end for end in ends}
    for event, subjects in gathered(answered_behind(file, step, reviewer)).items():
        before = answered_in(file, step, reviewer, firsts.pasts[event])
        found |= {
            one for one in subjects if one in before or is_under(by_event[event], reviewer, one)
        }
    if file.closed(step, reviewer):
        last = set(head_ids(file, Close, step=step, author=reviewer))
        found |= _answered_elsewhere(file, here, reviewer, [e for e in ends if e.event in last])
    return len(found)


def _answered_elsewhere(
    file: File, here: Standing, reviewer: str, last: Sequence[Closing]
) -> set[str]:
    """Return what a reviewer answered where none of the last closes is known, and they cover it."""
    step = here.step.id
    past = reduce(Past.and_also, (Past.of(file, end.log, end.seq, end.event) for end in last))
    if not answered_after(file, step, reviewer, past):
        return set()
    covered = closed(file, step, reviewer, last, project_events(file))
    before = answered_in(file, step, reviewer, past)
    after = answered_in(file, step, reviewer, past, inside=False)
    return {one for one in after if one in before or covered.covers(one, here.coverage.opened(one))}


def waited_for(file: File, here: Standing, reviewer: str) -> int:
    """Return how many subjects a reviewer is waited for and has not answered in full.

    In their copy it is the same: nobody waits there either for who has left or came late.
    """
    part = here.coverage.parts.get(reviewer)
    copy = file.kind is FileKind.COPY
    if part.left if part is not None else not copy:
        return 0
    after = part.after if part is not None else 0
    if not after:
        return here.asked() - decided_by(here, reviewer)
    if after and not here.coverage.opens_after(after):
        return 0  # nothing was opened since they joined
    barred = here.step.barred()
    asked = (
        subject
        for subject in here.step.subjects()
        if subject not in barred and here.coverage.waits_for(reviewer, subject)
    )
    return sum(
        not here.step.complete([one for one in here.given(subject) if one.author == reviewer])
        for subject in asked
    )

"""Who has to answer a step, what each reviewer has closed, and which subjects may be seen.

The rules are in docs/project-file.md ("Who has to answer, and when it may be seen"). Everything is
a function of the events: a project event has a place in its log, a close names the last one that
was in the copy, so a reviewer has closed what was opened up to there. Closes are never taken away
by another one, so what was visible stays visible whatever is merged in what order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from screener.consensus.withheld import Withheld
from screener.model.step import Step
from screener.store import closing, history, logs
from screener.store.events import Event
from screener.store.file import File, FileKind
from screener.store.heads import heads, memberships
from screener.store.history import Closing, Past
from screener.store.kinds.meeting import OpenedEarly
from screener.store.kinds.project import Joins, Leaves, Open
from screener.store.membership import imported


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """One reviewer's part in a step: from which place on they are waited for, and whether at all.

    `after` is the place of the last project event that they need not answer for; `left` says that
    they are not waited for any more.
    """

    reviewer: str
    after: int = 0
    left: bool = False
    why: str = ""


class Coverage:
    """Who answers one step of a file, and what of it is visible; read once, made anew on change."""

    def __init__(self, file: File, step: Step) -> None:
        self._file = file
        self.step = step
        self._places = logs.project_events(file)
        self.parts = self._parts()
        self.closings = history.closings(file, step.id)
        self._closed = {
            who: closing.closed(file, step.id, who, ends, self._places)
            for who, ends in self.closings.items()
        }
        self._early = [
            (self._places.get(head.body.after, 0), self._places.get(head.body.review, 0))
            for head in heads(file, OpenedEarly, step=step.id)
        ]
        """Between which places what was opened is shown early: after one, up to another."""
        self.anything_ended = bool(self.closings or self._early)
        """Whether anybody closed the step or it was opened early."""
        self._opened: dict[str, int] | None = None
        self._imports = closing.imports(file, self._places) if step.opened_by_import else {}
        self._again = self._asked_again()
        self._newest = max([self._last_opening(), *self._again.values()])
        self._closed_up_to = self._horizon()
        self._limit = self._seen_up_to(self._closed_up_to)
        self._done_up_to = max(self._closed_up_to, self._done())
        self._salvaged = any(one.answered for one in self._closed.values())
        copy = file.kind is not FileKind.PROJECT  # nobody else's answers are in it
        self.all_shown = not copy and self._limit > 0 and self._newest <= self._limit
        """Whether everything that was opened is visible, and not just because this is a copy."""
        self.all_visible = copy or self.all_shown
        self.none_visible = not (copy or self._limit or self._early or self._salvaged)

    # --- who ---------------------------------------------------------------------------------

    @property
    def needed(self) -> int:
        """How many reviewers have to answer a subject."""
        return self.step.needed

    def _parts(self) -> dict[str, Taking]:
        left = {h.body.reviewer: h.body.why for h in heads(self._file, Leaves, step=self.step.id)}
        given = self._file.given
        found = {}
        for head in heads(self._file, Joins, step=self.step.id):
            who = head.body.reviewer
            if given and who not in given:
                continue  # a file made by merging speaks of those whose files were given
            after = self._late_until(head.body, head.event)
            found[who] = Taking(reviewer=who, after=after, left=who in left, why=left.get(who, ""))
        return found

    def _late_until(self, body: Joins, event: str) -> int:
        """Return the place up to which who joined need not answer what was opened."""
        after = self._places.get(body.late, 0)
        return max(after, self._places.get(event, 0)) if body.subjects == "opened-after" else after

    def waited_for(self) -> list[str]:
        """Return the ids of the reviewers who take part and have not left."""
        return [who for who, part in self.parts.items() if not part.left]

    def waits_for(self, reviewer: str, subject: str) -> bool:
        """Say whether a reviewer has to answer a subject that is open.

        Not who has left, nor who joined when it was visible. A copy may not know that its reviewer
        takes part.
        """
        part = self.parts.get(reviewer)
        if part is None:
            return self._file.kind is FileKind.COPY
        return not part.left and (not part.after or self.opened(subject) > part.after)

    # --- what is closed ----------------------------------------------------------------------

    @property
    def opened_early(self) -> bool:
        """Whether any of the step was shown before everybody had closed it."""
        return bool(self._early)

    def _seen(self, place: int) -> bool:
        """Say whether what was opened at a place is closed by all who must, or shown early."""
        return place <= self._closed_up_to or any(
            after < place <= until for after, until in self._early
        )

    def _seen_up_to(self, closed: int) -> int:
        """Return the place up to which everything is shown, where so much is closed."""
        limit = closed
        for after, until in sorted(self._early):
            limit = max(limit, until) if after <= limit else limit
        return limit

    def _done(self) -> int:
        """Return the place up to which nothing more comes: everybody waited for has closed it.

        Somebody who has left is not waited for; who has not joined yet may still come.
        """
        if len(self.parts) < self.needed:
            return 0
        last = max(self._places.values(), default=0)
        reaches = (
            max(self.parts[who].after, self._closed[who].reach if who in self._closed else 0)
            for who in self.waited_for()
        )
        return min(reaches, default=last)

    def _horizon(self, without: str = "") -> int:
        """Return the place up to which what was opened has been closed by all who must.

        Enough reviewers have closed it, and everybody who is waited for there but `without`.
        """
        reaches = sorted((one.reach for one in self._closed.values()), reverse=True)
        needed = self.needed
        if len(reaches) < needed:
            return 0
        limit = reaches[needed - 1]
        for who in self.waited_for():
            if who == without:
                continue
            reach = self._closed[who].reach if who in self._closed else 0
            limit = min(limit, max(self.parts[who].after, reach))
        return limit

    def opened(self, subject: str) -> int:
        """Return the place of the event that opened a subject; 0 for one that is not open."""
        if self._opened is None:
            self._opened = self._openings() | self._again
        return self._opened.get(subject, 0)

    def _openings(self) -> dict[str, int]:
        unit_of = memberships(self._file)
        found: dict[str, int] = {}
        for named, place in self._named_with_place():
            subject = unit_of.get(named, named)
            found[subject] = min(place, found.get(subject, place))
        return found

    def _asked_again(self) -> dict[str, int]:
        """Return the place of what was not asked for a time and is opened by being asked again.

        That is what nobody had closed while it was asked before: nothing of it was ever visible.
        """
        pauses = self.step.pauses() if self.anything_ended else {}
        opened = self._openings() if pauses else {}
        ends = [self._places.get(end.review, 0) for ends in self.closings.values() for end in ends]
        ends += [until for _, until in self._early]
        found = {}
        for subject, changes in pauses.items():
            start = opened.get(subject, 0)
            for event, stops in changes if start else ():
                place = self._places.get(event, 0)
                if stops and any(start <= end < place for end in ends):
                    break
                start = start if stops else max(start, place)
            found[subject] = start
        return {subject: start for subject, start in found.items() if start}

    def _named_with_place(self) -> Iterable[tuple[str, int]]:
        if not self.step.opened_by_import:
            for entry in history.of_kinds(self._file, "open", step=self.step.id):
                if isinstance(entry.event.body, Open):
                    place = self._places[entry.event.id]
                    yield from ((named, place) for named in entry.event.body.subjects)
            return
        # A record that was removed opened its unit all the same: what was visible stays so.
        for record, batch in imported(self._file):
            yield record, self._imports.get(batch, 0)

    def _last_opening(self) -> int:
        """Return the place of the last event that opened anything."""
        if self.step.opened_by_import:
            return max(self._imports.values(), default=0)
        found = history.of_kinds(self._file, "open", step=self.step.id)
        return max((self._places[entry.event.id] for entry in found), default=0)

    # --- what may be seen --------------------------------------------------------------------

    def visible(self, subject: str) -> bool:
        """Say whether the answers on a subject may be shown here."""
        if self.all_visible:
            return True
        if self.none_visible:
            return False
        return self._seen(self.opened(subject)) or self._closed_though_unknown(subject)

    @cached_property
    def withheld(self) -> Withheld:
        """What reviewers wrote on joined records of which more is visible than they closed."""
        return Withheld(self._file, self.step.id, self._late(), self._has_closed)

    def hides(self, subject: str) -> Callable[[Event], bool]:
        """Return what says of an event that a person wrote on a subject whether it is hidden."""
        visible = self.visible(subject)
        withheld = self.withheld.events([subject]) if visible else frozenset()
        return lambda event: (
            event.step == self.step.id
            and (not visible or event.id in withheld or not withheld.isdisjoint(event.supersedes))
        )

    def _late(self) -> dict[str, int]:
        """Return by its place each joined record that alone would be hidden, in a visible unit."""
        unit_of = {} if self.all_visible or self.none_visible else memberships(self._file)
        found: dict[str, int] = {}
        for record, place in self._named_with_place() if unit_of else ():
            if record in unit_of:
                found[record] = min(place, found.get(record, place))
        return {
            record: place
            for record, place in found.items()
            if place > self.opened(unit_of[record]) and not self._seen(place)
        }

    def _has_closed(self, reviewer: str, event: Event, place: int) -> bool:
        """Say whether a reviewer has closed what was opened at a place, or what they wrote."""
        closed = self._closed.get(reviewer)
        if closed is None or place <= closed.reach:
            return closed is not None
        return bool(closed.answered) and any(
            Past.of(self._file, end.log, end.seq, end.event).holds(event.log, event.seq, event.id)
            for end in self.closings[reviewer]
            if end.review and end.review not in self._places
        )

    def closed_by_all(self, subject: str) -> bool:
        """Say whether everybody who has to answer a subject has closed it: nothing more comes."""
        if self._done_up_to and self._newest <= self._done_up_to:
            return True
        if not self._done_up_to and not self._salvaged:
            return False
        closed = self.opened(subject) <= self._done_up_to
        return closed or self._closed_though_unknown(subject)

    def closed_by(self, subject: str) -> set[str]:
        """Return the ids of the reviewers who have closed a subject, answered or not."""
        place = self.opened(subject)
        return {who for who, one in self._closed.items() if one.covers(subject, place)}

    def covers(self, reviewer: str, subject: str) -> bool:
        """Say whether a reviewer has closed a subject, answered or not."""
        one = self._closed.get(reviewer)
        return one is not None and one.covers(subject, self.opened(subject))

    def _closed_though_unknown(self, subject: str, without: str = "") -> bool:
        """Say whether a subject is closed by all, counting closes whose place is not known here.

        Nobody waits for the reviewer `without`.
        """
        if not self._salvaged:
            return False
        place = self.opened(subject)
        closed = self.closed_by(subject)
        must = {who for who in self.waited_for() if place > self.parts[who].after}
        return len(closed) >= self.needed and must <= closed | {without}

    def is_under(self, end: Closing, reviewer: str, subject: str) -> bool:
        """Say whether a subject was open when a reviewer closed the step.

        The close of a salvaged file whose place is not known covers what was answered before it.
        """
        if end.review in self._places or not end.review:
            return self.opened(subject) <= self._places.get(end.review, 0)
        return subject in self._closed[reviewer].answered

    def opens_after(self, place: int) -> bool:
        """Say whether anything was opened after a place."""
        return self._newest > place

    def closed_everything(self, end: Closing) -> bool:
        """Say whether nothing was opened after a close."""
        return self._newest <= self._places.get(end.review, 0)

    def visible_up_to(self) -> str:
        """Return the last project event at which what was opened is visible, or ""."""
        return self._event_at(self._limit)

    def closed_up_to(self, reviewer: str) -> str:
        """Return the last project event up to which a reviewer has closed, or ""."""
        closed = self._closed.get(reviewer)
        return self._event_at(closed.reach) if closed is not None else ""

    def visible_up_to_without(self, reviewer: str) -> str:
        """Return the same for when a reviewer who has closed nothing is not waited for."""
        return self._event_at(self._seen_up_to(max(self._closed_up_to, self._horizon(reviewer))))

    def shows_without(self, reviewer: str, hidden: Iterable[str]) -> bool:
        """Say whether any of some hidden subjects is visible once nobody waits for a reviewer."""
        limit = self._horizon(reviewer)
        return reviewer in self.waited_for() and any(
            self.opened(subject) <= limit or self._closed_though_unknown(subject, reviewer)
            for subject in hidden
        )

    def _event_at(self, place: int) -> str:
        return next((event for event, at in self._places.items() if at == place), "")

    def can_be_closed_without(self, reviewer: str) -> bool:
        """Say whether what is hidden can still be closed by enough reviewers when one leaves.

        Who closed an earlier part does not count for what was opened afterwards.
        """
        if self._newest <= self._limit:
            return True  # nothing is hidden
        could = {who for who in self.waited_for() if who != reviewer}
        could |= {who for who, one in self._closed.items() if one.reach >= self._newest}
        return len(could) >= self.needed

    def opened_since(self, reviewer: str, but: Collection[str] = ()) -> int:
        """Return how many subjects that are asked were opened after the reviewer's last close.

        Some may be left out, as those answered. None for somebody who has left.
        """
        closed, part = self._closed.get(reviewer), self.parts.get(reviewer)
        if closed is None or self._newest <= closed.reach or (part is not None and part.left):
            return 0
        barred = self.step.barred()
        return sum(
            not closed.covers(subject, self.opened(subject))
            for subject in self.step.subjects()
            if subject not in barred and subject not in but
        )

"""Answers on joined records that are not shown yet, though the unit they belong to is visible.

A join gives a record of a later search to a unit that everybody closed long ago. What was visible
stays visible; what a reviewer answered on the later record, in a copy that is still open, is as if
it had not been given, until they close the step again or it is opened early.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from screener.model.gathering import gathered
from screener.model.step import Said
from screener.store import heads, history
from screener.store.events import Event
from screener.store.file import File
from screener.store.heads import events_of, members_of


class Withheld:
    """What reviewers wrote at a step on records that were opened after their last close of it.

    Nothing of a record whose own opening everybody has closed, nor what a reviewer wrote in place
    of something that is shown: that was written on the unit as it is now.
    """

    def __init__(
        self,
        file: File,
        step: str,
        late: Mapping[str, int],
        has_closed: Callable[[str, Event, int], bool],
    ) -> None:
        """`late` are joined records, with the place that opened each and is not shown yet.

        `has_closed` says whether a reviewer has closed what was opened at a place, or an event.
        """
        self._file = file
        self._step = step
        self._late = late
        self._has_closed = has_closed

    def events(self, subjects: Collection[str] | None = None) -> frozenset[str]:
        """Return the ids of the events not to be shown: answers, notes, flags, superseded too.

        Those of all subjects, or of those named.
        """
        if not self._late:
            return frozenset()
        records = sorted(self._late)
        if subjects is not None:
            members = members_of(self._file, list(subjects)).values()
            records = [one for several in members for one in several if one in self._late]
        found = history.written_on(self._file, self._step, records)
        return frozenset(one.event.id for one in found if self._hides(one.event, one.author))

    def parted(
        self, subjects: Collection[str] | None = None
    ) -> tuple[dict[str, tuple[Said, ...]], dict[str, tuple[Said, ...]]]:
        """Return what is said on every subject (or those named), and apart what is withheld."""
        shown, withheld = heads.said(self._file, self._step, subjects), self.events(subjects)
        if not withheld:
            return shown, {}
        unit_of = heads.memberships(self._file)
        here = {unit_of[record] for record in self._late} & shown.keys()
        answers = heads.standing_answers(self._file, step=self._step, subjects=here)
        apart = gathered(
            (
                (row.subject, row.event.hex() in withheld),
                Said(row.author, row.question, row.row, row.value),
            )
            for row in answers
        )
        for subject in here:
            shown.pop(subject)
            if (subject, False) in apart:
                shown[subject] = tuple(apart[subject, False])
        return shown, {s: tuple(apart[s, True]) for s in here if (s, True) in apart}

    def _hides(self, event: Event, author: str) -> bool:
        """Say whether an event stands on a later record that its author has not closed."""
        place = self._late.get(event.subject)
        if place is None or self._has_closed(author, event, place):
            return False
        before = [one for _, one in events_of(self._file, event.supersedes)]
        return all(self._hides(one, author) for one in before)

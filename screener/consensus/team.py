"""The people of a review as its coordinator sees them: what is asked of each, how far, which copy.

Nothing of it shows what anybody decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from screener.consensus import people
from screener.consensus.progress import ReviewerStanding, reviewer_standings
from screener.consensus.standing import Standing
from screener.model import Changes, Kind, Reviewer, UserError
from screener.model.arguments import public
from screener.model.words import counted, listed
from screener.store import events, history, logs, membership, owned
from screener.store.file import File
from screener.store.kinds.body import canonical
from screener.store.kinds.project import Form

_KEY = "copy "
"""What was written for whom is kept in the table `own`, by the reviewer's id: it is never merged"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One step as it stands for one person: nothing of it where they take no part.

    `asked` counts the subjects that are open for them, `late` says that they joined when
    some of them could be seen already, `why` is the reason they left with.
    """

    step: str
    words: str
    standing: ReviewerStanding | None = None
    late: bool = False
    why: str = ""

    @property
    def asked(self) -> int:
        """How many subjects they have decided or are waited for."""
        return self.standing.decided + self.standing.pending if self.standing else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The last file that was written for somebody, and what the project has more by now.

    `written` is a time (ISO 8601), `records` counts imported ones, `protocol` is the version in
    force where the copy has an older one, else 0, `opened` are the words of steps opened since,
    `forms` title and version of the forms they answer of which the copy has an older one.
    """

    written: str
    records: int
    protocol: int
    opened: tuple[str, ...]
    forms: tuple[tuple[str, int], ...]

    @property
    def outdated(self) -> bool:
        """Whether a newer copy would hold more."""
        return bool(self.since())

    def since(self) -> str:
        """Return in words what the project has more: "version 2 of MQRS"; "" for nothing."""
        parts = [counted(self.records, "more record")] if self.records else []
        parts += [f"protocol version {self.protocol}"] if self.protocol else []
        parts += [f"version {version} of {title}" for title, version in self.forms]
        parts += [f"{words} was opened" for words in self.opened]
        return listed(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person: the steps in their order, the last copy, whether they can be removed."""

    reviewer: Reviewer
    steps: tuple[Asked, ...]
    copy: Copy | None
    removable: bool

    @property
    def left(self) -> bool:
        """Whether they take part in nothing any more."""
        parts = [one.standing for one in self.steps if one.standing is not None]
        return bool(parts) and all(part.left for part in parts)


class _Written(msgspec.Struct):
    """When a file was written for somebody, and the last project event it knows."""

    time: datetime
    knows: str


def _written(file: File, person: Reviewer) -> _Written | None:
    return owned.read(file, _KEY + person.id, _Written)


def note_copy(project: File, person: Reviewer) -> None:
    """Keep when a file was written for somebody, and what it knows of the review."""
    said = {"time": events.now(), "knows": logs.last_project_event(project)}
    project.set_own(_KEY + person.id, canonical(said))
    project.notify(Changes(action="Write a copy", kinds=frozenset({Kind.REVIEWERS})))


class Team:
    """The people of one project; `standings` returns the steps of the review as they stand."""

    def __init__(self, file: File, standings: Callable[[], Sequence[Standing]]) -> None:
        self._file = file
        self._at = standings

    @property
    def _standings(self) -> Sequence[Standing]:
        return self._at()

    def members(self) -> list[Member]:
        """Return everybody: the reviewers as they were added, who left, then the arbitrators."""
        everybody = people.people(self._file)
        by_step = [
            {one.reviewer.id: one for one in reviewer_standings(self._file, here, everybody)}
            for here in self._standings
        ]
        removable = people.removable(self._file, everybody)
        places = logs.project_events(self._file)
        found = [
            Member(
                reviewer=person,
                steps=tuple(
                    self._asked(here, person, standings.get(person.id))
                    for here, standings in zip(self._standings, by_step, strict=True)
                ),
                copy=self._copy_of(person, places),
                removable=person.id in removable,
            )
            for person in everybody
        ]
        return sorted(found, key=lambda one: (one.reviewer.arbitrator, one.left))

    def _asked(self, here: Standing, person: Reviewer, standing: ReviewerStanding | None) -> Asked:
        words, step = here.step.words, here.step.id
        part = here.coverage.parts.get(person.id)
        if standing is None:  # in a copy nothing is known of anybody else
            return Asked(step=step, words=words)
        if part is None and not standing.decided and not standing.codes:
            return Asked(step=step, words=words)
        late, why = (bool(part.after), part.why) if part is not None else (False, "")
        return Asked(step=step, words=words, standing=standing, late=late, why=why)

    @public
    def leave(self, name: str, why: str) -> list[str]:
        """Let somebody leave every step they take part in; one action.

        Returns the words of the steps of which it shows something that was hidden. `UserError`
        when they take part in none, or no reason is given.
        """
        person = people.require_person(self._file, name)
        here = [one for one in self._standings if people.takes_part(person, one.coverage)]
        if not here:
            raise UserError(f"{person.name} takes part in no stage.")
        hidden = [one.hidden() for one in here]
        people.leave(self._file, person, here, why)
        return [
            one.step.words.lower()
            for one, before in zip(here, hidden, strict=True)
            if one.hidden() < before
        ]

    @public
    def return_(self, name: str) -> None:
        """Let somebody who left take part again in the steps they left; one action.

        `UserError` when they left none.
        """
        person = people.require_person(self._file, name)
        parts = [one.coverage for one in self._standings if person.id in one.coverage.parts]
        if not people.join(self._file, person, parts):
            raise UserError(f"{person.name} takes part already.")

    @public
    def shown_without(self, name: str) -> list[str]:
        """Return the words of the steps of which something is shown when somebody leaves them.

        Of who has recorded nothing: when they are removed.
        """
        person = people.require_person(self._file, name)
        removed = bool(people.removable(self._file, [person]))
        return [
            one.step.words.lower()
            for one in self._standings
            if people.takes_part(person, one.coverage)
            and (
                people.shows_without(person, one)
                or (not removed and people.lost_without(person, one))
            )
        ]

    def too_few_without(self, name: str) -> list[str]:
        """Return the words of the steps that too few are left to close when somebody leaves them.

        Nothing of them is shown by that: another reviewer is needed. The same when they have left.
        """
        person = people.require_person(self._file, name)
        removed = bool(people.removable(self._file, [person]))
        return [
            one.step.words.lower()
            for one in self._standings
            if person.id in one.coverage.parts
            and not one.coverage.can_be_closed_without(person.id)
            and (removed or not people.lost_without(person, one))
        ]

    # --- copies ------------------------------------------------------------------------------

    def carried(self, entries: Iterable[str]) -> list[str]:
        """Return the names of those whose last copy was written after entries of the review."""
        places = logs.project_events(self._file)
        last = max((places[one] for one in entries if one in places), default=0)
        knows = {
            person.name: places.get(said.knows, 0)
            for person in people.people(self._file)
            if (said := _written(self._file, person)) is not None
        }
        return [name for name, place in knows.items() if last and place >= last]

    def _copy_of(self, reviewer: Reviewer, places: dict[str, int]) -> Copy | None:
        said = _written(self._file, reviewer)
        if said is None:
            return None
        last = places.get(said.knows, 0)
        since = [
            one.event
            for one in history.of_kinds(self._file, "batch", "protocol", "open", "form")
            if places.get(one.event.id, 0) > last
        ]
        batches = {event.subject for event in since if event.kind.name == "batch"}
        versions = [event for event in since if event.kind.name == "protocol"]
        steps = {event.step for event in since if event.kind.name == "open"}
        newer = {event.step: event.body.version for event in since if isinstance(event.body, Form)}
        theirs = [
            one.step
            for one in self._standings
            if one.step.joined_by_copy or people.takes_part(reviewer, one.coverage)
        ]
        return Copy(
            written=said.time.isoformat(),
            records=membership.count_imported(self._file, batches),
            protocol=len(history.of_kinds(self._file, "protocol")) if versions else 0,
            opened=tuple(
                step.words.lower() if step.joined_by_copy else step.words
                for step in theirs
                if step.id in steps
            ),
            forms=tuple(
                (step.words, newer[step.id])
                for step in theirs
                if step.id in newer and step.id not in steps
            ),
        )

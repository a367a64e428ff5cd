"""Copies and their merge, discrepancies, the consensus that settles them, agreement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, Unpack

from screener.consensus import context, given, openings, people, progress
from screener.consensus.context import Context
from screener.consensus.meeting import Meeting
from screener.consensus.progress import Part, ReviewerStanding, StepStanding
from screener.consensus.standing import BARRED, Standing
from screener.model import (
    Answer,
    Consensus,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    ErrorKind,
    Outcome,
    Progress,
    Reviewer,
    Stage,
    State,
    UserError,
    silent,
)
from screener.model.arguments import public
from screener.model.step import WHOLE, Item, Step
from screener.store import logs
from screener.store.file import File, FileKind
from screener.store.heads import heads
from screener.store.kinds import LogKind
from screener.store.kinds.project import Continued
from screener.units.units import Units

# What a meeting, a merge and agreement need is imported there: to read where things stand, none.
if TYPE_CHECKING:
    from screener.consensus.agreement.agreement import Agreement
    from screener.consensus.merging.findings import Admitted, Answers, Merged
    from screener.consensus.merging.unclosed import Reader

_AT_ONCE = 200
R = TypeVar("R", Answer, Decision)
Few = Collection[str] | None


class ConsensusStage(Meeting):
    """The consensus of one open project (or the numbers of a copy), over every step of it.

    Where a method says decisions or outcomes, it is about screening steps and empty for a form.
    """

    def __init__(self, file: File, units: Units, steps: Iterable[Step], reader: Reader) -> None:
        """`reader` gives the standings of another file, of which a merge makes sure."""
        self._file = file
        self._units = units
        self._reader = reader
        self.context = Context(file, self.at)
        self._standings: dict[str, Standing] = {}
        for step in steps:
            self.add_step(step)

    def add_step(self, step: Step) -> None:
        """Take a step in: everything here works over it as over the others."""
        self._standings[step.id] = Standing(self._file, step)

    def follow_forms(self, forms: Sequence[Step]) -> None:
        """Work over these forms beside the steps that are open from the start or by screening."""
        ids = {*Stage, *(step.id for step in forms)}
        self._standings = {id_: one for id_, one in self._standings.items() if id_ in ids}
        for step in forms:
            if step.id not in self._standings:
                self.add_step(step)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the review, in their order."""
        return tuple(one.step for one in self._standings.values())

    def standings(self) -> tuple[Standing, ...]:
        """Return where the subjects of every step stand."""
        return tuple(self._standings.values())

    def held_back(self, step: str, only: Collection[str] | None = None) -> set[str]:
        """Return the subjects (all, or of those named) that a step does not let on as it stands.

        Nothing in a copy. In a file made of copies alone, what a meeting settled is not known and
        differs still; what nobody here was asked at the step was let on by the project.
        """
        if self._file.kind is not FileKind.PROJECT:
            return set()
        alone = self._file.given and not logs.holds(self._file, LogKind.MEETING)
        here = self.at(step)
        found = here.without(Outcome.INCLUDE, only)
        return {subject for subject in found if here.given(subject)} if alone else found

    def at(self, step: str) -> Standing:
        """Return where the subjects of a step stand; `UserError` for a step there is none of."""
        found = self._standings.get(step)
        if found is None:
            known = ", ".join(self._standings)
            raise UserError(f"There is no stage “{step}” in this review; it has {known}.")
        return found

    # --- people and copies ---------------------------------------------------------------------

    def people(self) -> list[Reviewer]:
        """Return everybody of the review, arbitrators too, in the order they were added."""
        return people.people(self._file)

    def reviewers(self) -> list[Reviewer]:
        """Return the reviewers of the review, in the order they were added."""
        return people.reviewers(self._file)

    @public
    def add_person(self, name: str, *, arbitrator: bool = False) -> Reviewer:
        """Add a reviewer or an arbitrator, or return the one of that name."""
        self._require_project()
        return people.add(self._file, name, arbitrator=arbitrator)

    @public
    def rename_person(self, name: str, new: str) -> Reviewer:
        """Correct somebody's name."""
        self._require_project()
        return people.rename(self._file, name, new)

    @public
    def remove_person(self, name: str, why: str = "") -> bool:
        """Remove somebody who has written nothing; see `people.remove`."""
        self._require_project()
        return people.remove(self._file, name, self.standings(), why)

    @public
    def join(self, name: str, step: str, *, opened_after: bool = False) -> bool:
        """Let a reviewer take part in a step; False when they did already."""
        self._require_project()
        person, here = people.require_person(self._file, name), self.at(step)
        return bool(people.join(self._file, person, [here.coverage], opened_after=opened_after))

    @public
    def leave(self, name: str, step: str, why: str) -> bool:
        """Let a reviewer leave a step; returns whether that shows what was hidden until now."""
        self._require_project()
        person, here = people.require_person(self._file, name), self.at(step)
        before = here.hidden()
        people.leave(self._file, person, [here], why)
        return here.hidden() < before

    @public
    def open(self, step: str, subjects: Iterable[str], names: Iterable[str] | None = None) -> int:
        """Open a step for subjects and for reviewers (None: all); see `open_step`."""
        self._require_project()
        wanted = None if names is None else people.require_people(self._file, names)
        return openings.open_step(self._file, self.at(step), subjects, wanted)

    @public
    def write_copy(self, name: str, path: Path | str) -> Reviewer:
        """Write a copy for a reviewer, or a newer one for the same name."""
        from screener.consensus.merging import copies

        joined = [here.coverage for here in self.standings() if here.step.joined_by_copy]
        return copies.write_copy(self._file, name, Path(path), joined)

    @public
    def write_arbitrators_file(self, name: str, step: str, path: Path | str) -> Reviewer:
        """Write what an arbitrator settles in: what is to settle at a step, not who said what."""
        self.require_visible(step)
        from screener.consensus.merging import copies

        return copies.write_arbitrators_file(self._file, name, Path(path), self.at(step))

    def to_settle(self) -> tuple[given.ToSettle, ...]:
        """Return what is to settle in an arbitrator's file; nothing in any other."""
        return given.to_settle(self._file)

    def _require_project(self) -> None:
        if self._file.kind is not FileKind.PROJECT:
            raise UserError(
                "This is a reviewer's copy; only the coordinator's project can do this."
            )

    # --- merging -------------------------------------------------------------------------------

    @public
    def admission(
        self, *files: Path | str, progress: Progress = silent, **answers: Unpack[Answers]
    ) -> list[Admitted]:
        """Check files against this project without taking anything in; see `Choices`."""
        from screener.consensus.merging.admission import admitted
        from screener.consensus.merging.findings import Choices

        choices = Choices(**answers)
        with admitted(self._file, map(Path, files), self._reader, progress, choices) as found:
            return found

    @public
    def merge(
        self,
        *files: Path | str,
        progress: Progress = silent,
        open_early: bool = False,
        as_project: str | None = None,
        why: str = "",
        **answers: Unpack[Answers],
    ) -> Merged:
        """Take the files in: all that were chosen, or nothing.

        The target is backed up first; a file that is refused raises its sentence, unless one of the
        `Choices` answers it. Nothing is written when there is nothing new. With `as_project`, a
        reason, a file made by merging becomes the project; `why` is the reason of `open_early`.
        """
        from screener.consensus.merging import taking, unclosed

        meant = taking.Meant(as_project=as_project, open_early=open_early, why=why)
        places = [Path(f) for f in files]
        merged = taking.merge(self._file, self._reader, places, progress, meant, answers)
        unclosed.remark_shown(merged.files, self.standings(), early=open_early)
        return merged

    @public
    def continue_as_project(self, why: str) -> None:
        """Make a file that was made by merging the project: the coordinator's is lost."""
        from screener.consensus.merging import taking

        taking.continue_as_project(self._file, why)

    def continued(self) -> list[str]:
        """Return the reasons why this file goes on as the project."""
        return [head.body.why for head in heads(self._file, Continued)]

    @public
    def open_early(self, why: str = "") -> None:
        """Show what not everybody has closed; the report says so."""
        people.open_early(self._file, self.standings(), why)

    # --- where subjects stand ------------------------------------------------------------------

    def visible(self, step: str) -> bool:
        """Say whether anything of a step may be seen here, or nothing of it is hidden."""
        return self.at(step).any_visible()

    def hidden(self, step: str) -> int:
        """Return how many subjects of a step are hidden: not all have closed them."""
        return self.at(step).hidden()

    def require_visible(self, step: str) -> None:
        """Raise `UserError` while nothing of the step may be seen."""
        if not self.visible(step):
            raise UserError(
                f"{self.at(step).step.words} is still open: not everybody who has to decide it has "
                "closed it; ask for closed copies, or show it early.",
                kind=ErrorKind.HIDDEN,
            )

    def states(self, step: str) -> dict[str, State]:
        """Return where every subject of a screening step stands, in their order."""
        return {state.subject: state for state in self.at(step).states()}

    def state(self, subject: str, step: str, item: Item = WHOLE) -> State:
        """Return where one item stands; `UserError` when there is no such subject or item."""
        found = self.at(step).state(subject, item)
        if found is None:
            raise UserError("There is no such unit in this review; see its list of records.")
        return found

    @public
    def passed(self, step: str) -> list[str]:
        """Return the subjects that a step lets on: those it includes.

        `UserError` while nothing of it may be seen: what passed would show decisions.
        """
        self.require_visible(step)
        return self.at(step).with_outcome(Outcome.INCLUDE)

    def standing(self, step: str) -> StepStanding:
        """Return how far a step is; counts of answers only for what is hidden."""
        return progress.standing(self._file, self.at(step), self.reviewers())

    def parts(self, step: str) -> list[Part]:
        """Return what each reviewer did at a step: answered, closed, left."""
        return progress.parts(self._file, self.at(step), self.reviewers())

    def reviewer_standings(self, step: str) -> list[ReviewerStanding]:
        """Return how far each reviewer is at a step, in numbers."""
        return progress.reviewer_standings(self._file, self.at(step), self.reviewers())

    # --- discrepancies -------------------------------------------------------------------------

    def differing(self, step: str, *, only: Collection[str] | None = None) -> list[State]:
        """Return what differs or differed, by kind, then in the order of the subjects.

        `only` narrows it to some subjects, in their order. Nothing of the records is read.
        `UserError` while nothing of the step may be seen.
        """
        self.require_visible(step)
        order = {kind: place for place, kind in enumerate(DiscrepancyKind)}
        found = self.at(step).discrepancies(only)
        return sorted(found, key=lambda s: order[s.kind] if s.kind else len(order))

    @public
    def discrepancies(
        self, step: str, *, only: Collection[str] | None = None
    ) -> Iterator[Discrepancy]:
        """Yield the list for the meeting with records and decisions; settled ones stay listed.

        `only` narrows it to some subjects. `UserError` while nothing of the step may be seen.
        """
        here = self.at(step)
        together = groupby(self.differing(step, only=only), lambda state: state.subject)
        wanted = ((subject, list(states)) for subject, states in together)
        while some := list(islice(wanted, _AT_ONCE)):
            yield from self._read(here, some)

    @public
    def items(self, subject: str, step: str) -> list[Discrepancy]:
        """Return all that is compared on a subject, whether it differs or not, in its order.

        Nothing of what is hidden; `UserError` while nothing of the step may be seen.
        """
        self.require_visible(step)
        here = self.at(step)
        states = list(here.states([subject])) if here.visible(subject) else []
        asked = [one for one in states if one.status not in BARRED]
        return list(self._read(here, [(subject, asked)] if asked else []))

    def _read(
        self, here: Standing, wanted: Sequence[tuple[str, Sequence[State]]]
    ) -> Iterator[Discrepancy]:
        subjects = [subject for subject, _ in wanted]
        found = context.in_order(here, self.reviewers(), subjects)
        listed = context.Listed(here, found, self.agreed(here.step.id, subjects, rows=True))
        shown = here.step.shown(subjects)
        units = {str(unit.id): unit for unit in self._units.load(shown.values())}
        for subject, states in wanted:
            for state in states:
                yield listed.discrepancy(state, units[shown[subject]])

    @public
    def decisions(self, subject: str, step: str) -> list[Decision]:
        """Return the decisions that stand on one subject, in the order of the reviewers.

        `UserError` while the subject is hidden.
        """
        self.state(subject, step)
        return self.all_decisions(step, [subject]).get(subject, [])

    @public
    def answers(self, subject: str, step: str) -> list[Answer]:
        """Return the answers that stand on one subject, in the order of the reviewers.

        Empty while the subject is hidden; `UserError` while nothing of the step may be seen.
        """
        return self.all_answers(step, [subject]).get(subject, [])

    def all_answers(self, step: str, subjects: Few = None) -> Mapping[str, list[Answer]]:
        """Return the answers that stand and may be seen, by subject (all, or of those named)."""
        return self._recorded(step, subjects, Answer)

    def all_decisions(self, step: str, subjects: Few = None) -> Mapping[str, list[Decision]]:
        """Return the decisions that stand and may be seen, by subject (all, or of those named)."""
        return self._recorded(step, subjects, Decision)

    def _recorded(self, step: str, subjects: Few, kind: type[R]) -> Mapping[str, list[R]]:
        self.require_visible(step)
        here = self.at(step)
        return {
            subject: [one for one in several if isinstance(one, kind)]
            for subject, several in context.in_order(here, self.reviewers(), subjects).items()
            if here.visible(subject)
        }

    def agreed(
        self, step: str, subjects: Iterable[str] | None = None, *, rows: bool = False
    ) -> dict[str, list[Consensus]]:
        """Return the consensus that stands and may be seen, by subject; see `context.settled`."""
        names = {str(one.id): one.name for one in self.people()}
        here = self.at(step)
        found = context.settled(self._file, step, names, subjects, rows=rows)
        return {subject: agreed for subject, agreed in found.items() if here.visible(subject)}

    # --- agreement -----------------------------------------------------------------------------

    @public
    def agreement(self, step: str) -> Agreement:
        """Return the agreement figures; `UserError` while nothing of the step may be seen."""
        from screener.consensus.agreement.agreement import agreement

        self.require_visible(step)
        here = self.at(step)
        # Where one answer is enough, what two said by chance tells nothing of the review.
        wanted = self.reviewers() if here.step.needed > 1 else []
        return agreement(self._file, here, wanted)

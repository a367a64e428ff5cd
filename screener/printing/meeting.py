"""What the documents of a meeting know of one step: its items, its people, how much is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from screener.consensus.consensus import ConsensusStage
from screener.consensus.context import Change
from screener.consensus.reveal import Level, changed
from screener.model import (
    Consensus,
    Discrepancy,
    DiscrepancyKind,
    Outcome,
    Progress,
    Protocol,
    Reviewer,
    Status,
    UserError,
    silent,
)
from screener.model.moments import local
from screener.model.step import Found, Step
from screener.model.words import byline, counted, listed, noun, one_line
from screener.printing import document as d
from screener.store.file import FileKind
from screener.units.units import Units

if TYPE_CHECKING:
    from screener.answers.step import FormStep

APART = "  ·  ".replace("  ", "\u00a0 ")
"""What parts the facts of a line."""
_SHOWN = {
    Level.RECORD: "the records only",
    Level.DECISIONS: "{}s",
    Level.NAMES: "{}s and names",
    Level.EVERYTHING: "{}s, names, {}",
}
KINDS = {
    DiscrepancyKind.CONSENSUS_CONFLICT: ("settled twice", "Settled twice, differently"),
    DiscrepancyKind.REOPENED: ("open again", "Re-opened"),
    DiscrepancyKind.SELF: ("by one reviewer", "One reviewer, two {}s"),
    DiscrepancyKind.CONFLICT: ("conflict", "Conflicts"),
    DiscrepancyKind.REASON: ("reason", "Reasons differ"),
    DiscrepancyKind.MISSING: ("missing", "{}s are missing"),
    DiscrepancyKind.MAYBE: ("maybe", "Maybe"),
    DiscrepancyKind.JUDGEMENT: ("judgement", "Judgements differ"),
    DiscrepancyKind.ROW: ("row", "Rows that one alone has"),
    DiscrepancyKind.VALUE: ("value", "Values differ"),
    DiscrepancyKind.RATING: ("rating", "Ratings differ"),
}
"""What each kind is called where it is counted and as a heading, in the order of the meeting."""
_NOUNS = ("conflict", "reason", "judgement", "row", "value", "rating")


def dated(day: date) -> str:
    """Return a day in words: "22 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def timed(time: str) -> str:
    """Return an ISO time in words, "22 November 2026, 20:14"; as it stands when it is none."""
    when = local(time)
    return f"{dated(when)}, {when:%H:%M}" if when else time


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One step of a review as its documents are made from it; nothing here is hidden (not closed).

    `form` is the step where it is a form's. `level` says how much of what the reviewers recorded
    is shown; `listed` are the items, in the order of the meeting's list.
    """

    consensus: ConsensusStage
    units: Units
    protocol: Protocol
    form: FormStep | None
    step: Step
    level: Level
    day: date
    listed: tuple[Discrepancy, ...]

    # --- who ---------------------------------------------------------------------------------

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Everybody's name by id."""
        return {str(one.id): one.name for one in self.consensus.people()}

    @cached_property
    def reviewers(self) -> tuple[Reviewer, ...]:
        """The reviewers who take part in the step, or have answered something of it."""
        parts = self.consensus.at(self.step.id).coverage.parts
        said = self.consensus.at(self.step.id).answered()
        return tuple(
            one
            for one in self.consensus.reviewers()
            if (one.id in parts and not parts[one.id].left) or said.get(one.id)
        )

    @cached_property
    def codes(self) -> str:
        """The closing code of every reviewer, in one line."""
        every = self.consensus.reviewer_standings(self.step.id)
        mine = {one.id for one in self.reviewers}
        told = [
            f"{one.reviewer.name} {one.code or 'not closed'}"
            for one in every
            if one.reviewer.id in mine
        ]
        return f"closing codes: {', '.join(told)}" if told else "no closing codes"

    @cached_property
    def study_names(self) -> Counter[str]:
        """How many studies have each name."""
        return Counter(map(self.step.name_of, self.step.subjects()))

    def name(self, reviewer: str) -> str:
        """Return somebody's name by the id."""
        return self.names.get(reviewer, reviewer)

    # --- what --------------------------------------------------------------------------------

    @property
    def noun(self) -> str:
        """What a reviewer records."""
        return "decision" if self.form is None else "answer"

    @cached_property
    def words(self) -> str:
        """The step within a sentence: "full text"; a form by its title."""
        return self.step.words.lower() if self.form is None else self.step.words

    def open(self) -> tuple[Discrepancy, ...]:
        """Return what is to settle."""
        return tuple(one for one in self.listed if one.state == "open")

    def settled(self) -> tuple[Discrepancy, ...]:
        """Return what is settled."""
        return tuple(one for one in self.listed if one.state != "open")

    @cached_property
    def overturned(self) -> Mapping[str, Found]:
        """What was agreed before, by the consensus (its event) that overturned it."""
        return self.consensus.context.overturning(self.step.id)

    def running(self, what: str) -> d.Running:
        """Return the head of every page of a document, "Agenda" or "Minutes"."""
        version = f"Protocol version {self.protocol.version}"
        if self.form is not None:
            version += f", form version {self.form.form.version}"
        return d.Running(
            review=one_line(self.protocol.title),
            what=f"{what}, {self.words}{APART}{dated(self.day)}",
            details=f"{version}{APART}{self.codes}",
        )

    def shown(self) -> str:
        """Say how much is shown."""
        rest = "reasons and notes" if self.form is None else "pages, quotes and notes"
        return f"Shown: {_SHOWN[self.level].format(self.noun, rest)}."

    def hidden(self) -> str:
        """Say how much is not shown here, because not everybody has closed it; or ""."""
        count = self.consensus.hidden(self.step.id)
        what = counted(count, "record" if self.form is None else "study")
        has = "is" if count == 1 else "are"
        return f" {what} {has} not listed: not everybody has closed them." if count else ""

    def counted(self, found: Collection[Discrepancy]) -> str:
        """Return how many items there are, by kind where those are seen."""
        if self.level is Level.RECORD:
            return ""
        kinds = Counter(one.kind for one in found)
        return ", ".join(
            f"{kinds[kind]:,} {noun(kinds[kind], word) if word in _NOUNS else word}"
            for kind, (word, _) in KINDS.items()
            if kinds[kind]
        )

    def heading(self, kind: DiscrepancyKind) -> str:
        """Return the heading of a kind."""
        words = KINDS[kind][1].format(self.noun)
        return words[:1].upper() + words[1:]

    def byline(self, found: Discrepancy) -> str:
        """Return who wrote a record, where and when, and its number; of a study its report too."""
        fields = found.unit.fields
        said = [fields.title or ""] if found.name and fields.title else []
        return APART.join(map(one_line, (*said, *byline(fields), f"record {found.unit.number}")))

    # --- what became of it -------------------------------------------------------------------

    def agreed(self, one: Consensus) -> str:
        """Return what a meeting settled, in words, with its reason."""
        if self.form is not None:
            from screener.answers.values import Value

            said = Value(one.state, one.value, one.details.unit).text
            return self.form.said(one.item, said)
        words = "awaiting classification" if one.value == Outcome.AWAITING else one.value
        return f"{words}, {self.reason(one.reason)}" if one.reason else words

    def reason(self, id_: str) -> str:
        """Return a reason with its number in the protocol: "2 Interventions"."""
        number = next((one.number for one in self.protocol.reasons if one.id == id_), "")
        return f"{number} {self.protocol.reason_text(id_)}".strip()

    def decided_by(self, one: Consensus) -> str:
        """Say how, by whom and when something was settled; of a row nobody may be named."""
        if not one.by:
            return timed(one.time)
        return f"by {one.mode}: {listed(one.by)}, {timed(one.time)}"

    def since(self, found: Discrepancy) -> str:
        """Say what became different after an item was settled, as far as the level shows it."""
        told = []
        if found.kind is DiscrepancyKind.REOPENED:
            told += self.changes(self.consensus.context.changed_since(found))
        for one in found.consensus:
            was = self.overturned.get(one.event)
            if was is not None:
                told.append(f"overturns what was agreed before: {self._agreed_before(found, was)}")
        if found.status is Status.CONSENSUS_CONFLICT and self.level > Level.RECORD:
            told.append("two meetings settled it differently")
        if found.stale:
            rest = "the record or a criterion" if self.form is None else "the question"
            told.append(f"{rest} changed")
        said = "; ".join(told)
        return f"{said[:1].upper()}{said[1:]}." if said else ""

    def changes(self, changes: Sequence[Change]) -> list[str]:
        """Say who changed what, as far as the level shows it."""
        if self.level is Level.RECORD:
            return [f"{self.noun}s changed"] if changes else []
        did = "decided" if self.form is None else "answered"
        told = []
        for change in changes:
            named = self.level >= Level.NAMES
            person = self.name(change.reviewer) if named else "a reviewer"
            # The time of a change would tell whose it is.
            when = f" on {timed(change.time)}" if change.time and named else ""
            told.append(f"{changed(change, person, self.noun, did)}{when}")
        return told

    def no_longer(self) -> list[str]:
        """Return what the reviewers agree on now that differed when they closed, in lines."""
        found = self.consensus.context.no_longer(self.step.id)
        shown = self.step.shown(state.subject for state, _ in found)
        numbers = {str(one.id): one for one in self.units.load(shown.values())}
        lines = []
        for state, changes in found:
            unit = numbers[shown[state.subject]]
            here = self.consensus.at(self.step.id)
            said, pairings = here.said(state.subject), here.pairings(state.subject)
            name = self.step.name_of(state.subject) or unit.title
            parts = (f"Record {unit.number}", name, self.step.called(state.item, said, pairings))
            told = "; ".join(self.changes(changes))
            lines.append(f"{one_line(', '.join(filter(None, parts)))}: {told}.")
        return lines

    def _agreed_before(self, found: Discrepancy, was: Found) -> str:
        if self.form is not None:
            return self.form.said(found.item, was.value)
        if self.level is Level.RECORD:
            return "something else"
        reason = self.reason(was.reason) if was.reason and self.level is Level.EVERYTHING else ""
        return f"{was.outcome}, {reason}" if reason else str(was.outcome)


def gather(
    consensus: ConsensusStage,
    units: Units,
    protocol: Protocol,
    form: FormStep | None,
    step: str,
    *,
    kind: FileKind,
    level: Level | None,
    day: date,
    progress: Progress = silent,
) -> Meeting:
    """Read what the documents of a meeting say; `UserError` where none is held in a file.

    Never more is shown than `level`, or where that is None, than the meeting chose to see.
    """
    if kind is not FileKind.PROJECT:
        raise UserError(
            "Agenda and minutes are made of the coordinator's project; open that, this is a copy."
        )
    here = consensus.at(step)
    wanted = consensus.differing(step)
    found = []
    for one in consensus.discrepancies(step):
        found.append(one)
        progress(len(found), len(wanted), "Reading the items")
    return Meeting(
        consensus=consensus,
        units=units,
        protocol=protocol,
        form=form,
        step=here.step,
        level=Level(consensus.revealed()) if level is None else level,
        day=day,
        listed=tuple(found),
    )

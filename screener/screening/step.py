"""The two places of screening as steps: what they ask, who may answer what, what follows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache, partial

from screener.model import (
    OTHER_REASON,
    Answer,
    Decision,
    DiscrepancyKind,
    Kind,
    Outcome,
    Stage,
    Status,
    UserError,
    Verdict,
)
from screener.model.admits import WHOLE, Agreed, Item, Rows
from screener.model.gathering import gathered
from screener.model.step import Asked, Found, Measure, Pairing, Said, values_by_author
from screener.protocol.protocol import ProtocolVersions
from screener.screening import rules
from screener.screening.notes import note_of
from screener.screening.retrieval import Retrieval, pauses, retrieval
from screener.screening.rules import compare, disputed, unfold
from screener.screening.stages import Stages
from screener.store import undo
from screener.store.file import File
from screener.store.heads import Head, cached, heads
from screener.store.kinds.reviewer import Decision as Recorded
from screener.store.kinds.reviewer import Flag, Note
from screener.store.records import latest_versions
from screener.units.units import Units

_LOOKED_AT = 200
"""Units whose decisions are read to be looked at, as a list does, at most."""
_KINDS = {
    Status.CONFLICT: DiscrepancyKind.CONFLICT,
    Status.REASON: DiscrepancyKind.REASON,
    Status.MAYBE: DiscrepancyKind.MAYBE,
}


class ScreeningStep:
    """One screening stage as consensus sees it: one item for each unit, its decision."""

    joined_by_copy = True
    """Every reviewer screens."""
    answered_by = frozenset({"decision"})
    unmoved_by = frozenset({Kind.STUDIES})

    def __init__(
        self,
        stage: Stage,
        file: File,
        units: Units,
        protocol: ProtocolVersions,
        stages: Stages,
        *,
        held_back: Callable[[Collection[str] | None], set[str]],
    ) -> None:
        """`held_back` gives the units (or those of some) that an earlier stage does not let on."""
        self.stage = stage
        self.id = str(stage)
        self.words = stage.words
        self.opened_by_import = stage is Stage.TITLE_ABSTRACT
        self._file, self._units = file, units
        self._protocol = protocol
        self._stages = stages
        self._held_back = held_back

    @property
    def needed(self) -> int:
        """How many reviewers have to decide each unit."""
        return self._protocol.current.reviewers_per_record

    def touched(self, changed: Collection[str]) -> Collection[str]:
        """Return the units that changed: no other is otherwise."""
        return changed

    def shown(self, subjects: Iterable[str]) -> Mapping[str, str]:
        """Return the unit that is shown for each of some units: itself."""
        return self._units.shown(subjects)

    def name_of(self, subject: str) -> str:
        """Return nothing: a unit is called by its title."""
        return ""

    def subjects(self) -> Sequence[str]:
        """Return all units in the order of their numbers, those removed last."""
        present: list[str] = list(self._units.ids())
        return present if self._units.all_present() else [*present, *self._units.removed_ids()]

    def barred(self, only: Collection[str] | None = None) -> Mapping[str, Status]:
        """Return the units (all, or of those named) that nobody decides, and why.

        What title and abstract do not include as it stands is not open for full text, whatever
        was opened before: a report has one standing in every number. Nor is what this copy does
        not show yet, opened or not: which it is would say what the others decided.
        """
        full_text = self.stage is Stage.FULL_TEXT
        if only is None:
            present: Iterable[str] = self._units.ids() if full_text else ()
            removed: Iterable[str] = () if self._units.all_present() else self._units.removed_ids()
        else:
            present, removed = self._units.among(only)
        found = dict.fromkeys(removed, Status.REMOVED)
        if full_text:
            if not self._stages.opened(self.stage):
                return found | dict.fromkeys(present, Status.NOT_OPEN)
            opened = self._stages.opened_for()
            held_back = self._held_back(only)
            gone = self._stages.not_retrieved(only)
            for unit in present:
                if unit not in opened or unit in held_back:
                    found[unit] = Status.NOT_OPEN
                elif unit in gone:
                    found[unit] = Status.NOT_RETRIEVED
        return found

    def pauses(self) -> Mapping[str, Sequence[tuple[str, bool]]]:
        """Return when reports were said not to be retrieved, or to be read again."""
        if self.stage is not Stage.FULL_TEXT:
            return {}
        return pauses(self._file, self.id)

    def stale(self, only: Collection[str] | None = None) -> set[str]:
        """Return the units whose record, or a criterion, changed after a decision."""
        latest = latest_versions(self._file)
        if not latest and self._protocol.current.version == 1:
            return set()
        changed: dict[str, bool] = {}
        found = set()
        for row in cached(self._file, Recorded, step=self.id, subjects=only):
            if row.protocol not in changed:
                changed[row.protocol] = bool(self._protocol.changed_criteria(row.protocol))
            newer = latest.get(row.subject, row.seen)[: len(row.seen)]
            if changed[row.protocol] or (row.seen and newer != row.seen):
                found.add(row.subject)
        return found

    def items(
        self, said: Sequence[Said], pairings: Sequence[Pairing], agreed: Sequence[Agreed] = ()
    ) -> Iterable[Asked]:
        """Return the one item of a unit, its decision."""
        return (Asked(WHOLE, tuple(said)),)

    def complete(self, said: Sequence[Said]) -> bool:
        """Say whether there is a decision."""
        return bool(said)

    def compared(self, item: Item, said: Sequence[Said]) -> Found:
        """Return what follows from enough decisions of distinct reviewers."""
        decisions = [unfold(one.value) for one in said]
        reasons = [d.reason for d in decisions if d.verdict is Verdict.EXCLUDE]
        status, outcome = compare(
            [d.verdict for d in decisions],
            stage=self.stage,
            rule=self._protocol.current.maybe,
            reasons=reasons,
        )
        elements = self.elements(said)
        if status is not Status.AGREED:
            return Found(status, outcome, _KINDS.get(status), elements)
        same = outcome is Outcome.EXCLUDE and len(set(reasons)) == 1
        kind = _judged_differently(said)
        return Found(status, outcome, kind, elements if kind else (), reasons[0] if same else "")

    def lacking(self, item: Item, said: Sequence[Said]) -> Found:
        """Return that a decision is missing."""
        return Found(Status.MISSING, None, DiscrepancyKind.MISSING, self.elements(said))

    def elements(self, said: Sequence[Said]) -> tuple[str, ...]:
        """Return the criteria judged differently; if none, the reasons given that are criteria."""
        decisions = [unfold(one.value) for one in said]
        order = [c.id for c in self._protocol.current.criteria]
        found = disputed([d.judgements for d in decisions])
        if not found and len({_decision(one.value) for one in said}) > 1:
            found = {d.reason for d in decisions if d.reason in order}
        known = [c for c in order if c in found]
        return (*known, *sorted(found - set(known)))

    def verdicts(self, said: Sequence[Said]) -> tuple[str, ...]:
        """Return the verdicts of the decisions, each once: include, maybe, exclude."""
        given = {unfold(one.value).verdict for one in said}
        return tuple(str(verdict) for verdict in Verdict if verdict in given)

    def settled(self, item: Item, agreed: Agreed) -> Found:
        """Return the outcome that was agreed."""
        return Found(Status.RESOLVED, Outcome(agreed.value), reason=agreed.reason)

    def holds(self, item: Item, value: str, agreed: Agreed) -> bool:
        """Say whether a decision made after a consensus has its verdict."""
        return str(unfold(value).verdict) == agreed.value

    def same(self, item: Item, one: str, other: str) -> bool:
        """Say whether two decisions have one verdict and reason; judgements make no difference."""
        return one == other or _decision(one) == _decision(other)

    def called(self, item: Item, said: Sequence[Said], pairings: Sequence[Pairing]) -> str:
        """Return nothing: a unit has one item."""
        return ""

    def equal(self, item: Item, one: str, other: str) -> bool:
        """Say whether two decisions are the same."""
        return self.same(item, one, other)

    def measures(self, item: Item) -> Sequence[Measure]:
        """Return what agreement is computed of; it is the same for every unit."""
        return self.all_measures()

    def all_measures(self) -> Sequence[Measure]:
        """Return the verdict with maybe as include, all three verdicts, then the criteria."""
        return (
            Measure(id="binary", options=("include", "exclude"), read=_binary),
            Measure(
                id="three_way",
                options=("include", "maybe", "exclude"),
                sides=("include", "exclude"),
                read=_verdict,
            ),
            *(
                Measure(
                    id=f"criteria/{c.id}",
                    options=("met", "unclear", "not-met"),
                    sides=("met", "not-met"),
                    read=partial(_judged, c.id),
                )
                for c in self._protocol.current.criteria
            ),
        )

    def recorded(
        self, subjects: Iterable[str] | None = None, *, without: Collection[str] = ()
    ) -> Mapping[str, Sequence[Decision]]:
        """Return the decisions that stand on some units (or all), with their notes and flags.

        Of a few, which are looked at, the time is when they were made, also where undo put them
        back; else it is that of the entry by which they stand.
        """
        from screener.screening.decisions import decision_from

        wanted = None if subjects is None else set(subjects)
        notes = gathered(
            ((h.subject, h.author), h)
            for h in heads(self._file, Note, step=self.id, subjects=wanted)
            if h.event not in without
        )
        found = [
            head
            for head in heads(self._file, Recorded, step=self.id, subjects=wanted)
            if head.event not in without
        ]
        if wanted is not None and len(wanted) <= _LOOKED_AT:
            found = [undo.said_first(self._file, head) for head in found]
        decided = gathered(((h.subject, h.author), h.named) for h in found if notes)
        number_of = self._protocol.number_of
        flagged = {
            (h.subject, h.author)
            for h in heads(self._file, Flag, step=self.id, subjects=wanted)
            if h.event not in without
        }

        def note(head: Head[Recorded]) -> str:
            at = head.subject, head.author
            return note_of(head, notes[at], decided[at]) if at in notes else ""

        return gathered(
            (
                head.subject,
                decision_from(
                    head,
                    protocol=number_of(head.body.protocol),
                    note=note(head),
                    flagged=(head.subject, head.author) in flagged,
                ),
            )
            for head in found
        )

    def said(self, item: Item, value: str) -> str:
        """Return the verdict of a decision in words."""
        return str(unfold(value).verdict) if value else ""

    def cannot_be(self, agreed: Agreed, rows: Rows | None = None) -> str:
        """Return why no unit has this outcome here, or with this reason, or ""."""
        found = {Outcome.INCLUDE, Outcome.EXCLUDE}
        found |= {Outcome.AWAITING} if self.stage is Stage.FULL_TEXT else set()
        if agreed.value not in found:
            return f"{self.words.lower()} has no outcome “{agreed.value}”"
        if agreed.item != WHOLE:
            return f"{self.words.lower()} has no question “{agreed.item.question}”"
        if agreed.reason and agreed.value != Outcome.EXCLUDE:
            return "only an exclusion has a reason"
        return self.unknown(agreed.reason, (), "")

    def unknown(self, reason: str, criteria: Collection[str], version: str) -> str:
        """Return the reason or criterion that the protocol of a version has not, or "".

        Where the version is not known here, that no version has.
        """
        named = self._protocol.by_id(version) if version else None
        versions = [named] if named else self._protocol.every()
        if reason not in ("", OTHER_REASON) and not any(v.has_reason(reason) for v in versions):
            return f"the protocol has no reason “{reason}”"
        for criterion in criteria:
            if all(one.criterion(criterion) is None for one in versions):
                return f"the protocol has no criterion “{criterion}”"
        return ""

    def wrong_answer(self, answer: Answer, rows: Rows | None) -> str:
        """Return that no form is answered here."""
        return f"{self.words.lower()} is no form"

    def wrong_row(self, list_: str, key: str) -> str:
        """Return that no list has rows here."""
        return f"{self.words.lower()} has no list “{list_}”"

    def wrong_version(self, name: str) -> str:
        """Return that no form is called so."""
        return f"{self.words.lower()} is no form"

    def has(self, subject: str) -> bool:
        """Say whether there is such a unit, be it removed or not open."""
        return any(self._units.among([subject]))

    def check(self, agreed: Agreed, why: str, unread: str = "") -> Agreed:
        """Return the outcome as it is; `UserError` when a unit cannot have it.

        A report that no reviewer decided on and that is still sought was read by nobody.
        """
        try:
            outcome = Outcome(agreed.value)
        except ValueError:
            raise UserError("An outcome is include, exclude or awaiting.") from None
        full_text = self.stage is Stage.FULL_TEXT
        if outcome is not Outcome.AWAITING:
            if full_text and unread and self._sought(unread):
                raise UserError(
                    "Nobody read this report: no reviewer decided on it and it is still sought. "
                    "Say at full text that it is retrieved, and have the reviewers assess it."
                )
            rules.check(Verdict(outcome), agreed.reason, why, self.stage, self._protocol.current)
        elif not full_text:
            raise UserError("Awaiting classification exists at full text only.")
        elif agreed.reason:
            raise UserError("Only an exclusion has a reason; leave the reason out.")
        return agreed

    def _sought(self, unit: str) -> bool:
        found = retrieval(self._file, [unit])
        return found.get(unit, Retrieval.SOUGHT) is Retrieval.SOUGHT

    def paired(self, wanted: Pairing, said: Sequence[Said], pairings: Sequence[Pairing]) -> Pairing:
        """Refuse: decisions have no rows."""
        raise UserError(f"{self.words} has no lists of rows; there is nothing to pair.")

    def rests_on(
        self, item: Item, said: Sequence[Said], pairings: Sequence[Pairing]
    ) -> Sequence[Pairing]:
        """Return nothing: decisions have no rows."""
        return ()


def _judged_differently(said: Sequence[Said]) -> DiscrepancyKind | None:
    """Return what differs where the verdicts do not: one reviewer's own judgements, or two's.

    A reviewer has several decisions where records were joined afterwards.
    """

    def differ(values: Sequence[str]) -> bool:
        return bool(disputed([unfold(value).judgements for value in values]))

    if not differ([one.value for one in said]):
        return None
    own = any(map(differ, values_by_author(said).values()))
    return DiscrepancyKind.SELF if own else DiscrepancyKind.JUDGEMENT


@lru_cache(maxsize=4096)
def _decision(value: str) -> tuple[str, str]:
    said = unfold(value)
    return said.verdict, said.reason


def _verdict(value: str) -> str:
    return str(unfold(value).verdict)


def _binary(value: str) -> str:
    """Return the verdict, a maybe as an include: both go on."""
    return "exclude" if unfold(value).verdict is Verdict.EXCLUDE else "include"


def _judged(criterion: str, value: str) -> str | None:
    found = unfold(value).judgements.get(criterion)
    return None if found is None else str(found)

"""One unit as the page shows it, read in one go so that showing it needs no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from screener import Project
from screener.model import Decision, Fields, Judgement, Protocol, Stage, Unit
from screener.screening.notes import Span, spans
from screener.sources.proposals import Proposed
from ui.screening import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlights:
    """Where highlight words stand in the texts of a record."""

    title: tuple[Span, ...] = ()
    abstract: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is known of one unit at one stage, for the reviewer whose copy this is.

    `judgements` are those begun, or else those of the decision; `proposed` is the unit the reviewer
    holds to be the same report, `corrections` what they propose for fields of the record.
    """

    unit: Unit
    decision: Decision | None = None
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    note: str = ""
    flagged: bool = False
    proposed: Unit | None = None
    corrections: tuple[Proposed, ...] = ()
    labels: tuple[str, ...] = ()
    changed: frozenset[str] = frozenset()
    highlights: Highlights = field(default_factory=Highlights)
    remark: str = ""

    @property
    def fields(self) -> Fields:
        """The bibliographic fields."""
        return self.unit.fields

    @property
    def rejudged(self) -> bool:
        """Whether the judgements differ from those of the decision that stands."""
        return self.decision is not None and dict(self.decision.judgements) != dict(self.judgements)

    def judged(self, criterion: str, judgement: Judgement) -> Sheet:
        """Return the sheet with a criterion judged; the same judgement again clears it."""
        judgements = dict(self.judgements)
        if judgements.get(criterion) is judgement:
            del judgements[criterion]
        else:
            judgements[criterion] = judgement
        return replace(self, judgements=judgements)


class Sheets:
    """Reads sheets of one stage; keeps the protocol and the reviewer's own words at hand."""

    def __init__(self, project: Project, stage: Stage) -> None:
        self._project = project
        self._stage = stage
        self.protocol: Protocol = project.protocol.current
        self.own_words = tuple(project.screening.notes.own_words())
        self._changed: dict[int, frozenset[str]] = {}

    def read(self, unit: str, *, decided: bool = True) -> Sheet | None:
        """Return the sheet of a unit, None when it is gone; `decided` False spares a look."""
        found = next(iter(self._project.units.load([unit])), None)
        return None if found is None else self.complete(Sheet(unit=found), decided=decided)

    def complete(self, sheet: Sheet, *, decided: bool = True) -> Sheet:
        """Return the sheet with what the reviewer recorded read anew."""
        screening, stage, id_ = self._project.screening, self._stage, sheet.unit.id
        decision = screening.decision(id_, stage) if decided else None
        begun = screening.notes.draft(id_, stage)
        flagged = screening.notes.flagged(id_, stage)
        changed = self._changed_since(decision)
        names = [self.protocol.reason_text(criterion) for criterion in sorted(changed)]
        return replace(
            sheet,
            decision=decision,
            judgements=begun or (dict(decision.judgements) if decision else {}),
            note=screening.notes.note(id_, stage),
            flagged=flagged,
            proposed=self._proposed(id_) if flagged else None,
            corrections=tuple(self._project.sources.proposals.of(id_)),
            labels=screening.notes.labels_of(id_),
            changed=changed,
            highlights=self._highlights(sheet.fields),
            remark=wording.remark(
                sheet.unit,
                names,
                screening.queues.notice(sheet.unit),
                corrected=_corrected(sheet.unit, decision),
            ),
        )

    def _proposed(self, unit: str) -> Unit | None:
        screening = self._project.screening
        other = screening.proposals.proposed_duplicate(unit, self._stage)
        return next(iter(self._project.units.load([other])), None) if other else None

    def _changed_since(self, decision: Decision | None) -> frozenset[str]:
        if decision is None or decision.protocol >= self.protocol.version:
            return frozenset()
        version = decision.protocol
        if version not in self._changed:
            versions = self._project.protocol
            since = versions.version(version).id if version else ""
            self._changed[version] = versions.changed_criteria(since)
        return self._changed[version]

    def _highlights(self, fields: Fields) -> Highlights:
        return Highlights(
            title=spans(fields.title, self.protocol, self.own_words),
            abstract=spans(fields.abstract, self.protocol, self.own_words),
        )


def _corrected(unit: Unit, decision: Decision | None) -> bool:
    """Say whether the record has another version than the one that was decided on."""
    if decision is None or decision.unit != unit.id or not decision.seen:
        return False
    return not unit.version.startswith(decision.seen)

"""The painter of the screening steps: verdicts, judgements, reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.reveal import (
    ORDER,
    UNDECIDED,
    Level,
    is_real,
    verdict_words,
)
from screener.model import (
    Consensus,
    Criterion,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    Element,
    Outcome,
    Protocol,
    Stage,
)
from screener.screening.rules import outcome_of, outcome_of_doubt, proposed_reason
from ui.consensus.item_painter import Cell, Column, ComparedRow, ItemPainter, words_row
from ui.consensus.painter import Choice, Line, Offer, Part, Table, id_of, numbered
from ui.consensus.times import day
from ui.widgets.marks import SIGN_WORDS

NEEDS_FULL_TEXT = "needs full text"
VERDICTS = ("include", "maybe", "exclude")
VERDICT_TABLES = tuple(
    Table(
        measure=measure,
        words=words,
        categories=[(id_, id_) for id_ in categories],
        sides=("include", "exclude"),
        note=note,
    )
    for measure, words, categories, note in (
        ("binary", "include / exclude", VERDICTS[::2], "Maybe counts as include."),
        ("three_way", "with maybe", VERDICTS, "Maybe is a category of its own."),
    )
)


class DecisionPainter(ItemPainter):
    """Shows the decisions on a unit side by side; settles it with an outcome and its reason."""

    noun = "decision"
    did = "decided"
    part = "criterion"
    judged = "judged"
    nothing = UNDECIDED
    stale = "the record or a criterion changed since"
    not_taken = "Maybe settles nothing: choose include or exclude."

    def __init__(self, stage: Stage, protocol: Protocol, names: Mapping[str, str]) -> None:
        super().__init__(names)
        self._stage = stage
        self._protocol = protocol
        full = stage is Stage.FULL_TEXT
        self.where = "at full text" if full else "at title and abstract"
        self.finished = (
            "Every report that both reviewers decided has an outcome. The report page draws the "
            "flow of the review from them."
        )
        self._offers = tuple(self._make_offers())

    # --- what is shown -----------------------------------------------------------------------

    def line(self, found: Discrepancy, level: Level) -> Line:
        """Return a discrepancy as a row: title, verdict marks, what is in dispute or settled."""
        shown = self.signs(found, level)
        disputed = ", ".join(self.disputed(found, level))
        settled = ""
        if found.state != "open" and found.consensus and level is not Level.RECORD:
            settled = found.consensus[0].value
        marks = " and ".join(verdict_words(sign) for sign in shown)
        outcome = f"settled: {verdict_words(settled)}" if settled else ""
        return Line(
            at=id_of(found),
            title=found.unit.title,
            signs=shown,
            below=f"settled: {settled}" if settled else disputed,
            spoken="; ".join(p for p in (found.unit.title, marks, disputed, outcome) if p),
        )

    def asked(self) -> Mapping[str, str]:
        """Return the criteria of the protocol."""
        return {one.id: self._protocol.reason_text(one.id) for one in self._protocol.criteria}

    def signs(self, found: Discrepancy, level: Level) -> tuple[str, ...]:
        """Return the verdict marks of a line in the list, in an order that the level allows."""
        if level is Level.RECORD:
            return ()
        verdicts = [str(v) for v in found.verdicts]
        if found.kind is DiscrepancyKind.MISSING:
            verdicts.append(UNDECIDED)
        return tuple(sorted(verdicts, key=ORDER.index) if level < Level.NAMES else verdicts)

    def disputed(self, found: Discrepancy, level: Level) -> tuple[str, ...]:
        """Return the names of what is in dispute, in protocol order; nothing below level 3."""
        seen = found.elements if level is Level.EVERYTHING else ()
        return tuple(self._protocol.reason_text(id_) for id_ in seen)

    def beside(self, found: Discrepancy, level: Level, *, third: bool) -> str:
        """Say what they differ on, as far as that is seen."""
        if level is Level.RECORD:
            return "the record only"
        if level is Level.DECISIONS:
            return "adjudication, without names" if third else "without names"
        named = self.disputed(found, level)
        if not named:
            return ""
        more = f" and {len(named) - 1} more" if named[1:] else ""
        return f"they differ on {named[0]}{more}"

    def elements(self, found: Discrepancy, level: Level) -> frozenset[str] | None:
        """Narrow the marked words to the dispute only at level 3: below, the choice would tell."""
        if level < Level.EVERYTHING:
            return None
        criteria = [self._protocol.criterion(id_) for id_ in found.elements]
        disputed = frozenset(str(c.element) for c in criteria if c is not None)
        return disputed - {str(Element.OTHER)} or None

    def value(self, one: Decision | Consensus) -> str:
        """Return a verdict or an outcome."""
        return str(one.verdict) if isinstance(one, Decision) else one.value

    def rows(
        self, found: Discrepancy, columns: Sequence[Column], level: Level
    ) -> Sequence[ComparedRow]:
        """Return verdicts; with everything seen also judgements, reasons, notes and times."""
        verdicts = ComparedRow(label="Decision", cells=[_verdict(c, len(columns)) for c in columns])
        if level is not Level.EVERYTHING:
            return [verdicts, *self.about(columns)]
        # Nobody judged a criterion otherwise than the other: it is the reasons that differ.
        judged = any(
            {"met", "not-met"} <= {column.judgements.get(id_) for column in columns}
            for id_ in found.elements
        )
        by_reason = bool(found.elements) and not judged
        disputed = found.elements if judged else ()
        reasons = [self._reason(column, by_reason) for column in columns]
        notes = words_row("Note", [column.note for column in columns], "note")
        return [
            verdicts,
            *(_judgements(one, columns, one.id in disputed) for one in self._protocol.criteria),
            ComparedRow(label="Reason", cells=reasons, disputed=by_reason, gap=True),
            *([notes] if any(notes.cells) else []),
            words_row("Decided", [_time(column) for column in columns], colour="quiet"),
            *self.about(columns),
        ]

    def _reason(self, column: Column, by_reason: bool) -> Cell | None:
        if not is_real(column.value) and not column.settled:
            return None
        number = {r.id: r.number for r in self._protocol.reasons}.get(column.reason, "")
        text = f"{number} {self._protocol.reason_text(column.reason)}".strip()
        text = text if column.reason else "none"
        return Cell(
            # A number never stands alone at the end of a line.
            words=text.replace(" ", "\u00a0", 1) if text[:1].isdigit() else text,
            spoken=f"reason: {text}",
            step="strong" if by_reason else "small",
            colour="text" if column.reason else "quiet",
            wrap=True,
        )

    def agreed(self, found: Consensus, level: Level = Level.DECISIONS) -> str:
        """Return an outcome, and its reason where everything is seen."""
        words = verdict_words(found.value)
        if level is Level.EVERYTHING and found.reason:
            words += f", {self._protocol.reason_text(found.reason)}"
        return words

    def sign(self, agreed: Consensus) -> str:
        """Return the mark of an outcome."""
        return "maybe" if agreed.value == Outcome.AWAITING else agreed.value

    # --- what settles ------------------------------------------------------------------------

    def _make_offers(self) -> Iterator[Offer]:
        exclude, full = "settle-exclude", self._stage is Stage.FULL_TEXT
        for action, outcome in (("settle-include", Outcome.INCLUDE), (exclude, Outcome.EXCLUDE)):
            choice = Choice(value=outcome)
            yield Offer(action=action, words=outcome.capitalize(), choice=choice, verdict=outcome)
        doubt = Choice(value=outcome_of_doubt(self._stage), phrase="" if full else NEEDS_FULL_TEXT)
        words = "Awaiting classification" if full else "Needs full text"
        yield Offer(action="needs-full-text", words=words, choice=doubt)
        for reason in self._protocol.reasons:
            choice = Choice(value=Outcome.EXCLUDE, reason=reason.id)
            yield numbered(reason.number, reason.text, choice, within=exclude)

    def offers(self, found: Discrepancy) -> tuple[Offer, ...]:
        """Return include, exclude, what cannot be judged yet, and the reasons of the protocol."""
        return self._offers

    def marks(self, offer: Offer, choice: Choice) -> bool:
        """Say whether an offer shows what is chosen: *Exclude* does whatever the reason is."""
        excluded = offer.action == "settle-exclude" and choice.value == Outcome.EXCLUDE
        return excluded or super().marks(offer, choice)

    def taken(self, found: Discrepancy, event: str, level: Level) -> Choice | None:
        """Return a decision as an outcome; None for maybe, which settles nothing."""
        decision = next(d for d in found.decisions if d.event == event)
        outcome = outcome_of(decision)
        if outcome is None:
            return None
        # Below level 3 the reason is not seen, so it is not taken either.
        return Choice(value=outcome, reason=decision.reason if level is Level.EVERYTHING else "")

    def proposed(self, found: Discrepancy, level: Level) -> Choice | None:
        """Return an exclusion where both exclude at full text and the reason differs."""
        if found.kind is not DiscrepancyKind.REASON or found.state != "open":
            return None
        if level is not Level.EVERYTHING:
            return None
        reason = proposed_reason([d.reason for d in found.decisions], self._protocol)
        return Choice(value=Outcome.EXCLUDE, reason=reason)

    def lacks(self, choice: Choice) -> str:
        """Ask for the reason of an exclusion where the protocol requires one."""
        required = self._protocol.requires_reason(self._stage)
        if choice.value == Outcome.EXCLUDE and required and not choice.reason:
            return "Press the number of the reason for excluding this report."
        return ""

    # --- agreement ---------------------------------------------------------------------------

    def tables(self) -> Sequence[Table]:
        """Return the table of two verdicts, and that of all three."""
        return VERDICT_TABLES

    def parts(self, pair: PairAgreement) -> Sequence[Part]:
        """Return the criteria of the protocol that were judged."""
        found = ((id_, self._protocol.criterion(id_)) for id_ in pair.group("criteria"))
        return [
            Part(measure=f"criteria/{id_}", name=one.name, element=str(one.element))
            for id_, one in found
            if one is not None
        ]


# --- rows of the comparison ----------------------------------------------------------------------


def _verdict(column: Column, count: int) -> Cell:
    words = verdict_words(column.value)
    return Cell(
        words=words[:1].upper() + words[1:],
        spoken=f"decision: {words}",
        mark=column.value if column.value in SIGN_WORDS else None,
        wrap=column.value not in SIGN_WORDS,
        step="name" if count < 3 and is_real(column.value) else "body",
    )


def _judgements(criterion: Criterion, columns: Sequence[Column], disputed: bool) -> ComparedRow:
    return ComparedRow(
        label=criterion.name,
        cells=[_judgement(criterion, column, disputed) for column in columns],
        element=str(criterion.element),
        disputed=disputed,
    )


def _judgement(criterion: Criterion, column: Column, disputed: bool) -> Cell | None:
    if not is_real(column.value) or column.settled:
        return None
    sign = column.judgements.get(criterion.id, "")
    return Cell(
        words=SIGN_WORDS[sign],
        spoken=f"{criterion.name}: {SIGN_WORDS[sign]}",
        mark=sign,
        step="strong" if disputed else "small",
        colour="text" if disputed or sign == "not-met" else "quiet",
    )


def _time(column: Column) -> str:
    version = f"\nversion {column.version}" if column.version else ""
    # When it was settled stands with who settled it.
    return f"{day(column.time)}{version}" if column.time and not column.by else ""

"""What a reviewer does with the record on the screen: judge, decide, take back, note, flag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from screener.model import OTHER_REASON, Decision, Judgement, Verdict
from screener.screening import rules
from screener.screening.rules import Suggestion
from screener.screening.screening import Queue
from ui.screening import wording
from ui.screening.line import leaves
from ui.screening.queue_model import Asking, QueueModel, State
from ui.screening.sheet import Sheet, Sheets
from ui.session.session import Done

__all__ = ["Asking", "ScreeningModel", "State"]


class ScreeningModel(QueueModel):
    """Records what one reviewer does at one stage; showing comes first, then writing."""

    @property
    def suggestion(self) -> Suggestion | None:
        """What the judgements of the record on the screen suggest."""
        if self.sheet is None or not self.can_decide:
            return None
        return rules.suggestion(self.sheet.judgements, self.protocol, self.stage)

    @property
    def question(self) -> str:
        """What the echo line asks, "" when it asks nothing."""
        suggested = self.suggestion
        if self.asking is not Asking.CONFIRMATION or suggested is None:
            return ""
        return f"{self.protocol.reason_text(suggested.reason)} is not met."

    # --- judging and deciding --------------------------------------------------------------------

    def judge(self, judgement: Judgement) -> None:
        """Judge the marked criterion and move on; the same judgement again clears it."""
        criteria = self.protocol.criteria
        if self.sheet is None or not self.can_decide or not criteria:
            return
        before = self.sheet
        self.sheet = before.judged(criteria[self.marked].id, judgement)
        if len(self.sheet.judgements) >= len(before.judgements):
            self.marked = min(self.marked + 1, len(criteria) - 1)
        self._judged()
        self._begun[self.sheet.unit.id] = self.sheet.judgements
        self._drafting.start()

    def judge_criterion(self, criterion: str, judgement: Judgement | None) -> None:
        """Judge one criterion as it was pressed; None clears it."""
        ids = [c.id for c in self.protocol.criteria]
        if self.sheet is None or criterion not in ids:
            return
        self.marked = ids.index(criterion)
        before = self.sheet.judgements.get(criterion)
        pressed = before if judgement is None else judgement
        if pressed is not None and before is not judgement:
            self.judge(pressed)

    def move_mark(self, by: int) -> None:
        """Mark the criterion above (-1) or below (1)."""
        if self.protocol.criteria and self.state is State.RECORD:
            self.mark(self.marked + by)

    def mark(self, place: int) -> None:
        """Mark a criterion by its place."""
        self.marked = max(0, min(place, len(self.protocol.criteria) - 1))
        self._judged()

    def _judged(self) -> None:
        self.asking = Asking.NOTHING
        self.judged.emit()

    def include(self) -> None:
        """Include; with a criterion not met this asks once more."""
        suggested = self.suggestion
        speaks_against = suggested is not None and suggested.verdict is Verdict.EXCLUDE
        if self.can_decide and speaks_against and self.asking is not Asking.CONFIRMATION:
            self._ask(Asking.CONFIRMATION)
        else:
            self.decide(Verdict.INCLUDE)

    def maybe(self) -> None:
        """Decide maybe."""
        self.decide(Verdict.MAYBE)

    def exclude(self) -> None:
        """Exclude with the suggested reason, or the one given before; asks when one is needed."""
        if self.sheet is None or not self.can_decide:
            return
        sheet = self.sheet
        reason = rules.likely_reason(sheet.judgements, sheet.decision, self.protocol, self.stage)
        if self.protocol.requires_reason(self.stage) and not reason:
            self._ask(Asking.REASON)
        else:
            self.decide(Verdict.EXCLUDE, reason)

    def exclude_for(self, number: int) -> None:
        """Exclude with the reason of that number at once; 0 is the other reason, in the note."""
        reasons = self.protocol.reasons
        if number == 0 and self.asking is Asking.REASON:
            self.decide(Verdict.EXCLUDE, OTHER_REASON)
        elif 1 <= number <= len(reasons):
            self.decide(Verdict.EXCLUDE, reasons[number - 1].id)

    def take_suggestion(self) -> None:
        """Decide as the judgements suggest; nothing when they suggest nothing."""
        suggested, sheet = self.suggestion, self.sheet
        stands = sheet is not None and sheet.decision is not None and not sheet.rejudged
        if suggested is not None and not stands:
            self.decide(suggested.verdict, suggested.reason)

    def _ask(self, asking: Asking) -> None:
        self.asking = asking
        self.judged.emit()

    def leave(self) -> bool:
        """Ask no more, or else end the search; says whether there was anything to leave."""
        if self.asking is not Asking.NOTHING:
            self._ask(Asking.NOTHING)
            return True
        if self.search:
            self.choose(self.queue)
            return True
        return False

    def decide(self, verdict: Verdict, reason: str = "") -> None:
        """Show the next record, then record the decision, then say that it is saved.

        When it cannot be saved the page goes back to the record, as it was.
        """
        sheet = self.sheet
        if sheet is None or not self.can_decide:
            return
        leaving = leaves(self.queue, verdict)
        marked, asking = self.marked, self.asking
        self._show(self._read(self.line.after(leaving=leaving)))
        screening = self.session.project.screening
        done: Done[Decision | None] | None = None
        try:
            done = self._write(
                lambda: screening.decide(
                    sheet.unit.id,
                    verdict,
                    stage=self.stage,
                    reason=reason,
                    judgements=sheet.judgements,
                )
            )
        finally:
            if done is None:
                self._back_to(sheet, marked, asking)
        if done is not None and done.value is not None:
            self._on_decided(sheet, done.value, leaving=leaving)

    def _back_to(self, sheet: Sheet, marked: int, asking: Asking) -> None:
        self.sheet, self.marked, self.asking = sheet, marked, asking
        self.shown.emit()

    def _on_decided(self, sheet: Sheet, decision: Decision, *, leaving: bool) -> None:
        self.line.advance(leaving=leaving)
        self._decided.add(sheet.unit.id)
        self._today.add(sheet.unit.id)
        self._ahead.pop(sheet.unit.id, None)
        if not self.line.current:
            self._settle_state()
        elif self.line.current == sheet.unit.id:
            self._back_to(self._sheets.complete(sheet), 0, Asking.NOTHING)
        self.counted.emit()
        words = wording.decided(decision, sheet.unit, self.protocol)
        saved = wording.clock(decision.time)
        self.session.say(words, sign=decision.verdict, saved=saved, can_take_back=True)
        self._later.start()

    # --- taking back --------------------------------------------------------------------------

    def take_back(self) -> None:
        """Take the last action back and return to its record."""
        if self.asking is not Asking.NOTHING:
            self.leave()
        else:
            self._return("Taken back", self.session.project.undo)

    def repeat(self) -> None:
        """Do again what was taken back last."""
        self._return("Repeated", self.session.project.redo)

    def _return(self, did: str, action: Callable[[], str]) -> None:
        if not self.session.busy:
            self.keep_begun()
            done = self._write(action)
            if done is not None:
                self._on_returned(did, done.value)

    def _on_returned(self, did: str, name: str) -> None:
        unit = next((u for u in self._touched if u in self.line), "")
        words = f"{did}: {name}"
        if unit:
            sheet = self._return_to(unit)
            words += f"  ·  {wording.quoted(sheet.unit)}" if sheet else ""
        elif self._touched:
            words += ", on a record of the other stage"
        self.counted.emit()
        again = did == "Repeated"
        self.session.say(words, sign="none", can_take_back=again, can_repeat=not again)
        self._later.start()

    def _return_to(self, unit: str) -> Sheet | None:
        self._ahead.pop(unit, None)
        sheet = self._sheets.read(unit)
        if sheet is None:
            return None
        if sheet.decision is None:
            self._decided.discard(unit)
            self._today.discard(unit)
        else:
            self._decided.add(unit)
            self._today.add(unit)
            sheet = self._with_decided_judgements(sheet, sheet.decision)
        self.line.go_to(unit)
        self._settle_state()
        self._show(sheet)
        return sheet

    def _with_decided_judgements(self, sheet: Sheet, decision: Decision) -> Sheet:
        """Judgements begun after the decision that stands again give way to its own."""
        if not sheet.rejudged:
            return sheet
        kept = self.session.project.screening.notes.keep_draft
        self._write(lambda: kept(decision.unit, self.stage, decision.judgements))
        return replace(sheet, judgements=dict(decision.judgements))

    # --- note, flag, own words, stage ------------------------------------------------------------

    def save_note(self, unit: str, text: str) -> None:
        """Keep the note on a unit, usually the one on the screen."""
        here = self.sheet if self.sheet is not None and self.sheet.unit.id == unit else None
        if self.read_only or (here is not None and text == here.note):
            return
        notes = self.session.project.screening.notes
        if self._write(lambda: notes.set_note(unit, self.stage, text)) and here is not None:
            self.sheet = replace(here, note=text)
            self.judged.emit()
            self.session.say(f"Note on {wording.quoted(here.unit)}", can_take_back=True)

    def toggle_flag(self) -> None:
        """Flag the record for the meeting, or take the flag away."""
        if self.sheet is None or not self.can_decide:
            return
        unit, on = self.sheet.unit, not self.sheet.flagged
        screening = self.session.project.screening
        if self._write(lambda: screening.notes.set_flag(unit.id, self.stage, on=on)):
            gone = "Flag" if self.sheet.proposed is None else "Flag and proposal"
            self._keep(replace(self.sheet, flagged=on, proposed=None))
            words = "Flagged for the meeting" if on else f"{gone} taken away"
            self.session.say(f"{words}: {wording.quoted(unit)}", can_take_back=True)

    def _keep(self, sheet: Sheet) -> None:
        """Show the same record with another flag; a line about it comes or goes with a proposal."""
        here, self.sheet = self.sheet, sheet
        if here is not None and here.proposed == sheet.proposed:
            self.judged.emit()
        else:
            self.shown.emit()

    def propose_duplicate(self, other: str) -> bool:
        """Propose a unit as the same report, or take that proposal back; says whether it is saved.

        Nothing is joined here: the coordinator is asked after the merge.
        """
        if self.sheet is None or not self.can_decide:
            return False
        project, unit = self.session.project, self.sheet.unit
        proposals, before = project.screening.proposals, self.sheet.proposed
        if before is not None and before.id == other:
            done = self._write(lambda: proposals.withdraw_proposal(unit.id, self.stage))
            words = "Proposal taken back"
        else:
            done = self._write(lambda: proposals.propose_duplicate(unit.id, other, self.stage))
            words = f"Proposed as the same report as record {project.units.get(other).number}"
        if done is not None:
            complete = self._sheets.complete(self.sheet)
            # What is judged and not yet kept stays as it is on the screen.
            self._keep(replace(complete, judgements=self.sheet.judgements))
            self.session.say(f"{words}: {wording.quoted(unit)}", can_take_back=True)
        return done is not None

    def add_own_word(self, element: str, word: str) -> None:
        """Highlight a word of the reviewer's own; the same word again is taken away."""
        text = " ".join(word.split())
        if not text or self.session.busy:
            return
        words = [w for w in self._sheets.own_words if w[1].casefold() != text.casefold()]
        if (element, text) not in self._sheets.own_words:
            words.append((element, text))
        screening = self.session.project.screening
        if self._write(lambda: screening.notes.set_own_words(words)):
            self._sheets = Sheets(self.session.project, self.stage)
            self._ahead.clear()
            if self.sheet is not None:
                self.sheet = self._sheets.complete(self.sheet)
                self.judged.emit()

    def close_stage(self) -> None:
        """Close the stage; the page shows the closing code."""
        if self._write(lambda: self.session.project.screening.close(self.stage)):
            self.looking = False
            self.reload()
            self.session.say(f"{self.stage.words} closed")

    def reopen_stage(self, why: str) -> None:
        """Open a closed stage again."""
        screening = self.session.project.screening
        if self._write(lambda: screening.reopen(self.stage, why)):
            self.looking = False
            self.queue = Queue.PENDING
            self.reload()
            self.session.say(f"{self.stage.words} opened again")

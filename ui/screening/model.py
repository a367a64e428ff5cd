"""What a reviewer does with the record on the screen: judge, decide, take back, note, flag."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from screener.model import OTHER_REASON, Decision, Judgement, Verdict, silent
from screener.model.words import counted
from screener.screening import rules
from screener.screening.rules import Suggestion
from screener.screening.screening import Queue
from ui.screening import several, wording
from ui.screening.beside_model import NO_DOI, BesideModel
from ui.screening.line import leaves
from ui.screening.queue_model import Asking, State
from ui.screening.sheet import Sheet
from ui.session.echo import returned
from ui.session.session import Done

__all__ = ["NO_DOI", "Asking", "ScreeningModel", "State"]


class ScreeningModel(BesideModel):
    """Records what one reviewer does at one stage; showing comes first, then writing."""

    _wanted = (Verdict.NONE, "")
    """What is asked about several records: verdict and reason."""
    _following = ""
    """The record that follows those that are being decided together."""

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
        if self.asking is Asking.SEVERAL:
            return several.question(self.several, *self._wanted, self.protocol)
        if self.asking is Asking.BROWSER:
            return "Open the DOI in your browser? It leaves this computer for doi.org."
        if self.asking is not Asking.CONFIRMATION or suggested is None:
            return ""
        return f"{self.protocol.reason_text(suggested.reason)} is not met."

    @property
    def answered_by(self) -> str:
        """The action whose key answers what the echo line asks."""
        if self.asking is Asking.SEVERAL:
            return several.action_of(*self._wanted, self.protocol)
        return "open-doi" if self.asking is Asking.BROWSER else "include"

    # --- several records of the list -------------------------------------------------------------

    def choose_several(self, units: Sequence[str]) -> None:
        """Have decisions act on these records of the list; on the one shown where they are few."""
        chosen = tuple(units) if len(units) > 1 else ()
        if chosen != self.several:
            self.several, self.asking = chosen, Asking.NOTHING
            self.judged.emit()

    def _decide_several(self, verdict: Verdict, reason: str) -> None:
        """Ask once, then decide on all as one action."""
        units, stage = self.several, self.stage
        if self.asking is not Asking.SEVERAL or self._wanted != (verdict, reason):
            self._wanted = verdict, reason
            self._ask(Asking.SEVERAL)
            return
        self.asking = Asking.NOTHING
        self.keep_begun()
        self._following = self.line.beyond(units)
        if len(units) > several.FEW:
            self.session.start(
                lambda project, progress: several.decide(
                    project, units, stage, verdict, reason, progress
                ),
                lambda count: self._on_several(count, verdict, reason),
                writes=True,
            )
            return
        project = self.session.project
        done = self._write(lambda: several.decide(project, units, stage, verdict, reason, silent))
        if done is not None:
            self.reload()
            self._on_several(done.value, verdict, reason)
        else:
            self.judged.emit()

    def _on_several(self, count: int, verdict: Verdict, reason: str) -> None:
        if leaves(self.queue, verdict) and self.line.find(self._following):
            self._show(self._read(self._following))
        words = wording.decided_words(verdict, reason, self.protocol)
        told = f"{words}: {counted(count, 'record')}"
        self.session.say(told, sign=verdict, saved=wording.clock(""), can_take_back=True)

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
        suggested = None if self.several else self.suggestion
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
        likely = rules.likely_reason(sheet.judgements, sheet.decision, self.protocol, self.stage)
        reason = "" if self.several else likely  # that of one record is not that of the others
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
        if suggested is not None and not stands and not self.several:
            self.decide(suggested.verdict, suggested.reason)

    def leave(self) -> bool:
        """Ask no more, or else end the search; says whether there was anything to leave."""
        if self.asking is not Asking.NOTHING:
            self._ask(Asking.NOTHING)
            return True
        if self.search:
            self.choose(self.queue, part=self.part)
            return True
        return False

    def decide(self, verdict: Verdict, reason: str = "") -> None:
        """Show the next record, then record the decision, then say that it is saved.

        When it cannot be saved the page goes back to the record, as it was.
        """
        sheet = self.sheet
        if sheet is None or not self.can_decide:
            return
        if self.several:
            self._decide_several(verdict, reason)
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
        words, saved = wording.decided(decision, self.protocol), wording.clock(decision.time)
        self._tell(words, sheet.unit, sign=decision.verdict, saved=saved)
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
        if len(self._touched) > 1:
            self.reload()
        words = returned(did, name)
        if unit and len(self._touched) > 1:
            self.go_to(unit)
        elif unit:
            sheet = self._return_to(unit)
            if sheet is not None and did == "Repeated":
                self._leave_repeated(sheet)
            words += f"  ·  {wording.quoted(sheet.unit)}" if sheet else ""
        elif self._touched:
            words += ", on a record of the other stage"
        if self._untold and str(self._untold[-1][1].id) == unit:
            self._untold.pop()
        if self._untold:  # what was done before it was said nowhere yet
            words += f"  ·  {wording.together(self._untold)}"
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

    def _leave_repeated(self, sheet: Sheet) -> None:
        """Go on from a record that is decided again and so no longer in the queue."""
        if sheet.decision is not None and leaves(self.queue, sheet.decision.verdict):
            self.line.advance(leaving=True)
            self._settle_state()
            self._show(self._read(self.line.current))

    def _with_decided_judgements(self, sheet: Sheet, decision: Decision) -> Sheet:
        """Judgements begun after the decision that stands again give way to its own."""
        if not sheet.rejudged:
            return sheet
        kept = self.session.project.screening.notes.keep_draft
        self._write(lambda: kept(decision.unit, self.stage, decision.judgements))
        return replace(sheet, judgements=dict(decision.judgements))

    # --- the stage ----------------------------------------------------------------------------

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
            self.queue, self.part = Queue.PENDING, ""
            self.reload()
            self.session.say(f"{self.stage.words} opened again")

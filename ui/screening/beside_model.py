"""What a reviewer does beside deciding: note, flag, duplicate, own words, labels, the DOI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from screener.model import FIELD_WORDS, Judgement, UserError
from screener.screening.screening import OrderBy
from ui.screening.queue_model import Asking, QueueModel
from ui.screening.sheet import Sheet, Sheets
from ui.session.session import BUSY
from ui.widgets.keycap import key_words

_NOTE = ""  # beside the ids of criteria
NO_DOI = "This record gives no DOI."


class BesideModel(QueueModel):
    """Records what one reviewer writes beside the decisions."""

    @property
    def why_not(self) -> str:
        """Why nothing can be recorded about the record on the screen, "" where that is plain."""
        if not self.session.project.writable:
            return "This file was opened to be read: nothing was recorded."
        if self.shut:
            return f"{self.stage.words} is closed: nothing was recorded. Reopen it to decide again."
        return ""

    @property
    def labels(self) -> list[str]:
        """The labels there are, as they were given."""
        return list(self.session.project.screening.notes.labels())

    def set_order(self, by: OrderBy) -> None:
        """Go through the records in another order, from the one on the screen."""
        queues = self.session.project.screening.queues
        if not self.session.project.writable:
            self.session.remarked.emit(self.why_not)
        elif self._write(lambda: queues.set_order(by)):
            self.keep_begun()
            self.reload()

    @property
    def note(self) -> str:
        """The note on the record on the screen, as it was typed last."""
        sheet = self.sheet
        return self.unsaved.get(sheet.unit.id, sheet.note) if sheet is not None else ""

    def save_note(self, unit: str, text: str) -> None:
        """Keep the note on a unit, usually the one on the screen; see `unsaved`."""
        here = self.sheet if self.sheet is not None and self.sheet.unit.id == unit else None
        if self.shut or (here is not None and text == here.note):
            self.unsaved.pop(unit, None)
            return
        notes = self.session.project.screening.notes
        self.unsaved[unit] = text
        done = self._write(lambda: notes.set_note(unit, self.stage, text))
        if done is not None:
            self.unsaved.pop(unit)
        if here is not None:
            self.sheet = here if done is None else replace(here, note=text)
            self.judged.emit()
        if here is not None and done is not None:
            self._tell("Note", here.unit)

    def save_again(self) -> None:
        """Save what could not be saved before, now that other work has ended."""
        if self.session.project.writable and not self.session.closing:
            for unit, text in tuple(self.unsaved.items()):
                self.save_note(unit, text)

    def typed(self) -> Mapping[tuple[str, str], str]:
        """Return the notes, and judgements by their criterion, that could not be saved."""
        self.keep_begun()
        found = {(unit, _NOTE): text for unit, text in self.unsaved.items()}
        for unit, begun in self._begun.items():
            found |= {(unit, criterion): str(each) for criterion, each in begun.items()}
        return found

    def take_typed(self, typed: Mapping[tuple[str, str], str]) -> None:
        """Save here what could not be saved in another file of the same review."""
        for (unit, what), text in typed.items():
            if what == _NOTE:
                self.save_note(unit, text)
            else:
                self._begun[unit] = {**self._begun.get(unit, {}), what: Judgement(text)}
        self.keep_begun()
        self.reload()

    def toggle_flag(self) -> None:
        """Flag the record for the meeting, or take the flag away."""
        if self.sheet is None or not self.can_decide:
            return
        unit, on = self.sheet.unit, not self.sheet.flagged
        screening = self.session.project.screening
        if self._write(lambda: screening.notes.set_flag(unit.id, self.stage, on=on)):
            gone = "Flag" if self.sheet.proposed is None else "Flag and proposal"
            self._keep(replace(self.sheet, flagged=on, proposed=None))
            self._tell("Flagged for the meeting" if on else f"{gone} taken away", unit)

    def _keep(self, sheet: Sheet) -> None:
        """Show the same record with another flag; a line about it comes or goes with a proposal."""
        here, self.sheet = self.sheet, sheet
        told = (sheet.proposed, sheet.corrections)
        if here is not None and (here.proposed, here.corrections) == told:
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
            self._tell(words, unit)
        return done is not None

    def propose_correction(self, sheet: Sheet, field: str, value: str, why: str) -> None:
        """Propose what a field of a record should say; "" takes the proposal back.

        `UserError` when it is refused, or something else is written now.
        """
        if self.session.busy:
            raise UserError(BUSY)
        proposals, unit = self.session.project.sources.proposals, sheet.unit
        with self._ours():
            proposals.propose(unit.id, field, value, why)
        self._ahead.pop(unit.id, None)
        here = self.sheet
        if here is not None and here.unit.id == unit.id:
            self._keep(replace(here, corrections=tuple(proposals.of(unit.id))))
        words = FIELD_WORDS[field].lower()
        done = f"Proposed: {words}" if value.strip() else f"Proposal taken back: {words}"
        self._tell(done, unit)

    def set_labels(self, unit: str, labels: Sequence[str]) -> None:
        """Give a unit, usually the one on the screen, these labels of the reviewer's own."""
        if self.read_only:
            return
        notes = self.session.project.screening.notes
        if self._write(lambda: notes.set_labels(unit, labels)):
            self._ahead.pop(unit, None)
            here = self.sheet
            if here is not None and here.unit.id == unit:
                self.sheet = replace(here, labels=tuple(labels))
                self.judged.emit()
                self._tell(f"Labels: {', '.join(labels) or 'none'}", here.unit)

    @property
    def own_words(self) -> tuple[tuple[str, str], ...]:
        """The highlight words of the reviewer's own, as (element, word)."""
        return self._sheets.own_words

    def is_own_word(self, word: str) -> bool:
        """Say whether a word is highlighted by the reviewer's own wish."""
        return " ".join(word.split()).casefold() in {w.casefold() for _, w in self.own_words}

    def add_own_word(self, element: str, word: str) -> None:
        """Highlight a word of the reviewer's own; the same word again is taken away."""
        text = " ".join(word.split())
        if (element, text) in self.own_words:
            self.remove_own_word(text)
        elif text and self.remove_own_word(text, element=element):
            key = key_words(self.session.keys.first("own-words"))
            self.session.say(f"Highlighted: {text}. {key} shows your words and removes them.")

    def remove_own_word(self, word: str, *, element: str = "") -> bool:
        """Highlight a word no more, or for this element from now on; says whether it is kept."""
        text = " ".join(word.split())
        words = [w for w in self.own_words if w[1].casefold() != text.casefold()]
        done = self.set_own_words([*words, (element, text)] if element else words)
        if done and not element:
            self.session.say(f"Highlighted no more: {text}")
        return done

    def set_own_words(self, words: Sequence[tuple[str, str]]) -> bool:
        """Highlight these words of the reviewer's own; says whether they are kept."""
        if self.session.busy or not self.session.project.writable:
            return False
        self.keep_begun()
        screening = self.session.project.screening
        done = self._write(lambda: screening.notes.set_own_words(words))
        if done is not None:
            self._sheets = Sheets(self.session.project, self.stage)
            self._ahead.clear()
            if self.sheet is not None:
                self.sheet = self._sheets.complete(self.sheet)
                self.judged.emit()
        return done is not None

    # --- the DOI -----------------------------------------------------------------------------

    @property
    def doi_address(self) -> str:
        """Where the DOI of the record on the screen leads, "" when it has none."""
        doi = self.sheet.fields.doi if self.sheet is not None else ""
        return f"https://doi.org/{quote(doi, safe='/:;()._-')}" if doi else ""

    def open_doi(self) -> str:
        """Return the address to open in the browser; "" when there is none, or it is asked first.

        It is asked once on a computer: a site elsewhere learns what is read.
        """
        if not self.doi_address:
            self.session.remarked.emit(NO_DOI)
            return ""
        preferences = self.session.preferences
        if not preferences.current.opens_dois and self.asking is not Asking.BROWSER:
            self._ask(Asking.BROWSER)
            return ""
        preferences.change(opens_dois=True)
        if self.asking is Asking.BROWSER:
            self._ask(Asking.NOTHING)
        return self.doi_address

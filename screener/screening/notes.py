"""What a reviewer keeps beside the decisions: notes, flags, words, drafts, the place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from screener.model import Judgement, Stage
from screener.screening.highlights import Span, spans
from screener.screening.own import Own


class Notes(Own):
    """Notes and flags, which are merged; own words, drafts and place, which stay in the file."""

    def note(self, unit: str, stage: Stage) -> str:
        """Return this reviewer's note on a unit at a stage."""
        return str(self._text_head("note", unit, stage).get("text", ""))

    def flagged(self, unit: str, stage: Stage) -> bool:
        """Say whether this reviewer flagged a unit for the meeting."""
        return bool(self._text_head("flag", unit, stage).get("on", False))

    def set_note(self, unit: str, stage: Stage, text: str) -> None:
        """Write a note; an empty text takes it away."""
        if text == self.note(unit, stage):
            return
        with self._file.action("Note") as action:
            self._append_text(action, "note", unit, stage, {"text": text})

    def set_flag(self, unit: str, stage: Stage, *, on: bool) -> None:
        """Flag a unit for the meeting, or take the flag away."""
        if on == self.flagged(unit, stage):
            return
        with self._file.action("Flag" if on else "Take the flag away") as action:
            self._append_text(action, "flag", unit, stage, {"on": on})

    # --- nobody else's business --------------------------------------------------------------

    def own_words(self) -> list[tuple[str, str]]:
        """Return the reviewer's own highlight words as (element, word); nobody else's business."""
        kept = self._file.own("highlight")
        return [(element, word) for element, word in json.loads(kept)] if kept else []

    def set_own_words(self, words: Iterable[tuple[str, str]]) -> None:
        """Keep the reviewer's own highlight words."""
        self._file.set_own("highlight", json.dumps([list(w) for w in words]))

    def highlights(self, text: str) -> tuple[Span, ...]:
        """Return where highlight words stand in a text: the team's and the reviewer's own."""
        return spans(text, self._protocol.current, self.own_words())

    def draft(self, unit: str, stage: Stage) -> dict[str, Judgement]:
        """Return judgements begun and not decided yet, so that leaving in the middle loses none."""
        kept = self._file.own(f"draft {stage} {unit}")
        return {k: Judgement(v) for k, v in json.loads(kept).items()} if kept else {}

    def keep_draft(self, unit: str, stage: Stage, judgements: Mapping[str, Judgement]) -> None:
        """Keep judgements begun on a unit; an empty mapping forgets them."""
        text = json.dumps({k: str(v) for k, v in judgements.items()}) if judgements else ""
        if text or self._file.own(f"draft {stage} {unit}"):
            self._file.set_own(f"draft {stage} {unit}", text)

    def position(self, stage: Stage) -> str:
        """Return the unit that was on the screen last, or ""."""
        return self._file.own(f"position {stage}")

    def keep_position(self, stage: Stage, unit: str) -> None:
        """Remember which unit is on the screen."""
        self._file.set_own(f"position {stage}", unit)

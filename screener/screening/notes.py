"""What a reviewer keeps beside decisions: notes, flags, labels, own words, drafts, the place."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from screener.model import Element, Judgement, Protocol, Stage
from screener.model.gathering import gathered
from screener.model.searching import stretches
from screener.protocol.protocol import ProtocolVersions
from screener.store import owned
from screener.store.file import Action, File
from screener.store.heads import B, Head, head_ids, heads
from screener.store.kinds.reviewer import Decision, Flag, Labels, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One highlighted stretch: from `start` to `end` (characters), and whose word it is.

    `element` is a word of `Element`, or "exclusion" for a word that speaks against inclusion.
    """

    start: int
    end: int
    element: str


_LONGEST = 1_000  # characters; what is longer is no highlight word
_STARS = re.compile(r"\?*\*[*?]*")


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    wanted = {w.strip() for w in words if w.strip(" *?") and len(w) <= _LONGEST}
    parts = [
        r"\s++".join(map(_piece, word.split())) for word in sorted(wanted, key=len, reverse=True)
    ]
    if not parts:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _piece(piece: str) -> str:
    """Return the pattern of a word without blanks, which is matched in one go, however many stars.

    What stands between two stars is taken where it is found first, and not tried elsewhere: what
    follows may begin anywhere after it. Only the last star gives back what it took.
    """
    if not piece.strip("*"):
        return r"\w++"
    begins, *others = (
        re.escape(part).replace(r"\?", r"\w") for part in _STARS.sub(_one_star, piece).split("*")
    )
    between = "".join(rf"(?>\w*?{part})" for part in others[:-1])
    return f"{begins}{between}" + (rf"\w*{others[-1]}" if others else "")


def _one_star(run: re.Match[str]) -> str:
    return "?" * run[0].count("?") + "*"


def spans(text: str, protocol: Protocol, own: Iterable[tuple[str, str]] = ()) -> tuple[Span, ...]:
    """Return the stretches to highlight, in order, without overlap.

    `*` stands for any letters, `?` for one; phrases match over line breaks. `own` are the
    reviewer's own words as (element, word). Where two words meet, the first and longer wins.
    """
    teams = ((str(c.element), word) for c in protocol.criteria for word in c.highlight)
    words = gathered((*teams, *own))
    found = []
    for order, element in enumerate([*map(str, Element), "exclusion"]):
        pattern = _pattern(tuple(words.get(element, ())))
        if pattern is not None:
            found += [(m.start(), -m.end(), order, element) for m in pattern.finditer(text)]
    kept: list[Span] = []
    at = -1
    for start, minus_end, _, element in sorted(found):
        if start >= at:
            kept.append(Span(start=start, end=-minus_end, element=element))
            at = -minus_end
    return tuple(kept)


def where_found(text: str, search: str) -> tuple[Span, ...]:
    """Return where the words of a search stand in a text, within longer words too, in order."""
    found = stretches(text, search)
    return tuple(Span(start=start, end=end, element=SEARCHED) for start, end in found)


SEARCHED = "searched"
"""Whose the stretches of a search are; they are no words of an element."""


def newest(found: Sequence[Head[B]]) -> Head[B]:
    """Return the newest of some heads, whatever was merged in what order."""
    return max(found, key=lambda head: (head.time, head.event))


def note_of(decision: Head[Decision], notes: Sequence[Head[Note]], decided: Container[str]) -> str:
    """Return the note that belongs to a decision, of all that its reviewer wrote on the unit.

    That on the same record; of several, as after work on two computers, the one of the same log.
    Where there is none, one on another record of the unit that the reviewer has not decided.
    """
    here = [note for note in notes if note.named == decision.named]
    here = [note for note in here if note.log == decision.log] or here
    found = here or [note for note in notes if note.named not in decided]
    return newest(found).body.text if found else ""


class Notes:
    """Notes, flags and labels, which are merged; own words, drafts, place, which stay here."""

    def __init__(self, file: File, protocol: ProtocolVersions) -> None:
        self._file = file
        self._protocol = protocol

    def note(self, unit: str, stage: Stage) -> str:
        """Return this reviewer's note on a unit at a stage (the newest of several), or ""."""
        found = self._mine(Note, unit, stage)
        return newest(found).body.text if found else ""

    def flag(self, unit: str, stage: Stage) -> Flag | None:
        """Return this reviewer's flag on a unit (the newest of several), or None."""
        found = self._mine(Flag, unit, stage)
        return newest(found).body if found else None

    def _mine(self, body: type[B], unit: str, stage: Stage) -> list[Head[B]]:
        return heads(self._file, body, step=str(stage), author=self._file.reviewer, subjects=[unit])

    def flagged(self, unit: str, stage: Stage) -> bool:
        """Say whether this reviewer flagged a unit for the meeting."""
        return self.flag(unit, stage) is not None

    def set_note(self, unit: str, stage: Stage, text: str) -> None:
        """Write a note; an empty text takes it away."""
        if text == self.note(unit, stage):
            return
        with self._file.action("Note") as action:
            self.append(action, Note(text=text), unit, stage)

    def set_flag(self, unit: str, stage: Stage, *, on: bool) -> None:
        """Flag a unit for the meeting, or take the flag away."""
        if on == self.flagged(unit, stage):
            return
        with self._file.action("Flag" if on else "Take the flag away") as action:
            self.append(action, Flag(on=on), unit, stage)

    def append(self, action: Action, body: Note | Flag, unit: str, stage: Stage) -> None:
        """Append a note or flag to an action that others of the unit may be part of."""
        by, step = self._file.reviewer, str(stage)
        action.append(
            body,
            subject=unit,
            step=step,
            supersedes=head_ids(self._file, type(body), step=step, subject=unit, author=by),
        )

    def labels(self) -> dict[str, list[str]]:
        """Return the reviewer's own labels and the units that carry them, as they were given.

        They are shown to nobody else. One that no unit carries any more is gone.
        """
        found: dict[str, dict[str, None]] = {}
        for head in heads(self._file, Labels, author=self._file.reviewer):
            for name in head.body.names:
                found.setdefault(name, {})[head.subject] = None
        return {name: [*units] for name, units in found.items()}

    def labels_of(self, unit: str) -> tuple[str, ...]:
        """Return the reviewer's own labels of a unit; those of records that were joined are all."""
        found = heads(self._file, Labels, author=self._file.reviewer, subjects=[unit])
        return tuple(dict.fromkeys(name for head in found for name in head.body.names))

    def set_labels(self, unit: str, wanted: Iterable[str]) -> None:
        """Give a unit these labels, in place of those it has."""
        names, by = tuple(dict.fromkeys(wanted)), self._file.reviewer
        if names == self.labels_of(unit):
            return
        with self._file.action("Labels" if names else "Take the labels away") as action:
            before = head_ids(self._file, Labels, subject=unit, author=by)
            action.append(Labels(names=names), subject=unit, supersedes=before)

    # --- what goes to nobody else ------------------------------------------------------------

    def own_words(self) -> list[tuple[str, str]]:
        """Return the reviewer's own highlight words as (element, word); they go to nobody else."""
        return owned.read(self._file, "highlight", list[tuple[str, str]]) or []

    def set_own_words(self, words: Iterable[tuple[str, str]]) -> None:
        """Keep the reviewer's own highlight words."""
        self._file.set_own("highlight", json.dumps([list(w) for w in words]))

    def highlights(self, text: str) -> tuple[Span, ...]:
        """Return where highlight words stand in a text: the team's and the reviewer's own."""
        return spans(text, self._protocol.current, self.own_words())

    def draft(self, unit: str, stage: Stage) -> dict[str, Judgement]:
        """Return judgements begun and not decided yet, so that leaving in the middle loses none."""
        return owned.read(self._file, f"draft {stage} {unit}", dict[str, Judgement]) or {}

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

"""What an open project prints: the agenda of a meeting and its minutes; and what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from screener.answers.forms import Forms
from screener.answers.step import FormStep
from screener.consensus.consensus import ConsensusStage
from screener.consensus.reveal import Level
from screener.model import STAGES, Progress, moments, silent
from screener.model.arguments import public
from screener.printing import document as d
from screener.printing.meeting import Meeting, gather
from screener.printing.returned import Returned, Settled
from screener.printing.returned import Told as Told
from screener.printing.writing import ENDINGS, encoded, place, require_ending
from screener.protocol.protocol import ProtocolVersions
from screener.sources.typed_rows import Tell
from screener.store.file import File
from screener.studies.from_table import Row
from screener.studies.studies import Studies
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSettle:
    """What a table would settle, as `resolve_many` takes it, and each thing in words.

    `before` is how many of its rows were settled so before: they are neither `wanted` nor `told`.
    """

    wanted: list[Settled]
    told: list[Told]
    before: int = 0


class Printing:
    """Documents of a step for its meeting; reading them back settles nothing by itself.

    `level` says how much of what the reviewers recorded is shown, as the meeting does (0 the
    records only, 1 decisions, 2 names, 3 everything); None is as much as the meeting chose to see.
    Nothing of what is hidden, because not everybody has closed it, is in any document.
    """

    def __init__(
        self,
        file: File,
        units: Units,
        protocol: ProtocolVersions,
        consensus: ConsensusStage,
        forms: Forms,
        studies: Studies,
    ) -> None:
        self._file, self._units, self._protocol = file, units, protocol
        self._consensus, self._forms, self._studies = consensus, forms, studies

    def agenda(self, step: str, *, level: int | None = None, day: date | None = None) -> d.Document:
        """Return the agenda of a step as a document: what is to settle, with boxes to tick."""
        from screener.printing.agenda import agenda

        return agenda(self._meeting(step, level, day))

    def minutes(
        self, step: str, *, level: int | None = None, day: date | None = None
    ) -> d.Document:
        """Return the minutes of a step as a document: what was settled, and what was not."""
        from screener.printing.minutes import minutes

        return minutes(self._meeting(step, level, day))

    @public
    def write_agenda(
        self,
        path: Path | str,
        step: str,
        *,
        level: int | None = None,
        progress: Progress = silent,
    ) -> int:
        """Write the agenda as .docx, .pdf, .html or .xlsx; returns how many items are to settle.

        The workbook has a row for each item, with cells to type into; see `read_settled`.
        """
        ending = require_ending(Path(path), ENDINGS, "An agenda")
        meeting = self._meeting(step, level, None, progress)
        self._write(Path(path), ending, meeting, progress, filled=False)
        return len(meeting.open())

    @public
    def write_minutes(
        self,
        path: Path | str,
        step: str,
        *,
        level: int | None = None,
        progress: Progress = silent,
    ) -> int:
        """Write the minutes as .docx, .pdf, .html or .xlsx; returns how many items are settled."""
        ending = require_ending(Path(path), ENDINGS, "Minutes")
        meeting = self._meeting(step, level, None, progress)
        self._write(Path(path), ending, meeting, progress, filled=True)
        return len(meeting.settled())

    def _write(
        self, path: Path, ending: str, meeting: Meeting, progress: Progress, *, filled: bool
    ) -> None:
        if ending == ".xlsx":
            from screener.printing.meeting_table import workbook

            content = workbook(meeting, filled=filled)
        else:
            from screener.printing.agenda import agenda
            from screener.printing.minutes import minutes

            document = (minutes if filled else agenda)(meeting)
            content = encoded(document, ending, progress)
        place(content, path)

    @public
    def read_settled(self, path: Path | str, step: str, *, tell: Tell = str) -> list[Settled]:
        """Read what was typed into a table of a meeting (.xlsx, or text); settles nothing.

        `consensus.resolve_many` takes it; `tell` hears what is left out of a text.
        `UserError` names the line of what is wrong.
        """
        return self._returned(step).read(Path(path), tell)

    def look_at(self, path: Path | str, step: str) -> ToSettle:
        """Read such a table and say what it would settle; settles nothing.

        `UserError` names the lines of what could not be settled. What would be overturned is told
        as such: `resolve_many` needs its `overturn` then.
        """
        returned = self._returned(step)
        every = returned.read(Path(path))
        foreseen = zip(every, self._consensus.foresee(step, every), strict=True)
        found = [(one, new) for one, new in foreseen if not new.stands]
        return ToSettle(
            wanted=[one for one, _ in found],
            told=[returned.told(one, new) for one, new in found],
            before=len(every) - len(found),
        )

    def settled(self, step: str, rows: Iterable[tuple[int, Row]]) -> list[Settled]:
        """Return what rows of such a table settle, each with its line."""
        return self._returned(step).settled(rows)

    def _returned(self, step: str) -> Returned:
        self._consensus.at(step)  # there is such a step
        return Returned(
            units=self._units,
            studies=self._studies,
            consensus=self._consensus,
            step=step,
            form=self._form(step),
            protocol=self._protocol.current,
        )

    def _form(self, step: str) -> FormStep | None:
        return None if step in STAGES else self._forms.step(step)

    def _meeting(
        self, step: str, level: int | None, day: date | None, progress: Progress = silent
    ) -> Meeting:
        self._consensus.at(step)
        return gather(
            self._consensus,
            self._units,
            self._protocol.current,
            self._form(step),
            step,
            kind=self._file.kind,
            level=None if level is None else Level(level),
            day=day or moments.now().date(),
            progress=progress,
        )

"""The report of an open project: the numbers of its PRISMA 2020 diagram, lists, exports.

The numbers are counted from final outcomes (docs/numbers.md). What every unit is counted in is
kept; only the units that an action named are placed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screener.consensus.consensus import ConsensusStage
from screener.duplicates.joins import Joins
from screener.model import Outcome, Progress, Protocol, Stage, StudyState, silent
from screener.model.arguments import public
from screener.model.words import reason as why_words
from screener.protocol.protocol import ProtocolVersions
from screener.report import reasons
from screener.report.flow import (
    AWAITING,
    Counts,
    Flow,
    Pending,
    check,
)
from screener.report.identified import Identified, identified
from screener.report.listing import Which
from screener.report.placing import WAITING, Boxes, boxes, reason, reopened, waits
from screener.report.remarks import no_exclusions, no_records, remarks, unexplained_exclusions
from screener.screening.retrieval import Retrieval, explained, retrieval
from screener.sources.batches import Batches
from screener.store.file import File, FileKind
from screener.store.kept import Kept
from screener.studies.studies import Studies
from screener.units.units import Units

if TYPE_CHECKING:  # the numbers do not wait for what only writes
    from screener.report.codebook import Explained
    from screener.report.exports import Exports

_FIRST, _SECOND = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
_LEFT, _RIGHT = (True,), (False,)
_BOTH = (True, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The flow, and the records or units behind each of its numbers by its name."""

    flow: Flow
    behind: Mapping[str, tuple[str, ...]]
    holds: Callable[[str], bool]

    def opens(self, name: str, item: str = "") -> bool:
        """Say whether anything is behind a number, without listing it."""
        return self.holds(f"{name}:{item}" if item else name)

    def records(self, name: str, item: str = "") -> tuple[str, ...]:
        """Return the uids behind a number of the flow, as they are now.

        A number within a list is named by the list and its label, a pending one by its stage.
        """
        return self.behind.get(f"{name}:{item}" if item else name, ())


class _Behind(Mapping[str, tuple[str, ...]]):
    """The records or units behind the numbers, listed when they are asked for."""

    def __init__(self, names: Callable[[], list[str]], listed: Callable[[str], list[str]]) -> None:
        self._names = names
        self._listed = listed

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name not in self._names():
            raise KeyError(name)
        return tuple(self._listed(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())


@dataclass(slots=True, kw_only=True)
class _Placed:
    """What every unit is counted in, and how many are in each box of each column."""

    identified: Identified
    boxes: dict[str, Boxes] = field(default_factory=dict)
    counts: Counter[tuple[bool, str]] = field(default_factory=Counter)

    def side(self, unit: str) -> bool:
        """Say whether a unit belongs to the column of databases and registers."""
        return unit in self.identified.by_databases

    def put(self, unit: str, here: Boxes) -> None:
        """Count a unit in these boxes, in place of those it was in."""
        side = self.side(unit)
        for box in self.boxes.get(unit, ()):
            self.counts[side, box] -= 1
        self.boxes[unit] = here
        self.counts.update((side, box) for box in here)

    def n(self, box: str, sides: Iterable[bool] = _BOTH) -> int:
        """Return how many units of some columns are in a box."""
        return sum(self.counts[side, box] for side in sides)

    def reasons(self, sides: Sequence[bool]) -> set[str]:
        """Return the reasons for which reports of some columns are excluded."""
        begins = reason("")
        return {
            box.removeprefix(begins)
            for (side, box), count in self.counts.items()
            if count and side in sides and box.startswith(begins)
        }


class Report:
    """Counts the flow of one open project, keeps what it counted, and writes; changes nothing."""

    def __init__(
        self,
        file: File,
        units: Units,
        consensus: ConsensusStage,
        protocol: ProtocolVersions,
        studies: Studies,
    ) -> None:
        self._file = file
        self._units = units
        self._batches = Batches(file)
        self._joins = Joins(file)
        self._consensus = consensus
        self._protocol = protocol
        self._studies = studies
        self._kept = Kept(file, self._afresh, self._again)

    def counted(self) -> Counted:
        """Return the PRISMA numbers as they are now, with the units behind each of them."""
        behind = _Behind(self._names, self._listed)
        return Counted(flow=self._flow(self._kept.now()), behind=behind, holds=self._holds)

    def flow(self) -> Flow:
        """Return the PRISMA numbers; a draft while anything is open."""
        return self.counted().flow

    def remarks(self) -> tuple[str, ...]:
        """Return what happened in the review that a report tells beside the numbers.

        Every reason that was asked for because the report names it: of imports taken back, records
        removed, reports not retrieved and versions of the protocol; who left, what was shown early,
        opened again after closing; what was overturned; why a file made from copies goes on as the
        project.
        """
        consensus, here = self._consensus, self._kept.now()
        box = "not_retrieved"
        gone = {u for u, found in here.boxes.items() if box in found} if here.n(box) else ()
        whys = (why for _, why in explained(self._file, gone).values()) if gone else ()
        told = (consensus.context.told(step.id).sentences() for step in consensus.steps)
        lost = "This file was made from reviewers' copies and goes on as the project"
        continued = (f"{lost}: {why_words(why)}." for why in consensus.continued())
        return (
            *here.identified.told,
            *reasons.not_retrieved(whys),
            *reasons.versions(self._protocol.whys()),
            *chain.from_iterable(told),
            *continued,
        )

    def exports(self) -> Exports:
        """Return what lists and writes records with their decisions."""
        from screener.report.exports import Exports

        waiting = self._studies.waiting()
        return Exports(self._file, self._units, self._consensus, self._protocol.current, waiting)

    def codebook(self) -> list[Explained]:
        """Explain every column of an export, and the protocol's criteria and reasons."""
        return self.exports().codebook()

    @public
    def save_codebook(self, path: Path | str) -> None:
        """Write the codebook alone as CSV; `UserError` for another ending, or no place for it."""
        from screener.report.codebook import require_place, save

        require_place(Path(path))
        save(Path(path), self.codebook())

    @public
    def export(
        self,
        path: Path | str,
        *,
        which: Which | str = Which.ALL,
        stage: Stage = Stage.TITLE_ABSTRACT,
        codebook: Path | str | None = None,
        progress: Progress = silent,
    ) -> int:
        """Write records with decisions in words; the ending of `path` chooses the format.

        `codebook` is where to write what the columns mean, as CSV; a workbook has it as a sheet.
        """
        return self.exports().export(
            Path(path),
            which=Which(which),
            stage=stage,
            explained=None if codebook is None else Path(codebook),
            progress=progress,
        )

    # --- placing the units -------------------------------------------------------------------

    def _afresh(self) -> _Placed:
        placed = _Placed(identified=identified(self._file, self._units, self._batches, self._joins))
        self._again(placed, None)
        return placed

    def _again(self, placed: _Placed, only: set[str] | None) -> None:
        # Only a project has the outcomes of a stage: in other files all is pending.
        whole = self._file.kind is FileKind.PROJECT
        second = dict(self._consensus.at(_SECOND).places(only)) if whole else {}
        states = retrieval(self._file, only)
        ongoing = self._studies.waiting(StudyState.ONGOING)
        for unit in self._studies.waiting() & second.keys():
            if second[unit].outcome is Outcome.INCLUDE:  # one that is excluded since is no more
                second[unit] = second[unit]._replace(outcome=Outcome.AWAITING)
        for unit, found in self._consensus.at(_FIRST).places(only):
            here = boxes(found, second.get(unit), states.get(unit, Retrieval.SOUGHT))
            is_ongoing = unit in ongoing and "awaiting" in here
            placed.put(unit, (*here, "ongoing") if is_ongoing else here)

    # --- putting it together -----------------------------------------------------------------

    def _reasons(self, here: _Placed, sides: Sequence[bool]) -> list[str]:
        """Return the reasons there are, in the order of the protocol, then the others."""
        used = here.reasons(sides)
        order = [r.id for r in self._protocol.current.reasons]
        return [*(r for r in order if r in used), *sorted(used - set(order))]

    def _by_reason(self, here: _Placed, sides: Sequence[bool]) -> tuple[tuple[str, int], ...]:
        protocol: Protocol = self._protocol.current
        return tuple(
            (protocol.reason_text(r), here.n(reason(r), sides)) for r in self._reasons(here, sides)
        )

    def _pending(self, here: _Placed, sides: Sequence[bool]) -> Pending:
        return Pending(
            title_abstract=here.n("pending", sides),
            retrieval=here.n("retrieval_pending", sides),
            full_text=here.n("assessment_pending", sides),
            title_abstract_open=self._waiting(here, _FIRST, sides),
            full_text_open=self._waiting(here, _SECOND, sides),
            title_abstract_reopened=here.n(reopened(_FIRST), sides),
            full_text_reopened=here.n(reopened(_SECOND), sides),
        )

    def _waiting(self, here: _Placed, stage: Stage, sides: Sequence[bool]) -> Counts:
        """Return what is pending and waits for the meeting, by what it is."""
        found = ((words, here.n(waits(kind, stage), sides)) for kind, words in WAITING.items())
        return tuple((words, number) for words, number in found if number)

    def _flow(self, here: _Placed) -> Flow:
        pending = self._pending(here, _BOTH)
        previous = self._protocol.current.previous
        columns: dict[str, Any] = {
            name: here.n(box, sides) for name, (box, sides) in _COLUMNS.items()
        }
        flow = Flow(
            **here.identified.numbers,
            **columns,
            dbr_excluded=self._by_reason(here, _LEFT),
            other_excluded=self._by_reason(here, _RIGHT),
            other_duplicates=here.identified.others - here.n("screened", _RIGHT),
            ongoing=here.n("ongoing"),
            new_studies=self._studies.count(),
            new_reports=here.n("included"),
            previous_studies=previous.studies if previous else None,
            previous_reports=previous.reports if previous else None,
            draft=bool(
                pending.open or pending.title_abstract_reopened or pending.full_text_reopened
            ),
            pending=pending,
            elsewhere=_ELSEWHERE.get(self._file.kind, ""),
            other_pending=self._pending(here, _RIGHT),
        )
        unexplained = here.n("without_reason") if self._requires_reason() else 0
        said = (*no_records(flow), *no_exclusions(flow), *unexplained_exclusions(unexplained))
        problems = (*remarks(flow), *said, *check(flow))
        return replace(flow, draft=flow.draft or flow.nothing_left, problems=problems)

    def _requires_reason(self) -> bool:
        return self._protocol.current.requires_reason(_SECOND)

    # --- what is behind a number -------------------------------------------------------------

    def _names(self) -> list[str]:
        """Return the name of every number that has something behind it."""
        here = self._kept.now()
        text = self._protocol.current.reason_text
        lists = (("dbr_excluded", _LEFT), ("other_excluded", _RIGHT))
        return [
            *here.identified.behind,
            *_LISTED,
            *(f"{name}:{item}" for name in ("pending", "other_pending") for item in _PENDING),
            *(f"{name}:{text(r)}" for name, sides in lists for r in self._reasons(here, sides)),
            *(f"{name}:{AWAITING}" for name, _ in lists),
        ]

    def _listed(self, key: str) -> list[str]:
        here = self._kept.now()
        if key in here.identified.behind:
            return list(here.identified.behind[key])
        box, sides = self._box_of(here, key)
        placed = [unit for unit, found in here.boxes.items() if box in found]
        return [unit for side in sides for unit in placed if here.side(unit) is side]

    def _holds(self, key: str) -> bool:
        here = self._kept.now()
        known = here.identified.behind.get(key)
        return bool(here.n(*self._box_of(here, key)) if known is None else known)

    def _box_of(self, here: _Placed, key: str) -> tuple[str, Sequence[bool]]:
        """Return the box and the columns that a number of the flow counts."""
        if key in _LISTED:
            return _LISTED[key]
        name, _, item = key.partition(":")
        sides = _RIGHT if name.startswith("other") else _LEFT
        if name in ("pending", "other_pending"):
            return _PENDING.get(item, ""), _BOTH if name == "pending" else _RIGHT
        if item == AWAITING:
            return "awaiting", sides
        labels = {self._protocol.current.reason_text(r): r for r in self._reasons(here, sides)}
        return reason(labels[item]) if item in labels else "", sides


_ELSEWHERE = {
    FileKind.COPY: "this is a reviewer's copy, and what the review decided is in the project",
    FileKind.ARBITRATOR: (
        "this is an arbitrator's file, and what the review decided is in the project; here is only "
        "what was settled in it"
    ),
}
_COLUMNS: dict[str, tuple[str, Sequence[bool]]] = {
    "records_screened": ("screened", _LEFT),
    "records_excluded": ("excluded", _LEFT),
    "dbr_sought_reports": ("sought", _LEFT),
    "dbr_notretrieved_reports": ("not_retrieved", _LEFT),
    "dbr_assessed": ("assessed", _LEFT),
    "dbr_awaiting": ("awaiting", _LEFT),
    "other_sought_reports": ("sought", _RIGHT),
    "other_notretrieved_reports": ("not_retrieved", _RIGHT),
    "other_assessed": ("assessed", _RIGHT),
    "other_awaiting": ("awaiting", _RIGHT),
    "other_excluded_before": ("excluded", _RIGHT),
}
_LISTED: dict[str, tuple[str, Sequence[bool]]] = {
    **_COLUMNS,
    "dbr_excluded": ("not_eligible", _LEFT),
    "other_excluded": ("not_eligible", _RIGHT),
    "new_reports": ("included", _BOTH),
    "new_studies": ("included", _BOTH),
}
_PENDING = {
    "title_abstract": "pending",
    "retrieval": "retrieval_pending",
    "full_text": "assessment_pending",
    "title_abstract_reopened": reopened(_FIRST),
    "full_text_reopened": reopened(_SECOND),
}

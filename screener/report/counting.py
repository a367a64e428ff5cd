"""The numbers of the PRISMA 2020 diagram, counted from final outcomes (docs/numbers.md).

What every unit is counted in is kept; only the units that an action named are placed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from screener.consensus.consensus import ConsensusStage
from screener.duplicates.duplicates import Duplicates
from screener.model import Changes, Kind, Protocol, Stage
from screener.protocol.protocol import ProtocolVersions
from screener.report.flow import AWAITING, Flow, Pending, check, remarks
from screener.report.identified import Identified, identified
from screener.report.placing import Boxes, boxes, conflict, reason, reopened
from screener.screening.retrieval import Retrieval, retrieval
from screener.sources.batches import Batches
from screener.store.file import File
from screener.units.units import Units

_LITTLE = frozenset({Kind.DECISIONS, Kind.CONSENSUS, Kind.FULL_TEXT, Kind.NOTES, Kind.MEETING})
"""What touches only the units it names."""
_FIRST, _SECOND = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
_LEFT, _RIGHT = (True,), (False,)
_BOTH = (True, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The flow, and the records or units behind each of its numbers by its name."""

    flow: Flow
    behind: Mapping[str, tuple[str, ...]]

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


class Counting:
    """Counts the flow of one open project, and keeps what it counted."""

    def __init__(
        self,
        file: File,
        units: Units,
        batches: Batches,
        duplicates: Duplicates,
        consensus: ConsensusStage,
        protocol: ProtocolVersions,
    ) -> None:
        self._file = file
        self._units = units
        self._batches = batches
        self._duplicates = duplicates
        self._consensus = consensus
        self._protocol = protocol
        self._identified: Identified | None = None
        self._placed: dict[str, Boxes] = {}
        self._counts: Counter[tuple[bool, str]] = Counter()
        self._changed: set[str] = set()
        file.listeners.append(self._on_changed)

    def counted(self) -> Counted:
        """Return the numbers as they are now."""
        if self._identified is None:
            self._placed.clear()
            self._counts.clear()
            self._identified = identified(self._file, self._units, self._batches, self._duplicates)
            self._place(None)
        elif self._changed:
            self._place({self._file.unit_of(unit) for unit in self._changed})
        self._changed.clear()
        behind = _Behind(self._names, self._listed)
        return Counted(flow=self._flow(self._identified), behind=behind)

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds <= _LITTLE and changes.units:
            self._changed |= changes.units
        elif not changes.kinds <= {Kind.NOTES, Kind.MEETING}:
            self._identified = None

    # --- placing the units -------------------------------------------------------------------

    def _place(self, only: set[str] | None) -> None:
        first = self._consensus.at(_FIRST).places(only)
        second = dict(self._consensus.at(_SECOND).places(only))
        states = retrieval(self._file, only)
        for unit, found in first:
            side = self._side(unit)
            for box in self._placed.get(unit, ()):
                self._counts[side, box] -= 1
            here = boxes(found, second.get(unit), states.get(unit, Retrieval.SOUGHT))
            self._placed[unit] = here
            self._counts.update((side, box) for box in here)

    def _side(self, unit: str) -> bool:
        """Say whether a unit belongs to the column of databases and registers."""
        return self._identified is not None and unit in self._identified.by_databases

    # --- putting it together -----------------------------------------------------------------

    def _n(self, box: str, sides: Iterable[bool] = _BOTH) -> int:
        return sum(self._counts[side, box] for side in sides)

    def _reasons(self, sides: Sequence[bool]) -> list[str]:
        """Return the reasons there are, in the order of the protocol, then the others."""
        begins = reason("")
        used = {
            box.removeprefix(begins)
            for (side, box), count in self._counts.items()
            if count and side in sides and box.startswith(begins)
        }
        order = [r.id for r in self._protocol.current.reasons]
        return [*(r for r in order if r in used), *sorted(used - set(order))]

    def _by_reason(self, sides: Sequence[bool]) -> tuple[tuple[str, int], ...]:
        protocol: Protocol = self._protocol.current
        return tuple(
            (protocol.reason_text(r), self._n(reason(r), sides)) for r in self._reasons(sides)
        )

    def _pending(self, sides: Sequence[bool]) -> Pending:
        return Pending(
            title_abstract=self._n("pending", sides),
            retrieval=self._n("retrieval_pending", sides),
            full_text=self._n("assessment_pending", sides),
            title_abstract_conflicts=self._n(conflict(_FIRST), sides),
            full_text_conflicts=self._n(conflict(_SECOND), sides),
            title_abstract_reopened=self._n(reopened(_FIRST), sides),
            full_text_reopened=self._n(reopened(_SECOND), sides),
        )

    def _flow(self, here: Identified) -> Flow:
        pending = self._pending(_BOTH)
        included = self._n("included")
        columns: dict[str, Any] = {
            name: self._n(box, sides) for name, (box, sides) in _COLUMNS.items()
        }
        flow = Flow(
            **here.numbers,
            **columns,
            dbr_excluded=self._by_reason(_LEFT),
            other_excluded=self._by_reason(_RIGHT),
            other_duplicates=here.others - self._n("screened", _RIGHT),
            new_studies=included,
            new_reports=included,
            draft=bool(
                pending.open or pending.title_abstract_reopened or pending.full_text_reopened
            ),
            pending=pending,
            other_pending=self._pending(_RIGHT),
        )
        return replace(flow, problems=(*remarks(flow), *check(flow)))

    # --- what is behind a number -------------------------------------------------------------

    def _names(self) -> list[str]:
        """Return the name of every number that has something behind it."""
        text = self._protocol.current.reason_text
        lists = (("dbr_excluded", _LEFT), ("other_excluded", _RIGHT))
        return [
            *(self._identified.behind if self._identified is not None else ()),
            *_LISTED,
            *(f"{name}:{item}" for name in ("pending", "other_pending") for item in _PENDING),
            *(f"{name}:{text(r)}" for name, sides in lists for r in self._reasons(sides)),
            *(f"{name}:{AWAITING}" for name, _ in lists),
        ]

    def _listed(self, key: str) -> list[str]:
        here = self._identified
        if here is not None and key in here.behind:
            return list(here.behind[key])
        box, sides = self._box_of(key)
        placed = [unit for unit, found in self._placed.items() if box in found]
        return [unit for side in sides for unit in placed if self._side(unit) is side]

    def _box_of(self, key: str) -> tuple[str, Sequence[bool]]:
        """Return the box and the columns that a number of the flow counts."""
        if key in _LISTED:
            return _LISTED[key]
        name, _, item = key.partition(":")
        sides = _RIGHT if name.startswith("other") else _LEFT
        if name in ("pending", "other_pending"):
            return _PENDING.get(item, ""), _BOTH if name == "pending" else _RIGHT
        if item == AWAITING:
            return "awaiting", sides
        labels = {self._protocol.current.reason_text(r): r for r in self._reasons(sides)}
        return reason(labels[item]) if item in labels else "", sides


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

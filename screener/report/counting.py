"""The numbers of the PRISMA 2020 diagram, counted from final outcomes (domain, section 3.4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from screener.consensus.consensus import ConsensusStage
from screener.duplicates.duplicates import Duplicates
from screener.duplicates.methods import removed_duplicates
from screener.fulltext.fulltext import FullText, Retrieval
from screener.model import (
    OTHER_REASON,
    Outcome,
    Protocol,
    SourceKind,
    Stage,
    State,
    Status,
)
from screener.report.flow import AWAITING, Flow, Pending, check, remarks
from screener.sources.batches import Batches
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds.project import Remove
from screener.store.membership import absent, imported
from screener.units.units import Units


@dataclass(slots=True)
class _Column:
    """What is counted for one of the two columns; `units` remembers who is behind a number."""

    units: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    reasons: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)
    reopened: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def count(self, box: str, unit: str) -> None:
        self.units[box].append(unit)

    def n(self, box: str) -> int:
        return len(self.units.get(box, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The flow and, by the name of each number, the records or units behind it.

    A number within a list has the name of the list, a colon and its label; so has a pending
    number with its stage.
    """

    flow: Flow
    behind: Mapping[str, tuple[str, ...]]

    def records(self, name: str, item: str = "") -> tuple[str, ...]:
        """Return the uids behind a number of the flow."""
        return self.behind.get(f"{name}:{item}" if item else name, ())


class Counting:
    """Counts the flow of one open project."""

    def __init__(
        self,
        file: File,
        units: Units,
        batches: Batches,
        duplicates: Duplicates,
        consensus: ConsensusStage,
        fulltext: FullText,
        protocol: Protocol,
    ) -> None:
        self._file = file
        self._units = units
        self._batches = batches
        self._duplicates = duplicates
        self._consensus = consensus
        self._retrieval = fulltext.retrieval()
        self._protocol = protocol
        self._left, self._right = _Column(), _Column()
        self._behind: dict[str, list[str]] = defaultdict(list)

    def run(self) -> Counted:
        """Count everything once."""
        kinds = self._kinds()
        records = [(uid, kinds[batch]) for uid, batch in imported(self._file) if batch in kinds]
        removed = self._removed()
        self._screen({uid for uid, kind in records if kind.is_database and uid not in removed})
        specific = self._specific()
        automatic, by_hand = self._duplicate_counts(records, removed)
        results = Counter(kind for _, kind in records)
        for uid, kind in records:
            self._behind[_RESULT_FIELDS[kind]].append(uid)
        searched = {b.search.kind for b in self._batches.batches(withdrawn=False)}
        left_removed = [
            removed[uid] for uid, kind in records if uid in removed and kind.is_database
        ]
        flow = self._flow(
            database_results=results[SourceKind.DATABASE],
            register_results=results[SourceKind.REGISTER],
            database_specific_results=specific[SourceKind.DATABASE],
            register_specific_results=specific[SourceKind.REGISTER],
            duplicates=automatic + by_hand,
            duplicates_automatic=automatic,
            duplicates_by_hand=by_hand,
            excluded_automatic=sum(left_removed),
            excluded_other=len(left_removed) - sum(left_removed),
            **{
                _RESULT_FIELDS[kind]: results[kind] if kind in searched else None
                for kind in SourceKind
                if not kind.is_database
            },
        )
        self._remember(records, removed)
        return Counted(flow=flow, behind={k: tuple(v) for k, v in self._behind.items()})

    def _kinds(self) -> dict[str, SourceKind]:
        return {b.id: b.search.kind for b in self._batches.batches(withdrawn=False)}

    def _specific(self) -> dict[SourceKind, tuple[tuple[str, int], ...]]:
        found: dict[SourceKind, dict[str, int]] = defaultdict(dict)
        for batch in self._batches.batches(withdrawn=False):
            by_source = found[batch.search.kind]
            by_source[batch.search.source] = by_source.get(batch.search.source, 0) + batch.parsed
        return defaultdict(tuple, {k: tuple(v.items()) for k, v in found.items()})

    def _removed(self) -> dict[str, bool]:
        """Return the records removed before screening, and whether a rule did it."""
        return {head.body.record: head.body.automatic for head in heads(self._file, Remove)}

    def _duplicate_counts(
        self, records: list[tuple[str, SourceKind]], removed: dict[str, bool]
    ) -> tuple[int, int]:
        """Return the duplicates among databases and registers: joined by a rule, joined by hand."""
        left = {uid for uid, kind in records if kind.is_database and uid not in removed}
        for unit, members in self._groups(left).items():
            self._behind["duplicates"] += [m for m in members if m != unit][: len(members) - 1]
        return removed_duplicates(self._duplicates, self._units, left)

    def _groups(self, left: set[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for record, unit in sorted(self._units.membership().items()):
            if record in left:
                found[unit].append(record)
        return {unit: members for unit, members in found.items() if len(members) > 1}

    # --- the two stages ----------------------------------------------------------------------

    def _screen(self, left_records: set[str]) -> None:
        first = self._consensus.states(Stage.TITLE_ABSTRACT)
        second = self._consensus.states(Stage.FULL_TEXT)
        membership = self._units.membership()
        left_units = {membership.get(uid, uid) for uid in left_records}
        for unit, state in first.items():
            if state.status is Status.REMOVED:
                continue
            column = self._left if unit in left_units else self._right
            column.count("screened", unit)
            self._open_conflict(column, state)
            if state.outcome is Outcome.EXCLUDE:
                column.count("excluded", unit)
            elif state.outcome is Outcome.INCLUDE:
                self._sought(column, unit, second[unit])
            else:
                column.count("pending", unit)

    def _open_conflict(self, column: _Column, state: State) -> None:
        """Count what waits for the meeting: as a part of what is pending, or beside an outcome."""
        if state.open and state.status is not Status.AGREED:
            if state.outcome is None:
                column.conflicts[state.step] += 1
            else:
                column.reopened[state.step].append(state.subject)

    def _sought(self, column: _Column, unit: str, state: State) -> None:
        column.count("sought", unit)
        retrieval = self._retrieval.get(unit, (Retrieval.SOUGHT, ""))[0]
        if state.status is Status.NOT_RETRIEVED:
            column.count("not_retrieved", unit)
        elif state.status is Status.NOT_OPEN or (
            retrieval is Retrieval.SOUGHT and state.status in _UNREAD
        ):
            column.count("retrieval_pending", unit)
        else:
            self._assessed(column, unit, state)

    def _assessed(self, column: _Column, unit: str, state: State) -> None:
        column.count("assessed", unit)
        self._open_conflict(column, state)
        if state.outcome is Outcome.INCLUDE:
            column.count("included", unit)
        elif state.outcome is Outcome.AWAITING:
            column.count("awaiting", unit)
        elif state.outcome is Outcome.EXCLUDE:
            column.count("not_eligible", unit)
            column.reasons[state.reason or OTHER_REASON] += 1
            column.count(f"reason {state.reason or OTHER_REASON}", unit)
        else:
            column.count("assessment_pending", unit)

    # --- putting it together -------------------------------------------------------------------

    def _reasons(self, column: _Column) -> tuple[tuple[str, int], ...]:
        return tuple(
            (self._protocol.reason_text(r), column.reasons[r]) for r in self._ordered(column)
        )

    def _ordered(self, column: _Column) -> list[str]:
        order = [r.id for r in self._protocol.reasons]
        known = [r for r in order if column.reasons[r]]
        return [*known, *sorted(set(column.reasons) - set(order))]

    def _pending(self, *columns: _Column) -> Pending:
        return Pending(
            title_abstract=sum(c.n("pending") for c in columns),
            retrieval=sum(c.n("retrieval_pending") for c in columns),
            full_text=sum(c.n("assessment_pending") for c in columns),
            title_abstract_conflicts=sum(c.conflicts["title-abstract"] for c in columns),
            full_text_conflicts=sum(c.conflicts["full-text"] for c in columns),
            title_abstract_reopened=sum(len(c.reopened["title-abstract"]) for c in columns),
            full_text_reopened=sum(len(c.reopened["full-text"]) for c in columns),
        )

    def _flow(self, **counts: Any) -> Flow:  # noqa: ANN401 - the numbers of the template
        left, right = self._left, self._right
        pending = self._pending(left, right)
        reopened = pending.title_abstract_reopened + pending.full_text_reopened
        included = left.n("included") + right.n("included")
        flow = Flow(
            **counts,
            records_screened=left.n("screened"),
            records_excluded=left.n("excluded"),
            dbr_sought_reports=left.n("sought"),
            dbr_notretrieved_reports=left.n("not_retrieved"),
            dbr_assessed=left.n("assessed"),
            dbr_excluded=self._reasons(left),
            dbr_awaiting=left.n("awaiting"),
            other_sought_reports=right.n("sought"),
            other_notretrieved_reports=right.n("not_retrieved"),
            other_assessed=right.n("assessed"),
            other_excluded=self._reasons(right),
            other_awaiting=right.n("awaiting"),
            other_excluded_before=right.n("excluded"),
            other_duplicates=self._other_duplicates(),
            new_studies=included,
            new_reports=included,
            draft=bool(pending.open or reopened),
            pending=pending,
            other_pending=self._pending(right),
        )
        return replace(flow, problems=(*remarks(flow), *check(flow)))

    def _other_duplicates(self) -> int:
        kinds = self._kinds()
        gone = absent(self._file)
        rows = imported(self._file)
        others = sum(
            uid not in gone and batch in kinds and not kinds[batch].is_database
            for uid, batch in rows
        )
        return others - self._right.n("screened")

    def _remember(self, records: list[tuple[str, SourceKind]], removed: dict[str, bool]) -> None:
        left, right = self._left, self._right
        for name, box in _BOXES:
            column = right if name.startswith("other") else left
            self._behind[name] = list(column.units.get(box, []))
        for name, columns in (("pending", (left, right)), ("other_pending", (right,))):
            for stage, box in _PENDING:
                self._behind[f"{name}:{stage}"] = [u for c in columns for u in c.units[box]]
            for step in Stage:
                reopened = [u for c in columns for u in c.reopened[step]]
                self._behind[f"{name}:{step.replace('-', '_')}_reopened"] = reopened
        self._remember_reasons("dbr_excluded", left)
        self._remember_reasons("other_excluded", right)
        self._behind["new_reports"] = left.units["included"] + right.units["included"]
        self._behind["new_studies"] = self._behind["new_reports"]
        self._remember_sources()
        for uid, kind in records:
            if uid in removed and kind.is_database:
                name = "excluded_automatic" if removed[uid] else "excluded_other"
                self._behind[name].append(uid)

    def _remember_reasons(self, name: str, column: _Column) -> None:
        for reason in self._ordered(column):
            label = self._protocol.reason_text(reason)
            self._behind[f"{name}:{label}"] = column.units[f"reason {reason}"]
        self._behind[f"{name}:{AWAITING}"] = column.units["awaiting"]

    def _remember_sources(self) -> None:
        searches = {b.id: b.search for b in self._batches.batches(withdrawn=False)}
        for uid, batch in imported(self._file):
            search = searches.get(batch)
            if search is not None and search.kind.is_database:
                self._behind[f"{search.kind}_specific_results:{search.source}"].append(uid)


_RESULT_FIELDS = {
    SourceKind.DATABASE: "database_results",
    SourceKind.REGISTER: "register_results",
    SourceKind.WEBSITE: "website_results",
    SourceKind.ORGANISATION: "organisation_results",
    SourceKind.CITATION_SEARCHING: "citations_results",
}
_UNREAD = (Status.NOT_STARTED, Status.PENDING, Status.HIDDEN, Status.MISSING)
"""Where a report stands that nobody is known to have read."""
_PENDING = (
    ("title_abstract", "pending"),
    ("retrieval", "retrieval_pending"),
    ("full_text", "assessment_pending"),
)
_BOXES = (
    ("records_screened", "screened"),
    ("records_excluded", "excluded"),
    ("dbr_sought_reports", "sought"),
    ("dbr_notretrieved_reports", "not_retrieved"),
    ("dbr_assessed", "assessed"),
    ("dbr_excluded", "not_eligible"),
    ("dbr_awaiting", "awaiting"),
    ("other_sought_reports", "sought"),
    ("other_notretrieved_reports", "not_retrieved"),
    ("other_assessed", "assessed"),
    ("other_excluded", "not_eligible"),
    ("other_awaiting", "awaiting"),
)

"""How many of the imported records are duplicates: for the flow and for the methods section."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from screener.duplicates.joins import Joins, removed_duplicates
from screener.model.gathering import gathered
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds.project import Remove
from screener.store.membership import imported
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the imports that stand brought, removed records too, and what of it is a duplicate.

    `ours` are the records of databases and registers, `theirs` those of other methods; `removed`
    says of each removed record whether a rule did it. `left` are those of `ours` that were not
    removed, `counted` the records of `ours` of which `automatic` and `by_hand` are duplicates.
    `others` counts the records of `theirs` that are in the review, and of a group that was removed
    as a whole those that are its duplicates; `others_removed` are the rest of `theirs`.
    """

    ours: Sequence[str]
    theirs: Sequence[str]
    removed: Mapping[str, Remove]
    unit_of: Mapping[str, str]
    left: frozenset[str]
    counted: frozenset[str]
    automatic: int
    by_hand: int
    others: int
    others_removed: Sequence[str]

    @property
    def by_databases(self) -> frozenset[str]:
        """The units with a record of a database or register that was not removed."""
        return frozenset(self.unit_of.get(uid, uid) for uid in self.left)

    @property
    def any_removed(self) -> bool:
        """Say whether a record of an import that stands was removed."""
        return not self.removed.keys().isdisjoint((*self.ours, *self.theirs))

    def other_duplicates(self, present: Collection[str]) -> int:
        """Return how many records of other methods are duplicates, by the units present."""
        return self.others - len(set(present) - self.by_databases)


def tally(file: File, units: Units, joins: Joins, of_databases: Mapping[str, bool]) -> Tally:
    """Count duplicates; `of_databases` says of each import that stands whether it is of one."""
    records = [(uid, of_databases[batch]) for uid, batch in imported(file) if batch in of_databases]
    ours = [uid for uid, here in records if here]
    theirs = [uid for uid, here in records if not here]
    removed = {head.body.record: head.body for head in heads(file, Remove)}
    unit_of = units.membership()
    left = {uid for uid in ours if uid not in removed}
    # Of a group that was removed as a whole one is removed; the others stay its duplicates.
    counted = left.union(*_removed_whole(ours, unit_of, removed))
    automatic, by_hand = removed_duplicates(joins.standing(), units, counted)
    others_removed = _others_removed(ours, theirs, unit_of, removed)
    return Tally(
        ours=ours,
        theirs=theirs,
        removed=removed,
        unit_of=unit_of,
        left=frozenset(left),
        counted=frozenset(counted),
        automatic=automatic,
        by_hand=by_hand,
        others=len(theirs) - len(others_removed),
        others_removed=others_removed,
    )


def _others_removed(
    ours: Sequence[str], theirs: Sequence[str], unit_of: Mapping[str, str], removed: Collection[str]
) -> list[str]:
    """Return the removed records of other methods that are not duplicates of removed ones."""
    of_others, of_databases = set(theirs), set(ours)
    duplicates: set[str] = set()
    for whole in _removed_whole([*ours, *theirs], unit_of, removed):
        here = [uid for uid in whole if uid in of_others]
        duplicates.update(here[1:] if of_databases.isdisjoint(whole) else here)
    return [uid for uid in theirs if uid in removed and uid not in duplicates]


def _removed_whole(
    records: Sequence[str], unit_of: Mapping[str, str], removed: Collection[str]
) -> list[list[str]]:
    """Return the groups of these records of which every one was removed before screening."""
    if not removed:
        return []
    groups = gathered((unit_of[uid], uid) for uid in records if uid in unit_of)
    return [several for several in groups.values() if all(uid in removed for uid in several)]

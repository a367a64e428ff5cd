"""The joins that stand, and which of them go when some are taken back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import asdict

from screener.duplicates.clusters import Clusters
from screener.store import membership
from screener.store.file import File
from screener.store.heads import events_of
from screener.store.kinds.project import Same
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """One group that was joined: its records, the one kept, the rule, whether by hand.

    `run` is the id of the run that found it, if one did.
    """

    event: str
    records: tuple[str, ...]
    kept: str
    rule: str
    by_hand: bool
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """What comes apart when joins are taken back: `joins` go, and there are `units` more.

    `by_hand` counts the joins of a person that stay.
    """

    joins: int
    units: int
    by_hand: int


class Joins:
    """The joins of a file. An event never changes, so each is read once."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._known: dict[str, Joined] = {}

    def standing(self) -> list[Joined]:
        """Return every join that stands, in the order made."""
        ids = membership.join_ids(self._file)
        unknown = [id_ for id_ in ids if id_ not in self._known]
        for _, event in events_of(self._file, unknown):
            if isinstance(event.body, Same):
                self._known[event.id] = Joined(event=event.id, **asdict(event.body))
        return [self._known[id_] for id_ in ids]


class Standing:
    """The joins that stand while answers are taken, by the records they name."""

    def __init__(self, joins: Iterable[Joined]) -> None:
        self._of: dict[str, list[Joined]] = defaultdict(list)
        for join in joins:
            self.add(join)

    def add(self, join: Joined) -> None:
        """Count one more join."""
        for uid in join.records:
            self._of[uid].append(join)

    def take(self, join: Joined) -> None:
        """Count a join no more."""
        for uid in join.records:
            self._of[uid].remove(join)

    def by_hand(self, uids: Collection[str]) -> bool:
        """Say whether one join of a person names all these records."""
        return any(join.by_hand and {*uids} <= {*join.records} for join in self.between(uids))

    def between(self, uids: Collection[str]) -> list[Joined]:
        """Return the joins that name two or more of these records."""
        every = {join.event: join for uid in uids for join in self._of.get(uid, ())}
        return [join for join in every.values() if len({*uids} & {*join.records}) > 1]

    def connected(self, uids: Collection[str]) -> bool:
        """Say whether any two of these records are in one group."""
        seen: set[str] = set()
        for uid in uids:
            if uid in seen:
                return True
            seen |= self._group(uid)
        return False

    def _group(self, uid: str) -> set[str]:
        group, waiting = {uid}, [uid]
        while waiting:
            for join in self._of.get(waiting.pop(), ()):
                waiting += [other for other in join.records if other not in group]
                group.update(join.records)
        return group


def _by_rule(joins: Sequence[Joined]) -> dict[str, str]:
    """Return for every joined record the part it would be in without what a person joined.

    A join counts for what it added: one by a rule that names records a person had joined before,
    because their group grew, does not make that join automatic.
    """
    every, ruled = Clusters[str](), Clusters[str]()
    for join in joins:
        first, *others = join.records
        for other in others:
            if not join.by_hand and every.root(first) != every.root(other):
                ruled.put_together((first, other))
            every.put_together((first, other))
    return {uid: ruled.root(uid) for join in joins for uid in join.records}


def removed_duplicates(
    standing: Sequence[Joined], units: Units, among: Collection[str]
) -> tuple[int, int]:
    """Return how many of these records duplicate another of them: joined by a rule, by hand."""
    by_rule = _by_rule(standing)
    groups: dict[str, list[str]] = defaultdict(list)
    for record, unit in units.membership().items():
        if record in among:
            groups[unit].append(record)
    automatic = by_hand = 0
    for members in groups.values():
        parts = len({by_rule.get(uid, uid) for uid in members})
        automatic += len(members) - parts
        by_hand += parts - 1
    return automatic, by_hand


def going(joins: Iterable[Joined], wanted: Callable[[Joined], bool]) -> list[Joined]:
    """Return the joins that are wanted, and what a rule joined later because of them.

    A later join by a rule lists the whole group that grew, and would keep it together.
    """
    gone: dict[str, list[str]] = defaultdict(list)
    found = []
    for join in joins:
        named = Counter(event for uid in join.records for event in gone[uid])
        grown = not join.by_hand and any(count > 1 for count in named.values())
        if wanted(join) or grown:
            found.append(join)
            for uid in join.records:
                gone[uid].append(join.event)
    return found


def parting(joins: Sequence[Joined], going: Sequence[Joined]) -> Parting:
    """Return what comes apart when these of all joins are taken back."""
    gone = {join.event for join in going}
    stays = [join for join in joins if join.event not in gone]
    return Parting(
        joins=len(going),
        units=_links(join.records for join in joins) - _links(join.records for join in stays),
        by_hand=sum(join.by_hand for join in stays),
    )


def rest_of(parts: Sequence[Joined], records: Sequence[str], kept: str) -> Same:
    """Return the join of what is left of a split group: by a rule if all of it was."""
    if any(join.by_hand for join in parts):
        return Same(records=tuple(records), kept=kept, rule="split", by_hand=True)
    rules = dict.fromkeys(name for join in parts for name in join.rule.split("; "))
    found = {join.run for join in parts if join.run}
    return Same(
        records=tuple(records),
        kept=kept,
        rule="; ".join(rules),
        by_hand=False,
        run=found.pop() if len(found) == 1 else "",
    )


def _links(groups: Iterable[Collection[str]]) -> int:
    """Count how many joins of two units these groups are."""
    parts = Clusters[str]()
    for group in groups:
        parts.put_together(group)
    return sum(len(members) - 1 for members in parts.groups())

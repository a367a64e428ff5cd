"""The joins that stand, and which of them go when some are taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screener.store import caches
from screener.store.file import File

_AT_ONCE = 500
Head = tuple[str, Mapping[str, Any]]
"""The id and the body of a `same` that stands."""


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
        self._known: dict[bytes, Joined | None] = {}

    def standing(self) -> list[Joined]:
        """Return every join that stands, in the order made."""
        rows = self._file.rows(
            "SELECT e.id FROM current c JOIN event e ON e.id = c.event "
            "WHERE c.kind = 'same' ORDER BY e.rowid"
        )
        ids = [id_ for (id_,) in rows]
        unknown = [id_ for id_ in ids if id_ not in self._known]
        for start in range(0, len(unknown), _AT_ONCE):
            self._read(unknown[start : start + _AT_ONCE])
        return [join for join in (self._known[id_] for id_ in ids) if join is not None]

    def _read(self, ids: Sequence[bytes]) -> None:
        marks = ", ".join("?" * len(ids))
        query = f"SELECT id, body FROM event WHERE id IN ({marks})"  # noqa: S608 - marks only
        for id_, text in self._file.rows(query, ids):
            self._known[id_] = _joined(id_.hex(), caches.parsed(text)["body"])


def _joined(event: str, body: Mapping[str, Any]) -> Joined | None:
    """Return the join an event is; None for one that only notes a run or takes a join back."""
    if not body["records"]:
        return None
    return Joined(
        event=event,
        records=tuple(body["records"]),
        kept=body["kept"],
        rule=body["rule"],
        by_hand=bool(body["by_hand"]),
        run=body.get("run", ""),
    )


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


def by_rule(joins: Sequence[Joined]) -> dict[str, str]:
    """Return for every joined record the part it would be in without what a person joined.

    A join counts for what it added: one by a rule that names records a person had joined before,
    because their group grew, does not make that join automatic.
    """
    every, ruled = _Parts(), _Parts()
    for join in joins:
        for other in join.records[1:]:
            new = every.join(join.records[0], other)
            if new and not join.by_hand:
                ruled.join(join.records[0], other)
    return {uid: ruled.root(uid) for join in joins for uid in join.records}


def going(heads: Iterable[Head], wanted: Callable[[str, Mapping[str, Any]], bool]) -> list[Head]:
    """Return the heads that are wanted, and what a rule joined later because of them.

    A later join by a rule lists the whole group that grew, and would keep it together.
    """
    gone = _Gone()
    found = []
    for event, body in heads:
        grown = not body.get("by_hand", True) and gone.names_two(body["records"])
        if wanted(event, body) or grown:
            found.append((event, body))
            gone.add(body["records"])
    return found


def parting(heads: Sequence[Head], going: Sequence[Head]) -> Parting:
    """Return what comes apart when these of all heads are taken back."""
    gone = {event for event, _ in going}
    stays = [body for event, body in heads if event not in gone]
    return Parting(
        joins=_count(body for _, body in going),
        units=_links(body["records"] for _, body in heads)
        - _links(body["records"] for body in stays),
        by_hand=sum(bool(body["records"] and body["by_hand"]) for body in stays),
    )


def rest_of(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Say how what is left of a split group was joined: by a rule if all of it was."""
    if any(body["by_hand"] for body in parts):
        return {"rule": "split", "by_hand": True}
    rules = dict.fromkeys(name for body in parts for name in body["rule"].split("; "))
    found = {body["run"] for body in parts if "run" in body}
    run = {"run": found.pop()} if len(found) == 1 else {}
    return {"rule": "; ".join(rules), "by_hand": False, **run}


def _count(bodies: Iterable[Mapping[str, Any]]) -> int:
    return sum(bool(body["records"]) for body in bodies)


def _links(groups: Iterable[Collection[str]]) -> int:
    """Count how many joins of two units these groups are."""
    parts = _Parts()
    return sum(
        parts.join(first, other) for first, *others in filter(None, groups) for other in others
    )


class _Gone:
    """The joins that an action takes back."""

    def __init__(self) -> None:
        self._count = 0
        self._of: dict[str, set[int]] = defaultdict(set)

    def add(self, records: Sequence[str]) -> None:
        for uid in records:
            self._of[uid].add(self._count)
        self._count += 1

    def names_two(self, records: Sequence[str]) -> bool:
        """Say whether two of these records were in one of the joins."""
        seen: set[int] = set()
        for uid in records:
            if seen & self._of.get(uid, set()):
                return True
            seen |= self._of.get(uid, set())
        return False


class _Parts:
    """Disjoint sets of records."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, uid: str) -> str:
        while self._parent.setdefault(uid, uid) != uid:
            self._parent[uid] = self._parent[self._parent[uid]]
            uid = self._parent[uid]
        return uid

    def join(self, one: str, other: str) -> bool:
        """Join two sets; say whether they were two."""
        left, right = self.root(one), self.root(other)
        self._parent[left] = right
        return left != right

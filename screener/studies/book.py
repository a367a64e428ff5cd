"""What the project log says of studies, and what a change of it would say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeVar
from uuid import uuid4

from msgspec.structs import replace

from screener.model import Study as StudyForPeople
from screener.model import StudyState
from screener.model.gathering import gathered
from screener.model.words import as_name
from screener.store.file import COORDINATOR, Action, File
from screener.store.heads import head_ids, heads, memberships
from screener.store.history import of_kinds
from screener.store.kinds import Body
from screener.store.kinds.project import Intervention, Study

_Named = TypeVar("_Named", Study, Intervention)


def _shown(body: _Named) -> _Named:
    """Return what is said of a study or an intervention, its name as it is shown."""
    return replace(body, name=as_name(body.name) or body.name)


class Book:
    """The studies of a file by their ids, as they stand; changed here, then written.

    A report is named by its unit as it was then; what it is now says `unit_of`, as it says which
    study one that was joined counts for.
    """

    def __init__(self, file: File) -> None:
        self._file = file
        self._unit_of: Mapping[str, str] = memberships(file)
        self.bodies = {head.body.id: _shown(head.body) for head in heads(file, Study)}
        self.groups = {head.body.id: _shown(head.body) for head in heads(file, Intervention)}
        self._before = (dict(self.bodies), dict(self.groups))
        self._standing: list[str] | None = None
        self._emptied: dict[str, str] | None = None
        self._by_unit: dict[str, list[str]] | None = None
        self._taken: set[str] | None = None

    # --- reading -----------------------------------------------------------------------------

    def standing(self) -> list[str]:
        """Return the studies that are joined to no other, in the order they were made."""
        if self._standing is None:
            self._standing = [id_ for id_ in self.bodies if self.now(id_) == id_]
        return self._standing

    def reports(self, study: str) -> list[str]:
        """Return the units that belong to a study."""
        return [*dict.fromkeys(map(self.now, self.bodies[study].reports))]

    def with_report(self, unit: str) -> list[str]:
        """Return the studies that a report belongs to."""
        if self._by_unit is None:
            self._by_unit = gathered((u, id_) for id_ in self.standing() for u in self.reports(id_))
        return [*self._by_unit.get(unit, ())]

    def waiting(self, *wanted: StudyState) -> set[str]:
        """Return the reports of which every study is awaiting or ongoing, or in states wanted."""
        pairs = ((u, self.bodies[id_].state) for id_ in self.standing() for u in self.reports(id_))
        states = gathered(pairs)
        those = set(wanted or (StudyState.AWAITING, StudyState.ONGOING))
        return {unit for unit, several in states.items() if those.issuperset(several)}

    def count(self, included: Iterable[str]) -> int:
        """Return how many studies are included; a report that is in none counts as one."""
        left = set(included) - self.waiting()
        here = [
            reports
            for id_ in self.standing()
            if self.bodies[id_].state is StudyState.INCLUDED
            and (reports := left.intersection(self.reports(id_)))
        ]
        return len(here) + len(left.difference(*here))

    def study(self, id_: str, reports: Sequence[str], tested: Sequence[str]) -> StudyForPeople:
        """Return a study as people know it, with these reports and the interventions it tests."""
        body = self.bodies[id_]
        primary = self.now(body.primary)
        return StudyForPeople(
            id=id_,
            name=body.name,
            reports=tuple(reports),
            primary=primary if primary in reports else next(iter(reports), ""),
            state=body.state,
            registrations=body.registrations,
            interventions=tuple(tested),
            into=body.into,
        )

    def names(self) -> dict[str, str]:
        """Return the names that are taken, by study; undo leaves one that has none of them."""
        return {id_: self.bodies[id_].name for id_ in self.standing() if self.bodies[id_].reports}

    def emptied_of(self, unit: str) -> str:
        """Return the last study that had a report and has none any more, or "": it has answers."""
        if self._emptied is None:
            empty = {i for i, body in self.bodies.items() if not (body.reports or body.into)}
            entries = of_kinds(self._file, "study") if empty else []
            bodies = (one.event.body for one in entries)
            had = (one for one in bodies if isinstance(one, Study) and one.id in empty)
            self._emptied = {self.now(u): body.id for body in had for u in body.reports}
        found = self._emptied.get(unit, "")
        return found if found and not self.bodies[found].reports else ""

    def taken(self) -> Set[str]:
        """Return the names that are taken."""
        if self._taken is None:
            self._taken = set(self.names().values())
        return self._taken

    def lacks(self, study: str, units: Collection[str]) -> bool:
        """Say whether none of some units belongs to a study."""
        return not any(unit in units for unit in self.reports(study))

    def joined_by_duplicates(self) -> Iterator[tuple[str, list[str]]]:
        """Yield units that studies have under different records, and these studies."""
        named = gathered(
            (self.now(record), (record, id_))
            for id_ in self.standing()
            for record in self.bodies[id_].reports
        )
        for unit, pairs in named.items():
            if len({record for record, _ in pairs}) > 1 and len({id_ for _, id_ in pairs}) > 1:
                yield unit, [id_ for _, id_ in pairs]

    def now(self, record: str) -> str:
        """Return the unit of a record, or the study that one which was joined counts for."""
        return self._unit_of.get(record, record)

    # --- changing ----------------------------------------------------------------------------

    def add(self, unit: str, name: str, registrations: tuple[str, ...]) -> str:
        """Add a study of one report and return its id."""
        id_ = uuid4().hex
        self.bodies[id_] = Study(
            id=id_, name=name, reports=(unit,), primary=unit, registrations=registrations
        )
        if self._standing is not None:  # a form may be opened for thousands that are new
            self._standing.append(id_)
        if self._by_unit is not None:
            self._by_unit.setdefault(unit, []).append(id_)
        if self._taken is not None:
            self._taken.add(name)
        return id_

    def put(self, study: str, unit: str, *, also: bool = False) -> None:
        """Put a report into a study, and out of all others unless `also`."""
        if not also:
            for other in self.with_report(unit):
                if other != study:
                    self.take_out(other, unit, into=study)
        if unit not in self.reports(study):
            body = self.bodies[study]
            self.set(study, reports=(*body.reports, unit), primary=body.primary or unit)

    def take_out(self, study: str, unit: str, *, into: str = "") -> None:
        """Take a report out of a study, to go `into` another.

        The last report takes its study along; so does the report that a study was joined with.
        Without `into` such a study stands for itself again, with all its reports that are here.
        """
        here, back = set(self.reports(study)), {unit}
        came = [
            id_
            for id_, body in self.bodies.items()
            if body.into == study and unit in map(self.now, body.reports)
        ]
        for id_ in came:
            own = self.bodies[id_].reports
            if not into:  # what was moved elsewhere since stays there
                own = tuple(one for one in own if self.now(one) in here)
                back.update(map(self.now, own))
            self.set(id_, into=into, reports=own)
        left = tuple(one for one in self.bodies[study].reports if self.now(one) not in back)
        if into and not left and not came:
            self.set(study, into=into)
            return
        primary = self.bodies[study].primary
        keeps = primary and self.now(primary) not in back
        self.set(study, reports=left, primary=primary if keeps else next(iter(left), ""))

    def put_all(self, study: str, units: Sequence[str], *, also: bool = False) -> None:
        """Put reports into a study; one of which all reports were named is joined to it."""
        had = {i: (self.reports(i), self._own(i)) for i in self.standing() if i != study}
        for unit in units:
            self.put(study, unit, also=also)
        for id_, (reports, own) in had.items():
            body = self.bodies[id_]
            gone = body.into == study or not (body.into or body.reports)
            if reports and gone and set(reports) <= set(units):
                self.set(id_, into=study, reports=own)

    def _own(self, study: str) -> tuple[str, ...]:
        """Return the reports that a study has of its own, as they were named.

        Not those of studies that came to it: with them it would come back.
        """
        came = {u for body in self.bodies.values() if body.into == study for u in body.reports}
        return tuple(unit for unit in self.bodies[study].reports if unit not in came)

    def join(self, study: str, other: str) -> None:
        """Join another study to one, with all its reports."""
        own = self._own(other)
        self.put_all(study, self.reports(other))
        self.set(other, into=study, reports=own)

    def set(self, study: str, **changes: object) -> None:
        """Change what is said of a study."""
        self._by_unit = self._taken = None
        self.bodies[study] = replace(self.bodies[study], **changes)

    @property
    def changed(self) -> bool:
        """Whether anything is said otherwise now."""
        return self._before != (self.bodies, self.groups)

    def write(self, action: Action) -> None:
        """Write what is said otherwise now."""
        for id_, study in self.bodies.items():
            if self._before[0].get(id_) != study:
                action.append(study, subject=id_, supersedes=self._heads(Study, id_))
        for id_, group in self.groups.items():
            if self._before[1].get(id_) != group:
                action.append(group, subject=id_, supersedes=self._heads(Intervention, id_))
        for id_ in self._before[1].keys() - self.groups.keys():
            action.void(Intervention, subject=id_, supersedes=self._heads(Intervention, id_))

    def _heads(self, body: type[Body], subject: str) -> list[str]:
        """Return what stands of this very one: a study that was joined to it keeps its own."""
        return head_ids(self._file, body, subject=subject, author=COORDINATOR, of_record=True)

"""The studies of a review: their reports, names and states, the interventions they test.

A report is a unit included at full text. What is written here stands in the project log, so copies
know studies by it alone; which reports are included only the project knows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from uuid import uuid4

from screener.consensus import openings, people
from screener.consensus.consensus import ConsensusStage
from screener.model import (
    Changes,
    Hint,
    Intervention,
    Kind,
    Outcome,
    Progress,
    Stage,
    Study,
    StudyState,
    UserError,
    silent,
)
from screener.model.arguments import public
from screener.model.words import counted
from screener.store.file import File, FileKind
from screener.store.kinds import project as kinds
from screener.studies import finding, naming
from screener.studies.book import Book
from screener.studies.problems import last_names, left_open, problems
from screener.units.units import Units

_MOVED_BY = (Kind.STUDIES, Kind.DUPLICATES, Kind.RECORDS, Kind.STAGES)
"""What changes which studies there are, beside which reports are included."""


class Studies:
    """The studies and interventions of one open file; forms ask about them."""

    def __init__(self, file: File, units: Units, consensus: Callable[[], ConsensusStage]) -> None:
        """`consensus` is asked for when it is needed: it works over forms, which ask about this."""
        self._file = file
        self._units = units
        self._consensus = consensus
        self._read: Book | None = None
        file.listeners.append(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*_MOVED_BY):
            self._read = None

    @property
    def _book(self) -> Book:
        if self._read is None:
            self._read = Book(self._file)
        return self._read

    # --- what there is -----------------------------------------------------------------------

    def included(self, units: Iterable[str] | None = None) -> list[str]:
        """Return the units (all, or of those named) that are included at full text, in order.

        Nothing in a copy, which does not know them, nor of what is hidden.
        """
        if self._file.kind is not FileKind.PROJECT:
            return []
        return self._consensus().at(Stage.FULL_TEXT).with_outcome(Outcome.INCLUDE, units)

    def all(self) -> list[Study]:
        """Return the studies with an included report, in their order; in a copy all it knows.

        A report that is in no study is one without an id.
        """
        tested = self._tested()
        found = [self._study(*one, tested) for one in self._with_reports()]
        if self._file.kind is not FileKind.PROJECT:
            return found
        order = {unit: place for place, unit in enumerate(self.included())}
        taken = set(chain.from_iterable(one.reports for one in found))
        for unit in self._units.load(unit for unit in order if unit not in taken):
            name = naming.suggested(unit.fields)
            found.append(Study(id="", name=name, reports=(unit.id,), primary=unit.id))
        return sorted(found, key=lambda one: order[one.reports[0]])

    def joined(self) -> list[Study]:
        """Return the studies that were joined to others, in the order they were made."""
        return [self._study(id_, (), {}) for id_, one in self._book.bodies.items() if one.into]

    def interventions(self) -> list[Intervention]:
        """Return the interventions by their names; a joined study counts as the one it joined."""
        now = self._book.now
        found = [
            Intervention(id=one.id, name=one.name, studies=(*dict.fromkeys(map(now, one.studies)),))
            for one in self._book.groups.values()
        ]
        return sorted(found, key=lambda one: (one.name.casefold(), one.id))

    def problems(self) -> list[str]:
        """Return in sentences what is wrong: open studies without a report, two of one report."""
        if self._file.kind is not FileKind.PROJECT:
            return []
        numbers = {str(unit): number for unit, number in self._units.numbered()}
        lost = {one for here in self._consensus().standings() for one in here.lost()}
        return problems(self._book, self._left(), last_names(self._file, lost), numbers)

    def _left(self) -> list[str]:
        return left_open(self._file, self.removed_ids())

    def waiting(self, *states: StudyState) -> set[str]:
        """Return the reports of which every study is awaiting or ongoing, or in these states."""
        return self._book.waiting(*states)

    def count(self) -> int:
        """Return how many studies are included; a report that is in none counts as one."""
        return self._book.count(self.included())

    @public
    def hints(self, progress: Progress = silent) -> list[Hint]:
        """Return which included reports of different studies may belong to one, and why.

        Among hundreds of reports this takes seconds; nothing is stored.
        """
        from screener.duplicates.answers import said_different
        from screener.studies.hints import hints

        together = [set(one.reports) for one in self.all()]
        found = hints(list(self._units.load(self.included())), progress, said_different(self._file))
        return [one for one in found if not any(set(one.reports) <= same for same in together)]

    @public
    def find(self, named: str) -> Study:
        """Return a study by its id, its name or the number of one of its reports.

        Also one without an included report, which waits to be joined. `UserError` when there is
        none, or several have it.
        """
        return self.finder()(named)

    def finder(self) -> Callable[[str], Study]:
        """Return what finds many studies as they are now, as `find` does one."""
        gone = (self._study(id_, (), {}) for id_ in self._left())
        here = "in this copy: a form is open for none of that name or number"
        none = here if self._file.kind is FileKind.COPY else "in this review"
        return finding.finder(self.all(), gone, self._units.find, none)

    def _tested(self) -> Mapping[str, list[str]]:
        """Return the interventions that each study tests."""
        found: dict[str, list[str]] = {}
        for one in self.interventions():
            for study in one.studies:
                found.setdefault(study, []).append(one.id)
        return found

    def _study(
        self, id_: str, reports: Sequence[str], tested: Mapping[str, Sequence[str]]
    ) -> Study:
        return self._book.study(id_, reports, tested.get(id_, ()))

    # --- what forms ask about ----------------------------------------------------------------

    def ids(self) -> Sequence[str]:
        """Return the studies that a form can ask about, in their order."""
        return [id_ for id_, _ in self._with_reports()]

    def removed_ids(self) -> Sequence[str]:
        """Return the studies that have no included report."""
        here = {*self.ids()}
        return [id_ for id_ in self._book.standing() if id_ not in here]

    def among(self, few: Iterable[str]) -> tuple[Sequence[str], Sequence[str]]:
        """Return which of a few ids are studies, with an included report and without."""
        wanted = set(few)
        here = [id_ for id_, _ in self._with_reports(wanted)]
        gone = wanted.difference(here)
        return here, [id_ for id_ in self._book.standing() if id_ in gone]

    def _with_reports(self, few: Collection[str] | None = None) -> list[tuple[str, list[str]]]:
        """Return the studies (all, or of a few ids) in their order, with their included reports.

        In a copy all that it knows, with all reports.
        """
        book = self._book
        ids = book.standing()
        ids = ids if few is None else [id_ for id_ in ids if id_ in few]
        every = [(id_, book.reports(id_)) for id_ in ids]
        if self._file.kind is not FileKind.PROJECT:
            return every
        named = None if few is None else set(chain.from_iterable(units for _, units in every))
        order = {unit: place for place, unit in enumerate(self.included(named))}
        found = ((id_, sorted(order.keys() & units, key=order.__getitem__)) for id_, units in every)
        return sorted((one for one in found if one[1]), key=lambda one: order[one[1][0]])

    def touched(self, changed: Collection[str]) -> Collection[str]:
        """Return the studies that may be otherwise when these studies or units changed."""
        book = self._book
        return {*changed, *(id_ for id_ in book.standing() if not book.lacks(id_, changed))}

    def shown(self, few: Iterable[str]) -> Mapping[str, str]:
        """Return the primary report of each of a few studies."""
        every = self._with_reports(set(few))
        return {id_: self._study(id_, reports, {}).primary for id_, reports in every}

    def name_of(self, subject: str) -> str:
        """Return the name of a study, or ""."""
        body = self._book.bodies.get(subject)
        return body.name if body else ""

    @public
    def open(self, step: str, studies: Iterable[str] = (), names: Iterable[str] = ()) -> int:
        """Open a form for some studies (all), and let reviewers (all) answer it; see `open_step`.

        A report that is in no study becomes one; what somebody took out is asked again only when it
        is named. Returns how many were opened.
        """
        self._require_project()
        team = people.require_people(self._file, list(names)) if names else None
        here = self._consensus().at(step)
        named = [*dict.fromkeys(studies)]
        if named:
            wanted = [*map(self.finder(), named)]
        else:
            every = self.all()
            out = set(openings.left_out(self._file, here, [one.id for one in every if one.id]))
            wanted = [one for one in every if one.id not in out]
        try:
            with self._file.action(f"Open {here.step.words}") as action:
                book = Book(self._file)
                ids = [one.id or self._new(book, one.primary) for one in wanted]
                book.write(action)
                action.finish()  # what it is opened for is asked for by its reports
                self._read = None
                return openings.open_for(self._file, action, here, ids, team)
        finally:
            self._read = None  # what was read may never have been

    @public
    def take_out(self, step: str, studies: Iterable[str]) -> int:
        """Ask a form no more of some studies; see `openings.take_out`."""
        self._require_project()
        ids = (one.id for one in map(self.finder(), studies))
        return openings.take_out(self._file, self._consensus().at(step), ids)

    # --- changing ----------------------------------------------------------------------------

    @public
    def link(
        self,
        reports: Sequence[str],
        *,
        study: str = "",
        name: str = "",
        primary: str = "",
        also: bool = False,
    ) -> Study:
        """Put reports (units) into a study, and out of those they are in unless `also`.

        Without `study` (as `find` has it) it is that of the first report that is in one, else a new
        one. A study of which the last report goes is joined to it, with its answers. `UserError`
        when a report is not included, or another study has the name.
        """
        self._require_project()
        units = list(dict.fromkeys(map(self._report, reports)))
        if not units:
            raise UserError("Name the reports that belong together.")
        with self._changing(f"Link {counted(len(units), 'report')}") as book:
            if study:
                into = self._made(book, study)
            else:
                known = (id_ for unit in units for id_ in book.with_report(unit))
                into = next(known, "") or self._new(book, units[0])
            book.put_all(into, units, also=also)
            self._describe(book, into, name, primary)
        return self.find(into)

    @public
    def unlink(self, report: str, study: str = "") -> None:
        """Take a report out of a study (of all it is in); it is in none then.

        A study that was joined with it stands for itself again.
        """
        unit = self._file.unit_of(report)
        with self._changing("Take a report out of its study") as book:
            ids = [self.find(study).id] if study else book.with_report(unit)
            here = [id_ for id_ in ids if id_ and unit in book.reports(id_)]
            if not here:
                raise UserError("This report is in no study; there is nothing to take out.")
            for id_ in here:
                book.take_out(id_, unit)

    @public
    def join(self, study: str, other: str) -> Study:
        """Join another study to one: its reports and answers count for that from now on."""
        one, two = self.find(study), self.find(other)
        if one == two:
            raise UserError("A study cannot be joined to itself; name two.")
        with self._changing(f"Join {two.name} to {one.name}") as book:
            into, gone = (each.id or self._new(book, each.primary) for each in (one, two))
            book.join(into, gone)
        return self.find(into)

    @public
    def set(
        self, study: str, *, name: str = "", state: StudyState | str = "", primary: str = ""
    ) -> Study:
        """Name a study, or say its state or which of its reports is the primary one."""
        with self._changing(f"Change {self.find(study).name}") as book:
            id_ = self._made(book, study)
            if state:
                try:
                    book.set(id_, state=StudyState(state))
                except ValueError:
                    raise UserError("A study is included, awaiting or ongoing.") from None
            self._describe(book, id_, name, primary)
        return self.find(id_)

    @public
    def group(self, name: str, studies: Sequence[str], id_: str = "") -> Intervention:
        """Say which studies test an intervention: a new one, or that of an id or a name."""
        if not name.strip() or not studies:
            raise UserError("Give the intervention a name, and the studies that test it.")
        called = naming.checked(name, what="intervention")
        known = self._intervention(id_) if id_ else None
        known = known or next((i for i in self.interventions() if i.name == called), None)
        with self._changing(naming.grouping(called, known, studies, self.find)) as book:
            ids = [one if one in book.bodies else self._made(book, one) for one in studies]
            key = known.id if known else uuid4().hex
            book.groups[key] = kinds.Intervention(
                id=key, name=called, studies=tuple(dict.fromkeys(ids))
            )
        return self._intervention(key)

    @public
    def ungroup(self, intervention: str) -> None:
        """Remove an intervention, by its id or name; its studies stay."""
        known = self._intervention(intervention)
        with self._changing(f"Remove the intervention {known.name}") as book:
            del book.groups[known.id]

    @contextmanager
    def _changing(self, name: str) -> Iterator[Book]:
        """Give the studies to be changed; what is otherwise then is one action of that name."""
        self._require_project()
        book = Book(self._file)
        yield book
        if book.changed:
            with self._file.action(name) as action:
                book.write(action)

    def _require_project(self) -> None:
        if self._file.kind is not FileKind.PROJECT:
            raise UserError(
                "This is a reviewer's copy; only the coordinator's project can do this."
            )

    def _report(self, report: str) -> str:
        """Return the unit of a report; `UserError` unless it is included at full text."""
        unit = self._file.unit_of(report)
        if unit not in self.included():
            number = self._units.get(unit).number
            raise UserError(
                f"Record {number} is not included at full text, so it is a report of no study; "
                "settle it first."
            )
        return unit

    def _made(self, book: Book, named: str) -> str:
        found = self.find(named)
        return found.id or self._new(book, found.primary)

    def _new(self, book: Book, unit: str) -> str:
        """Return the id of the study of a report; one that is in none is made its own."""
        if known := book.with_report(unit):
            return known[0]
        fields = self._units.get(unit).fields
        name = naming.suggested(fields, book.taken())
        if before := book.emptied_of(unit):
            book.set(before, name=name, reports=(unit,), primary=unit)
            return before
        return book.add(unit, name, naming.registrations(fields))

    def _describe(self, book: Book, id_: str, name: str, primary: str) -> None:
        if name.strip():
            others = [one for other, one in book.names().items() if other != id_]
            book.set(id_, name=naming.checked(name, taken=others))
        if primary:
            unit = self._file.unit_of(primary)
            if unit not in book.reports(id_):
                raise UserError("The primary report is one of the study's reports; link it first.")
            book.set(id_, primary=unit)

    def _intervention(self, named: str) -> Intervention:
        for one in self.interventions():
            if named.strip() in (one.id, one.name):
                return one
        raise UserError(f"There is no intervention “{named}” in this review; see its list.")

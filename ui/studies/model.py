"""What the page of studies shows: reports in no study, and the studies by their interventions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from screener import Project
from screener.model import Hint, Intervention, Study, Unit
from screener.model.gathering import gathered
from screener.model.searching import holds
from screener.model.words import counted, listed, short_names

_MOST_AUTHORS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it is written here: `unit` is its id, `byline` says who wrote it and when."""

    unit: str
    number: int
    title: str
    byline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A report in no study, and the study that a hint says it may belong to, with the reason.

    `looked` says whether hints are known.
    """

    report: Report
    study: Study | None = None
    why: str = ""
    looked: bool = True

    @property
    def hinted(self) -> str:
        """Whether there is a hint, in words."""
        return ("a hint" if self.study else "no hint") if self.looked else ""

    @property
    def perhaps(self) -> str:
        """What the hint says it may be, in words."""
        if self.study is None:
            return ""
        if self.study.id:
            return f"Perhaps a report of {self.study.name}"
        return f"Perhaps one study with {self.study.name}, which stands here too"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the list of studies: an intervention, a study in it, or a report of that study.

    The heading of the studies in no intervention has neither. `beside` and `last` stand quietly
    after its words; `block` says that it belongs to the study that is marked.
    """

    words: str
    beside: str = ""
    last: str = ""
    intervention: Intervention | None = None
    study: Study | None = None
    report: Report | None = None
    block: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is about: the intervention, the study and the report, "" for none."""
        return (
            self.intervention.id if self.intervention else "",
            self.study.id if self.study else "",
            self.report.unit if self.report else "",
        )

    @property
    def marks(self) -> bool:
        """Whether it can be marked."""
        return self.study is not None or self.intervention is not None

    @property
    def in_none(self) -> bool:
        """Whether it is a study in no intervention."""
        return self.study is not None and self.intervention is None and self.report is None


class Listing:
    """The reports and studies of a project as they are now, with the hints that are known."""

    def __init__(
        self,
        studies: Iterable[Study] = (),
        interventions: Iterable[Intervention] = (),
        units: Iterable[Unit] = (),
        hints: Iterable[Hint] | None = None,
    ) -> None:
        """`hints` is None while they are not known."""
        every = list(studies)
        self.interventions = list(interventions)
        self.units = sorted(units, key=lambda unit: unit.number)
        self.reports = {str(unit.id): _report(unit) for unit in self.units}
        self.studies = sorted((s for s in every if s.id), key=lambda s: (s.name.casefold(), s.id))
        self.every = every
        """All of them, those without an id too, in the order of their reports."""
        self._of = {unit: study for study in reversed(every) for unit in study.reports}
        self._in = gathered((unit, one.name) for one in self.studies for unit in one.reports)
        self._hints = [one for one in hints or () if self.reports.keys() >= set(one.reports)]
        proposed = self._proposed()
        self.loose = [
            Loose(report=self.reports[unit], study=study, why=why, looked=hints is not None)
            for unit in (one.primary for one in every if not one.id)
            for study, why in [proposed.get(unit, (None, ""))]
        ]

    def _proposed(self) -> Mapping[str, tuple[Study, str]]:
        """Return for reports the study of the first hint; none where they are together."""
        found: dict[str, tuple[Study, str]] = {}
        for hint in self._hints:
            for unit, other in (hint.reports, hint.reports[::-1]):
                study = self._of.get(other)
                if study is not None and unit not in study.reports:
                    found.setdefault(unit, (study, f"{self._named(hint)}: {hint.why}"))
        return found

    def _named(self, hint: Hint) -> str:
        return f"Reports {listed([str(self.reports[unit].number) for unit in hint.reports])}"

    # --- the left side -----------------------------------------------------------------------

    def loose_with(self, words: str) -> list[Loose]:
        """Return the reports in no study that have all of some words."""
        return [one for one in self.loose if holds(_words_of(one.report), words)]

    # --- the right side ----------------------------------------------------------------------

    def lines(self, words: str, marked: tuple[str, str, str], coming: Loose | None) -> list[Line]:
        """Return the lines of the studies that have all of some words.

        The study of the `marked` line is opened to its reports; `coming` is the report that would
        be put into the study it is proposed for.
        """
        groups: list[tuple[Intervention | None, list[Study]]] = [
            (None, [s for s in self.studies if not s.interventions]),
            *(
                (one, [s for s in self.studies if s.id in one.studies])
                for one in self.interventions
            ),
        ]
        found: list[Line] = []
        for group, studies in groups:
            kept = [one for one in studies if not words or self._found(group, one, words)]
            if kept or (group is not None and holds(group.name, words)):
                name = group.name if group else "In no intervention yet"
                count = counted(len(kept), "study", "studies")
                found.append(Line(words=name, beside=count, intervention=group))
            for study in kept:
                found += self._opened(group, study, marked, coming)
        return found

    def shows(self, study: Study, words: str) -> bool:
        """Say whether a study is among the lines that have all of some words."""
        groups = [*(one for one in self.interventions if study.id in one.studies), None]
        found = any(self._found(group, study, words) for group in groups)
        return bool(study.id) and found

    def _opened(
        self,
        group: Intervention | None,
        study: Study,
        marked: tuple[str, str, str],
        coming: Loose | None,
    ) -> Iterator[Line]:
        opened = marked[:2] == (group.id if group else "", study.id)
        comes = coming if coming and coming.study and coming.study.id == study.id else None
        yield Line(
            words=study.name, beside=self._counts(study, comes), last=str(study.state),
            intervention=group, study=study, block=opened,
        )  # fmt: skip
        for unit in study.reports if opened else ():
            yield Line(
                words=self.reports[unit].title,
                beside=str(self.reports[unit].number),
                last="primary" if unit == study.primary and len(study.reports) > 1 else "",
                intervention=group, study=study, report=self.reports[unit], block=True,
            )  # fmt: skip

    def _counts(self, study: Study, coming: Loose | None) -> str:
        """Say how many reports a study has, and would have; and which other studies share them."""
        said = counted(len(study.reports), "report")
        if coming is not None:
            said += f"; {len(study.reports) + 1} with report {coming.report.number}"
        sharing = chain.from_iterable(self._in.get(unit, ()) for unit in study.reports)
        others = [name for name in dict.fromkeys(sharing) if name != study.name]
        return f"{said}, also in {listed(others)}" if others else said

    def _found(self, group: Intervention | None, study: Study, words: str) -> bool:
        reports = (_words_of(self.reports[unit]) for unit in study.reports)
        named = (group.name if group else "", study.name, study.state)
        return holds(" ".join((*named, *reports)), words)


def read(project: Project, hints: Iterable[Hint] | None) -> Listing:
    """Read the studies of a project."""
    studies = project.studies.all()
    units = dict.fromkeys(chain.from_iterable(one.reports for one in studies))
    interventions = project.studies.interventions()
    return Listing(studies, interventions, project.units.load(units), hints)


def _report(unit: Unit) -> Report:
    fields = unit.fields
    parts = (
        short_names(fields.authors, _MOST_AUTHORS),
        str(fields.year or ""),
        f"report {unit.number}",
    )
    byline = "  ·  ".join(part for part in parts if part)
    return Report(unit=str(unit.id), number=unit.number, title=unit.title, byline=byline)


def _words_of(report: Report) -> str:
    return f"{report.title} {report.byline}"


def next_without(
    before: Sequence[Line], lines: Sequence[Line], key: tuple[str, str, str], at: int
) -> int:
    """Return the place of the next study in no intervention, where the marked one got one.

    Else, or where none is left, the place `at` which the marked one is now.
    """
    if key[0] or not key[1] or at < 0 or not lines[at].key[0]:
        return at
    now = {one.study.id: n for n, one in enumerate(lines) if one.study and one.in_none}
    there = [one.study.id for one in before if one.in_none and one.study]
    place = there.index(key[1]) if key[1] in there else 0
    return next((now[id_] for id_ in (*there[place:], *there[:place]) if id_ in now), at)


def place_of(lines: Sequence[Line], key: tuple[str, str, str]) -> int:
    """Return the place of what a key is about; else of its study, elsewhere too; else of any.

    -1 where nothing can be marked.
    """
    keys = [line.key for line in lines]
    for wanted in (key, (*key[:2], "")):
        if wanted in keys and lines[keys.index(wanted)].marks:
            return keys.index(wanted)
    same = [place for place, line in enumerate(lines) if line.study and line.study.id == key[1]]
    studies = [place for place, line in enumerate(lines) if line.study]
    return next(iter((*same, *studies)), -1)

"""How many included studies there are: by year, by intervention, by what is agreed on a role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from screener.answers.step import FormStep
from screener.consensus.consensus import ConsensusStage
from screener.consensus.progress import StepStanding
from screener.model import AnswerState, Question, Stage, Study, StudyState
from screener.studies import cells
from screener.studies.listing import agreed_by_study
from screener.studies.studies import Studies
from screener.units.units import Units

NO_YEAR = "no year"
NO_INTERVENTION = "no intervention named"
_MOST_EMPTY = 40
"""A longer stretch of years is not filled with those that have no study."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many included studies have something; `open` for those of which nothing is agreed."""

    name: str
    studies: int
    open: bool = False


def included(studies: Studies) -> list[Study]:
    """Return the included studies."""
    return [one for one in studies.all() if one.state is StudyState.INCLUDED]


def ids(studies: Studies) -> list[str]:
    """Return the ids of the included studies; one that is not made yet has none."""
    return [one.id for one in included(studies) if one.id]


def in_the_review(found: StepStanding, studies: Studies) -> StepStanding:
    """Return how far full text is with what the review includes, as the flow has it.

    A report of which no study is included awaits classification, or is of an ongoing one.
    """
    if found.step != Stage.FULL_TEXT:
        return found
    waits = len(studies.waiting().intersection(studies.included()))
    return replace(found, included=found.included - waits, awaiting=found.awaiting + waits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a form reaches: how many studies are included, and of how many of them it is open.

    `closed` counts those of the open ones that everybody who is waited for has closed.
    """

    included: int
    opened: int
    closed: int


def reach(consensus: ConsensusStage, studies: Studies, step: FormStep) -> Reach:
    """Count for how many of the included studies a form was opened, and closed."""
    here, coverage = included(studies), consensus.at(step.id).coverage
    barred, known = step.barred(), set(step.subjects())
    opened = [one.id for one in here if one.id in known and one.id not in barred]
    return Reach(
        included=len(here), opened=len(opened), closed=sum(map(coverage.closed_by_all, opened))
    )


def by_year(units: Units, studies: Studies) -> list[Counted]:
    """Count by the year of the primary report; a year between two others may have none."""
    here = included(studies)
    years: dict[str, int | None] = {
        u.id: u.fields.year for u in units.load(study.primary for study in here)
    }
    found = Counter(years.get(study.primary) for study in here)
    none = found.pop(None, 0)
    known = sorted(year for year in found if year is not None)
    if known and known[-1] - known[0] <= _MOST_EMPTY:
        known = list(range(known[0], known[-1] + 1))
    told = [Counted(name=str(year), studies=found[year]) for year in known]
    return [*told, *([Counted(name=NO_YEAR, studies=none)] if none else [])]


def by_intervention(studies: Studies) -> list[Counted]:
    """Count by intervention, most first; a study that tests two counts for both."""
    here = included(studies)
    ids = {one.id for one in here}
    tested = {one.name: len(ids.intersection(one.studies)) for one in studies.interventions()}
    none = sum(not one.interventions for one in here)
    told = [Counted(name=name, studies=n) for name, n in _most_first(tested)]
    return [*told, *([Counted(name=NO_INTERVENTION, studies=none)] if none else [])]


def by_role(
    consensus: ConsensusStage, studies: Studies, step: FormStep, question: Question
) -> list[Counted]:
    """Count by what is agreed on a question, most first; a study counts for each of several.

    `UserError` while nothing of the form may be seen.
    """
    here = [one.id for one in included(studies)]
    agreed = agreed_by_study(consensus, step, filter(None, here))
    found, open_ = Counter[str](), 0
    for subject in here:
        value = agreed.get(subject, {}).get((question.id, ""))
        if value is None:
            open_ += 1
        elif value.state is not AnswerState.VALUE:
            found[_words(question, str(value.state))] += 1
        else:
            several = value.value.split(";") if question.type == "choices" else [value.value]
            found.update(_words(question, one) for one in several)
    told = [Counted(name=name, studies=n) for name, n in _most_first(found)]
    return [*told, *([Counted(name=cells.OPEN, studies=open_, open=True)] if open_ else [])]


def roles(consensus: ConsensusStage, steps: Iterable[FormStep]) -> list[tuple[FormStep, Question]]:
    """Return the questions that studies are counted by, of the forms that may be seen."""
    return [
        (step, question)
        for step in steps
        if consensus.visible(step.id)
        for question in step.form.questions
        if question.role and not question.list
    ]


def _words(question: Question, id_: str) -> str:
    option = question.option(id_)
    if option is not None:
        return option.words
    return AnswerState(id_).words if id_ in set(AnswerState) else id_


def _most_first(found: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

"""The plots there are of a review's studies, and the drawing of each, from what is agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from screener.answers.appraisal import OVERALL, Appraisal
from screener.answers.form import FormKind
from screener.answers.step import FormStep
from screener.consensus.consensus import ConsensusStage
from screener.model import Question, UserError
from screener.model.words import counted, listed
from screener.report.drawing import Drawing
from screener.report.plots import bars, ratings
from screener.report.plots.marks import OPEN, Mark, mark_of, marks_of
from screener.report.plots.said import (
    Count,
    Counts,
    Headed,
    RatedItem,
    RatedLine,
    Ratings,
    Score,
    Scores,
)
from screener.report.wording import plain
from screener.studies import cells, counting
from screener.studies.listing import appraisals
from screener.studies.studies import Studies
from screener.units.units import Units

TRAFFIC_LIGHT, SUMMARY, SCORES = "traffic-light", "summary", "scores"
YEAR, INTERVENTION = "by-year", "by-intervention"
_WORDS = {TRAFFIC_LIGHT: "Traffic light", SUMMARY: "Summary of ratings", SCORES: "Scores"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A plot that can be drawn: its name, the form it is of ("" for none), its words."""

    name: str
    stage: str
    words: str


class Plots:
    """The plots of one open project."""

    def __init__(
        self, units: Units, studies: Studies, consensus: ConsensusStage, steps: Iterable[FormStep]
    ) -> None:
        self._units = units
        self._studies = studies
        self._consensus = consensus
        self._steps = {step.id: step for step in steps}

    def offered(self) -> list[Plot]:
        """Return the plots there are now: those of no form first; nothing of what is hidden."""
        found = [
            Plot(name=YEAR, stage="", words="Studies by year"),
            Plot(name=INTERVENTION, stage="", words="Studies by intervention"),
        ]
        found += [
            Plot(name=f"by-{q.role}", stage=step.id, words=f"Studies by {_role(q)}")
            for step, q in counting.roles(self._consensus, self._steps.values())
        ]
        for step in self._steps.values():
            if step.form.kind is FormKind.APPRAISAL and self._consensus.visible(step.id):
                names = [TRAFFIC_LIGHT, SUMMARY] if _rated_items(step) else []
                names += [SCORES] if _scored(step) else []
                found += [Plot(name=name, stage=step.id, words=_WORDS[name]) for name in names]
        return list(dict.fromkeys(found))

    def drawing(self, name: str, stage: str = "") -> Drawing:
        """Draw a plot; `stage` is the form it is of, where several have it.

        `UserError` for a plot there is none of, and while nothing of the form may be seen.
        """
        if stage and stage not in self._steps:
            known = ", ".join(self._steps) or "none yet"
            raise UserError(f"Name the form of the plot: “{stage}” is none, there are {known}.")
        if stage:
            self._consensus.require_visible(stage)
        offered = self.offered()
        found = [one for one in offered if one.name == name and stage in ("", one.stage)]
        if not found:
            raise UserError(self._nothing(name, stage, offered))
        if len(found) > 1:
            several = listed([one.stage for one in found])
            raise UserError(f"{found[0].words} can be drawn of {several}; name the form.")
        return self._draw(found[0])

    def _nothing(self, name: str, stage: str, offered: Sequence[Plot]) -> str:
        hidden = [s.words for s in self._steps.values() if not self._consensus.visible(s.id)]
        names = dict.fromkeys(one.name for one in offered if stage in ("", one.stage))
        of = f" of {self._steps[stage].words}" if stage else ""
        there = f"there are {listed(list(names))}" if names else "there are none"
        more = f"; {listed(hidden)} is hidden until it is closed" if hidden and not stage else ""
        return f"“{name}” is no plot{of}; {there}{more}."

    def _draw(self, plot: Plot) -> Drawing:
        if plot.name == YEAR:
            return self._counts(plot, counting.by_year(self._units, self._studies))
        if plot.name == INTERVENTION:
            return self._counts(plot, counting.by_intervention(self._studies))
        step = self._steps[plot.stage]
        if plot.name == SCORES:
            return bars.scores(self._scores(step))
        if plot.name in _WORDS:
            draw = ratings.traffic_light if plot.name == TRAFFIC_LIGHT else ratings.summary
            return draw(self._ratings(plot, step))
        question = next(q for q in step.form.questions if f"by-{q.role}" == plot.name)
        found = counting.by_role(self._consensus, self._studies, step, question)
        several = ", several may hold for one study" if question.type == "choices" else ""
        return self._counts(plot, found, f": {question.words}{several}")

    # --- counts ------------------------------------------------------------------------------

    def _counts(self, plot: Plot, found: Sequence[counting.Counted], asked: str = "") -> Drawing:
        whole = len(counting.included(self._studies))
        waiting = sum(one.studies for one in found if one.open)
        left = self._unlinked()
        told = [
            f"{counted(waiting, 'study', 'studies')} of {whole} to settle." if waiting else "",
            f"{counted(left, 'report')} in no study yet." if left else "",
        ]
        head = Headed(
            title=plot.words,
            about=f"{counted(whole, 'included study', 'included studies')}{plain(asked)}",
            open=_draft(" ".join(filter(None, told))),
        )
        lines = (
            Count(name=plain(_sentence(one.name)), studies=one.studies, open=one.open)
            for one in found
        )
        return bars.counts(Counts(head=head, lines=tuple(lines)))

    def _unlinked(self) -> int:
        return sum(not one.id for one in counting.included(self._studies))

    # --- ratings -----------------------------------------------------------------------------

    def _appraised(self, step: FormStep) -> list[tuple[str, str, Appraisal]]:
        """Return what every study comes to, as study, name with the result, appraisal; by name."""
        found = [
            (subject, plain(", ".join(filter(None, (step.name_of(subject), one.row)))), one)
            for subject, one in appraisals(self._consensus, step, counting.ids(self._studies))
        ]
        return sorted(found, key=lambda each: each[1].casefold())

    def _head(
        self, title: str, step: FormStep, found: Sequence[tuple[str, str, Appraisal]]
    ) -> Headed:
        studies = counted(len({subject for subject, _, _ in found}), "study", "studies")
        rows = sum(bool(one.row) for _, _, one in found)
        of = f"{counted(rows, step.form.list_words(_list(step)))} of {studies}" if rows else studies
        waiting = len({subject for subject, _, one in found if _open(one)})
        items = sum(_open(one) for _, _, one in found)
        where = f"in {waiting} of the studies" if waiting > 1 else "in one study"
        open_ = f"{counted(items, 'rating')} to settle, {where}." if items else ""
        return Headed(title=title, about=f"{plain(step.words)}, {of}", open=_draft(open_))

    def _ratings(self, plot: Plot, step: FormStep) -> Ratings:
        found = self._appraised(step)
        items = _rated_items(step)
        marks = {q.id: marks for q, marks in items}
        told = [
            RatedItem(code=_code(q), words=plain(q.words), marks=tuple(m.values()))
            for q, m in items
        ]
        whole = _derived(step)
        if whole:
            told.append(RatedItem(code="Overall", words="Overall", marks=()))
        lines = []
        for _, name, one in found:
            row: list[Mark | None] = [
                mark_of(one.items.get(q.id), marks[q.id])
                if q.id in one.items or q.id in one.waiting
                else None
                for q, _ in items
            ]
            if whole:
                row.append(marks[items[0][0].id].get(one.overall, OPEN))
            lines.append(RatedLine(name=name, marks=tuple(row)))
        return Ratings(
            head=self._head(plot.words, step, found),
            items=tuple(told),
            lines=tuple(lines),
            overall=whole or any(q.id == OVERALL for q, _ in items),
        )

    def _scores(self, step: FormStep) -> Scores:
        found = self._appraised(step)
        lines = tuple(
            Score(
                name=name,
                total=one.total or Decimal(0),
                possible=one.possible,
                words=", ".join(filter(None, (one.words, one.band, _rule(step, one)))),
                whole=one.complete,
            )
            for _, name, one in found
            if one.words
        )
        bands = [b for b in (step.form.overall.bands if step.form.overall else ()) if b.on]
        return Scores(
            head=self._head(_WORDS[SCORES], step, found),
            lines=lines,
            bands=tuple((Decimal(b.score), plain(b.text)) for b in bands),
        )


def _open(one: Appraisal) -> int:
    """Return how many ratings of a study are open; where nothing is asked yet, all is one."""
    return one.open or (not one.asked)


def _draft(sentence: str) -> str:
    return f"Draft: {sentence}" if sentence else ""


def _sentence(name: str) -> str:
    return name[:1].upper() + name[1:]


def _role(question: Question) -> str:
    return question.role.replace("-", " ")


def _code(question: Question) -> str:
    if question.id == OVERALL:
        return "Overall"
    return plain(question.code or question.id.upper())


def _list(step: FormStep) -> str:
    return next(q.list[0] for q in step.form.questions if q.list)


def _rule(step: FormStep, one: Appraisal) -> str:
    """Return an overall rating that a published rule makes of the scores, in words."""
    how = step.form.overall.how if step.form.overall else ""
    return cells.overall_words(step, one.overall).lower() if how not in ("sum", "none") else ""


def _derived(step: FormStep) -> bool:
    """Say whether the rating of the whole follows from those of the domains."""
    return step.form.overall is not None and step.form.overall.how == "worst"


def _rated_items(step: FormStep) -> list[tuple[Question, Mapping[str, Mark]]]:
    """Return the items that rate something, with the marks of their options; overall the last."""
    asked = [(q, marks_of(q)) for q in step.form.questions if not q.retired]
    found = [(q, marks) for q, marks in asked if marks]
    return sorted(found, key=lambda each: each[0].id == OVERALL)


def _scored(step: FormStep) -> bool:
    return any(o.score is not None for q in step.form.questions for o in q.options)

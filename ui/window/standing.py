"""How far each stage is, in the few words that stand in the rail and on the start page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from screener.model import Stage, Status
from screener.model.words import counted
from ui.duplicates import left
from ui.widgets.rail import StageLine

if TYPE_CHECKING:  # the core is read when a file is opened, not before
    from screener import Project
    from screener.answers.step import FormStep
    from screener.consensus.progress import Part

_OUTSIDE = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)
NOT_BEGUN = "not begun"
_NAMES = {
    "protocol": "Protocol",
    "sources": "Sources",
    "duplicates": "Duplicates",
    "screening": "Reviewers",
    "consensus": "Consensus",
    "title-abstract": "Title and abstract",
    "full-text": "Full text",
    "studies": "Studies",
    "forms": "Forms",
    "report": "Report",
}


class Standings:
    """Puts into words how far a review is; the core keeps where everything stands."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def lines(self, known: Mapping[str, str] | None = None) -> list[StageLine]:
        """Return the stages of the rail, for a copy or for the coordinator's project.

        `known` are the words of pages that know more of their stage, by its id; "" says nothing.
        """
        lines = self._copy_lines() if self._project.is_copy else self._project_lines()
        words = known or {}
        return [replace(o, words=words[o.id]) if o.begun and words.get(o.id) else o for o in lines]

    def state_words(self) -> str:
        """Return how far the review is, for the start page."""
        project = self._project
        if project.is_copy:
            screening = project.screening
            if forms := forms_of(project):
                line = self._own_form(forms[-1].id, "")
                return f"{line.words}, {forms[-1].form.kind}"
            full = screening.opened(Stage.FULL_TEXT) and not screening.stages.waits(Stage.FULL_TEXT)
            here = project.screening.progress(Stage.FULL_TEXT if full else Stage.TITLE_ABSTRACT)
            if not here.all:
                return "no records yet"
            what = "full texts assessed" if full else "screened"
            return f"{here.decided:,} of {here.all:,} {what}" + (", closed" if here.closed else "")
        records = project.sources.count()
        if not records:
            return "no records yet"
        open_, *_ = self._discrepancies()
        return f"{open_:,} to settle" if open_ else counted(records, "record")

    # --- a copy ----------------------------------------------------------------------------------

    def _copy_lines(self) -> list[StageLine]:
        version = self._project.protocol.current.version
        return [
            _line("protocol", f"version {version}, to read"),
            self._own_stage(Stage.TITLE_ABSTRACT, "record"),
            self._own_stage(Stage.FULL_TEXT, "report"),
            *(self._own_form(id_, name) for id_, name in form_names(self._project).items()),
        ]

    def _own_form(self, form: str, name: str) -> StageLine:
        consensus = self._project.consensus
        every, (mine,) = consensus.at(form).asked(), consensus.parts(form)
        done = mine.decided - self._project.forms.unmended(form)
        words = f"{done:,} of {counted(every, 'study', 'studies')}"
        if mine.closed:
            words = f"{done:,} finished, closed"
        if mine.opened_since:
            words = f"{mine.opened_since:,} new, {done:,} of {every:,}"
        share = done / every if every else None
        return StageLine(id=form, name=name, words=words, share=share)

    def _own_stage(self, stage: Stage, what: str) -> StageLine:
        name = _NAMES[stage]
        if not self._project.screening.opened(stage):
            return StageLine(id=stage, name=name, words="opens after the meeting", begun=False)
        if self._project.screening.stages.waits(stage):
            return StageLine(id=stage, name=name, words="after title and abstract", begun=False)
        here = self._project.screening.progress(stage)
        words = f"{here.decided:,} of {here.all:,}"
        if here.closed:
            words = f"{here.decided:,} decided, closed"
        elif here.since:
            to_do = "to screen" if stage is Stage.TITLE_ABSTRACT else "to assess"
            words = f"{here.since:,} new {to_do}"
        elif here.code:
            words = f"{here.decided:,} decided, not closed"
        elif not here.decided:
            words = counted(here.all, what)
        share = here.decided / here.all if here.all else None
        return StageLine(id=stage, name=name, words=words, share=share)

    # --- the project -----------------------------------------------------------------------------

    def _project_lines(self) -> list[StageLine]:
        project = self._project
        sources = self._sources_words()
        version = project.protocol.current.version
        return [
            _line("protocol", f"version {version}"),
            _line("sources", sources),
            _line("duplicates", left.rail_words(project)),
            _line("screening", self._reviewers_words()),
            self._consensus_line(),
            self._fulltext_line(),
            _line("studies", self._studies_words()),
            _line("forms", self._forms_words()),
            _line("report", "flow, exports" if sources else ""),
        ]

    def _sources_words(self) -> str:
        sources = self._project.sources
        searches = sum(not b.withdrawn for b in sources.batches())
        words = counted(searches, "search", "searches") if searches else ""
        proposed = len(sources.proposals.open())
        return f"{words}, {proposed:,} proposed" if words and proposed else words

    def _stages(self) -> list[Stage]:
        return [s for s in Stage if self._project.screening.opened(s)]

    def _steps(self) -> list[str]:
        """Return the stages that are open, and the forms."""
        steps = (step.id for step in self._project.consensus.steps)
        return [*self._stages(), *(id_ for id_ in steps if id_ not in list(Stage))]

    def _reviewers_of(self, step: str) -> list[Part]:
        return self._project.consensus.parts(step)

    def _reviewers_words(self) -> str:
        known = self._reviewers_of(Stage.TITLE_ABSTRACT)
        everybody = [one for one in known if not one.left]  # nobody waits for who has left
        closed = sum(r.closed and not r.opened_since for r in everybody)
        new = max((r.opened_since for r in everybody), default=0)
        if new and not closed:
            return f"{counted(new, 'new record')} to screen"
        if not everybody:
            return "all reviewers left" if known else ""
        if closed == len(everybody):
            return "both reviewers closed" if closed == 2 else "all reviewers closed"
        if closed:
            return f"{closed} of {len(everybody)} reviewers closed"
        return counted(len(everybody), "reviewer")

    def _discrepancies(self) -> tuple[int, int, bool]:
        """Return how many discrepancies are open and how many there are, over the steps.

        And whether any is of a form: of these, rows that are one and questions that follow from an
        answer make others as the meeting goes on, so that a total of them says nothing.
        """
        counts = {step: self._project.consensus.at(step).differing() for step in self._steps()}
        of_forms = any(c[True] + c[False] for step, c in counts.items() if step not in list(Stage))
        every = counts.values()
        return sum(c[True] for c in every), sum(c[True] + c[False] for c in every), of_forms

    def _consensus_line(self) -> StageLine:
        consensus, steps = self._project.consensus, self._steps()
        if not any(r.decided for s in steps for r in self._reviewers_of(s)):
            return _line("consensus", "")
        open_, whole, of_forms = self._discrepancies()
        hidden = _hidden_words(sum(consensus.hidden(s) for s in steps))
        if whole:
            left = f"{open_:,} to settle" if of_forms else f"{open_:,} of {whole:,} to settle"
            words = left if open_ else f"all {whole:,} settled"
            if not hidden:  # there is no room for both
                words += ", all stages" * bool(steps[1:])  # the page counts one at a time
            return _line("consensus", words + hidden, (whole - open_) / whole)
        if not consensus.visible(Stage.TITLE_ABSTRACT):
            return _line("consensus", "waits for closed copies")
        return _line("consensus", "nothing to settle" + hidden)

    def _fulltext_line(self) -> StageLine:
        if Stage.FULL_TEXT not in self._stages():
            return _line("full-text", "")
        from screener.report.placing import assessed

        here = self._project.consensus.at(Stage.FULL_TEXT)
        counts = {k: count for k, count in here.counts().items() if k[0] not in _OUTSIDE}
        done = sum(count for (_, outcome), count in counts.items() if assessed(outcome))
        whole = sum(counts.values())
        words = f"{done:,} of {whole:,} assessed" + _hidden_words(here.hidden())
        return _line("full-text", words, done / whole if whole else None)

    def _studies_words(self) -> str:
        studies = self._project.studies
        if Stage.FULL_TEXT not in self._stages() or not studies.included():
            return ""
        loose = sum(not one.id for one in studies.all())
        words = counted(studies.count() - loose, "study", "studies")
        return f"{words}, {counted(loose, 'report')} in none" if loose else words

    def _forms_words(self) -> str:
        forms = self._project.forms.steps()
        return counted(len(forms), "form") if forms else ""


def _hidden_words(count: int) -> str:
    return f", {count:,} not closed" if count else ""


def forms_of(project: Project) -> list[FormStep]:
    """Return the forms that are open in a copy, each of which is a stage; none in a project."""
    if not project.is_copy:
        return []
    return [step for step in project.forms.steps() if len(step.barred()) < len(step.subjects())]


def form_names(project: Project) -> dict[str, str]:
    """Return what the stages of forms are called: what they are for, or their titles if several."""
    steps = forms_of(project)
    kinds = [step.form.kind for step in steps]
    return {
        step.id: step.words if kinds.count(kind) > 1 else kind.capitalize()
        for step, kind in zip(steps, kinds, strict=True)
    }


def unread(stages: Iterable[str], forms: Mapping[str, str]) -> list[StageLine]:
    """Return the lines of stages of which nothing is known yet; `forms` names those of forms."""
    return [StageLine(id=id_, name=forms.get(id_) or _NAMES[id_], words="") for id_ in stages]


def _line(id_: str, words: str, share: float | None = None) -> StageLine:
    return StageLine(
        id=id_, name=_NAMES[id_], words=words or NOT_BEGUN, share=share, begun=bool(words)
    )

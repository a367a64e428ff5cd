"""The facts of one form: what it is, what was done with it, the tables and plots of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from screener.answers.form import Form, FormKind, FormVersions
from screener.answers.step import FormStep
from screener.model.words import counted
from screener.printing.manuscript import differences
from screener.printing.manuscript.facts import FormFacts, StepFacts, Version
from screener.printing.manuscript.of_steps import step_facts
from screener.printing.manuscript.stages import Stages
from screener.report.plots.plots import Plots
from screener.store.file import File
from screener.store.history import of_kinds
from screener.store.kinds.body import VERSION
from screener.store.kinds.project import Form as Recorded
from screener.studies.counting import reach
from screener.studies.questions import by_question
from screener.studies.settled_rows import settled_rows
from screener.studies.tables import Sheet, Tables
from screener.studies.totals import totals


def form_facts(file: File, of: Stages, step: FormStep, tables: Tables, plots: Plots) -> FormFacts:
    """Return the facts of a form; no table or plot of it while nothing of it may be seen."""
    form = step.form
    facts = step_facts(file, of, step.id)
    known = FormVersions(file, step.id)
    visible = of.consensus.visible(step.id) and facts.begun
    facts = replace(facts, reach=reach(of.consensus, of.studies, step) if facts.begun else None)
    if visible:
        rows = settled_rows(of.consensus.at(step.id), step)
        facts = replace(facts, under=_under(of, step.id, known.every()), rows=rows)
    agreement = facts.agreement
    return FormFacts(
        step=facts,
        appraisal=form.kind is FormKind.APPRAISAL,
        reference=form.reference,
        provenance=form.provenance,
        licence=form.licence,
        versions=_versions(file, step.id, known),
        questions=_questions(form),
        names={q.id: form.named(q) for q in form.questions},
        agreement=tuple(by_question(of.consensus, step, agreement)) if agreement else (),
        totals=_totals(form, facts),
        sheets=_sheets(tables, step) if visible else (),
        plots=tuple(
            (one.words, plots.drawing(one.name, one.stage))
            for one in (plots.offered() if visible else ())
            if one.stage == step.id and not one.name.startswith("by-")
        ),
    )


def _versions(file: File, id_: str, known: FormVersions) -> tuple[Version, ...]:
    events = [
        (entry.event.time, entry.event.body)
        for entry in of_kinds(file, "form", step=id_)
        if isinstance(entry.event.body, Recorded)
    ]
    # A form that was set back to what it was has two numbers of one content.
    forms = [form for _, body in events if (form := known.named(body.digest[:VERSION]))]
    return tuple(
        Version(number=body.version, time=time, why=body.why, changes=changed)
        for (time, body), changed in zip(events, differences.of_forms(forms), strict=True)
    )


def _questions(form: Form) -> tuple[tuple[str, str], ...]:
    titles = {section.id: section.title for section in form.sections}
    asked = (q for q in form.questions if not q.retired)
    return tuple((titles.get(q.section, ""), q.words) for q in asked)


def _under(of: Stages, id_: str, every: list[Form]) -> dict[int, int]:
    """Count the answers by the version of the form they were given to; 0: not known here."""
    numbers = {form.name: form.version for form in every}
    answers = of.consensus.all_answers(id_).values()
    found = Counter(numbers.get(one.form, 0) for several in answers for one in several)
    return dict(sorted(found.items()))


def _totals(form: Form, facts: StepFacts) -> tuple[str, ...]:
    """Return a sentence for each pair of reviewers about how their totals correlate."""
    found = []
    for pair in facts.agreement.pairs if facts.agreement else ():
        icc = totals(form, pair)
        if icc is None:
            continue
        who = " and ".join(pair.reviewers)
        value = icc.not_defined.get("icc", "not defined") if icc.icc is None else f"{icc.icc:.3f}"
        interval = icc.icc_interval
        around = f"95 % CI {interval[0]:.3f} to {interval[1]:.3f}; " if interval else ""
        lacking = ""
        if icc.lacking:
            studies = counted(icc.lacking, "study", "studies")
            was = "was" if icc.lacking == 1 else "were"
            lacking = f"; {studies} {was} left out because a score is missing"
        found.append(
            f"The intraclass correlation of the totals of {who} was {value} ({around}n ="
            f" {icc.n:,}){lacking}."
        )
    return tuple(found)


def _sheets(tables: Tables, step: FormStep) -> tuple[Sheet, ...]:
    what = "appraisal" if step.form.kind is FormKind.APPRAISAL else "answers"
    return tuple(tables.sheets(what, stage=step.id))

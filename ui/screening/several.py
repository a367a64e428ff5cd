"""Deciding on several records of the list at once: one question, one action."""

from __future__ import annotations

from collections.abc import Sequence

from screener import Project
from screener.model import Progress, Protocol, Stage, Verdict
from screener.model.words import counted
from screener.screening.screening import Draft
from ui.screening import wording
from ui.screening.sheet import Sheets

FEW = 100
"""So many are decided while the window waits; more by the worker, who says how far it is."""

_ACTIONS = {Verdict.INCLUDE: "include", Verdict.MAYBE: "maybe", Verdict.EXCLUDE: "exclude"}


def action_of(verdict: Verdict, reason: str, protocol: Protocol) -> str:
    """Return the id of the action whose key decides so."""
    numbers = {one.id: one.number for one in protocol.reasons}
    if not reason:
        return _ACTIONS[verdict]
    return f"reason-{numbers[reason]}" if reason in numbers else "other-reason"


def question(units: Sequence[str], verdict: Verdict, reason: str, protocol: Protocol) -> str:
    """Return what is asked before several records are decided."""
    words = f"{str(verdict).capitalize()} {counted(len(units), 'record')}"
    return f"{words}, {wording.reason(reason, protocol)}?" if reason else f"{words}?"


def decide(
    project: Project,
    units: Sequence[str],
    stage: Stage,
    verdict: Verdict,
    reason: str,
    progress: Progress,
) -> int:
    """Decide on several records as one action; judgements and notes stay. Returns how many."""
    sheets = Sheets(project, stage)
    drafts = []
    for done, unit in enumerate(units):
        sheet = sheets.read(unit)
        if sheet is not None:
            judged = {id_: str(word) for id_, word in sheet.judgements.items()}
            drafts.append(Draft(unit=unit, verdict=verdict, reason=reason, judgements=judged))
        if done % 100 == 0:
            progress(done, len(units), "Reading the records")
    return project.screening.decisions.decide_many(drafts, stage=stage, progress=progress)

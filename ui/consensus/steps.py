"""The steps that the page can show, and the painter of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screener import Project
from screener.model import Stage
from screener.model.step import Step
from ui.consensus.answer_painter import AnswerPainter
from ui.consensus.decision_painter import DecisionPainter
from ui.consensus.painter import Painter
from ui.session.actions import ACTIONS, Where
from ui.widgets.chooser import Chooser

_SCREENING = [str(stage) for stage in Stage]


def shows_sheets(step: str) -> bool:
    """Say whether a step shows a subject with all its items, and not one item by its record."""
    return step not in _SCREENING


def painter_of(project: Project, step: str) -> Painter:
    """Return the painter of a step, with the protocol or form and the names as they are now."""
    names = {str(one.id): one.name for one in project.consensus.reviewers()}
    if step in _SCREENING:
        return DecisionPainter(Stage(step), project.protocol.current, names)
    return AnswerPainter(project.forms.step(step), names)


def opened_steps(project: Project) -> list[Step]:
    """Return the steps that are open for anything, in their order."""
    screening, consensus = project.screening, project.consensus
    return [
        step
        for step in consensus.steps
        if (
            screening.opened(Stage(step.id))
            if step.id in _SCREENING
            else consensus.at(step.id).asked()
        )
    ]


def first_met(steps: Sequence[Step]) -> list[str]:
    """Return the steps in the order in which a meeting takes them up.

    First the forms as they were added, then screening from its last stage.
    """
    forms = [step.id for step in steps if shows_sheets(step.id)]
    return forms + [step.id for step in reversed(steps) if not shows_sheets(step.id)]


def offer_steps(chooser: Chooser, project: Project, step: str) -> None:
    """Show a step in a chooser among those that are open; it is not there while only one is."""
    opened = opened_steps(project)
    chooser.set_choices([(one.id, one.words) for one in opened])
    chooser.choose(step)
    chooser.setVisible(len(opened) > 1)


_OF_A_FORM = {
    "settle-include": "",
    "settle-exclude": "",
    "needs-full-text": "",
    "settle-reason": "Choose an answer, or the same row",
    "take-left": "Take the left answer",
    "take-right": "Take the right answer",
}


def key_names(step: str) -> Mapping[str, str]:
    """Return what keys do in the meeting of a form; in that of a stage none of a form acts."""
    if shows_sheets(step):
        return _OF_A_FORM
    return {one.id: "" for one in ACTIONS if one.where is Where.ANSWER}

"""Which painter a step has."""

from __future__ import annotations

from screener import Project
from screener.model import Stage
from ui.consensus.answer_painter import AnswerPainter
from ui.consensus.decision_painter import DecisionPainter
from ui.consensus.painter import Painter


def painter_of(project: Project, step: str) -> Painter:
    """Return the painter of a step, with the protocol or form and the names as they are now."""
    names = {str(one.id): one.name for one in project.consensus.reviewers()}
    if step in list(Stage):
        return DecisionPainter(Stage(step), project.protocol.current, names)
    return AnswerPainter(project.forms.step(step), names)

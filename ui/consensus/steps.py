"""Which of the steps the page shows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from screener import Project
from screener.model import Stage
from screener.model.step import Step
from ui.widgets.chooser import Chooser


class StepChooser(Chooser):
    """Offers the steps that are open; not there while only one is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="Stage", parent=parent)

    def show_step(self, project: Project, step: str) -> None:
        """Show a step among those that are open."""
        opened = opened_steps(project)
        self.set_choices([(one.id, one.words) for one in opened])
        self.choose(step)
        self.setVisible(len(opened) > 1)


def opened_steps(project: Project) -> list[Step]:
    """Return the steps that are open for anything, in their order."""
    screening = [str(stage) for stage in Stage if project.screening.opened(stage)]
    return [
        step
        for step in project.consensus.steps
        if step.id in screening
        or (step.id not in list(Stage) and project.consensus.at(step.id).asked())
    ]

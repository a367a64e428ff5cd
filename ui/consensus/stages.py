"""Which of the two stages the page shows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from screener import Project
from screener.model import Stage
from ui.widgets.chooser import Chooser


class StageChooser(Chooser):
    """Offers the stages that are open; not there while only one is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="Stage", parent=parent)

    def show_stage(self, project: Project, stage: Stage) -> None:
        """Show a stage among those that are open."""
        opened = [s for s in Stage if project.screening.opened(s)]
        self.set_choices([(str(s), s.words) for s in opened])
        self.choose(str(stage))
        self.setVisible(len(opened) > 1)

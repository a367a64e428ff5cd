"""What stands in the place of the record: nothing left, or not open yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.model.words import counted
from screener.screening.screening import Queue
from ui.screening import wording
from ui.screening.model import ScreeningModel, State
from ui.widgets.empty import EmptyPage, Texts

_NOT_A_COPY = Texts(
    title="Screening happens in a reviewer’s own copy",
    sentence="Each reviewer decides alone, in a copy that holds nobody else’s decisions. "
    "Write a copy for yourself and open it.",
    action="Write my copy…",
)
_FIRST = Texts(
    title="Full text comes after title and abstract",
    sentence="Decide and close title and abstract first: which full texts there are would say what "
    "the others decided.",
)
_NO_RECORDS = Texts(
    title="No records yet",
    sentence="This copy holds no records. The coordinator imports them and gives you a newer copy.",
)


def texts(model: ScreeningModel) -> Texts:
    """Return what to say where no record can be shown."""
    if model.state is State.NOT_A_COPY:
        return _NOT_A_COPY
    if model.state is State.NOT_OPEN:
        return Texts(
            title=f"{model.stage.words} opens after the meeting",
            sentence="When both reviewers have closed title and abstract and the coordinator has "
            "opened full text, you get a newer copy. Take it in with Record, Take in a newer copy.",
        )
    if model.total == 0 and model.session.project.screening.stages.waits(model.stage):
        return _FIRST
    if model.total == 0:
        return _NO_RECORDS
    if model.search:
        return Texts(
            title=f"Nothing holds “{model.search}”",
            sentence=f"No record of the queue {model.queue_name} holds these words.",
            action="End the search",
        )
    if all_decided(model):
        return Texts(
            title="The one record is decided"
            if model.total == 1
            else f"All {wording.number(model.total)} records are decided",
            sentence="You can still look through them and change decisions. Close the stage when "
            "you are sure: closing gives a code that shows later that nothing was changed.",
            action="Close the stage",
            second="Look through them",
        )
    pending = model.total - model.decided
    if model.code or not pending:
        return Texts(
            title=f"Nothing in the queue {model.queue_name}",
            sentence=f"{model.stage.words} is closed."
            if model.code
            else f"{counted(model.total, 'record')}, all decided.",
            action="Show all records",
            second="To the closing page" if model.code else "Close the stage…",
        )
    return Texts(
        title=f"Nothing in the queue {model.queue_name}",
        sentence=f"{counted(pending, 'record is', 'records are')} pending.",
        action="Go to what is pending",
    )


def all_decided(model: ScreeningModel) -> bool:
    """Say whether nothing is pending in a stage that is not closed, and that is what is shown."""
    done = model.decided == model.total > 0 and not model.code and not model.search
    return done and model.state is State.EMPTY and model.queue is Queue.PENDING


class NothingHere(EmptyPage):
    """The empty page of the stage; what its actions do follows from the model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_model(self, model: ScreeningModel) -> None:
        """Say what there is to say."""
        found = texts(model)
        self.set_texts(found.title, found.sentence, action=found.action, second=found.second)
        self.setAccessibleName(f"{found.title}. {found.sentence}")
        can = model.session.project.writable or not all_decided(model)
        self.button.setEnabled(can and not model.session.busy)

"""Before you begin: the first page of a reviewer's copy; shown once, and again under Help."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.model import Stage
from screener.model.words import counted
from screener.screening.screening import OrderBy
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.key_table import KeyGroup, PresetChooser
from ui.session.page import Page
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Space, Surface, Words

WIDTH = 640
_IN_RANDOM = " They come in a random order of your own; the menu of the queue has others."


class BeforePage(Page):
    """What is in the copy, how it goes on, and the keys; Enter begins."""

    reads = frozenset()
    where = Where.BEFORE
    begun = Signal()
    protocol_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Before you begin")
        self._build()
        self._lay_out()
        follow(self, self._restyle)

    def _build(self) -> None:
        project = self.session.project
        every = project.screening.progress(Stage.TITLE_ABSTRACT).all
        records = f"{counted(every, 'record')} to screen"
        others = [r.name for r in project.consensus.reviewers() if r.name != project.reviewer]
        holds = f"This copy was made for {project.reviewer}. It holds the protocol and {records}. "
        if len(others) == 1:
            holds += f"{others[0]} has a copy too; neither of you can see what the other decides, "
            holds += "because it is not in the file."
        else:
            holds += "Nobody else’s decisions are in it, so nobody can see what another decides."
        self._holds = Words(holds, step="note", wrap=True)
        random = project.screening.queues.ordering.by is OrderBy.RANDOM
        self._goes_on = Words(
            "Screen every record, at your own pace; each decision is on the disk before the next "
            "record appears. When all are decided, close the stage and send your decisions to the "
            f"coordinator.{_IN_RANDOM if random else ''}",
            step="note",
            wrap=True,
        )
        self._presets = PresetChooser(self.session.keys)
        self._said = Words(step="small", colour="warn", wrap=True)
        self._said.hide()
        self._presets.refused.connect(self._said.show_text)
        self.begin = Button("Begin screening", kind="filled", key="Enter", does=self.begun)
        self.read = Button("Read the protocol", kind="link", does=self.protocol_asked)

    def _lay_out(self) -> None:
        keys = self.session.keys
        groups = Row(gap=56)
        for group in ("Decide", "Judge a criterion"):
            groups.add((Column().add(KeyGroup(keys, Where.RECORD, group), 1), 1))
        inside = Column(gap=12).add(
            self._holds,
            self._goes_on,
            Space(16),
            self._presets,
            self._said,
            Space(12),
            groups,
            Space(24),
            Row(gap=12).add(self.begin, self.read, 1),
            1,
        )
        self._block = inside.boxed()
        across = Surface("page")
        Row(across, gap=0, margins=(tokens.MARGIN, tokens.MARGIN, tokens.MARGIN, 24)).add(
            (self._block, 1000), 1
        )
        scroll = ScrollArea(across)
        Column(self, gap=0).add(PageHeader("Before you begin"), (scroll, 1))

    def focus_first(self) -> None:
        """Let Enter begin."""
        self.setFocus()

    def handlers(self) -> Handlers:
        """Begin with Enter."""
        return {"begin": self.begun.emit}

    def _restyle(self) -> None:
        self._block.setMaximumWidth(look_of(self).px(WIDTH))
        self._block.setMinimumWidth(look_of(self).px(320))

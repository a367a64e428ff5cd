"""The stages of the rail and the page each one opens; a page is made when it is first shown."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from screener.model import Stage
from ui.session.session import Session
from ui.widgets.empty import EmptyPage
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Surface


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOf:
    """Where the page of a stage is found (module:class), and the screening stage it is given."""

    name: str
    place: str
    stage: Stage | None = None


COORDINATOR: dict[str, PageOf] = {
    "protocol": PageOf(name="Protocol", place="ui.protocol.page:ProtocolPage"),
    "sources": PageOf(name="Sources", place="ui.sources.page:SourcesPage"),
    "duplicates": PageOf(name="Duplicates", place="ui.duplicates.page:DuplicatesPage"),
    "screening": PageOf(name="Screening", place="ui.window.reviewers:ReviewersPage"),
    "consensus": PageOf(name="Consensus", place="ui.consensus.page:ConsensusPage"),
    "full-text": PageOf(name="Full text", place="ui.fulltext.page:FullTextPage"),
    "report": PageOf(name="Report", place="ui.report.page:ReportPage"),
}
COPY: dict[str, PageOf] = {
    "protocol": PageOf(name="Protocol", place="ui.protocol.page:ProtocolPage"),
    "title-abstract": PageOf(
        name="Title and abstract",
        place="ui.screening.page:ScreeningPage",
        stage=Stage.TITLE_ABSTRACT,
    ),
    "full-text": PageOf(
        name="Full text", place="ui.screening.page:ScreeningPage", stage=Stage.FULL_TEXT
    ),
}


def pages_of(session: Session) -> dict[str, PageOf]:
    """Return the stages of the file that is open, in their order."""
    return COPY if session.project.is_copy else COORDINATOR


def make_page(page: PageOf, session: Session, parent: QWidget) -> QWidget:
    """Make the page of a stage; full text in a copy says first what has to come before."""
    if page.stage is Stage.FULL_TEXT and not session.project.screening.opened(Stage.FULL_TEXT):
        return EmptyStage(
            page.name,
            "Full text opens after the meeting",
            "When both reviewers have closed title and abstract and the coordinator has opened "
            "full text, you get a newer copy. Take it in with Record, Take in a newer copy.",
            parent,
        )
    module, _, name = page.place.partition(":")
    try:
        factory: Callable[..., QWidget] = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return EmptyStage(
            page.name, "Not in this version yet", "Use the command line for this stage.", parent
        )
    given = (session,) if page.stage is None else (session, page.stage)
    return factory(*given, parent=parent)


class EmptyStage(Surface):
    """The page of a stage that cannot begin yet: its header, and what comes first."""

    def __init__(self, name: str, title: str, sentence: str, parent: QWidget) -> None:
        super().__init__("page", parent)
        column = Column(self, gap=0)
        column.addWidget(PageHeader(name))
        column.addWidget(EmptyPage(title, sentence), 1)

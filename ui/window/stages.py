"""The stages of the rail and the page that each opens; the code of a page is read apart from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from ui.session.page import Page
from ui.session.session import Session
from ui.window.standing import forms_of

Make = Callable[[Session, QWidget], Page]
"""What makes a page: its class, or the class with the form that it is for."""
Load = Callable[[], Make]


def _protocol() -> Make:
    from ui.protocol.page import ProtocolPage

    return ProtocolPage


def _sources() -> Make:
    from ui.sources.page import SourcesPage

    return SourcesPage


def _duplicates() -> Make:
    from ui.duplicates.page import DuplicatesPage

    return DuplicatesPage


def _reviewers() -> Make:
    from ui.reviewers.page import ReviewersPage

    return ReviewersPage


def _consensus() -> Make:
    from ui.consensus.page import ConsensusPage

    return ConsensusPage


def _reports_sought() -> Make:
    from ui.fulltext.page import FullTextPage

    return FullTextPage


def _studies() -> Make:
    from ui.studies.page import StudiesPage

    return StudiesPage


def _forms() -> Make:
    from ui.forms.page import FormsPage

    return FormsPage


def _report() -> Make:
    from ui.report.page import ReportPage

    return ReportPage


def _title_abstract() -> Make:
    from ui.screening.page import TitleAbstractPage

    return TitleAbstractPage


def _full_text() -> Make:
    from ui.screening.page import FullTextScreeningPage

    return FullTextScreeningPage


def _form(id_: str) -> Make:
    from ui.answers.page import FormPage

    return partial(FormPage, id_)


COORDINATOR: Mapping[str, Load] = MappingProxyType(
    {
        "protocol": _protocol,
        "sources": _sources,
        "duplicates": _duplicates,
        "screening": _reviewers,
        "consensus": _consensus,
        "full-text": _reports_sought,
        "studies": _studies,
        "forms": _forms,
        "report": _report,
    }
)
COPY: Mapping[str, Load] = MappingProxyType(
    {"protocol": _protocol, "title-abstract": _title_abstract, "full-text": _full_text}
)


def pages_of(session: Session) -> Mapping[str, Load]:
    """Return what the stages of the file that is open load, by their ids and in their order."""
    if not session.project.is_copy:
        return COORDINATOR
    return {**COPY, **{step.id: partial(_form, step.id) for step in forms_of(session.project)}}

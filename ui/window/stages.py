"""The stages of the rail and the page that each opens; the code of a page is read apart from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ui.session.page import Page
from ui.session.session import Session

Load = Callable[[], type[Page]]


def _protocol() -> type[Page]:
    from ui.protocol.page import ProtocolPage

    return ProtocolPage


def _sources() -> type[Page]:
    from ui.sources.page import SourcesPage

    return SourcesPage


def _duplicates() -> type[Page]:
    from ui.duplicates.page import DuplicatesPage

    return DuplicatesPage


def _reviewers() -> type[Page]:
    from ui.reviewers.page import ReviewersPage

    return ReviewersPage


def _consensus() -> type[Page]:
    from ui.consensus.page import ConsensusPage

    return ConsensusPage


def _reports_sought() -> type[Page]:
    from ui.fulltext.page import FullTextPage

    return FullTextPage


def _studies() -> type[Page]:
    from ui.studies.page import StudiesPage

    return StudiesPage


def _report() -> type[Page]:
    from ui.report.page import ReportPage

    return ReportPage


def _title_abstract() -> type[Page]:
    from ui.screening.page import TitleAbstractPage

    return TitleAbstractPage


def _full_text() -> type[Page]:
    from ui.screening.page import FullTextScreeningPage

    return FullTextScreeningPage


COORDINATOR: Mapping[str, Load] = MappingProxyType(
    {
        "protocol": _protocol,
        "sources": _sources,
        "duplicates": _duplicates,
        "screening": _reviewers,
        "consensus": _consensus,
        "full-text": _reports_sought,
        "studies": _studies,
        "report": _report,
    }
)
COPY: Mapping[str, Load] = MappingProxyType(
    {"protocol": _protocol, "title-abstract": _title_abstract, "full-text": _full_text}
)


def pages_of(session: Session) -> Mapping[str, Load]:
    """Return what the stages of the file that is open load, by their ids and in their order."""
    return COPY if session.project.is_copy else COORDINATOR

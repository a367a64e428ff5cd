"""What the report reads of an open review: its stages, as a `Project` has them."""

from __future__ import annotations

from typing import Protocol

from screener.answers.forms import Forms
from screener.consensus.consensus import ConsensusStage
from screener.duplicates.duplicates import Duplicates
from screener.fulltext.fulltext import FullText
from screener.protocol.protocol import ProtocolVersions
from screener.report.report import Report
from screener.sources.sources import Sources
from screener.studies.studies import Studies
from screener.units.units import Units


class Stages(Protocol):
    """The stages of an open review; a `Project` is one."""

    @property
    def units(self) -> Units:
        """The records and duplicate groups."""

    @property
    def protocol(self) -> ProtocolVersions:
        """The versions of the protocol."""

    @property
    def sources(self) -> Sources:
        """The searches."""

    @property
    def duplicates(self) -> Duplicates:
        """The duplicate groups."""

    @property
    def consensus(self) -> ConsensusStage:
        """Where everything stands."""

    @property
    def fulltext(self) -> FullText:
        """The reports that are sought."""

    @property
    def studies(self) -> Studies:
        """The studies."""

    @property
    def forms(self) -> Forms:
        """The forms."""

    @property
    def report(self) -> Report:
        """The numbers of the flow."""

"""What is asked about reports at the foot of the page, and what was typed and not given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from screener.fulltext.fulltext import Retrieval, Sought


@dataclass(slots=True)
class Asked:
    """The reports of which something is asked (none: nothing is), and which state they would get.

    `kept` are reasons that were typed when the question was closed, by report.
    """

    reports: Sequence[Sought] = ()
    wanted: Retrieval = Retrieval.SOUGHT
    kept: dict[str, str] = field(default_factory=dict)

    def of(self) -> set[str]:
        """Return the ids of the reports."""
        return {report.unit.id for report in self.reports}

    def before(self) -> str:
        """Return the reason that stands there: typed before, or given for all of them."""
        first = next(iter(self.reports), None)
        return self.kept.get(first.unit.id, self._given()) if first is not None else ""

    def _given(self) -> str:
        whys = {report.why for report in self.reports}
        return whys.pop() if len(whys) == 1 else ""

    def half_typed(self, text: str) -> Mapping[str, str]:
        """Return what is being typed for each of the reports, where it is none of theirs."""
        why_not = self.wanted is Retrieval.NOT_RETRIEVED
        other = why_not and text.strip() != self._given()
        return dict.fromkeys(self.of(), text) if other else {}

    def give_up(self) -> None:
        """Ask no more, and forget what was typed about these reports."""
        for unit in self.of():
            self.kept.pop(unit, None)
        self.reports = ()

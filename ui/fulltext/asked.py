"""What is asked about reports at the foot of the page, and what was typed and not given."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
        other = self.asks_why and text.strip() not in ("", self._given())
        return dict.fromkeys(self.of(), text) if other else {}

    @property
    def asks_why(self) -> bool:
        """Whether a reason is asked for, and not only whether all are meant."""
        return self.wanted is Retrieval.NOT_RETRIEVED

    def close(self, text: str) -> bool:
        """Ask no more, and keep what stands there for its reports; says whether anything does."""
        typed = self.half_typed(text)
        if self.asks_why:
            self.forget(self.of())  # it may have been cleared
        self.kept.update(typed)
        self.reports = ()
        return bool(typed)

    def forget(self, units: Collection[str]) -> None:
        """Keep no reason for these reports: it was recorded, or taken away."""
        for unit in units:
            self.kept.pop(unit, None)

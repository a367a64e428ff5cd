"""The outcome for one pair: certain, ask or no, by the rules that are on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screener.duplicates.comparison import Comparison, ReadAbstract, compare, own_abstract
from screener.duplicates.prepared import Prepared, prepare
from screener.duplicates.rules import CERTAIN, NAMES, QUESTIONS, VETOES, Rule
from screener.duplicates.settings import STANDARD, Settings
from screener.model import UserError
from screener.units.candidate import Candidate


class Outcome(StrEnum):
    """What is to be done with a pair."""

    CERTAIN = "certain"
    ASK = "ask"
    LINKED = "linked"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome, the rule that led to it, and the vetoes that stood against certainty."""

    outcome: Outcome
    rule: str = ""
    vetoes: tuple[str, ...] = ()


_MOST_DOUBTS = 1
"""Two vetoes are no doubt any more: another journal and another page is another report."""
_LINKED = 4
"""Vetoes that no identifier or text outweighs: two reports of one work, and no question."""
_NO = Verdict(Outcome.NO)


class Judge:
    """Applies the rules that the settings leave on; `UserError` when they name one there is not."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        unknown = sorted((settings.off | settings.asked) - NAMES)
        if unknown:
            listed = ", ".join(sorted(NAMES))
            raise UserError(f"There is no duplicate rule {unknown[0]}; the rules are {listed}.")
        self._certain = self._on(CERTAIN)
        self._vetoes = self._on(VETOES)
        self._contradictions = tuple(rule for rule in self._vetoes if rule.contradicts)
        self._questions = self._on(QUESTIONS)

    def verdict(self, pair: Comparison) -> Verdict:
        """Decide one pair."""
        sure = self._first(self._certain, pair)
        asked = self._first(self._questions, pair)
        if not sure and not asked:
            return _NO
        vetoes = tuple(rule.name for rule in self.against(pair))
        if sure and not vetoes:
            if self._settings.ask_everything or sure.name in self._settings.asked:
                return Verdict(Outcome.ASK, sure.name)
            return Verdict(Outcome.CERTAIN, sure.name)
        if not asked or (len(vetoes) > _MOST_DOUBTS and not _one_text(pair)):
            return _NO
        outcome = Outcome.ASK if len(vetoes) < _LINKED else Outcome.LINKED
        return Verdict(outcome, asked.name, vetoes)

    def against(self, pair: Comparison) -> tuple[Rule, ...]:
        """Return the vetoes that hold for a pair."""
        return tuple(rule for rule in self._vetoes if rule.holds(pair, self._settings))

    def contradicted(
        self, one: Prepared, other: Prepared, read: ReadAbstract = own_abstract
    ) -> bool:
        """Whether two records may not be in one group, even with others between them.

        `read` gives the abstract of a record, should a rule ask for it.
        """
        pair = compare(one, other, read)
        return pair is None or any(
            rule.holds(pair, self._settings) for rule in self._contradictions
        )

    def _on(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if rule.name not in self._settings.off)

    def _first(self, rules: tuple[Rule, ...], pair: Comparison) -> Rule | None:
        return next((rule for rule in rules if rule.holds(pair, self._settings)), None)


def _one_text(pair: Comparison) -> bool:
    """Whether title and authors are the same, and identifier or abstract: worth a look always."""
    alike = pair.title_same and pair.authors is True and pair.one.kind == pair.other.kind
    return alike and (pair.identifier or pair.abstract is True)


def explain(one: Candidate, other: Candidate, *, settings: Settings = STANDARD) -> str:
    """Say in words why two records are certain, doubtful or different: "same DOI, title, pages"."""
    pair = compare(prepare(one), prepare(other))
    if pair is None:
        return "nothing in common"
    against = ", ".join(rule.words for rule in Judge(settings).against(pair))
    return describe(pair) + (f"; but {against}" if against else "")


def describe(pair: Comparison) -> str:
    """Name the fields that agree: "same DOI, title, pages"."""
    agreeing = [
        name
        for name, value in (
            ("DOI", pair.doi),
            ("PubMed number", pair.pmid),
            ("title", pair.title_same),
            ("authors", pair.authors),
            ("year", pair.same_year),
            ("journal", pair.journal),
            ("volume", pair.volume),
            ("pages" if pair.last_page else "first page", pair.page),
            ("abstract", pair.abstract),
        )
        if value
    ]
    words = "same " + ", ".join(agreeing) if agreeing else "no field is the same"
    if not pair.title_same and pair.likeness:
        near = "almost the same title" if pair.title_agrees else "a similar title"
        words += f"; {near} ({pair.likeness:.0f} of 100)"
    return words

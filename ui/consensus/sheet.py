"""What the meeting shows of a step whose subjects have many items: one subject as a sheet; no Qt.

A sheet has a row for each item, in it what every reviewer said, and what is agreed. Whatever a
painter returns holds nothing that the reveal level hides.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from screener.consensus.reveal import Level
from screener.model import Consensus, Discrepancy
from screener.studies.listing import WaitingRow
from ui.consensus.painter import Choice, ItemId, Line, Offer, Painter

SEE_NAMES = "Show the names to take one reviewer’s wording."
NO_WORDING = (
    "Nothing here is only worded differently: what differs is settled with an answer that is taken"
)
CHOOSE = "Nothing is chosen here: take an answer, or type one."


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """One item of a subject: what was said and agreed on it, and of a row what may be the same.

    `rows` are the names of those it is asked for; `warning` is the line that says what became of it
    since.
    """

    found: Discrepancy
    rows: tuple[str, ...] = ()
    waiting: WaitingRow | None = None
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """What one reviewer said: words, and in `below` quote and page.

    `choice` is what the key under it takes, whose words are `takes`; one that is `quiet` says that
    there is no answer.
    """

    words: str
    below: str = ""
    quiet: bool = False
    choice: Choice | None = None
    takes: str = "take"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row of a sheet: the heading of a section, or an item as the level shows it.

    `phrase` says in a few words how it stands; `agreed` and `below` what is agreed, and whose it
    is; `types` what T does.
    """

    at: ItemId | None = None
    heading: str = ""
    label: str = ""
    phrase: str = ""
    warning: str = ""
    cells: tuple[SheetCell, ...] = ()
    agreed: str = ""
    below: str = ""
    settled: bool = False
    open: bool = False
    types: str = ""

    def beside(self, taken: Choice | None, way: int) -> Choice | None:
        """Return what is taken left (-1) or right of something; the first (last) at the start."""
        choices = [cell.choice for cell in self.cells if cell.choice is not None]
        start = 0 if way < 0 else len(choices) - 1
        place = choices.index(taken) + way if taken in choices else start
        return choices[max(0, min(place, len(choices) - 1))] if choices else None

    @property
    def spoken(self) -> str:
        """What a screen reader says of the row before its cells."""
        return ", ".join(filter(None, (self.label or self.heading, self.phrase, self.warning)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A subject as it is shown: columns by their titles, rows, and how many are not shown."""

    title: str
    byline: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    to_settle: int
    alike: int
    wordings: int


class SheetPainter(Painter):
    """What is painted of a subject with all its items, and what settles them."""

    names_items: ClassVar[bool] = True
    subjects: ClassVar[str]
    """What the subjects are, when there are several: "studies"."""

    # --- what is shown -----------------------------------------------------------------------

    @abstractmethod
    def line(self, shown: Discrepancy, to_settle: int) -> Line:
        """Return a subject as a row of the list, by one of its items."""

    @abstractmethod
    def title(self, shown: Discrepancy) -> tuple[str, str]:
        """Return the name of a subject, by one of its items, and what stands below it."""

    @abstractmethod
    def titles(self, reviewers: Sequence[str], level: Level) -> tuple[str, ...]:
        """Return the titles of the reviewers' columns; none at level 0."""

    @abstractmethod
    def section(self, item: SheetItem) -> str:
        """Return the heading under which an item stands, or ""."""

    @abstractmethod
    def ordered(self, items: Sequence[SheetItem]) -> list[SheetItem]:
        """Return the items of a subject in the order in which they were asked."""

    @abstractmethod
    def row(self, item: SheetItem, reviewers: Sequence[str], level: Level) -> SheetRow:
        """Return an item as a row, with a cell for each of the reviewers."""

    # --- what settles ------------------------------------------------------------------------

    @abstractmethod
    def offers(self, item: SheetItem) -> tuple[Offer, ...]:
        """Return what can be chosen, in the order of the buttons."""

    @abstractmethod
    def marks(self, item: SheetItem, offer: Offer, choice: Choice) -> bool:
        """Say whether an offer shows what is chosen."""

    @abstractmethod
    def with_offered(self, item: SheetItem, chosen: Choice | None, offer: Offer) -> Choice | None:
        """Return what is chosen when an offer is pressed; of several options one more or less."""

    @abstractmethod
    def alike(self, item: SheetItem) -> Choice:
        """Return what is agreed when all mean the same; `UserError` where nothing does."""

    @abstractmethod
    def alike_words(self, item: SheetItem) -> str:
        """Return the words of that button, "" where there is nothing to mean the same."""

    @abstractmethod
    def not_alike(self, item: SheetItem) -> str:
        """Return why nothing can be said to mean the same, where that is not offered."""

    @abstractmethod
    def types_digits(self, item: SheetItem) -> bool:
        """Say whether a digit begins a value that is typed, and chooses nothing."""

    @abstractmethod
    def asks(self, item: SheetItem) -> str:
        """Return what is typed to settle an item, in a few words, or "" when nothing is."""

    @abstractmethod
    def typed(self, item: SheetItem, text: str) -> Choice:
        """Return what was typed as a choice; `UserError` when it is no value of the question."""

    @abstractmethod
    def chosen(self, item: SheetItem, choice: Choice) -> str:
        """Return what would be settled, in words."""

    @abstractmethod
    def wordings(self, reviewer: str, count: int) -> Choice:
        """Return the choice of a reviewer's wording on so many questions of a subject."""

    @abstractmethod
    def label(self, item: SheetItem) -> str:
        """Return an item in words: what was asked."""

    @abstractmethod
    def settled(self, item: SheetItem, agreed: Consensus) -> str:
        """Return what was settled, with what was asked: "Country, Ireland"."""

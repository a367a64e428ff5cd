"""What of a review its report tells, as plain values: a sentence that has no fact is not written.

The defaults are those of a review in which nothing has happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from screener.consensus.agreement.agreement import Agreement
from screener.consensus.told import Told
from screener.model import Batch, DiscrepancyKind, Mode, Protocol
from screener.report.drawing import Drawing
from screener.report.flow import Flow
from screener.studies.counting import Reach
from screener.studies.questions import QuestionAgreement
from screener.studies.settled_rows import SettledRows
from screener.studies.tables import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of the protocol or of a form: when it was made, why, and what it changed."""

    number: int
    time: str
    why: str = ""
    changes: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """The day it was made, as an ISO date."""
        return self.time[:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A report or record as a table lists it, with why it is there."""

    number: int
    citation: str
    doi: str = ""
    pmid: str = ""
    why: str = ""
    by: str = ""
    counted: str = ""  # of a removed record: as what the flow counts it (`Removed`)


class Removed:
    """As what the flow counts a record that was removed before screening."""

    TOOL = "marked as ineligible by an automation tool"
    OTHER = "removed for another reason"
    DUPLICATE = "duplicate record"
    METHODS = "found by other methods"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overturned:
    """What was agreed on an item and settled otherwise: the record or study, what, by whom, why."""

    of: str
    asked: str
    before: str
    now: str
    by: tuple[str, ...]
    mode: Mode
    day: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one reviewer did at a step. `left` is the reason they left with, None who did not."""

    name: str
    id: str = ""
    decided: int = 0
    pending: int = 0
    closed: bool = False
    codes: tuple[str, ...] = ()
    left: str | None = None
    late: bool = False
    opened_since: int = 0
    changed_since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How many items the same people settled in the same way."""

    mode: Mode
    by: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """What was done at a step: title and abstract, full text, or a form.

    `answered` says by how many reviewers how many subjects were answered in full (visible ones);
    `found` and `open` are the discrepancies there were and those to settle, by kind; `short` counts
    the subjects that wait for an answer; `under` the decisions (of a form the answers) by the
    number of the version in force then; `stale` the subjects whose record or criterion changed
    after that. `rows` are the rows of lists that pairs settled; `reach` says for how many of the
    included studies a form was opened and closed.
    """

    id: str
    words: str
    needed: int = 2
    hidden: int = 0
    answered: Mapping[int, int] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    found: Mapping[DiscrepancyKind, int] = field(default_factory=dict)
    open: Mapping[DiscrepancyKind, int] = field(default_factory=dict)
    settled: tuple[Settled, ...] = ()
    rows: SettledRows = field(default_factory=SettledRows)
    overturned: tuple[Overturned, ...] = ()
    reach: Reach | None = None
    told: Told = field(default_factory=lambda: Told(words=""))
    short: int = 0
    under: Mapping[int, int] = field(default_factory=dict)
    stale: int = 0
    agreement: Agreement | None = None

    @property
    def to_settle(self) -> int:
        """How many discrepancies are open."""
        return sum(self.open.values())

    @property
    def named(self) -> tuple[str, ...]:
        """The names of those who answered anything here."""
        return tuple(part.name for part in self.parts if part.decided or part.closed)

    @property
    def begun(self) -> bool:
        """Whether anybody answered anything."""
        return any(part.decided or part.closed for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """A form, what was done with it, and the tables and plots of what was agreed."""

    step: StepFacts
    appraisal: bool = False
    reference: str = ""
    provenance: str = ""
    licence: str = ""
    versions: tuple[Version, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()  # a section, and the words of a question in it
    names: Mapping[str, str] = field(default_factory=dict)  # of questions, told apart, by id
    agreement: tuple[QuestionAgreement, ...] = ()
    totals: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    plots: tuple[tuple[str, Drawing], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the report of a review tells."""

    protocol: Protocol
    flow: Flow = field(default_factory=Flow)
    program: str = ""
    versions: tuple[Version, ...] = ()
    searches: tuple[Batch, ...] = ()
    duplicates: str = ""
    removed: tuple[Listed, ...] = ()
    reviewers: tuple[str, ...] = ()
    arbitrators: tuple[str, ...] = ()
    title_abstract: StepFacts = field(
        default_factory=lambda: StepFacts(id="title-abstract", words="Title and abstract")
    )
    full_text: StepFacts = field(
        default_factory=lambda: StepFacts(id="full-text", words="Full text")
    )
    forms: tuple[FormFacts, ...] = ()
    levels: tuple[int, ...] = ()  # how much of the decisions the meeting chose to see, in order
    corrected: int = 0
    excluded: tuple[Listed, ...] = ()
    not_retrieved: tuple[Listed, ...] = ()
    awaiting: tuple[Listed, ...] = ()
    studies: Sheet | None = None
    counts: Sheet | None = None
    plots: tuple[tuple[str, Drawing], ...] = ()
    continued: tuple[str, ...] = ()  # why a file made from copies goes on as the project
    explain: tuple[str, ...] = ()  # what of the flow the text of the review has to explain
    sums: tuple[str, ...] = ()  # the sums of PRISMA that do not come out

    @property
    def stages(self) -> tuple[StepFacts, StepFacts]:
        """The stages of screening."""
        return self.title_abstract, self.full_text

    @property
    def steps(self) -> tuple[StepFacts, ...]:
        """The stages and the forms."""
        return (*self.stages, *(one.step for one in self.forms))

    @property
    def standing(self) -> tuple[Batch, ...]:
        """The imports that were not taken back."""
        return tuple(one for one in self.searches if not one.withdrawn)

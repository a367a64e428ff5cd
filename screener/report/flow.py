"""The flow of a review: every number of the PRISMA 2020 diagram, in one value.

The fields have the names of the template of the PRISMA2020 R package, so that the diagram, the
CSV for R and the JSON of the command line call the same number by the same name. `None` means
"not searched" or "no such thing in this review"; 0 means "searched, none found".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from screener.model.words import counted, listed

Counts: TypeAlias = tuple[tuple[str, int], ...]
"""Labels and their numbers, in the order in which they are shown."""

IN_CONFLICT = "in conflict"
"""What records or reports are on which the reviewers' verdicts contradict each other."""

AWAITING = "Awaiting classification"
"""The label of the reports that can be judged only when more is known of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What is not decided yet, by stage, and how much of it waits for the meeting, by what it is.

    What was settled and is re-opened keeps its outcome and is counted where that puts it: it is
    in `title_abstract_reopened` or `full_text_reopened`, and in no other number of these.
    """

    title_abstract: int = 0
    retrieval: int = 0
    full_text: int = 0
    title_abstract_open: Counts = ()
    full_text_open: Counts = ()
    title_abstract_reopened: int = 0
    full_text_reopened: int = 0

    @property
    def open(self) -> int:
        """Everything that is not decided yet."""
        return self.title_abstract + self.retrieval + self.full_text

    def without(self, part: Pending) -> Pending:
        """Take `part` of it away."""
        return Pending(
            title_abstract=self.title_abstract - part.title_abstract,
            retrieval=self.retrieval - part.retrieval,
            full_text=self.full_text - part.full_text,
            title_abstract_open=_less(self.title_abstract_open, part.title_abstract_open),
            full_text_open=_less(self.full_text_open, part.full_text_open),
            title_abstract_reopened=self.title_abstract_reopened - part.title_abstract_reopened,
            full_text_reopened=self.full_text_reopened - part.full_text_reopened,
        )

    def json(self) -> dict[str, int]:
        """Give the three stages as the command line prints them."""
        return {
            "title_abstract": self.title_abstract,
            "retrieval": self.retrieval,
            "full_text": self.full_text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The counts of a review, from final outcomes only.

    `pending` counts both columns, `other_pending` the part of it that belongs to the column of
    the other methods. Reports awaiting classification are counted in `dbr_awaiting` and
    `other_awaiting` and stand as a line of their own among the reports not included.
    `other_excluded_before` and `other_duplicates` are records found by other methods that were
    excluded by title and abstract, or are duplicates of others: PRISMA has no box for them.
    `ongoing` are those of the reports awaiting classification that are of ongoing studies.
    `problems` are the sentences of `remarks.py` and `check`, for the reader of the numbers.
    `elsewhere` says where what is pending stands, in a file that does not know what was decided.
    """

    database_results: int = 0
    register_results: int = 0
    database_specific_results: Counts = ()
    register_specific_results: Counts = ()
    website_results: int | None = None
    organisation_results: int | None = None
    citations_results: int | None = None
    duplicates: int = 0
    duplicates_automatic: int | None = None
    duplicates_by_hand: int | None = None
    excluded_automatic: int = 0
    excluded_other: int = 0
    records_screened: int = 0
    records_excluded: int = 0
    dbr_sought_reports: int = 0
    dbr_notretrieved_reports: int = 0
    dbr_assessed: int = 0
    dbr_excluded: Counts = ()
    dbr_awaiting: int = 0
    other_sought_reports: int = 0
    other_notretrieved_reports: int = 0
    other_assessed: int = 0
    other_excluded: Counts = ()
    other_awaiting: int = 0
    ongoing: int = 0
    other_excluded_before: int = 0
    other_duplicates: int = 0
    new_studies: int = 0
    new_reports: int = 0
    previous_studies: int | None = None
    previous_reports: int | None = None
    draft: bool = False
    pending: Pending = Pending()
    other_pending: Pending = Pending()
    problems: tuple[str, ...] = ()
    elsewhere: str = ""

    @property
    def other_methods(self) -> bool:
        """Say whether any other method than databases and registers was used."""
        return any(count is not None for count in self._other_results())

    @property
    def updated(self) -> bool:
        """Say whether the review updates an earlier version of itself."""
        return self.previous_studies is not None or self.previous_reports is not None

    @property
    def identified(self) -> int:
        """Records found in databases and registers."""
        return self.database_results + self.register_results

    @property
    def other_identified(self) -> int:
        """Records found by other methods."""
        return sum(count or 0 for count in self._other_results())

    @property
    def nothing_identified(self) -> bool:
        """Whether no search has found a record: there is nothing yet to draw a flow of."""
        return not self.identified and not self.other_identified

    @property
    def nothing_left(self) -> bool:
        """Whether no record is left of all that was found: none is screened, or is to be."""
        others = self.other_sought_reports + self.other_excluded_before
        return not (self.records_screened + others + self.other_pending.title_abstract)

    @property
    def other_unsought(self) -> int:
        """Other records that no box and no further remark has: those that were removed.

        Less than 0 when more reports were sought than can be.
        """
        said = self.other_excluded_before + self.other_duplicates
        pending = self.other_pending.title_abstract
        return self.other_identified - self.other_sought_reports - pending - said

    @property
    def dbr_pending(self) -> Pending:
        """What is not decided yet in the column of databases and registers."""
        return self.pending.without(self.other_pending)

    @property
    def dbr_not_included(self) -> Counts:
        """The reasons of exclusion, and last what awaits classification."""
        return _with_awaiting(self.dbr_excluded, self.dbr_awaiting)

    @property
    def other_not_included(self) -> Counts:
        """The same for the reports found by other methods."""
        return _with_awaiting(self.other_excluded, self.other_awaiting)

    @property
    def total_studies(self) -> int | None:
        """Studies of this and the previous version; None in a new review."""
        return None if self.previous_studies is None else self.previous_studies + self.new_studies

    @property
    def total_reports(self) -> int | None:
        """Reports of this and the previous version; None in a new review."""
        return None if self.previous_reports is None else self.previous_reports + self.new_reports

    @property
    def draft_sentence(self) -> str:
        """Why the flow is a draft, in one sentence; empty when it is none."""
        if not self.draft:
            return ""
        parts = (
            _undecided(self.pending.title_abstract, self.pending.title_abstract_open, "record"),
            _are(self.pending.retrieval, "report", "being sought"),
            _undecided(self.pending.full_text, self.pending.full_text_open, "report"),
            _are(self.pending.title_abstract_reopened, "settled record", "re-opened"),
            _are(self.pending.full_text_reopened, "settled report", "re-opened"),
        )
        said = listed([part for part in parts if part])
        if not said and self.nothing_identified:
            return "Draft while there are no records."
        if not said and self.nothing_left:
            return "Draft while no record is left to be screened."
        if said and self.elsewhere:
            return f"Draft: {self.elsewhere}."
        return f"Draft while {said}." if said else "Draft: the review is not finished."

    def json(self) -> dict[str, object]:
        """Give the numbers as the command line prints them."""
        return {
            **{name: self._value(name) for name in FIELDS},
            # In a new review the totals are the new ones, so that sums over the document close.
            "total_studies": (self.previous_studies or 0) + self.new_studies,
            "total_reports": (self.previous_reports or 0) + self.new_reports,
            "dbr_awaiting": self.dbr_awaiting,
            "other_awaiting": self.other_awaiting,
            "ongoing": self.ongoing,
            "duplicates_automatic": self.duplicates_automatic,
            "duplicates_by_hand": self.duplicates_by_hand,
            "draft": self.draft,
            "pending": self.pending.json(),
            "other_pending": self.other_pending.json(),
            "problems": list(self.problems),
        }

    def count(self, name: str) -> int | Counts | None:
        """Give the number of a template field, or its list of labels and numbers."""
        if name in ("dbr_excluded", "other_excluded"):
            return self.dbr_not_included if name == "dbr_excluded" else self.other_not_included
        if name in ("total_studies_ma", "total_reports_ma"):
            return None  # which studies enter a meta-analysis is decided elsewhere
        value: int | Counts | None = getattr(self, name)
        return value

    def _value(self, name: str) -> object:
        value = self.count(name)
        return [list(pair) for pair in value] if isinstance(value, tuple) else value

    def _other_results(self) -> tuple[int | None, int | None, int | None]:
        return self.website_results, self.organisation_results, self.citations_results


FIELDS = (
    "previous_studies",
    "previous_reports",
    "database_results",
    "database_specific_results",
    "register_results",
    "register_specific_results",
    "website_results",
    "organisation_results",
    "citations_results",
    "duplicates",
    "excluded_automatic",
    "excluded_other",
    "records_screened",
    "records_excluded",
    "dbr_sought_reports",
    "dbr_notretrieved_reports",
    "other_sought_reports",
    "other_notretrieved_reports",
    "dbr_assessed",
    "dbr_excluded",
    "other_assessed",
    "other_excluded",
    "new_studies",
    "new_reports",
    "total_studies",
    "total_reports",
    "total_studies_ma",
    "total_reports_ma",
)
"""The names of the template, in its order."""


def check(flow: Flow) -> tuple[str, ...]:
    """Name every sum of PRISMA 2020 that does not come out; empty when all do.

    In a draft what is pending is part of the sums, so that they come out there too.
    """
    left, right = flow.dbr_pending, flow.other_pending
    removed = flow.duplicates + flow.excluded_automatic + flow.excluded_other
    equal = [
        ("Records screened", flow.records_screened, flow.identified - removed),
        (
            "Reports assessed for eligibility",
            flow.dbr_assessed,
            flow.dbr_sought_reports - flow.dbr_notretrieved_reports - left.retrieval,
        ),
        (
            "Reports assessed for eligibility, other methods",
            flow.other_assessed,
            flow.other_sought_reports - flow.other_notretrieved_reports - right.retrieval,
        ),
        (
            "Reports of included studies",
            flow.new_reports,
            flow.dbr_assessed
            + flow.other_assessed
            - _sum(flow.dbr_not_included)
            - _sum(flow.other_not_included)
            - flow.pending.full_text,
        ),
        *_parts(flow),
    ]
    wrong = [
        f"{name}: {got}, but {due} follows from the rest." for name, got, due in equal if got != due
    ]
    return (*wrong, *_limits(flow))


def _parts(flow: Flow) -> list[tuple[str, int, int]]:
    """Sum the lists, where there is a list."""
    sums = []
    if flow.database_specific_results:
        due = _sum(flow.database_specific_results)
        sums.append(("Records from databases", flow.database_results, due))
    if flow.register_specific_results:
        due = _sum(flow.register_specific_results)
        sums.append(("Records from registers", flow.register_results, due))
    if flow.duplicates_automatic is not None and flow.duplicates_by_hand is not None:
        due = flow.duplicates_automatic + flow.duplicates_by_hand
        sums.append(("Duplicate records removed", flow.duplicates, due))
    return sums


def _limits(flow: Flow) -> list[str]:
    """Name what is less, or more, than it can be."""
    limits = (
        (
            flow.other_unsought < 0,
            "More reports of other methods were sought than records identified.",
        ),
        (
            flow.pending.open > 0 and not flow.draft,
            "Something is not decided yet, so this flow is a draft.",
        ),
        (any(number < 0 for number in _numbers(flow)), "A count is less than nothing."),
    )
    return [words for wrong, words in limits if wrong]


def _numbers(flow: Flow) -> list[int]:
    values = [flow.count(name) for name in FIELDS]
    single = [value for value in values if isinstance(value, int)]
    within = [number for value in values if isinstance(value, tuple) for _, number in value]
    pending = [*flow.dbr_pending.json().values(), *flow.other_pending.json().values()]
    return [*single, *within, *pending]


def _sum(counts: Counts) -> int:
    return sum(number for _, number in counts)


def _with_awaiting(excluded: Counts, awaiting: int) -> Counts:
    return (*excluded, (AWAITING, awaiting)) if awaiting else excluded


def all_in_conflict(number: int, open_: Counts) -> bool:
    """Say whether the pending `number` of a stage is nothing but conflicts of verdicts."""
    return open_ == ((IN_CONFLICT, number),)


def open_words(open_: Counts) -> str:
    """Return what waits for the meeting, each by what it is: "3 in conflict, 1 marked maybe"."""
    return ", ".join(f"{number:,} {words}" for words, number in open_)


def _less(whole: Counts, part: Counts) -> Counts:
    taken = dict(part)
    left = ((words, number - taken.get(words, 0)) for words, number in whole)
    return tuple((words, number) for words, number in left if number)


def _undecided(number: int, open_: Counts, noun: str) -> str:
    if all_in_conflict(number, open_):
        return _are(number, noun, IN_CONFLICT)
    return _are(number, noun, "undecided" + (f" ({open_words(open_)})" if open_ else ""))


def _are(number: int, noun: str, what: str) -> str:
    """Say what so many are; nothing of none."""
    return f"{counted(number, noun)} {'is' if number == 1 else 'are'} {what}" if number else ""

"""Groups of records as they are shown side by side: columns, what differs, why they are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screener import Project
from screener.duplicates.duplicates import Joined
from screener.duplicates.found import Link, Linked, Question
from screener.duplicates.partition import in_common, most_complete, proposed_part
from screener.duplicates.proposals import Proposal
from screener.duplicates.rules import CERTAIN, QUESTIONS
from screener.model import Unit
from ui.duplicates.columns import LETTERS, Shown

_RULES = {rule.name: rule.words for rule in (*CERTAIN, *QUESTIONS)}
_OTHER_RULES = {
    "answer": "you said that they are the same report",
    "proposal": "a reviewer proposed it while screening",
    "by hand": "you joined them by hand",
    "split": "what was left when a record was split out",
    "chain": "certain by itself, but others of the two groups contradict",
}
_LINKS = {
    Link.COCHRANE: "two versions of a Cochrane review",
    Link.NOTICE: "a report and a notice or comment on it",
    Link.PREPRINT: "a preprint and its report",
    Link.CONFERENCE: "a conference abstract and a report",
    Link.ELSEWHERE: "the same title and authors, published in two places",
    Link.REGISTRATION: "a registry entry and a report",
}
_APART = "you said that they are different reports"


class Mode(StrEnum):
    """Which groups are looked at."""

    ASK = "ask"
    PROPOSED = "proposed"
    CERTAIN = "certain"
    ANSWERED = "answered"
    DIFFERENT = "different"
    LINKED = "linked"
    RUNS = "runs"
    PICKED = "picked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Records side by side. `kept` is the one shown so far; `suggested` belong together.

    `event` is the join that brought them together, if one did.
    """

    columns: tuple[Shown, ...]
    why: str
    rule: str
    kept: str
    suggested: tuple[str, ...] = ()
    event: str = ""

    @property
    def uids(self) -> tuple[str, ...]:
        """The ids of the columns."""
        return tuple(column.uid for column in self.columns)

    def title(self) -> str:
        """Return the title by which a person knows the group."""
        found = next((c.fields.title for c in self.columns if c.fields.title), "no title")
        return found if len(found) <= 60 else f"{found[:59].rstrip()}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Units that a person said are different reports."""

    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Units that a person put side by side."""

    units: tuple[str, ...]


def rule_words(names: str) -> str:
    """Say what rules mean; `names` are parted by semicolons."""
    words = [_RULES.get(name) or _OTHER_RULES.get(name, "") for name in names.split("; ")]
    return "; ".join(word for word in words if word)


def question_side(project: Project, question: Question, membership: Mapping[str, str]) -> Side:
    """Return a question as columns: one for each unit its records are in now."""
    units = dict.fromkeys(membership.get(uid, uid) for uid in question.records)
    columns = tuple(_unit_column(unit) for unit in project.units.load(units))
    return Side(
        columns=columns,
        why=question.why,
        rule="; ".join(dict.fromkeys(pair.rule for pair in question.pairs)),
        kept=columns[0].uid if columns else "",
        suggested=proposed_part({c.uid: c.fields for c in columns}),
    )


def joined_side(project: Project, joined: Joined, membership: Mapping[str, str]) -> Side:
    """Return the records of a group that was joined, each as its source gave it."""
    unit = membership.get(joined.kept, joined.kept)
    columns = _record_columns(project, joined.records)
    ordered = sorted(columns, key=lambda column: column.uid != unit)
    return Side(
        columns=tuple(ordered),
        why=rule_words(joined.rule),
        rule=joined.rule,
        kept=unit if unit in joined.records else joined.kept,
        event=joined.event,
    )


def apart_side(project: Project, apart: Apart) -> Side:
    """Return units that are kept apart, one a column."""
    columns = tuple(_unit_column(unit) for unit in project.units.load(apart.units))
    kept = columns[0].uid if columns else ""
    return Side(columns=columns, why=_APART, rule="", kept=kept)


def proposed_side(project: Project, proposal: Proposal) -> Side:
    """Return two units that reviewers hold to be one report, and who they are."""
    columns = tuple(_unit_column(unit) for unit in project.units.load(proposal.records))
    who = f"{_and(proposal.reviewers)} proposed it while screening"
    return Side(
        columns=columns,
        why="; ".join(filter(None, (who, _compared(columns)))),
        rule="proposal",
        kept=_most_complete(columns),
    )


def picked_side(project: Project, picked: Picked) -> Side:
    """Return the units a person put side by side, as columns."""
    columns = tuple(_unit_column(unit) for unit in project.units.load(picked.units))
    answers = project.duplicates.answered_different()
    said = _APART if any(len({*picked.units} & {*uids}) > 1 for uids in answers) else ""
    return Side(
        columns=columns,
        why="; ".join(filter(None, (_compared(columns) or "you chose them", said))),
        rule="by hand",
        kept=_most_complete(columns),
    )


def _compared(columns: Sequence[Shown]) -> str:
    """Say what the first two have in common, if the finder would compare them at all."""
    words = in_common(columns[0].fields, columns[1].fields) if len(columns) > 1 else ""
    return f"{LETTERS[0]} and {LETTERS[1]}: {words}" if words and len(columns) > 2 else words


def _most_complete(columns: Sequence[Shown]) -> str:
    return most_complete({c.uid: (c.number, c.fields) for c in columns})


def _and(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def link_words(linked: Linked) -> str:
    """Say how linked reports belong together."""
    return _LINKS[linked.kind]


def linked_side(project: Project, linked: Linked) -> Side:
    """Return reports that belong together and are no duplicates; its records are units."""
    found = [_unit_column(unit) for unit in project.units.load(linked.records)]
    columns = tuple(sorted(found, key=lambda column: column.number))
    return Side(columns=columns, why=link_words(linked), rule="", kept="")


def _record_columns(project: Project, uids: Sequence[str]) -> list[Shown]:
    sources = {batch.id: batch.search.source for batch in project.sources.batches()}
    return [
        Shown(
            uid=record.id,
            number=record.number,
            fields=record.fields,
            found_in=sources.get(record.batch, ""),
        )
        for record in project.duplicates.members(uids)
    ]


def _unit_column(unit: Unit) -> Shown:
    names = ", ".join(dict.fromkeys(source.source for source in unit.sources))
    many = len(unit.members)
    found = f"{names} ({many} records, joined)" if many > 1 else names
    return Shown(uid=unit.id, number=unit.number, fields=unit.fields, found_in=found)

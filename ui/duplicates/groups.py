"""Groups of records as they are shown side by side: columns, what differs, why they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from screener import Project
from screener.duplicates.found import Link, Linked, Question
from screener.duplicates.joins import Joined
from screener.duplicates.partition import in_common, most_complete, proposed_part
from screener.duplicates.proposals import Proposal
from screener.duplicates.rules import CERTAIN, QUESTIONS
from screener.model import Fields, Unit
from screener.units.units import filled_from

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LINK_WORDS = {
    Link.COCHRANE: "two versions of a Cochrane review",
    Link.NOTICE: "a report and a notice or comment on it",
    Link.PREPRINT: "a preprint and its report",
    Link.CONFERENCE: "a conference abstract and a report",
    Link.ELSEWHERE: "the same title and names of authors, published in two places",
    Link.REGISTRATION: "a registry entry and a report",
}
"""How linked reports belong together."""
_RULES = {
    **{rule.name: rule.words for rule in (*CERTAIN, *QUESTIONS)},
    "answer": "you said that they are the same report",
    "proposal": "a reviewer proposed it while screening",
    "by hand": "you joined them by hand",
    "split": "what was left when a record was split out",
    "chain": "certain by itself, but others of the two groups contradict",
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
class Shown:
    """One column: a record, or a group that is joined already and stands for its records."""

    uid: str
    number: int
    fields: Fields
    found_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Records side by side. `kept` is the one shown so far; `suggested` belong together.

    `event` is the join that brought them together, if one did.
    """

    columns: tuple[Shown, ...]
    why: str
    rule: str = ""
    kept: str = ""
    suggested: tuple[str, ...] = ()
    event: str = ""

    @property
    def uids(self) -> tuple[str, ...]:
        """The ids of the columns."""
        return tuple(column.uid for column in self.columns)

    def title(self) -> str:
        """Return the title by which a person knows the group."""
        return shortened(next((c.fields.title for c in self.columns if c.fields.title), "no title"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Units that a person said are different reports."""

    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """Units that a person put side by side."""

    units: tuple[str, ...]


# --- a side of each kind of group -----------------------------------------------------------


def question_side(
    project: Project,
    question: Question,
    membership: Mapping[str, str],
    joined: Sequence[Joined] = (),
    different: Sequence[Sequence[str]] = (),
) -> Side:
    """Return a question as columns: one for each unit its records are in now.

    Where a part of it is answered, by what a person `joined` or said is `different`, it says what
    was decided about which columns, and what is still asked.
    """
    columns = _columns(project, dict.fromkeys(membership.get(u, u) for u in question.records))
    decided = _decided(columns, question, membership, joined, different)
    return Side(
        columns=columns,
        why=decided or question.why,
        rule="; ".join(dict.fromkeys(pair.rule for pair in question.pairs)),
        kept=columns[0].uid if columns else "",
        suggested=proposed_part({c.uid: c.fields for c in columns}),
    )


def _decided(
    columns: Sequence[Shown],
    question: Question,
    membership: Mapping[str, str],
    joined: Sequence[Joined],
    different: Sequence[Sequence[str]],
) -> str:
    """Say what a person decided about parts of a question, and what is still asked; "" at first."""
    asked, of_unit = set(question.records), {c.uid: n for n, c in enumerate(columns)}
    said = []
    for place, column in enumerate(columns):
        many = {uid for uid in asked if membership.get(uid, uid) == column.uid}
        if any(one.by_hand and len(many.intersection(one.records)) > 1 for one in joined):
            said.append(f"{letter(place)} is {len(many)} records, joined")
    apart = set()
    for uids in different:
        places = sorted({of_unit[u] for u in (membership.get(x, x) for x in uids) if u in of_unit})
        apart |= set(combinations(places, 2))
    said += [f"{letter(one)} and {letter(other)} are different" for one, other in sorted(apart)]
    if not said:
        return ""
    for pair in question.pairs:
        one, other = sorted(of_unit[membership.get(u, u)] for u in (pair.one, pair.other))
        if one != other and (one, other) not in apart:
            words = in_common(columns[one].fields, columns[other].fields) or rule_words(pair.rule)
            asks = f"{letter(one)} and {letter(other)}: {words}"
            return f"{asks}; you decided already: {', '.join(said)}"
    return f"you decided already: {', '.join(said)}"


def joined_side(project: Project, joined: Joined, membership: Mapping[str, str]) -> Side:
    """Return the records of a group that was joined, each as its source gave it."""
    unit = membership.get(joined.kept, joined.kept)
    sources = {batch.id: batch.search.source for batch in project.sources.batches()}
    columns = [
        Shown(
            uid=record.id,
            number=record.number,
            fields=record.fields,
            found_in=sources.get(record.batch, ""),
        )
        for record in project.duplicates.members(joined.records)
    ]
    return Side(
        columns=tuple(sorted(columns, key=lambda column: column.uid != unit)),
        why=rule_words(joined.rule),
        rule=joined.rule,
        kept=unit if unit in joined.records else joined.kept,
        event=joined.event,
    )


def apart_side(project: Project, apart: Apart) -> Side:
    """Return units that are kept apart, one a column."""
    columns = _columns(project, apart.units)
    return Side(columns=columns, why=_APART, kept=columns[0].uid if columns else "")


def proposed_side(project: Project, proposal: Proposal) -> Side:
    """Return two units that reviewers hold to be one report, and who they are."""
    columns = _columns(project, proposal.records)
    who = f"{enumerated(proposal.reviewers)} proposed it while screening"
    return Side(
        columns=columns,
        why="; ".join(filter(None, (who, _compared(columns)))),
        rule="proposal",
        kept=_most_complete(columns),
    )


def picked_side(project: Project, picked: Picked) -> Side:
    """Return the units a person put side by side, as columns."""
    columns = _columns(project, picked.units)
    answers = project.duplicates.answered_different()
    said = _APART if any(len({*picked.units} & {*uids}) > 1 for uids in answers) else ""
    return Side(
        columns=columns,
        why="; ".join(filter(None, (_compared(columns) or "you chose them", said))),
        rule="by hand",
        kept=_most_complete(columns),
    )


def linked_side(project: Project, linked: Linked) -> Side:
    """Return reports that belong together and are no duplicates; its records are units."""
    columns = sorted(_columns(project, linked.records), key=lambda column: column.number)
    return Side(columns=tuple(columns), why=LINK_WORDS[linked.kind])


def _columns(project: Project, uids: Iterable[str]) -> tuple[Shown, ...]:
    """Return units as columns."""
    return tuple(
        Shown(uid=unit.id, number=unit.number, fields=unit.fields, found_in=_found_in(unit))
        for unit in project.units.load(uids)
    )


def _found_in(unit: Unit) -> str:
    names = ", ".join(dict.fromkeys(source.source for source in unit.sources))
    many = len(unit.members)
    return f"{names} ({many} records, joined)" if many > 1 else names


def _compared(columns: Sequence[Shown]) -> str:
    """Say what the first two have in common, if the finder would compare them at all."""
    words = in_common(columns[0].fields, columns[1].fields) if len(columns) > 1 else ""
    return f"{LETTERS[0]} and {LETTERS[1]}: {words}" if words and len(columns) > 2 else words


def _most_complete(columns: Sequence[Shown]) -> str:
    return most_complete({c.uid: (c.number, c.fields) for c in columns})


# --- words ----------------------------------------------------------------------------------


def rule_words(names: str) -> str:
    """Say what rules mean; `names` are parted by semicolons."""
    return "; ".join(filter(None, (_RULES.get(name) for name in names.split("; "))))


def letter(column: int) -> str:
    """Return what names a column; after Z the letters begin again."""
    return LETTERS[column % len(LETTERS)]


def enumerated(words: Sequence[str]) -> str:
    """Return "A, B and C"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def shortened(title: str) -> str:
    """Return a title as far as it has room within a sentence."""
    return title if len(title) <= 60 else f"{title[:59].rstrip()}…"


# --- the fields of a side, one a line -------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of all columns. `differs` says whether differing words are marked."""

    label: str
    texts: tuple[str, ...]
    step: str = "body"
    differs: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A line of the page: its label, the names of the fields it shows, what it says of them.

    A rare one stands there only where somebody gave it; a line of `words` only where they differ.
    """

    label: str
    names: tuple[str, ...]
    text: Callable[[Fields], str]
    step: str = "body"
    rare: bool = False
    words: bool = False


def lines(columns: Sequence[Shown]) -> list[Line]:
    """Return the fields of the columns, one a line; rare ones only where somebody gave them."""
    found = []
    for field in _FIELDS:
        texts = tuple(field.text(column.fields) for column in columns)
        if not field.rare or (any(texts) and not (field.words and len(set(texts)) == 1)):
            found.append(Line(label=field.label, texts=texts, step=field.step))
    where = tuple(f"{c.found_in}, record {c.number:,}".lstrip(", ") for c in columns)
    return [*found, Line(label="Found in", texts=where, step="small", differs=False)]


def given_by(columns: Sequence[Shown], kept: int) -> dict[str, int]:
    """Return which column fills a line that is empty in the shown one, by the line's label."""
    places = {column.uid: place for place, column in enumerate(columns)}
    givers = filled_from(columns[kept].uid, {c.uid: (c.number, c.fields) for c in columns})
    found = {}
    for field in _FIELDS:
        giver = next((givers[name] for name in field.names if name in givers), "")
        if giver and not field.text(columns[kept].fields):
            found[field.label] = places[giver]
    return found


def _place(fields: Fields) -> str:
    issue = f"({fields.issue})" if fields.issue else ""
    pages = fields.pages or fields.article_number
    volume = f"{fields.volume}{issue}"
    return f"{volume}: {pages}" if volume and pages else volume or pages


_PLACE = ("volume", "issue", "pages", "article_number")
_FIELDS = (
    _Field(label="Title", names=("title",), text=lambda f: f.title, step="abstract"),
    _Field(
        label="Translated title", names=("translated_title",), text=lambda f: f.translated_title,
        rare=True,
    ),
    _Field(label="Authors", names=("authors",), text=lambda f: "; ".join(f.authors)),
    _Field(label="Journal", names=("journal",), text=lambda f: f.journal),
    _Field(label="Year", names=("year",), text=lambda f: str(f.year or "")),
    _Field(label="Volume, pages", names=_PLACE, text=_place),
    _Field(label="DOI", names=("doi",), text=lambda f: f.doi),
    _Field(label="PMID", names=("pmid",), text=lambda f: f.pmid, rare=True),
    _Field(
        label="Registration", names=("registration",), text=lambda f: f.registration, rare=True
    ),
    _Field(label="Type", names=("type",), text=lambda f: f.type, rare=True, words=True),
    _Field(
        label="Language", names=("language",), text=lambda f: f.language, rare=True, words=True
    ),
    _Field(label="Abstract", names=("abstract",), text=lambda f: f.abstract, step="note"),
    _Field(
        label="Keywords", names=("keywords",), text=lambda f: "; ".join(f.keywords), step="small",
        rare=True,
    ),
)  # fmt: skip

"""The checklists of PRISMA 2020 and PRISMA-S: where the report answers an item, what is missing.

The items stand word for word in `resources/report`; both are published under CC BY 4.0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from screener.model import Batch, SourceKind
from screener.model.words import first_of, listed
from screener.printing import document as d
from screener.printing.manuscript.facts import Facts, StepFacts
from screener.printing.manuscript.tables import doi_link
from screener.printing.manuscript.voice import FOLDER, Voice

PRISMA, SEARCHES = "prisma-2020", "prisma-s"
WRITE = "not in the project file: write it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a checklist, word for word."""

    id: str
    section: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A checklist: its items, and what it is cited by."""

    title: str
    source: str
    doi: str
    licence: str
    items: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an item is answered, "" for nowhere, and what of it is missing."""

    where: str = ""
    missing: str = ""


@cache
def checklist(name: str) -> Checklist:
    """Return a checklist by its name."""
    whole = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    items = tuple(Entry(**one) for one in whole.pop("items"))
    return Checklist(items=items, **whole)


def tables(facts: Facts, voice: Voice) -> Iterator[d.Block]:
    """Yield both checklists, each with where it is from."""
    for name, answers in ((PRISMA, _PRISMA), (SEARCHES, _SEARCHES)):
        found = checklist(name)
        heads = ("Item", "Section and topic", found.title, "Where in this report", "Missing")
        rows = [
            (one.id, f"{one.section}: {one.topic}", one.text, voice(said.where), said.missing)
            for one in found.items
            for said in (answers[one.id](facts),)
        ]
        yield d.table(
            found.title,
            [heads[0], voice(heads[1]), voice("What the checklist asks"), *map(voice, heads[3:])],
            rows,
            widths=(0.8, 2.2, 5, 2.4, 2.6),
            name=found.title,
        )
        link = d.Run(f"doi:{found.doi}", link=doi_link(found.doi))
        said = voice("The items are cited from: {source} ", source=found.source)
        yield d.Paragraph(words=d.words(said, link, f". {found.licence}."), small=True)


def missing(facts: Facts) -> list[str]:
    """Return what is missing that the project file could hold, each once."""
    found = [
        answer(facts).missing
        for answers in (_SEARCHES, _PRISMA)
        for answer in answers.values()
    ]  # fmt: skip
    return [one for one in dict.fromkeys(found) if one and WRITE not in one]


# --- answers -------------------------------------------------------------------------------------


def _write(_: Facts) -> Answer:
    return Answer(missing=WRITE)


def _said(where: str, missing: str, has: Callable[[Facts], object], facts: Facts) -> Answer:
    return Answer(where=where) if has(facts) else Answer(missing=missing)


def _criteria(facts: Facts) -> Answer:
    said = [one for one in facts.protocol.criteria if one.include or one.exclude]
    if not said:
        return Answer(missing="the protocol says of no criterion what is included or excluded")
    mute = [one.name for one in facts.protocol.criteria if one not in said]
    left = f"no words for {listed(mute)}; " if mute else ""
    return Answer("Eligibility criteria", f"{left}how studies were grouped: {WRITE}")


def _lacking(of: Sequence[Batch], field: str, what: str) -> str:
    """Name the searches of which something is not said."""
    without = [b.search.source for b in of if not str(getattr(b.search, field) or "").strip()]
    names = listed(first_of(list(dict.fromkeys(without))))
    return f"{what} of {names}" if without else ""


def _searched(fields: Sequence[tuple[str, str]], where: str, facts: Facts) -> Answer:
    of = facts.standing
    if not of:
        return Answer(missing="no search was imported")
    lacks = [_lacking(of, field, what) for field, what in fields]
    return Answer(where, "; ".join(filter(None, lacks)))


def _of_kinds(kinds: Sequence[SourceKind], none: str, facts: Facts) -> Answer:
    here = [one for one in facts.standing if one.search.kind in kinds]
    return Answer("Information sources") if here else Answer(missing=none)


_PLATFORM = (("platform", "the platform"),)
_DAY = (("searched", "the date of the search"),)
_STRATEGY = (("strategy", "the strategy"),)
_LIMITS = (("limits", "whether there were limits"),)
_FILTERS = (("filters", "whether there were filters"),)


def _databases(facts: Facts) -> Answer:
    here = [one for one in facts.standing if one.search.kind.is_database]
    if not here:
        return Answer(missing="no database or register was searched")
    return Answer("Information sources", _lacking(here, *_PLATFORM[0]))


def _selection(facts: Facts) -> Answer:
    begun = [one for one in facts.stages if one.begun]
    if not begun:
        return Answer(missing="nobody has decided anything")
    return Answer("Selection of studies; Consensus; Automation", _unfinished(begun))


def _unfinished(steps: Sequence[StepFacts]) -> str:
    few = [
        f"{one.words}: {one.short:,} not answered by enough reviewers" for one in steps if one.short
    ]
    hidden = [f"{one.words}: {one.hidden:,} hidden" for one in steps if one.hidden]
    return "; ".join([*few, *hidden])


def _forms(where: str, none: str, facts: Facts, *, appraisal: bool) -> Answer:
    here = [one for one in facts.forms if one.appraisal is appraisal]
    begun = [one.step for one in here if one.step.begun]
    if not begun:
        idle = listed([one.step.words for one in here])
        return Answer(missing=f"{idle}: nobody has answered it" if here else none)
    return Answer(where, _unfinished(begun))


_extraction = partial(_forms, appraisal=False)
_appraisal = partial(_forms, appraisal=True)
_NO_FORM = "no form for data"
_NO_APPRAISAL = "no form for an appraisal"


def _flow(facts: Facts) -> Answer:
    if facts.flow.nothing_identified:
        return Answer(missing="there are no records")
    return Answer(
        "Study selection; PRISMA 2020 flow diagram", "it is a draft" if facts.flow.draft else ""
    )


def _excluded(facts: Facts) -> Answer:
    mute = sum(not one.why for one in facts.excluded)
    if not facts.excluded:
        full_text = facts.full_text.begun
        none = "no report was excluded" if full_text else "full text was not begun"
        return Answer(missing=none)
    return Answer("Reports excluded at full text", f"{mute:,} without a reason" if mute else "")


def _included(facts: Facts) -> Answer:
    if facts.studies is None or not facts.flow.new_reports:
        return Answer(missing="nothing is included")
    return Answer("Included studies; Characteristics of included studies")


def _amended(facts: Facts) -> Answer:
    if len(facts.versions) < 2:
        where = "Protocol and registration" if facts.versions else ""
        return Answer(where, f"changes of what was registered: {WRITE}")
    mute = [str(one.number) for one in facts.versions[1:] if not one.why]
    return Answer("Versions of the protocol", f"why of version {listed(mute)}" if mute else "")


def _total(facts: Facts) -> Answer:
    return _searched((("claimed", "the number of records announced"),), "Sources", facts)


def _updates(facts: Facts) -> Answer:
    days = {one.search.searched for one in facts.standing if one.search.searched}
    previous = facts.protocol.previous is not None
    if len(days) > 1 or previous:
        return Answer("Information sources", f"how the searches were updated: {WRITE}")
    return Answer(missing=WRITE)


def _deduplicated(facts: Facts) -> Answer:
    if not facts.standing:
        return Answer(missing="no search was imported")
    return Answer("Duplicates and records removed")


_PRISMA: Mapping[str, Callable[[Facts], Answer]] = {
    "1": lambda _: Answer(missing=f"the title as of a systematic review: {WRITE}"),
    **dict.fromkeys(("2", "3"), _write),
    "4": partial(
        _said, "Eligibility criteria", "the protocol has no question",
        lambda facts: facts.protocol.question,
    ),
    "5": _criteria,
    "6": partial(_searched, _DAY, "Information sources; Sources"),
    "7": partial(
        _searched, (*_STRATEGY, *_LIMITS, *_FILTERS), "Search strategies; Information sources"
    ),
    "8": _selection,
    "9": partial(_extraction, "Data collection", _NO_FORM),
    **{id_: partial(_extraction, "Fields of the forms", _NO_FORM) for id_ in ("10a", "10b")},
    "11": partial(_appraisal, "Appraisal of the studies", _NO_APPRAISAL),
    **dict.fromkeys(("12", "13a", "13b", "13c", "13d", "13e", "13f", "14", "15"), _write),
    "16a": _flow,
    "16b": _excluded,
    "17": _included,
    "18": partial(_appraisal, "Ratings", _NO_APPRAISAL),
    "19": partial(_extraction, "Characteristics of included studies", _NO_FORM),
    **dict.fromkeys(("20a", "20b", "20c", "20d", "21", "22", "23a", "23b", "23c", "23d"), _write),
    "24a": partial(
        _said, "Protocol and registration", "the protocol has no registration",
        lambda facts: facts.protocol.registration,
    ),
    "24b": lambda facts: Answer(
        "Protocol and registration" if facts.versions else "",
        f"where the protocol can be read: {WRITE}",
    ),
    "24c": _amended,
    **dict.fromkeys(("25", "26", "27"), _write),
}  # fmt: skip
_SEARCHES: Mapping[str, Callable[[Facts], Answer]] = {
    "1": _databases,
    "2": lambda _: Answer(missing=f"databases that were searched together: {WRITE}"),
    "3": partial(_of_kinds, (SourceKind.REGISTER,), "no register was searched"),
    "4": partial(
        _of_kinds, (SourceKind.WEBSITE, SourceKind.ORGANISATION),
        "no website or organisation was searched",
    ),
    "5": partial(_of_kinds, (SourceKind.CITATION_SEARCHING,), "no citations were searched"),
    "6": lambda _: Answer(missing=WRITE),
    "7": lambda _: Answer(missing=WRITE),
    "8": partial(_searched, _STRATEGY, "Search strategies"),
    "9": partial(_searched, _LIMITS, "Information sources; Sources"),
    "10": partial(_searched, _FILTERS, "Information sources; Sources"),
    "11": _write,
    "12": _updates,
    "13": partial(_searched, _DAY, "Information sources; Sources"),
    "14": _write,
    "15": _total,
    "16": _deduplicated,
}  # fmt: skip

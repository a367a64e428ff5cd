"""The checklists of PRISMA 2020 and PRISMA-S, and the list of what a report lacks.

The items stand word for word in `resources/report`; both are published under CC BY 4.0. What the
report answers of each is in `answering.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from screener.model.words import listed
from screener.printing import document as d
from screener.printing.manuscript.answering import PRISMA_2020, PRISMA_S
from screener.printing.manuscript.facts import Facts
from screener.printing.manuscript.lacks import EXPLAIN, GROUPS, RESULTS, WRITE, Lack, once
from screener.printing.manuscript.tables import doi_link
from screener.printing.manuscript.voice import FOLDER, Voice

PRISMA, SEARCHES = "prisma-2020", "prisma-s"
ANSWERS = {PRISMA: PRISMA_2020, SEARCHES: PRISMA_S}
"""What the report answers of each item, by checklist."""


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


@cache
def checklist(name: str) -> Checklist:
    """Return a checklist by its name."""
    whole = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    items = tuple(Entry(**one) for one in whole.pop("items"))
    return Checklist(items=items, **whole)


def tables(facts: Facts, voice: Voice) -> Iterator[d.Block]:
    """Yield both checklists, each with where it is from."""
    for name, answers in ANSWERS.items():
        found = checklist(name)
        heads = (
            "Item",
            "Section and topic",
            "What the checklist asks",
            "State",
            "Where",
            "Missing",
        )
        rows = [
            (
                one.id,
                one.topic if one.topic == one.section else f"{one.section}: {one.topic}",
                one.text,
                voice(said.state),
                voice(said.where),
                said.missing,
            )
            for one in found.items
            for said in (answers[one.id](facts),)
        ]
        yield d.table(
            found.title,
            [voice(head) for head in heads],
            rows,
            widths=(0.8, 2, 4.6, 1.6, 1.9, 2.6),
            name=found.title,
        )
        link = d.Run(f"doi:{found.doi}", link=doi_link(found.doi))
        said = voice("The items are cited from: {source} ", source=found.source)
        yield d.Paragraph(words=d.words(said, link, f". {found.licence}."), small=True)


def missing(facts: Facts) -> dict[str, list[str]]:
    """Return what is missing that a project file can hold, or that the text has to explain.

    Each thing stands once, under the group it belongs to.
    """
    answered = (
        lack
        for answers in ANSWERS.values()
        for answer in answers.values()
        for lack in answer(facts).lacks
    )
    every = [
        *answered,
        *(Lack(one, RESULTS) for one in facts.sums),
        *(Lack(one, EXPLAIN) for one in facts.explain),
    ]
    several = once(every)
    found = {group: [one.said for one in several if one.group == group] for group in GROUPS}
    return {group: said for group, said in found.items() if said}


def to_write(facts: Facts, voice: Voice) -> str:
    """Say in one sentence which items of the checklists only the authors can write."""
    parts = [
        f"{checklist(name).title.removesuffix(' checklist')} {listed(ids)}"
        for name, answers in ANSWERS.items()
        if (ids := [i for i, answer in answers.items() if answer(facts).state == WRITE])
    ]
    return voice(
        "Nothing of these items is answered in this report: {parts}. The checklists in the appendix"
        " name them, and what is missing of those that are answered in part.",
        parts="; ".join(parts),
    )

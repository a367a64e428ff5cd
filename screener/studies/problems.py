"""What is wrong with studies, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from screener.model.words import as_name, listed
from screener.store.file import File
from screener.store.heads import heads
from screener.store.history import of_kinds
from screener.store.kinds.project import Open, Study, TakenOut
from screener.studies.book import Book


def last_names(file: File, lost: Collection[str]) -> Mapping[str, str]:
    """Return what studies that are none any more were called last, "" where nothing tells."""
    written = [entry.event.body for entry in of_kinds(file, "study")] if lost else []
    names = {body.id: as_name(body.name) for body in written if isinstance(body, Study)}
    return {one: names.get(one, "") for one in sorted(lost)}


def left_open(file: File, without_report: Iterable[str]) -> list[str]:
    """Return the studies, of those without an included report, that a form is open for."""
    out = {(head.step, head.named) for head in heads(file, TakenOut)}
    opened = ((head.step, one) for head in heads(file, Open) for one in head.body.subjects)
    asked = {study for step, study in opened if (step, study) not in out}
    return [id_ for id_ in without_report if id_ in asked]


def problems(
    book: Book, left: Iterable[str], lost: Mapping[str, str], numbers: Mapping[str, int]
) -> list[str]:
    """Return what is wrong: `left` are open studies without a report, or two have one report.

    `lost` are the names of answered studies that are none any more, `numbers` those of the units.
    """
    found = [
        f"{book.bodies[id_].name} has no included report, so it is not asked and not counted; its "
        "answers stay. Link a report to it, or join it to another study."
        for id_ in left
    ]
    found += [
        f"{name or 'A study'} was answered and is no study of this review any more; its answers "
        "stay, and nothing counts them. Take back what was changed of the studies."
        for name in lost.values()
    ]
    for unit, ids in book.joined_by_duplicates():
        names = listed([book.bodies[id_].name for id_ in ids])
        found.append(
            f"Report {numbers.get(unit, '?')} is in {names} since two reports were joined as "
            "duplicates; join these studies, or take the duplicates apart."
        )
    return found

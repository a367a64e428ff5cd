"""What the boxes of the diagram say: the exact labels of PRISMA 2020, and the numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from screener.model.words import counted
from screener.report.drawing import Role
from screener.report.flow import AWAITING, Counts, Flow, all_in_conflict, open_words

PREVIOUS = "Previous studies"
FOOTNOTES = (
    (
        "*Consider, if feasible to do so, reporting the number of records identified from each"
        " database or register searched (rather than the total number across all"
        " databases/registers)."
    ),
    (
        "**If automation tools were used, indicate how many records were excluded by a human"
        " and how many were excluded by automation tools."
    ),
    "Source: Page MJ, et al. BMJ 2021;372:n71.",
)

_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some letters in one style; a number is linked to its field."""

    text: str
    strong: bool = False
    role: Role = Role.TEXT
    link: str = ""
    item: str = ""


Word: TypeAlias = tuple[Piece, ...]
"""Pieces that stay on one line where they can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words that are wrapped to the width of their box."""

    words: tuple[Word, ...]
    indent: float = 0
    above: float = 0  # space between it and the one before


def plain(text: str) -> str:
    """Make a foreign label one line of letters that show, without control signs."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(letter for letter in spaced if letter.isprintable() or letter in _JOINERS)


def text(words: str, *, strong: bool = False, role: Role = Role.TEXT) -> Paragraph:
    """Give a paragraph in one style."""
    return Paragraph(words=_words(words, strong=strong, role=role))


def via_databases(flow: Flow) -> str:
    """Return the title over the column of databases and registers."""
    return f"Identification of {_new(flow)}studies via databases and registers"


def via_others(flow: Flow) -> str:
    """Return the title over the column of the other methods."""
    return f"Identification of {_new(flow)}studies via other methods"


def _new(flow: Flow) -> str:
    return "new " if flow.updated else ""


def previous(flow: Flow) -> list[Paragraph]:
    """Say what the earlier version of an updated review included; nothing of a new one."""
    named = (
        ("Studies included in previous version of review", "previous_studies"),
        ("Reports of studies included in previous version of review", "previous_reports"),
    )
    counts = ((label, name, flow.count(name)) for label, name in named)
    return [_count(label, n, name) for label, name, n in counts if isinstance(n, int)]


def identified(flow: Flow) -> list[Paragraph]:
    """Say what the databases and registers found."""
    return [
        text("Records identified from*:", strong=True),
        _count("Databases", flow.database_results, "database_results"),
        *_sources(flow.database_specific_results, "database_specific_results"),
        _count("Registers", flow.register_results, "register_results"),
        *_sources(flow.register_specific_results, "register_specific_results"),
    ]


def removed(flow: Flow) -> list[Paragraph]:
    """Say what was removed before screening."""
    return [
        text("Records removed before screening:", strong=True),
        _count("Duplicate records removed", flow.duplicates, "duplicates"),
        _count(
            "Records marked as ineligible by automation tools",
            flow.excluded_automatic,
            "excluded_automatic",
        ),
        _count("Records removed for other reasons", flow.excluded_other, "excluded_other"),
    ]


def screened(flow: Flow) -> list[Paragraph]:
    """Say what was screened, and what is still open."""
    pending = flow.dbr_pending
    return [
        _count("Records screened", flow.records_screened, "records_screened"),
        *_open(flow, pending.title_abstract, pending.title_abstract_open, "title_abstract"),
        *_reopened(pending.title_abstract_reopened, "title_abstract"),
    ]


def excluded(flow: Flow) -> list[Paragraph]:
    """Say what the screening excluded."""
    return [_count("Records excluded**", flow.records_excluded, "records_excluded")]


def other_identified(flow: Flow) -> list[Paragraph]:
    """Say what each other method found that was used."""
    methods = (
        ("Websites", flow.website_results, "website_results"),
        ("Organisations", flow.organisation_results, "organisation_results"),
        ("Citation searching", flow.citations_results, "citations_results"),
    )
    pending = flow.other_pending
    return [
        text("Records identified from:", strong=True),
        *(_count(label, n, field) for label, n, field in methods if n is not None),
        *_open(
            flow,
            pending.title_abstract,
            pending.title_abstract_open,
            "title_abstract",
            link="other_pending",
        ),
        *_reopened(pending.title_abstract_reopened, "title_abstract", link="other_pending"),
    ]


def sought(flow: Flow, side: str) -> list[Paragraph]:
    """Say which reports were sought; `side` is "dbr" or "other"."""
    number = flow.dbr_sought_reports if side == "dbr" else flow.other_sought_reports
    pending = flow.dbr_pending if side == "dbr" else flow.other_pending
    open_reports = []
    if pending.retrieval:
        words = f"{pending.retrieval:,} still being sought"
        open_reports = [_warning(words, _pending_link(side), "retrieval")]
    return [
        _count("Reports sought for retrieval", number, f"{side}_sought_reports"),
        *open_reports,
    ]


def not_retrieved(flow: Flow, side: str) -> list[Paragraph]:
    """Say how many reports could not be had."""
    number = flow.dbr_notretrieved_reports if side == "dbr" else flow.other_notretrieved_reports
    return [_count("Reports not retrieved", number, f"{side}_notretrieved_reports")]


def assessed(flow: Flow, side: str) -> list[Paragraph]:
    """Say how many reports were assessed, and what is still open."""
    number = flow.dbr_assessed if side == "dbr" else flow.other_assessed
    pending = flow.dbr_pending if side == "dbr" else flow.other_pending
    return [
        _count("Reports assessed for eligibility", number, f"{side}_assessed"),
        *_open(
            flow,
            pending.full_text,
            pending.full_text_open,
            "full_text",
            link=_pending_link(side),
        ),
        *_reopened(pending.full_text_reopened, "full_text", link=_pending_link(side)),
    ]


def not_included(flow: Flow, side: str) -> list[Paragraph]:
    """List the reasons of exclusion, and apart from them what awaits classification."""
    counts = flow.dbr_excluded if side == "dbr" else flow.other_excluded
    awaiting = flow.dbr_awaiting if side == "dbr" else flow.other_awaiting
    field = f"{side}_excluded"
    lines = [text("Reports excluded:", strong=True)]
    lines += [_count(plain(label), n, field, item=label) for label, n in counts]
    if not counts:
        lines = [_count("Reports excluded", 0, field)]
    if awaiting:
        label = f"{AWAITING} or ongoing" if flow.ongoing else AWAITING
        lines.append(_count(label, awaiting, f"{side}_awaiting", above=6))
    return lines


def included(flow: Flow) -> list[Paragraph]:
    """Say what is in the review; of one that is updated, what is new in it."""
    studies, reports = "Studies included in review", "Reports of included studies"
    if flow.updated:
        studies, reports = "New studies included in review", "Reports of new included studies"
    return [
        _count(studies, flow.new_studies, "new_studies"),
        _count(reports, flow.new_reports, "new_reports"),
    ]


def total(flow: Flow) -> list[Paragraph]:
    """Say what is in an updated review with what its earlier version had."""
    named = (
        ("Total studies included in review", flow.total_studies, "total_studies"),
        ("Reports of total included studies", flow.total_reports, "total_reports"),
    )
    return [_count(label, n, field) for label, n, field in named if n is not None]


def spoken(flow: Flow) -> str:
    """Tell the diagram in sentences, for those who hear it."""
    before = [previous(flow)] if flow.updated else []
    boxes = [*before, identified(flow), removed(flow), screened(flow), excluded(flow)]
    sides = ["dbr"]
    if flow.other_methods:
        sides.append("other")
        boxes.append(other_identified(flow))
    for side in sides:
        boxes += [
            sought(flow, side),
            not_retrieved(flow, side),
            assessed(flow, side),
            not_included(flow, side),
        ]
    boxes.append(included(flow))
    if flow.updated:
        boxes.append(total(flow))
    told = [". ".join(_told(paragraph) for paragraph in box) for box in boxes]
    return " ".join([flow.draft_sentence, *(f"{box}." for box in told)]).strip()


def _told(paragraph: Paragraph) -> str:
    return " ".join("".join(piece.text for piece in word) for word in paragraph.words).rstrip(":")


def _words(words: str, *, strong: bool = False, role: Role = Role.TEXT) -> tuple[Word, ...]:
    return tuple((Piece(text=word, strong=strong, role=role),) for word in words.split())


def _count(label: str, number: int, field: str, *, item: str = "", above: float = 0) -> Paragraph:
    figure = Piece(text=f"(n = {number:,})", strong=True, link=field, item=item)
    *words, last = label.split() or [""]
    # The number never stands alone on a line.
    bound = (Piece(text=last), Piece(text=" "), figure) if last else (figure,)
    return Paragraph(words=(*_words(" ".join(words)), bound), above=above)


def _sources(counts: Counts, field: str) -> Iterator[Paragraph]:
    """Give the single sources as one quiet paragraph; a name stays together with its number."""
    if not counts:
        return
    words = []
    for place, (label, number) in enumerate(counts, start=1):
        name, space = Piece(text=plain(label), role=Role.QUIET), Piece(text=" ", role=Role.QUIET)
        figure = Piece(text=f"{number:,}", role=Role.QUIET, link=field, item=label)
        comma = (Piece(text=",", role=Role.QUIET),) if place < len(counts) else ()
        words.append((name, space, figure, *comma))
    yield Paragraph(words=tuple(words), indent=12)


def _open(
    flow: Flow, number: int, open_: Counts, stage: str, *, link: str = "pending"
) -> Iterator[Paragraph]:
    if number and flow.elsewhere:
        yield _warning(f"{number:,} not known here", link, stage)
    elif all_in_conflict(number, open_):
        yield _warning(f"{counted(number, 'conflict')} open", link, stage)
    elif number:
        part = f", {open_words(open_)}" if open_ else ""
        yield _warning(f"{number:,} not yet decided{part}", link, stage)


def _reopened(number: int, stage: str, *, link: str = "pending") -> Iterator[Paragraph]:
    """Say how much is counted with an outcome that is in question again."""
    if number:
        yield _warning(f"{number:,} settled, re-opened", link, f"{stage}_reopened")


def _warning(words: str, link: str, stage: str) -> Paragraph:
    first, *others = words.split()
    number = (Piece(text=first, strong=True, role=Role.WARN, link=link, item=stage),)
    return Paragraph(words=(number, *_words(" ".join(others), strong=True, role=Role.WARN)))


def _pending_link(side: str) -> str:
    return "other_pending" if side == "other" else "pending"

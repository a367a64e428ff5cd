"""The protocol in words: where a criterion is needed, what *maybe* means."""

from __future__ import annotations

from screener.model import (
    LONGEST_ID,
    TAKEN_IDS,
    Criterion,
    Element,
    MaybeRule,
    Previous,
    Protocol,
    Stage,
)
from screener.model.words import counted

NEEDED = (
    ("both", "both stages", frozenset(Stage)),
    ("title-abstract", "title and abstract", frozenset({Stage.TITLE_ABSTRACT})),
    ("full-text", "full text", frozenset({Stage.FULL_TEXT})),
    ("none", "not required", frozenset[Stage]()),
)
"""Where a criterion must be judged: an id, the words, the stages."""

MAYBE = {
    MaybeRule.ADVANCES: "advances to full text; maybe against exclude is a conflict",
    MaybeRule.DISCUSS: "is discussed in the meeting; only include against exclude is a conflict",
    MaybeRule.STRICT: "is a third verdict; every difference is a conflict",
}


def element_name(element: Element) -> str:
    """Return how a criterion of a PICOS element is called."""
    return Criterion(id=str(element), element=element).name


def needed_at(criterion: Criterion) -> str:
    """Return where a criterion is needed, in words."""
    return next(words for _, words, stages in NEEDED if stages == criterion.required_at)


def earlier(previous: Previous) -> str:
    """Return in words what the earlier version of an updated review included."""
    studies = counted(previous.studies, "study", "studies")
    return f"an earlier version with {studies} in {counted(previous.reports, 'report')}"


def further_reasons(protocol: Protocol) -> str:
    """Return the further reasons with their numbers, in one line."""
    return "   ·   ".join(f"{r.number} {r.text}" for r in protocol.reasons if not r.criterion)


def id_from(name: str, taken: set[str]) -> str:
    """Return an id for a name: lower case, hyphens, not taken yet."""
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in name.lower())
    base = "-".join(plain[: LONGEST_ID // 2].split()) or "criterion"
    if base in TAKEN_IDS:
        base = f"{base}-reason"
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found

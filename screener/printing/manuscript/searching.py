"""The methods up to screening: protocol, criteria, searches, duplicates, what was removed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from screener.model import Batch, SourceKind
from screener.model.words import counted, listed, number_word, reason
from screener.printing.manuscript.facts import Facts, Removed, StepFacts
from screener.printing.manuscript.voice import Voice
from screener.report.reasons import taken_back

KINDS = {
    SourceKind.DATABASE: "database",
    SourceKind.REGISTER: "register",
    SourceKind.WEBSITE: "website",
    SourceKind.ORGANISATION: "organisation",
    SourceKind.CITATION_SEARCHING: "citation searching",
}
"""What a kind of source is called in a sentence."""


_REGISTERS = ("PROSPERO", "OSF", "INPLASY", "Research Registry", "protocols.io", "Zenodo")
_CRD = re.compile(r"CRD4\d{7,13}")


def register_of(number: str) -> str:
    """Return the register that a registration names or can only be from; "" for another."""
    bare = number.strip()
    if _CRD.fullmatch(bare.upper()):
        return "PROSPERO"
    if bare.lower().startswith("10.17605/osf"):
        return "OSF"
    return next((one for one in _REGISTERS if one.lower() in bare.lower()), "")


def is_none(text: str) -> bool:
    """Say whether what was typed of limits or filters says that there were none."""
    return text.strip().rstrip(".").lower() in ("none", "no", "no limits", "no filters", "0")


def unexplained(batch: Batch) -> bool:
    """Say whether a source announced another number than was read, and nothing says why."""
    claimed = batch.search.claimed
    if claimed is None or claimed == batch.parsed:
        return False
    return claimed - batch.parsed != len(batch.skipped)


def protocol(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say where the review is registered, and what became of its protocol."""
    of = facts.protocol
    if of.registration:
        register = register_of(of.registration)
        named = register.lower() in of.registration.lower()
        yield voice(
            "The review is registered{register} under {number}.",
            register=f" in {register}" if register and not named else "",
            number=of.registration,
        )
    if of.previous is not None:
        yield voice(
            "The review updates an earlier version of itself, which included {studies} in"
            " {reports}.",
            studies=counted(of.previous.studies, "study", "studies"),
            reports=counted(of.previous.reports, "report"),
        )
    if facts.versions:
        first, last = facts.versions[0], facts.versions[-1]
        if first is last:
            yield voice(
                "The protocol was recorded on {day} and was not changed afterwards.", day=first.day
            )
        else:
            times = len(facts.versions) - 1
            yield voice(
                "The protocol was recorded on {day} and changed {times} on {last}; the table"
                " “Versions of the protocol” gives each change and its reason.",
                day=first.day,
                times="once," if times == 1 else f"{number_word(times)} times, last",
                last=last.day,
            )
    for stage in facts.stages:
        yield from under_versions(stage, facts.protocol.version, "protocol", "decision", voice)


def under_versions(
    step: StepFacts, current: int, what: str, noun: str, voice: Voice
) -> Iterator[str]:
    """Say what was decided under which version, where that was not the one in force alone."""
    if set(step.under) - {current}:
        made = "made" if noun == "decision" else "given"
        parts = [
            f"{n:,}{'' if place else f' {_was(n)} {made}'} under"
            f" {f'version {number}' if number else 'a version that is not known'}"
            for place, (number, n) in enumerate(step.under.items())
        ]
        yield voice(
            "Of the {whole} {at}, {parts} of the {what}.",
            whole=counted(sum(step.under.values()), noun),
            at=f"at {step.words.lower()}" if noun == "decision" else "to the form",
            parts=listed(parts),
            what=what,
        )
    if number := step.stale:
        yield voice(
            "For {n}, the {what} changed after an answer that stands was given."
            if noun != "decision"
            else "For {n}, the {what} changed after the decision at {step}.",
            step=step.words.lower(),
            n=counted(number, "record" if noun == "decision" else "study", *_many(noun)),
            what="criteria or the record" if noun == "decision" else "form",
        )


def _many(noun: str) -> tuple[str, ...]:
    return () if noun == "decision" else ("studies",)


def criteria(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say by which criteria was judged; the table has their words."""
    of = facts.protocol
    if of.question:
        yield voice("The question of the review was: {question}", question=of.question)
    if said := [one for one in of.criteria if one.include or one.exclude]:
        yield voice(
            "Eligibility was defined by {n}, whose wording is in the table “Eligibility criteria”:"
            " {names}.",
            n=counted(len(said), "criterion", "criteria"),
            names=listed([one.name.lower() for one in said]),
        )
    if of.further_reasons:
        yield voice(
            "Further reasons for an exclusion were: {reasons}.",
            reasons="; ".join(text for _, text in of.further_reasons),
        )


def sources(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say of every search that stands what is known of it, and which imports were taken back."""
    yield from (" ".join(_search(one, voice)) for one in facts.standing)
    with_strategy = sum(bool(one.search.strategy.strip()) for one in facts.standing)
    whole = len(facts.standing)
    if with_strategy and with_strategy == whole:
        yield voice("The full search strategies are in the appendix, word for word.")
    elif with_strategy:
        yield voice(
            "The full strategies of {n} of {whole} are in the appendix, word for word.",
            n=with_strategy,
            whole=counted(whole, "search"),
        )
    yield from taken_back(facts.searches)


def _search(batch: Batch, voice: Voice) -> Iterator[str]:
    search = batch.search
    place = search.platform
    if place and search.kind.is_database:
        place = f"via {place}"
    about = [voice(KINDS[search.kind])] if search.kind is not _CITED else []
    within = ", ".join([*about, *filter(None, [place])])
    day = voice(" on {day}", day=search.searched) if search.searched else ""
    begins = "Citations were searched{day} ({source}{within}){limits}."
    if search.kind is not _CITED:
        begins = "{source}{within} was searched{day}{limits}."
    yield voice(
        begins,
        source=search.source,
        within=(f", {within}" if search.kind is _CITED else f" ({within})") if within else "",
        day=day,
        limits=_limited(batch, voice),
    )
    yield _read(batch, voice)


_CITED = SourceKind.CITATION_SEARCHING


def _limited(batch: Batch, voice: Voice) -> str:
    """Return what limited a search; where something is not known, nothing of it."""
    told, none = [], []
    of = ((batch.search.limits, "limits"), (batch.search.filters, "search filters"))
    for words, name in of:
        if words.strip() and is_none(words):
            none.append(name)
        elif words.strip():
            told.append(voice("{name}: {words}", name=name, words=words.strip().rstrip(".")))
    without = voice(" without {none}", none=" or ".join(none)) if none else ""
    return f"{without}{''.join(f'; {one}' for one in told)}"


def _read(batch: Batch, voice: Voice) -> str:
    claimed, parsed = batch.search.claimed, batch.parsed
    if claimed is None:
        said = voice("{n} read from its file", n=_were(parsed))
    elif claimed == parsed:
        said = voice("{n} announced, and as many were read", n=_were(claimed))
    else:
        said = voice("{n} announced, and {m} read", n=_were(claimed), m=f"{parsed:,}")
    skipped = [f"line {one.line:,}: {reason(one.why)}" for one in batch.skipped[:_FEW]]
    if more := len(batch.skipped) - len(skipped):
        skipped.append(f"{more:,} more")
    if skipped:
        parts = counted(len(batch.skipped), "part")
        said += voice("; {parts} of the file could not be read", parts=parts)
        said += f" ({'; '.join(skipped)})"
    return f"{said}."


_FEW = 3
"""So many parts of a file that could not be read are named, with why."""


def _were(number: int, one: str = "record") -> str:
    return f"{counted(number, one)} {_was(number)}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def duplicates(facts: Facts) -> Iterator[str]:
    """Say how duplicates were found, as the review tells it; nothing without a search."""
    if facts.standing:
        yield from (part for part in facts.duplicates.strip().split("\n\n") if part)


def records(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say what was done to records before they were screened, in the numbers of the flow."""
    found = Counter(one.counted for one in facts.removed)
    before = [(what, found[what]) for what in (Removed.TOOL, Removed.OTHER) if found[what]]
    if before:
        yield voice(
            "{n} removed before screening: {parts}.",
            n=_were(sum(number for _, number in before)),
            parts=listed([f"{number:,} {voice(what)}" for what, number in before]),
        )
    if number := found[Removed.METHODS]:
        yield voice(
            "{n} by other methods {were} removed as well, for which the flow diagram has no box.",
            n=f"{counted(number, 'record')} found",
            were="was" if number == 1 else "were",
        )
    if number := found[Removed.DUPLICATE]:
        yield voice(
            "{n} among those that were removed {are} counted as {what} in the flow diagram.",
            n=counted(number, "record"),
            are="is" if number == 1 else "are",
            what="a duplicate" if number == 1 else "duplicates",
        )
    if facts.removed:
        yield voice("The table “Records removed before screening” has each with its reason.")
    if number := facts.corrected:
        yield voice(
            "Fields of {n} were corrected; what the sources gave is kept beside them.",
            n=counted(number, "record"),
        )

"""The methods up to screening: protocol, criteria, searches, duplicates, what was removed."""

from __future__ import annotations

from collections.abc import Iterator

from screener.model import Batch, SourceKind
from screener.model.words import counted, listed
from screener.printing.manuscript.facts import Facts, StepFacts
from screener.printing.manuscript.voice import Voice

KINDS = {
    SourceKind.DATABASE: "database",
    SourceKind.REGISTER: "register",
    SourceKind.WEBSITE: "website",
    SourceKind.ORGANISATION: "organisation",
    SourceKind.CITATION_SEARCHING: "citation searching",
}
"""What a kind of source is called in a sentence."""


def protocol(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say where the review is registered, and what became of its protocol."""
    of = facts.protocol
    if of.registration:
        yield voice("The registration of the review is {number}.", number=of.registration)
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
                "The protocol was written into the project file on {day} and has one version.",
                day=first.day,
            )
        else:
            yield voice(
                "The protocol was written into the project file on {day}; it has {n} versions, the"
                " last of {last}. What each changed and why is in the table “Versions of the"
                " protocol”.",
                day=first.day,
                n=len(facts.versions),
                last=last.day,
            )
    for stage in facts.stages:
        yield from under_versions(stage, facts.protocol.version, "protocol", "decision", voice)


def under_versions(
    step: StepFacts, current: int, what: str, noun: str, voice: Voice
) -> Iterator[str]:
    """Say what was decided under which version, where that was not the one in force alone."""
    if set(step.under) - {current}:
        parts = [
            f"{counted(n, noun)} under {f'version {number}' if number else 'a version not known'}"
            for number, n in step.under.items()
        ]
        yield voice(
            "{step}: of the {whole} that stand, {parts} of the {what}.",
            step=step.words,
            whole=counted(sum(step.under.values()), noun),
            parts=listed(parts),
            what=what,
        )
    if number := step.stale:
        yield voice(
            "{step}: of {n} the {what} or what is shown of them was changed after an answer that"
            " stands was given.",
            step=step.words,
            n=counted(number, "record" if noun == "decision" else "study", *_many(noun)),
            what="criteria" if noun == "decision" else "form",
        )


def _many(noun: str) -> tuple[str, ...]:
    return () if noun == "decision" else ("studies",)


def criteria(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say by which criteria was judged; the table has their words."""
    of = facts.protocol
    if of.question:
        yield voice("The question of the review is: {question}", question=of.question)
    if said := [one for one in of.criteria if one.include or one.exclude]:
        yield voice(
            "The protocol says for {n} what is included and what is excluded (table “Eligibility"
            " criteria”): {names}.",
            n=counted(len(said), "criterion", "criteria"),
            names=listed([one.name.lower() for one in said]),
        )
    if of.further_reasons:
        yield voice(
            "Further reasons for an exclusion are: {reasons}.",
            reasons="; ".join(text for _, text in of.further_reasons),
        )


def sources(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say of every search that stands what is known of it."""
    yield from (_search(one, voice) for one in facts.standing)
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


def _search(batch: Batch, voice: Voice) -> str:
    search = batch.search
    about = voice(KINDS[search.kind])
    platform = voice(", by way of {platform}", platform=search.platform) if search.platform else ""
    begins = "{source} ({about}{platform}) was searched"
    if search.kind is SourceKind.CITATION_SEARCHING:
        begins = "Citations were searched ({source}{platform})"
    day = voice(" on {day}", day=search.searched) if search.searched else ""
    parts = []
    if search.limits:
        parts.append(voice("limits: {limits}", limits=search.limits.rstrip(".")))
    if search.filters:
        parts.append(voice("filters: {filters}", filters=search.filters.rstrip(".")))
    if search.claimed is not None:
        parts.append(voice("{n} announced", n=counted(search.claimed, "record")))
    read = voice("{n} read from the file", n=counted(batch.parsed, "record"))
    if batch.skipped:
        read += voice(", {n} could not be read", n=counted(len(batch.skipped), "part"))
    said = voice(begins, source=search.source, about=about, platform=platform)
    return f"{said}{day}: {'; '.join([*parts, read])}."


def duplicates(facts: Facts) -> Iterator[str]:
    """Say how duplicates were found, as the review tells it; nothing without a search."""
    if facts.standing:
        yield from (part for part in facts.duplicates.strip().split("\n\n") if part)


def records(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say what was done to records before they were screened."""
    if number := len(facts.removed):
        yield voice(
            "{n} removed before screening; the table “Records removed before screening” has each"
            " with its reason.",
            n=f"{counted(number, 'record')} {'was' if number == 1 else 'were'}",
        )
    if number := facts.corrected:
        yield voice(
            "Fields of {n} were corrected; what the sources gave is kept beside them.",
            n=counted(number, "record"),
        )

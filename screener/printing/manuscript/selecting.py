"""The methods of deciding: reviewers, independence, maybe, consensus, forms, automation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screener.model import DiscrepancyKind, MaybeRule, Mode, Stage
from screener.model.words import counted, listed, noun, number_word
from screener.printing.manuscript.facts import Facts, FormFacts, StepFacts
from screener.printing.manuscript.searching import under_versions
from screener.printing.manuscript.voice import Voice

_MAYBE = {
    MaybeRule.ADVANCES: (
        "By the protocol a record that one reviewer includes and another marks as maybe, or that"
        " both mark as maybe, goes on to full text; maybe against exclude is a conflict."
    ),
    MaybeRule.DISCUSS: (
        "By the protocol a record that anybody marks as maybe is discussed, and only include"
        " against exclude is a conflict."
    ),
    MaybeRule.STRICT: (
        "By the protocol maybe is a verdict of its own: it goes on only after it was discussed, and"
        " any other verdict against it is a conflict."
    ),
}
_DIFFERENCES = {
    DiscrepancyKind.CONSENSUS_CONFLICT: "settled in two ways",
    DiscrepancyKind.REOPENED: "settled though the reviewers agreed, or changed since",
    DiscrepancyKind.SELF: "of one reviewer in two ways",
    DiscrepancyKind.CONFLICT: "conflict of verdicts",
    DiscrepancyKind.REASON: "different reasons",
    DiscrepancyKind.MAYBE: "maybe",
    DiscrepancyKind.MISSING: "an answer missing",
    DiscrepancyKind.ROW: "a row that one reviewer alone has",
    DiscrepancyKind.VALUE: "different values",
    DiscrepancyKind.RATING: "different ratings",
    DiscrepancyKind.JUDGEMENT: "different judgements of a criterion",
}
_LEVELS = (
    "the record alone",
    "the decisions without names",
    "the decisions with names",
    "the decisions with names, judgements, reasons and notes",
)
_MODES = {
    Mode.DISCUSSION: "by discussion",
    Mode.ADJUDICATION: "by adjudication",
    Mode.RULE: "by a rule",
}


def selection(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say how records and reports were selected, a paragraph for each stage."""
    first, second = facts.stages
    for stage in facts.stages:
        if not stage.begun:
            continue
        unit = "report" if stage is second else "record"
        lead = voice("At {stage} ", stage=stage.words.lower())
        said = list(reviewers(stage, unit, "decided", lead, voice))
        if stage is first:
            said.append(voice(_MAYBE[facts.protocol.maybe]))
        if facts.protocol.requires_reason(Stage(stage.id)):
            said.append(voice("By the protocol an exclusion needs a reason."))
        yield " ".join(said)
    if first.begun or second.begun:
        yield voice(
            "Decisions are kept under the name that a file was written for; the program cannot"
            " check who worked under it."
        )


def reviewers(step: StepFacts, unit: str, did: str, lead: str, voice: Voice) -> Iterator[str]:
    """Say who answered a step, how many answered each subject, and what kept them apart."""
    names = step.named
    begins = "{lead}{n} ({names}) {did}, "
    rest = "each in a file of their own that held nobody else’s; "
    if len(names) == 1:
        rest = "in a file that held nobody else’s; "
    yield voice(
        begins + rest + "the {plan} asks for {needed} for each {unit}.",
        lead=lead,
        n=_begin(_number(len(names), "reviewer"), lead),
        names=listed(names),
        did=voice("recorded decisions" if did == "decided" else "recorded answers"),
        plan="protocol" if did == "decided" else "form",
        needed=_number(step.needed, "reviewer"),
        unit=unit,
    )
    if step.answered:
        yield voice("{parts}.", parts=_answered(step, unit, did, voice))
    if step.answered and any(part.codes for part in step.parts) and not step.told.opened_early:
        yield voice(
            "What they recorded was shown and compared only after everybody who was waited for had"
            " closed it."
        )
    for part in step.parts:
        if number := part.changed_since:
            yield voice(
                "Of {name}, what stands on {n} is not covered by a closing code.",
                name=part.name,
                n=counted(number, unit, *_plural(unit)),
            )


def _answered(step: StepFacts, unit: str, did: str, voice: Voice) -> str:
    """Return how many subjects were answered by how many, the most reviewers first."""
    parts: list[str] = []
    for by, n in sorted(step.answered.items(), reverse=True):
        who = _number(by, "reviewer") if by else "nobody"
        if parts:
            parts.append(voice("{n} by {who}", n=f"{n:,}", who=who))
        else:
            said = "{n} {were} decided by {who}"
            if did != "decided":
                said = "{n} {were} answered in full by {who}"
            whole = counted(n, unit, *_plural(unit))
            parts.append(voice(said, n=whole, were="was" if n == 1 else "were", who=who))
    return listed(parts)


def _begin(words: str, lead: str) -> str:
    return words if lead else f"{words[:1].upper()}{words[1:]}"


def consensus(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say what differed at each step and how it was settled, a paragraph for each."""
    for step in facts.steps:
        said = list(_differed(step, voice))
        if said:
            yield " ".join(said)
    if facts.levels:
        shown = [voice(_LEVELS[level]) for level in facts.levels]
        yield voice("At the meeting was shown, in this order: {shown}.", shown="; ".join(shown))


def _differed(step: StepFacts, voice: Voice) -> Iterator[str]:
    if step.found:
        yield voice(
            "{step}: on {n} the reviewers differed, or something was to settle: {kinds}.",
            step=step.words,
            n=counted(sum(step.found.values()), "item"),
            kinds=kinds(step.found, voice),
        )
    begins = "" if step.found else f"{step.words}: "
    for one in step.settled:
        yield voice(
            "{begins}{n} settled {how} ({names}).",
            begins=begins,
            n=f"{counted(one.number, 'item')} {'was' if one.number == 1 else 'were'}",
            how=_MODES[one.mode],
            names=listed(one.by),
        )
        begins = ""
    if step.to_settle:
        yield voice("{n} still to settle.", n=_are(step.to_settle))


def _are(number: int) -> str:
    return f"{counted(number, 'item')} {'is' if number == 1 else 'are'}"


def kinds(found: Mapping[DiscrepancyKind, int], voice: Voice) -> str:
    """Return how many discrepancies there are of each kind, in words."""
    order = [kind for kind in DiscrepancyKind if found.get(kind)]
    return "; ".join(f"{voice(_DIFFERENCES[kind])} ({found[kind]:,})" for kind in order)


def form(one: FormFacts, voice: Voice) -> Iterator[str]:
    """Say with which form data were collected or studies appraised, and by whom."""
    step = one.step
    if not step.begun:
        return
    last = one.versions[-1] if one.versions else None
    yield voice(
        "{did} with the form “{title}”{version}, which has {fields}.",
        did=voice("Studies were appraised" if one.appraisal else "Data were collected"),
        title=step.words,
        version=f" (version {last.number} of {last.day})" if last else "",
        fields=counted(len(one.questions), "field"),
    )
    if one.reference:
        yield voice(
            "Where its wording is from: {reference}.", reference=one.reference.strip().rstrip(".")
        )
    if one.licence:
        yield voice("Licence of its wording: {licence}.", licence=one.licence.strip().rstrip("."))
    if one.provenance == "unverified":
        yield voice("The wording was not checked against that source.")
    if last and len(one.versions) > 1:
        yield voice(
            "What its {n} versions changed and why is in the table “Versions of {title}”.",
            n=len(one.versions),
            title=step.words,
        )
    yield from under_versions(step, last.number if last else 0, "form", "answer", voice)
    yield from reviewers(step, "study", "answered", "", voice)


def automation(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say what automation tools decided, or that the file names none."""
    automatic = sum(one.by == "automation tool" for one in facts.removed)
    if automatic:
        yield voice(
            "{n} before screening by an automation tool.",
            n=f"{counted(automatic, 'record')} {'was' if automatic == 1 else 'were'} removed",
        )
    elif facts.title_abstract.begun or facts.full_text.begun:
        yield voice(
            "The project file names no automation tool in the selection: every decision in it"
            " stands under the name of a person."
        )
    if facts.flow.duplicates_automatic:
        yield voice(
            "What rules did by themselves was to join duplicates (see “Duplicates and records"
            " removed”)."
        )


def _number(number: int, one: str) -> str:
    return f"{number_word(number)} {noun(number, one)}"


def _plural(unit: str) -> tuple[str, ...]:
    return ("studies",) if unit == "study" else ()

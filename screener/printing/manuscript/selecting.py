"""The methods of deciding: reviewers, independence, maybe, consensus, forms, automation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screener.consensus.told import Happened
from screener.model import DiscrepancyKind, MaybeRule, Mode, Stage
from screener.model.words import counted, listed, noun, number_word
from screener.printing.manuscript.facts import Facts, FormFacts, Removed, StepFacts
from screener.printing.manuscript.searching import under_versions
from screener.printing.manuscript.voice import Voice
from screener.studies.counting import Reach

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
    DiscrepancyKind.CONSENSUS_CONFLICT: ("item settled in two ways", "items settled in two ways"),
    DiscrepancyKind.REOPENED: (
        "item that was agreed on and is in question again",
        "items that were agreed on and are in question again",
    ),
    DiscrepancyKind.SELF: (
        "item that one reviewer answered in two ways",
        "items that one reviewer answered in two ways",
    ),
    DiscrepancyKind.CONFLICT: ("conflict of verdicts", "conflicts of verdicts"),
    DiscrepancyKind.REASON: ("exclusion for different reasons", "exclusions for different reasons"),
    DiscrepancyKind.MAYBE: ("item marked as maybe", "items marked as maybe"),
    DiscrepancyKind.MISSING: ("missing answer", "missing answers"),
    DiscrepancyKind.ROW: ("row that one reviewer alone had", "rows that one reviewer alone had"),
    DiscrepancyKind.VALUE: ("difference of values", "differences of values"),
    DiscrepancyKind.RATING: ("difference of ratings", "differences of ratings"),
    DiscrepancyKind.JUDGEMENT: (
        "different judgement of a criterion",
        "different judgements of a criterion",
    ),
}
_SETTLED_KINDS = {
    DiscrepancyKind.REOPENED: (
        "item that the reviewers agreed on or changed afterwards",
        "items that the reviewers agreed on or changed afterwards",
    ),
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
        said += happened(stage, voice)
        if stage is first:
            said.append(voice(_MAYBE[facts.protocol.maybe]))
        if facts.protocol.requires_reason(Stage(stage.id)):
            said.append(voice("By the protocol an exclusion needs a reason."))
        yield " ".join(said)
    if first.begun or second.begun:
        yield voice(
            "Decisions are attributed to the person a file was written for; the program cannot"
            " check who worked with it."
        )
    for why in facts.continued:
        yield voice(
            "The project file was put together from the reviewers’ copies; the reason given was"
            " “{why}”.",
            why=why,
        )


def happened(step: StepFacts, voice: Voice) -> Iterator[str]:
    """Say who left, came late or opened a step again, and when it was shown early: when and why."""
    name = step.words.lower() if step.id in set(Stage) else f"“{step.words}”"
    for one in step.told.left:
        yield voice("{who} left {step} on {day}{by}{why}.", step=name, **_told(one, voice, one.who))
    for one in step.told.late:
        yield voice(
            "{who} joined {step} on {day}{by}, when some of it had been seen already, and was not"
            " waited for there{why}.",
            step=name,
            **_told(one, voice, one.who),
        )
    for one in step.told.opened_early:
        yield voice(
            "On {day} {who} had {step} shown before everybody had closed it{why}.",
            step=name,
            **_told(one, voice, one.by or COORDINATOR),
        )
    for one in step.told.reopened:
        yield voice(
            "{who} opened {step} again on {day} after closing it{why}.",
            step=name,
            **_told(one, voice, one.who),
        )


COORDINATOR = "the coordinator"
"""Who records what is not recorded in a person's own file."""


def _told(one: Happened, voice: Voice, who: str) -> dict[str, str]:
    """Return the parts of a sentence about something that happened."""
    return {
        "who": who,
        "day": one.day,
        "by": voice(" (recorded by {by})", by=one.by or COORDINATOR),
        "why": voice("; the reason given was “{why}”", why=one.why) if one.why else "",
    }


def reviewers(step: StepFacts, unit: str, did: str, lead: str, voice: Voice) -> Iterator[str]:
    """Say who answered a step, how many answered each subject, and what kept them apart."""
    names = step.named
    begins = "{lead}{n} ({names}) {did}, "
    rest = "each in a file of their own that did not show those of the others; "
    if len(names) == 1:
        rest = "in a file of their own; "
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
            " closed the stage."
            if did == "decided"
            else "What they recorded was shown and compared only after everybody who was waited for"
            " had closed the form."
        )
    for part in step.parts:
        if number := part.changed_since:
            yield voice(
                "What {name} recorded on {n} was changed after closing and is not covered by a"
                " closing code.",
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
        yield voice("The meeting was shown, in this order: {shown}.", shown="; ".join(shown))


def _differed(step: StepFacts, voice: Voice) -> Iterator[str]:
    at = f"At {step.words.lower()}" if step.id in set(Stage) else f"In “{step.words}”"
    if step.found:
        yield voice(
            "{at}, {n} to settle: {kinds}.",
            at=at,
            n=_had(sum(step.found.values())),
            kinds=kinds(step.found, voice, settled=True),
        )
        at = ""
    for one in step.settled:
        yield voice(
            "{at}{n} settled {how} ({names}).",
            at=f"{at}, " if at else "",
            n=f"{counted(one.number, 'item')} {'was' if one.number == 1 else 'were'}",
            how=_MODES[one.mode],
            names=listed(one.by),
        )
        at = ""
    if number := step.rows.whole:
        yield voice(
            "{n} of lists {were} settled by pairing: {how}.",
            n=counted(number, "row"),
            were="was" if number == 1 else "were",
            how=step.rows.words(),
        )
    if number := len(step.overturned):
        yield voice(
            "{n} settled otherwise than had been agreed before (table “Agreements overturned”).",
            n=f"{counted(number, 'item')} {'was' if number == 1 else 'were'}",
        )
    if step.to_settle:
        yield voice("{n} still to settle.", n=_are(step.to_settle))


def _had(number: int) -> str:
    return "1 item was" if number == 1 else f"{number:,} items were"


def _are(number: int) -> str:
    return f"{counted(number, 'item')} {'is' if number == 1 else 'are'}"


def kinds(found: Mapping[DiscrepancyKind, int], voice: Voice, *, settled: bool = False) -> str:
    """Return how many discrepancies there are of each kind, in words."""
    words = _DIFFERENCES | _SETTLED_KINDS if settled else _DIFFERENCES
    return listed(
        [
            f"{found[kind]:,} {voice(words[kind][found[kind] != 1])}"
            for kind in DiscrepancyKind
            if found.get(kind)
        ]
    )


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
            "Its wording is from: {reference}.", reference=one.reference.strip().rstrip(".")
        )
    if one.licence and one.licence.strip().lower() != "unknown":
        yield voice(
            "The wording is licensed as {licence}.", licence=one.licence.strip().rstrip(".")
        )
    if one.provenance == "unverified":
        yield voice("The wording was not checked against its source.")
    if last and len(one.versions) > 1:
        yield voice(
            "The table “Versions of {title}” gives what each of its {n} versions changed, and why.",
            n=len(one.versions),
            title=step.words,
        )
    yield from under_versions(step, last.number if last else 0, "form", "answer", voice)
    if step.reach is not None:
        yield _reach(step.reach, voice)
    yield from reviewers(step, "study", "answered", "", voice)
    yield from happened(step, voice)


def _reach(of: Reach, voice: Voice) -> str:
    """Say for how many of the included studies a form was opened and closed."""
    included = counted(of.included, "included study", "included studies")
    opened = f"all {included}" if of.opened == of.included else f"{of.opened:,} of the {included}"
    return voice(
        "The form was opened for {opened}; every reviewer who was waited for had closed it for"
        " {closed} of them.",
        opened=opened,
        closed="all" if of.closed == of.opened else f"{of.closed:,}",
    )


def automation(facts: Facts, voice: Voice) -> Iterator[str]:
    """Say what automation tools decided, or that the file names none."""
    # In the number of the flow: a group that was removed as a whole is one.
    counts = [one for one in facts.removed if one.counted != Removed.DUPLICATE]
    automatic = sum(one.by == "automation tool" for one in counts)
    if automatic:
        yield voice(
            "{n} before screening by an automation tool.",
            n=f"{counted(automatic, 'record')} {'was' if automatic == 1 else 'were'} removed",
        )
    elif any(step.begun for step in facts.steps):
        yield voice(
            "No automation tool is recorded: every decision and every answer to a form stands under"
            " the name of a person."
        )
    if facts.flow.duplicates_automatic:
        yield voice(
            "Rules joined duplicates without a person (see “Duplicates and records removed”)."
        )


def _number(number: int, one: str) -> str:
    return f"{number_word(number)} {noun(number, one)}"


def _plural(unit: str) -> tuple[str, ...]:
    return ("studies",) if unit == "study" else ()

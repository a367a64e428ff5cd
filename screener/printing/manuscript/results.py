"""The results in sentences with the numbers of the flow, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator

from screener.model.words import counted, listed
from screener.printing.manuscript.facts import Facts
from screener.printing.manuscript.selecting import kinds
from screener.printing.manuscript.voice import Voice
from screener.report.flow import Counts, Flow


def selection(facts: Facts, voice: Voice) -> Iterator[str]:
    """Tell the flow from what was identified to what is included; nothing without a record."""
    flow = facts.flow
    if flow.identified:
        yield from _identified(flow, voice)
        yield from _reports(flow, "dbr", "", voice)
    if flow.other_identified:
        yield from _others(flow, voice)
        yield from _reports(flow, "other", "Of those found by other methods, ", voice)
    if flow.new_reports:
        yield voice(
            "{studies} ({reports}) {were} included in the review{anew}.",
            studies=counted(flow.new_studies, "study", "studies"),
            reports=counted(flow.new_reports, "report"),
            were="was" if flow.new_studies == 1 else "were",
            anew=" anew" if flow.updated else "",
        )
    if flow.updated and flow.total_studies is not None and flow.total_reports is not None:
        yield voice(
            "With the earlier version ({before} in {in_}) the review includes {studies} in"
            " {reports}.",
            before=counted(flow.previous_studies or 0, "study", "studies"),
            in_=counted(flow.previous_reports or 0, "report"),
            studies=counted(flow.total_studies, "study", "studies"),
            reports=counted(flow.total_reports, "report"),
        )


def _identified(flow: Flow, voice: Voice) -> Iterator[str]:
    parts = [
        voice("{n} from databases{of}", n=f"{flow.database_results:,}", of=_of(flow, "database"))
        if flow.database_results
        else "",
        voice("{n} from registers{of}", n=f"{flow.register_results:,}", of=_of(flow, "register"))
        if flow.register_results
        else "",
    ]
    yield voice(
        "{n} identified by searches of databases and registers: {parts}.",
        n=_were(flow.identified, "record"),
        parts=" and ".join(filter(None, parts)),
    )
    removed = []
    if flow.duplicates:
        how = ""
        if flow.duplicates_automatic is not None and flow.duplicates_by_hand is not None:
            how = f" ({flow.duplicates_automatic:,} joined by rules, {flow.duplicates_by_hand:,}"
            how += " by hand)"
        removed.append(voice("{n}{how}", n=counted(flow.duplicates, "duplicate record"), how=how))
    if number := flow.excluded_automatic:
        removed.append(voice("{n} marked as ineligible by automation tools", n=f"{number:,}"))
    if number := flow.excluded_other:
        removed.append(voice("{n} for other reasons", n=f"{number:,}"))
    if removed:
        yield voice("Removed before screening were {parts}.", parts=listed(removed))
    if flow.records_screened:
        left = voice("{n} to be screened by title and abstract", n=counted_left(flow))
        done = flow.records_screened - flow.dbr_pending.title_abstract
        if done:
            yield voice(
                "That left {left}, of which {n} excluded.",
                left=left,
                n=_were(flow.records_excluded, ""),
            )
        else:
            yield voice("That left {left}.", left=left)


def counted_left(flow: Flow) -> str:
    """Return how many records were left to be screened."""
    return counted(flow.records_screened, "record")


def _of(flow: Flow, kind: str) -> str:
    counts: Counts = getattr(flow, f"{kind}_specific_results")
    return f" ({'; '.join(f'{name} {n:,}' for name, n in counts)})" if counts else ""


def _were(number: int, one: str) -> str:
    words = counted(number, one) if one else f"{number:,}"
    return f"{words} {'was' if number == 1 else 'were'}"


def _others(flow: Flow, voice: Voice) -> Iterator[str]:
    named = (
        ("websites", flow.website_results),
        ("organisations", flow.organisation_results),
        ("citation searching", flow.citations_results),
    )
    yield voice(
        "{n} identified by other methods: {parts}.",
        n=_were(flow.other_identified, "record"),
        parts=listed([f"{n:,} from {voice(words)}" for words, n in named if n]),
    )
    yield from _of_others(flow, voice)


def _of_others(flow: Flow, voice: Voice) -> Iterator[str]:
    """Say what became of what other methods found, for which the diagram has no box."""
    became = (
        (flow.other_duplicates, "{were} {dup} of other records"),
        (flow.other_unsought, "{were} removed before screening"),
        (flow.other_excluded_before, "{were} excluded by title and abstract"),
        (flow.other_pending.title_abstract, "{are} still to be screened"),
        (flow.other_sought_reports, "passed the screening"),
    )
    parts = [
        f"{n:,} "
        + words.format(
            were="was" if n == 1 else "were",
            are="is" if n == 1 else "are",
            dup="a duplicate" if n == 1 else "duplicates",
        )
        for n, words in became
        if n > 0
    ]
    if any(n > 0 for n, _ in became[:-1]):
        yield voice("Of these, {parts}.", parts=listed(parts))


def _reports(flow: Flow, side: str, begins: str, voice: Voice) -> Iterator[str]:
    sought = getattr(flow, f"{side}_sought_reports")
    if not sought:
        return
    pending = flow.dbr_pending if side == "dbr" else flow.other_pending
    if pending.retrieval >= sought:
        words = f"{counted(sought, 'report')} {'is' if sought == 1 else 'are'}"
        yield voice("{begins}{n} to be retrieved.", begins=begins, n=words)
        return
    lost = getattr(flow, f"{side}_notretrieved_reports")
    more = voice("; {n} not retrieved", n=_were(lost, "")) if lost else ""
    if number := pending.retrieval:
        is_ = "is" if number == 1 else "are"
        more += voice("; {n} still being sought", n=f"{number:,} {is_}")
    yield voice(
        "{begins}{n} sought for retrieval{more}.",
        begins=begins,
        n=_were(sought, "report"),
        more=more,
    )
    assessed = getattr(flow, f"{side}_assessed")
    if not assessed or pending.full_text == assessed:
        return
    excluded: Counts = getattr(flow, f"{side}_excluded")
    awaiting = getattr(flow, f"{side}_awaiting")
    out = sum(n for _, n in excluded)
    whys = "; ".join(f"{why} {n:,}" for why, n in excluded)
    yield voice(
        "{n} assessed for eligibility in full text{out}{whys}{awaiting}.",
        n=_were(assessed, "report"),
        out=voice(", of which {n} excluded", n=_were(out, "")) if out else "",
        whys=f" ({whys})" if out else "",
        awaiting=voice(
            "; {n} {await_} classification{ongoing}",
            n=f"{awaiting:,}",
            await_="awaits" if awaiting == 1 else "await",
            ongoing=" or is of an ongoing study" * bool(flow.ongoing)
            if awaiting == 1
            else " or are of ongoing studies" * bool(flow.ongoing),
        )
        if awaiting
        else "",
    )


def draft(facts: Facts, voice: Voice) -> str:
    """Return what is open, in sentences with numbers; "" when the review is finished."""
    said = [facts.flow.draft_sentence] if facts.flow.draft else []
    for step in facts.steps:
        if number := step.to_settle:
            said.append(
                voice(
                    "{step}: {n} to settle: {kinds}.",
                    step=step.words,
                    n=counted(number, "item"),
                    kinds=kinds(step.open, voice),
                )
            )
        if step.hidden:
            said.append(
                voice(
                    "{step}: {n} hidden until everybody who is waited for has closed it.",
                    step=step.words,
                    n=f"{step.hidden:,} {'is' if step.hidden == 1 else 'are'}",
                )
            )
    for form in facts.forms:
        said += [
            voice(
                "{step}: {name} has {n} to answer.",
                step=form.step.words,
                name=part.name,
                n=counted(part.pending, "study", "studies"),
            )
            for part in form.step.parts
            if part.pending and part.left is None and not part.closed
        ]
    return " ".join(said)

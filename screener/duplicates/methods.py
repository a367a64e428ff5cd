"""How duplicates were found, in plain sentences for the methods section of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from screener.duplicates.duplicates import Duplicates
from screener.duplicates.rules import CERTAIN, QUESTIONS, VETOES
from screener.duplicates.runs import Run
from screener.duplicates.settings import Settings
from screener.duplicates.tally import Tally
from screener.model import SourceKind
from screener.model.words import counted, listed
from screener.sources.batches import Batches
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one source brought: records, the units they are in, and those no other source found."""

    source: str
    kind: SourceKind
    records: int
    units: int
    unique: int


def contributions(sources: Batches, units: Units) -> list[Contribution]:
    """Return what every source brought, in the order of the first import from it.

    Records that were removed and imports that were withdrawn do not count. A unit is unique to a
    source when all its records come from there.
    """
    searches = {batch.id: batch.search for batch in sources.batches(withdrawn=False)}
    membership = units.membership()
    found_in: dict[str, set[tuple[str, SourceKind]]] = defaultdict(set)
    records: Counter[tuple[str, SourceKind]] = Counter()
    for uid, batch in units.imported():
        search = searches[batch]
        source = (search.source, search.kind)
        records[source] += 1
        found_in[membership.get(uid, uid)].add(source)
    within = Counter(source for found in found_in.values() for source in found)
    alone = Counter(next(iter(found)) for found in found_in.values() if len(found) == 1)
    order = dict.fromkeys((search.source, search.kind) for search in searches.values())
    return [
        Contribution(
            source=source[0],
            kind=source[1],
            records=records[source],
            units=within[source],
            unique=alone[source],
        )
        for source in order
    ]


def methods(duplicates: Duplicates, sources: Batches, units: Units) -> str:
    """Return how duplicates were found and what came of it, one paragraph for each matter."""
    runs = [run for run in duplicates.runs() if not run.undone]
    batches = sources.batches(withdrawn=False)
    found = duplicates.tally({batch.id: batch.search.kind.is_database for batch in batches})
    without = "joined by hand only" if duplicates.joined() else "not looked for"
    paragraphs = (
        *([_looked(same) for same in _alike(runs)] or [f"Duplicates were {without}."]),
        _counts(found, units),
        _answers(duplicates),
        _by_source(contributions(sources, units), removed=found.any_removed),
    )
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _alike(runs: Sequence[Run]) -> list[list[Run]]:
    """Put the runs of one version and settings together, in the order of the first."""
    found: dict[tuple[Settings, str, str], list[Run]] = {}
    for run in runs:
        found.setdefault((run.settings, run.version, run.program), []).append(run)
    return list(found.values())


def _looked(runs: Sequence[Run]) -> str:
    first = runs[0]
    program = f"Screener {first.program}" if first.program else "Screener"
    days = list(dict.fromkeys(run.time[:10] for run in runs))
    compared = list(dict.fromkeys(run.records for run in runs))
    how = f"Duplicates were looked for with {program} ({first.described})"
    fired = sum((Counter(run.rules) for run in runs), Counter[str]())
    off = first.settings.off
    vetoes = "; ".join(rule.words for rule in VETOES if rule.name not in off)
    asked = "; ".join(rule.words for rule in QUESTIONS if rule.name not in off)
    sentences = (
        f"{how} on {listed(days)}, among {listed([f'{n:,}' for n in compared])} records.",
        *_certainty(first.settings, fired),
        f"No pair was joined without a person where one of these held: {vetoes}." if vetoes else "",
        f"A person was also asked about pairs of these kinds: {asked}." if asked else "",
        f"Rules that were off: {', '.join(sorted(off))}." if off else "",
    )
    return " ".join(filter(None, sentences))


def _certainty(settings: Settings, fired: Counter[str]) -> list[str]:
    """Say what was joined without asking, with how often, and what was put to a person instead."""
    rules = [rule for rule in CERTAIN if rule.name not in settings.off]
    asked = [r for r in rules if settings.ask_everything or r.name in settings.asked]
    joined = [rule for rule in rules if rule not in asked]
    words = "; ".join(
        f"{rule.words} ({counted(fired[rule.name], 'join')})" for rule in joined if fired[rule.name]
    )
    idle = "; ".join(rule.words for rule in joined if not fired[rule.name])
    put = "; ".join(rule.words for rule in asked)
    return [
        f"Joined without asking a person: {words}." if words else "",
        f"Rules by which nothing was joined: {idle}." if idle else "",
        f"Put to a person although a rule was sure: {put}." if asked else "",
    ]


def _counts(found: Tally, units: Units) -> str:
    """Say how many of what was identified are duplicates: the numbers of the flow."""
    text = (
        f"Of {counted(len(found.ours), 'record')} from databases and registers, "
        f"{_duplicates(found.automatic + found.by_hand)} of others: {found.automatic:,} joined "
        f"automatically, {found.by_hand:,} by hand."
    )
    if found.theirs:
        others = found.other_duplicates(units.ids())
        text += (
            f" Of {counted(len(found.theirs), 'record')} found by other methods, "
            f"{_duplicates(others)} of these or of one another."
        )
    return text


def _duplicates(n: int) -> str:
    return "1 was a duplicate" if n == 1 else f"{n:,} were duplicates"


def _answers(duplicates: Duplicates) -> str:
    by_hand = {(join.rule, frozenset(join.records)) for join in duplicates.joined() if join.by_hand}
    rules = Counter(rule for rule, _ in by_hand)  # one answer may stand in the log twice
    same, proposed = rules["answer"], rules["proposal"]
    different = len(set(map(frozenset, duplicates.answered_different())))
    answered = (
        f"A person answered {counted(same + different, 'question')} on possible duplicates: the "
        f"same report in {same:,}, different reports in {different:,}."
    )
    joined = f"{counted(proposed, 'group')} joined because reviewers proposed it while screening."
    told = (answered if same + different else "", joined if proposed else "")
    return " ".join(filter(None, told))


def _by_source(found: Sequence[Contribution], *, removed: bool) -> str:
    """Say what each source alone brought, in units; nothing where there is one source only.

    What was removed does not count here, which is said where anything was.
    """
    if len(found) < 2:
        return ""
    times = Counter(one.source for one in found)
    named = [
        f"{one.source}{f' ({one.kind})' if times[one.source] > 1 else ''}, "
        f"{counted(one.units, 'record')}, {one.unique:,} of them found nowhere else"
        for one in found
    ]
    apart = "; what was removed before screening is not counted" if removed else ""
    return f"By source (a duplicate group counts as one{apart}): {'; '.join(named)}."

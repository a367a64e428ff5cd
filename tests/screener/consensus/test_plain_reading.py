"""Statuses, numbers and agreement are read in sweeps; here against reading unit by unit."""

import json
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from screener import open_copy, open_project
from screener.model import Outcome, Stage, Status
from screener.screening.rules import compare, disputed
from screener.store.heads import heads
from screener.store.kinds.meeting import Consensus
from screener.store.kinds.project import Correct
from screener.store.kinds.reviewer import Decision

TA = Stage.TITLE_ABSTRACT
EXAMPLES = settings.default.max_examples
RECORDS = 6

WORDS = st.sampled_from(["met", "not-met", "unclear"])
JUDGED = st.dictionaries(st.sampled_from(["participants", "interventions"]), WORDS)
REASONS = st.sampled_from(["", "participants", "study-design", "no-full-report"])


@st.composite
def said(draw):
    verdict = draw(st.sampled_from(["include", "maybe", "exclude", "exclude"]))
    return verdict, draw(REASONS) if verdict == "exclude" else "", draw(JUDGED)


DECISIONS = st.dictionaries(st.integers(1, RECORDS), said(), min_size=1)
NUMBER = st.integers(1, RECORDS)


def decisions_on(review, unit):
    return heads(review._file, Decision, step=TA, subjects=[unit])


def plain_state(review, unit):
    """Where a unit stands, by the ladder of docs/project-file.md, 5: one unit, nothing shared."""
    protocol = review.protocol.current
    said = decisions_on(review, unit)
    consensus = [h.body for h in heads(review._file, Consensus, step=TA, subjects=[unit])]
    values = {(h.author, h.body.verdict, h.body.reason) for h in said}
    authors = {h.author for h in said}
    late = len(closed_by(review)) >= protocol.reviewers_per_record
    waits = len(authors) < protocol.reviewers_per_record and not late
    # What waits for another decision is no discrepancy yet, and names nothing that differs.
    named = len(values) > len(authors) or not waits
    judged = disputed([h.body.judgements for h in said]) if named else set()
    reasons = {h.body.reason for h in said if h.body.verdict == "exclude"}
    if consensus and len({(c.value, c.reason) for c in consensus}) > 1:
        return "consensus-conflict", None, "", judged
    if consensus:
        kept = all(holds(review, said, c) for c in consensus)
        outcome = Outcome(consensus[0].value)
        return ("resolved" if kept else "reopened"), outcome, consensus[0].reason, judged
    if len(values) > len(authors):
        return "self", None, "", judged
    if len(authors) < protocol.reviewers_per_record:
        return ("missing" if late else "pending" if said else "not-started"), None, "", judged
    verdicts = [h.body.verdict for h in said]
    status, outcome = compare(verdicts, stage=TA, rule=protocol.maybe, reasons=reasons)
    alike = outcome is Outcome.EXCLUDE and len(reasons) == 1
    return str(status), outcome, reasons.pop() if alike else "", judged


def closed_by(review):
    """The names of those who ever closed, opened again or not: nothing is searched later here."""
    rows = review._file.rows(
        "SELECT DISTINCT l.author FROM event e JOIN log l ON l.id = e.log WHERE e.kind = 'close'"
    )
    return {r.name for r in review.consensus.reviewers() if (r.id,) in set(rows)}


def holds(review, said, consensus):
    def value(event):
        text, author = review._file.rows(
            "SELECT e.body, l.author FROM event e JOIN log l ON l.id = e.log WHERE e.id = ?",
            (bytes.fromhex(event),),
        )[0]
        body = json.loads(text)["body"]
        return author, body["verdict"], body.get("reason", "")

    before = {value(event) for event in consensus.basis}
    now = {(h.author, h.body.verdict, h.body.reason) for h in said}
    known = {author for author, _, _ in before}
    new = {v for author, v, _ in now if author not in known}
    return before == {one for one in now if one[0] in known} and new <= {consensus.value}


def plain_stale(review, unit):
    corrected = {h.body.record: h.body.version for h in heads(review._file, Correct)}
    found = False
    for head in decisions_on(review, unit):
        found |= bool(review.protocol.changed_criteria(head.body.protocol))
        found |= unit in corrected and head.body.seen not in ("", corrected[unit])
    return found


def judged_by(decisions):
    """The criteria that the decisions of one person on the records of a unit judge in one way."""
    every = {(c, str(word)) for one in decisions for c, word in one.judgements.items()}
    times = Counter(criterion for criterion, _ in every)
    return {criterion: word for criterion, word in every if times[criterion] == 1}


def plain_agreement(review):
    """Count the pairs of verdicts, and of judgements by criterion, of the first two reviewers."""
    one, other = (r.id for r in review.consensus.reviewers())
    verdicts, judged, lacking = Counter(), Counter(), 0
    for unit in review.units.ids():
        clear, contradicted = {}, False
        for author in (one, other):
            said = [h for h in decisions_on(review, unit) if h.author == author]
            different = len({(h.body.verdict, h.body.reason) for h in said})
            contradicted |= different > 1
            if different == 1:
                clear[author] = [h.body for h in said]
        if len(clear) == 2:
            a, b = clear[one], clear[other]
            verdicts[str(a[0].verdict), str(b[0].verdict)] += 1
            ours, theirs = judged_by(a), judged_by(b)
            judged.update((c, ours[c], theirs[c]) for c in ours.keys() & theirs.keys())
        lacking += len(clear) == 1 and not contradicted  # that is named for itself
    return verdicts, judged, lacking


def counts(figures, words):
    return {
        (a, b): number
        for a, row in zip(words, figures.table, strict=True)
        for b, number in zip(words, row, strict=True)
        if number
    }


def check(review):
    consensus = review.consensus
    states = consensus.states(TA)
    assert list(states) == [*review.units.ids(), *review.units.removed_ids()]
    for unit in review.units.ids():
        found = states[unit]
        status, outcome, reason, judged = plain_state(review, unit)
        assert (str(found.status), found.outcome, found.reason) == (status, outcome, reason)
        assert found.stale == plain_stale(review, unit)
        assert judged <= set(found.elements)
        assert consensus.state(unit, TA) == found, "one unit, as among all"
    assert all(states[u].status is Status.REMOVED for u in review.units.removed_ids())
    listed = {u: s for u, s in states.items() if s.kind is not None}
    discrepancies = list(consensus.discrepancies(TA))
    assert {d.unit.id: d.kind for d in discrepancies} == {u: s.kind for u, s in listed.items()}
    for one in discrepancies:
        assert list(one.decisions) == consensus.decisions(one.unit.id, TA)
        assert list(one.decisions) == consensus.all_decisions(TA).get(one.unit.id, [])
    standing = consensus.standing(TA)
    assert standing.statuses == Counter(str(s.status) for s in states.values())
    outcomes = [s.outcome for s in states.values()]
    assert standing.included == outcomes.count(Outcome.INCLUDE) == len(consensus.passed(TA))
    assert standing.excluded == outcomes.count(Outcome.EXCLUDE)
    assert standing.pending == outcomes.count(None) - len(review.units.removed_ids())
    for reviewer in standing.reviewers:
        decided = [
            unit
            for unit in review.units.ids()
            if any(h.author == reviewer.reviewer.id for h in decisions_on(review, unit))
        ]
        assert reviewer.decided == len(decided)
        assert reviewer.pending == len(review.units.ids()) - len(decided)


def check_agreement(review):
    if review.protocol.current.reviewers_per_record == 1:
        assert review.consensus.agreement(TA).pairs == ()
        return
    (pair,) = review.consensus.agreement(TA).pairs
    verdicts, judged, lacking = plain_agreement(review)
    words = ("include", "maybe", "exclude")
    assert counts(pair.figures("three_way"), words) == verdicts
    assert {cell: len(units) for cell, units in pair.cells["three_way"].items()} == verdicts
    assert pair.lacking == lacking
    criteria = pair.group("criteria")
    found = {
        (criterion, *cell): number
        for criterion, figures in criteria.items()
        for cell, number in counts(figures, ("met", "unclear", "not-met")).items()
    }
    assert found == judged
    differ = Counter()
    for (criterion, left, right), number in judged.items():
        differ[criterion] += number if left != right else 0
    disputes = {c: len(pair.disputes(f"criteria/{c}")) for c in criteria}
    assert +Counter(disputes) == +differ


def frozen(review):
    """The figures and what each close brought; what came later and counts nowhere may grow."""
    found = review.consensus.agreement(TA).json()
    return {key: value for key, value in found.items() if key != "not_counted"}


@settings(max_examples=max(6, EXAMPLES // 2))
@given(data=st.data())
def test_sweeps_say_what_reading_unit_by_unit_says(tmp_path_factory, making, data):
    folder = tmp_path_factory.mktemp("plain")
    needed = data.draw(st.integers(1, 3), label="needed")
    protocol = replace(making.protocol, reviewers_per_record=needed)
    project = making.review(folder, records=RECORDS, protocol=protocol)
    copies = [folder / f"{letter}.screener" for letter in "ab"]
    for path in copies:
        making.screen(path, data.draw(DECISIONS, label=path.stem))
    with open_project(project) as review:
        # Where three are needed, two cannot close it: it is opened early.
        review.consensus.merge(*copies, open_early=True)
        check(review)
        check_agreement(review)
        joined = data.draw(st.lists(NUMBER, unique=True, max_size=3), label="joined")
        if len(joined) > 1:
            review.duplicates.same([review.units.find(str(n)) for n in joined])
        check_agreement(review)
        before = frozen(review)
        for number in data.draw(st.sets(NUMBER, max_size=3), label="settled"):
            unit = review.units.find(str(number))
            review.consensus.resolve(
                unit, "include", step=TA, why="read", by=["Maya"], overturn=True
            )
        if data.draw(st.booleans(), label="corrected"):
            review.sources.correct("2", {"title": "Another"})
        check(review)
    changed = data.draw(st.dictionaries(NUMBER, st.none() | said()), label="changed")
    with open_copy(copies[1]) as mine:
        mine.screening.reopen(TA, "on second thoughts")
        for number, given_ in changed.items():
            verdict, reason, judged = given_ or ("none", "", {})
            making.decide(mine, number, verdict, reason=reason, judgements=judged)
        mine.screening.close(TA)
    with open_project(project) as review:
        review.consensus.merge(copies[1])
        check(review)
        assert frozen(review) == before, "what was frozen stays"
        if data.draw(st.booleans(), label="a removal and another protocol"):
            review.sources.remove(["3"], "retracted")
            now = review.protocol.current
            first = replace(now.criteria[0], exclude="something else")
            review.protocol.set(replace(now, criteria=(first, *now.criteria[1:])))
            check(review)

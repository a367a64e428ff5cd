"""Statuses, numbers and agreement are read in sweeps; here against reading unit by unit."""

import json
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from screener.consensus.comparison import compare, disputed

from screener import open_copy, open_project
from screener.model import Outcome, Stage, Status

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


def plain_state(review, unit):
    """Where a unit stands, by the ladder of docs/project-file.md, 5: one unit, nothing shared."""
    statuses, protocol = review.consensus._statuses, review.protocol.current
    heads = statuses.decision_heads(TA).get(unit, [])
    consensus = statuses.consensus_heads(TA).get(unit, [])
    judged = disputed([json.loads(h.judged) for h in heads if h.judged])
    reasons = {h.reason for h in heads if h.verdict == "exclude"}
    if consensus and len({(c.verdict, c.reason) for c in consensus}) > 1:
        return "consensus-conflict", None, "", judged
    if consensus:
        kept = all(holds(review, heads, c) for c in consensus)
        outcome = Outcome(consensus[0].verdict)
        return ("resolved" if kept else "reopened"), outcome, consensus[0].reason, judged
    values = {(h.author, h.verdict, h.reason) for h in heads}
    authors = {h.author for h in heads}
    if len(values) > len(authors):
        return "self", None, "", judged
    if len(authors) < protocol.reviewers_per_record:
        enough = len(statuses.authors()) >= protocol.reviewers_per_record
        late = enough and statuses.all_closed(TA)
        return ("missing" if late else "pending" if heads else "not-started"), None, "", judged
    verdicts = [h.verdict for h in heads]
    status, outcome = compare(verdicts, stage=TA, rule=protocol.maybe, reasons=reasons)
    alike = outcome is Outcome.EXCLUDE and len(reasons) == 1
    return str(status), outcome, reasons.pop() if alike else "", judged


def holds(review, heads, consensus):
    def value(event):
        rows = review._file.rows(
            "SELECT l.author, e.body FROM event e JOIN log l ON l.id = e.log WHERE e.id = ?",
            (bytes.fromhex(event),),
        )
        body = json.loads(rows[0][1])["body"]
        return rows[0][0], body["verdict"], body.get("reason", "")

    before = {value(event) for event in consensus.basis}
    now = {(h.author, h.verdict, h.reason) for h in heads}
    known = {author for author, _, _ in before}
    new = {v for author, v, _ in now if author not in known}
    return before == {one for one in now if one[0] in known} and new <= {consensus.verdict}


def plain_stale(review, unit):
    file, found = review._file, False
    corrected = {b["record"]: b["version"] for _, b in file.heads("correct") if "version" in b}
    for head in review.consensus._statuses.decision_heads(TA).get(unit, []):
        rows = file.rows("SELECT body FROM event WHERE id = ?", (head.event,))
        body = json.loads(rows[0][0])["body"]
        found |= bool(review.protocol.changed_criteria(body["protocol"]))
        found |= unit in corrected and body["seen"] not in ("", corrected[unit])
    return found


def plain_agreement(review):
    """Count the pairs of verdicts, and of judgements by criterion, of the first two reviewers."""
    one, other = (r.id for r in review.consensus.reviewers())
    verdicts, judged, lacking = Counter(), Counter(), 0
    heads_by_unit = review.consensus._statuses.decision_heads(TA)
    for unit in review.units.ids():
        clear = {}
        for author in (one, other):
            heads = [h for h in heads_by_unit.get(unit, []) if h.author == author]
            if len({h[3:] for h in heads}) == 1:
                clear[author] = heads[0]
        if len(clear) == 2:
            a, b = clear[one], clear[other]
            verdicts[a.verdict, b.verdict] += 1
            left, right = (json.loads(h.judged or "{}") for h in (a, b))
            judged.update((c, left[c], right[c]) for c in left.keys() & right.keys())
        lacking += len(clear) == 1
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
    discrepancies = consensus.discrepancies(TA)
    assert {d.unit.id: d.kind for d in discrepancies} == {u: s.kind for u, s in listed.items()}
    for one in discrepancies:
        assert list(one.decisions) == consensus.decisions(one.unit.id, TA)
        assert list(one.decisions) == consensus.all_decisions(TA).get(one.unit.id, [])
    standing = consensus.standing(TA)
    assert standing.statuses == Counter(str(s.status) for s in states.values())
    outcomes = [s.outcome for s in states.values()]
    assert standing.included == outcomes.count(Outcome.INCLUDE) == len(consensus.passed())
    assert standing.excluded == outcomes.count(Outcome.EXCLUDE)
    assert standing.pending == outcomes.count(None) - len(review.units.removed_ids())
    heads = consensus._statuses.decision_heads(TA)
    for reviewer in standing.reviewers:
        decided = [
            unit
            for unit in review.units.ids()
            if any(h.author == reviewer.reviewer.id for h in heads.get(unit, []))
        ]
        assert reviewer.decided == len(decided)
        assert reviewer.pending == len(review.units.ids()) - len(decided)


def check_agreement(review):
    if review.protocol.current.reviewers_per_record == 1:
        assert review.consensus.agreement(TA).pairs == ()
        return
    (pair,) = review.consensus.agreement(TA).pairs
    verdicts, judged, lacking = plain_agreement(review)
    assert counts(pair.three_way, ("include", "maybe", "exclude")) == verdicts
    assert {cell: len(units) for cell, units in pair.cells.items()} == verdicts
    assert pair.lacking == lacking
    found = {
        (criterion, *cell): number
        for criterion, figures in pair.criteria.items()
        for cell, number in counts(figures, ("met", "unclear", "not-met")).items()
    }
    assert found == judged
    differ = Counter()
    for (criterion, left, right), number in judged.items():
        differ[criterion] += number if left != right else 0
    assert {c: len(units) for c, units in pair.disputes.items()} == +differ


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
        review.consensus.merge(*copies)
        check(review)
        check_agreement(review)
        joined = data.draw(st.lists(NUMBER, unique=True, max_size=3), label="joined")
        if len(joined) > 1:
            review.duplicates.same([review.units.find(str(n)) for n in joined])
        check_agreement(review)
        before = review.consensus.agreement(TA).json()
        for number in data.draw(st.sets(NUMBER, max_size=3), label="settled"):
            unit = review.units.find(str(number))
            review.consensus.resolve(unit, "include", step=TA, why="read", by=["Maya"])
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
        assert review.consensus.agreement(TA).json() == before, "what was frozen stays"
        if data.draw(st.booleans(), label="a removal and another protocol"):
            review.sources.remove(["3"], "retracted")
            now = review.protocol.current
            first = replace(now.criteria[0], exclude="something else")
            review.protocol.set(replace(now, criteria=(first, *now.criteria[1:])))
            check(review)

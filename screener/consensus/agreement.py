"""Agreement of the reviewers, on their independent decisions frozen at the first close."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Any

from screener.consensus.figures import Figures, figures
from screener.consensus.statuses import Head, Statuses
from screener.duplicates.groups import Units
from screener.model import Reviewer, Stage
from screener.store.file import File
from screener.store.undo import closings

BINARY = ("include", "exclude")
THREE_WAY = ("include", "maybe", "exclude")
PER_CRITERION = ("met", "unclear", "not-met")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Agreement of two reviewers: maybe counted as include, all three, and by criterion.

    `lacking` is the number of units only one of them decided; `cells` the units behind the
    table of three, by both verdicts; `disputes` those that both judged by a criterion, differently.
    """

    reviewers: tuple[str, str]
    binary: Figures
    three_way: Figures
    criteria: Mapping[str, Figures]
    lacking: int = 0
    cells: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    disputes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement at one stage; `kappa` is the first pair's, with maybe counted as include."""

    stage: Stage
    pairs: tuple[PairAgreement, ...]

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa of the first pair, or None where it is not defined."""
        return self.pairs[0].binary.kappa if self.pairs else None

    def json(self) -> dict[str, Any]:
        """Return the document of `screener agreement --json`."""
        pairs = [
            {
                "reviewers": list(p.reviewers),
                "binary": p.binary.json(),
                "three_way": p.three_way.json(),
                "criteria": {k: v.json() for k, v in p.criteria.items()},
            }
            for p in self.pairs
        ]
        overall = pairs[0]["binary"] if len(pairs) == 1 else None
        return {"stage": str(self.stage), "pairs": pairs, "overall": overall}


def frozen(file: File, statuses: Statuses, stage: Stage) -> dict[str, dict[str, Head]]:
    """Return each reviewer's decisions by unit as they stood at the first close of the stage.

    A reviewer who has not closed it is taken as it stands. Of a reviewer's own contradiction
    (two differing decisions on one unit) neither counts.
    """
    closed = closings(file).get(stage, {})
    later = {author for author, ends in closed.items() if _changed_since(file, stage, author, ends)}
    found: dict[str, dict[str, list[Head]]] = defaultdict(lambda: defaultdict(list))
    for unit, heads in statuses.decision_heads(stage).items():
        for head in heads:
            if head.author not in later:
                found[head.author][unit].append(head)
    for author in later:
        found[author] = _heads_at(file, stage, author, closed[author])
    return {
        author: {
            unit: heads[0] for unit, heads in units.items() if len({h[3:] for h in heads}) == 1
        }
        for author, units in found.items()
    }


def _first_ends(file: File, ends: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """Return how far each log of a reviewer reaches into the first close (log id: sequence).

    A close with another one in its past, perhaps in the log it goes on from, is no first one. Two
    computers that closed without knowing of each other both count.
    """
    closed: dict[str, int] = {}
    for _, log, seq in ends:
        closed[log] = min(seq, closed.get(log, seq))
    pasts = {log: _past(file, log, seq) for log, seq in closed.items()}
    reach: dict[str, int] = {}
    for log, past in pasts.items():
        if not any(closed[other] <= past.get(other, 0) for other in closed if other != log):
            for other, seq in past.items():
                reach[other] = max(seq, reach.get(other, 0))
    return reach


def _past(file: File, log: str, seq: int) -> dict[str, int]:
    """Return how far each log lies in the past of an entry: its own, and those it goes on from."""
    past = {log: seq}
    while log:
        rows = file.rows(
            "SELECT b.log, b.seq FROM event a JOIN event b ON b.id = a.prev "
            "WHERE a.log = ? AND a.seq = 1",
            (log,),
        )
        log = ""
        for before, at in rows:
            if before not in past:
                log = before
                past[before] = at
    return past


def _changed_since(file: File, stage: Stage, author: str, ends: list[tuple[str, str, int]]) -> bool:
    reach = _first_ends(file, ends)
    rows = file.rows(
        "SELECT e.log, max(e.seq) FROM event e JOIN log l ON l.id = e.log "
        "WHERE l.author = ? AND e.kind = 'decision' AND e.stage = ? GROUP BY e.log",
        (author, stage),
    )
    return any(last > reach.get(log, 0) for log, last in rows)


def _heads_at(
    file: File, stage: Stage, author: str, ends: list[tuple[str, str, int]]
) -> dict[str, list[Head]]:
    reach = _first_ends(file, ends)
    rows = file.rows(
        "SELECT e.id, e.log, e.seq, coalesce(u.unit, e.unit), e.body FROM event e "
        "JOIN log l ON l.id = e.log LEFT JOIN unit_of u ON u.record = e.unit "
        "WHERE l.author = ? AND e.kind = 'decision' AND e.stage = ?",
        (author, stage),
    )
    here: dict[str, Head] = {}
    gone: set[str] = set()
    for id_, log, seq, unit, text in rows:
        if seq > reach.get(log, 0):
            continue
        whole = json.loads(text)
        body = whole["body"]
        gone.update(whole["supersedes"])
        judged = json.dumps(body["judgements"]) if body.get("judgements") else ""
        here[id_.hex()] = Head(unit, id_, author, body["verdict"], body.get("reason", ""), judged)
    found: dict[str, list[Head]] = defaultdict(list)
    for id_hex, head in here.items():
        if id_hex not in gone and head.verdict != "none":
            found[head.unit].append(head)
    return found


def agreement(
    file: File, statuses: Statuses, stage: Stage, reviewers: list[Reviewer], criteria: list[str]
) -> Agreement:
    """Compute the agreement figures of every pair of reviewers whose decisions are here."""
    decided = frozen(file, statuses, stage)
    present = [str(u) for u in Units(file).ids()]
    names = [r for r in reviewers if r.id in decided]
    pairs = [
        _pair((a, b), decided[a.id], decided[b.id], present, criteria)
        for a, b in combinations(names, 2)
    ]
    return Agreement(stage=stage, pairs=tuple(pairs))


def _pair(
    reviewers: tuple[Reviewer, Reviewer],
    one: Mapping[str, Head],
    other: Mapping[str, Head],
    present: list[str],
    criteria: list[str],
) -> PairAgreement:
    both = [u for u in present if u in one and u in other]
    three = [[0] * 3 for _ in range(3)]
    place = {word: i for i, word in enumerate(THREE_WAY)}
    judged = {c: [[0] * 3 for _ in range(3)] for c in criteria}
    mark = {word: i for i, word in enumerate(PER_CRITERION)}
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    disputes: dict[str, list[str]] = defaultdict(list)
    for unit in both:
        a, b = one[unit], other[unit]
        three[place[a.verdict]][place[b.verdict]] += 1
        cells[a.verdict, b.verdict].append(unit)
        for criterion, left, right in _both_judged(a.judged, b.judged):
            if criterion in judged:
                judged[criterion][mark[left]][mark[right]] += 1
                if left != right:
                    disputes[criterion].append(unit)
    binary = [
        [three[0][0] + three[0][1] + three[1][0] + three[1][1], three[0][2] + three[1][2]],
        [three[2][0] + three[2][1], three[2][2]],
    ]
    return PairAgreement(
        reviewers=(reviewers[0].name, reviewers[1].name),
        binary=figures(binary, BINARY),
        three_way=figures(three, THREE_WAY),
        criteria={c: figures(t, PER_CRITERION) for c, t in judged.items()},
        lacking=len((one.keys() ^ other.keys()) & set(present)),
        cells={key: tuple(units) for key, units in cells.items()},
        disputes={key: tuple(units) for key, units in disputes.items()},
    )


@lru_cache(maxsize=4096)
def _both_judged(one: str, other: str) -> tuple[tuple[str, str, str], ...]:
    """Return (criterion, one's word, the other's) where both judged; few kinds, read once each."""
    if not (one and other):
        return ()
    left, right = json.loads(one), json.loads(other)
    return tuple((c, left[c], right[c]) for c in left if c in right)

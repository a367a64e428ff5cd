"""Agreement of the reviewers, on their independent decisions frozen at the first close."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Any

from screener.consensus.agreement.figures import Figures, figures
from screener.consensus.decided import Said, decided
from screener.model import Reviewer, Stage
from screener.store.file import File
from screener.store.undo import closings
from screener.units.units import Units

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


def frozen(file: File, stage: Stage) -> dict[str, dict[str, Said]]:
    """Return each reviewer's decisions by unit as they stood at the first close of the stage.

    A reviewer who has not closed it is taken as it stands. Of a reviewer's own contradiction
    (two differing decisions on one unit) neither counts.
    """
    closed = closings(file).get(stage, {})
    later = {author for author, ends in closed.items() if _changed_since(file, stage, author, ends)}
    here = decided(file, stage)
    distinct = {said: _clear(said) for said in set(here.values())}
    # Who has nothing clear to say is here all the same, with nothing to compare.
    authors = {one.author for said in distinct for one in said}
    found: dict[str, dict[str, Said]] = {author: {} for author in sorted(authors | later)}
    for unit, said in here.items():
        for one in distinct[said]:
            if one.author not in later:
                found[one.author][unit] = one
    for author in later:
        for unit, said in _said_at(file, stage, author, closed[author]).items():
            for one in _clear(said):
                found[author][unit] = one
    return found


def _clear(said: tuple[Said, ...]) -> tuple[Said, ...]:
    """Return what each author says who does not say two different things."""
    distinct = set(said)
    times = Counter(one.author for one in distinct)
    return tuple(one for one in distinct if times[one.author] == 1)


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
    """Say whether a log of theirs holds a decision after the first close; no other is read."""
    reach = _first_ends(file, ends)
    return any(
        file.rows(
            "SELECT 1 FROM event WHERE log = ? AND seq > ? AND kind = 'decision' AND stage = ? "
            "LIMIT 1",
            (log, reach.get(log, 0), stage),
        )
        for (log,) in file.rows("SELECT id FROM log WHERE author = ?", (author,))
    )


def _said_at(
    file: File, stage: Stage, author: str, ends: list[tuple[str, str, int]]
) -> dict[str, tuple[Said, ...]]:
    reach = _first_ends(file, ends)
    rows = file.rows(
        "SELECT e.id, e.log, e.seq, coalesce(u.unit, e.unit), e.body FROM event e "
        "JOIN log l ON l.id = e.log LEFT JOIN unit_of u ON u.record = e.unit "
        "WHERE l.author = ? AND e.kind = 'decision' AND e.stage = ?",
        (author, stage),
    )
    here: dict[str, tuple[str, Said]] = {}
    gone: set[str] = set()
    for id_, log, seq, unit, text in rows:
        if seq > reach.get(log, 0):
            continue
        whole = json.loads(text)
        body = whole["body"]
        gone.update(whole["supersedes"])
        judged = json.dumps(body["judgements"]) if body.get("judgements") else ""
        here[id_.hex()] = unit, Said(author, body["verdict"], body.get("reason", ""), judged)
    found: dict[str, tuple[Said, ...]] = {}
    for id_hex, (unit, one) in here.items():
        if id_hex not in gone and one.verdict != "none":
            found[unit] = (*found.get(unit, ()), one)
    return found


def agreement(
    file: File, stage: Stage, reviewers: list[Reviewer], criteria: list[str]
) -> Agreement:
    """Compute the agreement figures of every pair of reviewers whose decisions are here."""
    by_author = frozen(file, stage)
    present = [str(u) for u in Units(file).ids()]
    names = [r for r in reviewers if r.id in by_author]
    pairs = [
        _pair((a, b), by_author[a.id], by_author[b.id], present, criteria)
        for a, b in combinations(names, 2)
    ]
    return Agreement(stage=stage, pairs=tuple(pairs))


def _pair(
    reviewers: tuple[Reviewer, Reviewer],
    one: Mapping[str, Said],
    other: Mapping[str, Said],
    present: list[str],
    criteria: list[str],
) -> PairAgreement:
    three = [[0] * 3 for _ in range(3)]
    place = {word: i for i, word in enumerate(THREE_WAY)}
    judged: Counter[tuple[str, str]] = Counter()
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    disputes: dict[str, list[str]] = defaultdict(list)
    for unit in present:
        a, b = one.get(unit), other.get(unit)
        if a is None or b is None:
            continue
        cells[a.verdict, b.verdict].append(unit)
        judged[a.judged, b.judged] += 1
        if a.judged != b.judged:
            for criterion, left, right in _both_judged(a.judged, b.judged):
                if left != right and criterion in criteria:
                    disputes[criterion].append(unit)
    for (left, right), units in cells.items():
        three[place[left]][place[right]] = len(units)
    binary = [
        [three[0][0] + three[0][1] + three[1][0] + three[1][1], three[0][2] + three[1][2]],
        [three[2][0] + three[2][1], three[2][2]],
    ]
    return PairAgreement(
        reviewers=(reviewers[0].name, reviewers[1].name),
        binary=figures(binary, BINARY),
        three_way=figures(three, THREE_WAY),
        criteria=_by_criterion(judged, criteria),
        lacking=len((one.keys() ^ other.keys()) & set(present)),
        cells={key: tuple(units) for key, units in cells.items()},
        disputes={key: tuple(units) for key, units in disputes.items()},
    )


def _by_criterion(judged: Mapping[tuple[str, str], int], criteria: list[str]) -> dict[str, Figures]:
    """Return the figures of every criterion; every two ways of judging are read once."""
    tables = {c: [[0] * 3 for _ in range(3)] for c in criteria}
    mark = {word: i for i, word in enumerate(PER_CRITERION)}
    for (one, other), times in judged.items():
        for criterion, left, right in _both_judged(one, other):
            if criterion in tables:
                tables[criterion][mark[left]][mark[right]] += times
    return {c: figures(t, PER_CRITERION) for c, t in tables.items()}


@lru_cache(maxsize=4096)
def _both_judged(one: str, other: str) -> tuple[tuple[str, str, str], ...]:
    """Return (criterion, one's word, the other's) where both judged; few kinds, read once each."""
    if not (one and other):
        return ()
    left, right = json.loads(one), json.loads(other)
    return tuple((c, left[c], right[c]) for c in left if c in right)

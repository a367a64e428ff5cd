"""Find duplicates: certain groups, questions for a person, linked reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter

from screener.duplicates import blocking, links
from screener.duplicates.clusters import Clusters
from screener.duplicates.comparison import compare
from screener.duplicates.found import Found, Group, Link, Linked, Pair, Question
from screener.duplicates.rules import CERTAIN, QUESTIONS
from screener.duplicates.settings import STANDARD, Settings
from screener.duplicates.shelf import Shelf
from screener.duplicates.verdict import Judge, Outcome, explain
from screener.model import Progress, silent
from screener.units.candidate import Candidate

_STEP = 1000
_CHAIN = "chain"
"""The rule of a certain pair that was not joined because others of the two groups contradict."""
_CHAIN_WORDS = "; but other records of the two groups contradict each other"
_RANK = {rule.name: rank for rank, rule in enumerate((*CERTAIN, *QUESTIONS))}

_NO_QUESTION = (Outcome.NO, Outcome.LINKED)

_Edge = tuple[int, int, float, int, int, str]
"""Sorting key of a pair (vetoes, rank of the rule, unlikeness), its positions, its rule."""


class _Said:
    """The records, by position, that a person has said to be different."""

    def __init__(self, different: Iterable[Iterable[int]]) -> None:
        self._answers: dict[int, set[int]] = defaultdict(set)
        for number, places in enumerate(different):
            for place in places:
                self._answers[place].add(number)

    def __bool__(self) -> bool:
        return bool(self._answers)

    def different(self, one: int, other: int) -> bool:
        """Whether one answer names both."""
        answers = self._answers
        return one in answers and other in answers and not answers[one].isdisjoint(answers[other])


class _Forbidden:
    """Says of two records, by position, whether they may not be in one group."""

    def __init__(self, records: Shelf, judge: Judge, said: _Said) -> None:
        self._records = records
        self._judge = judge
        self._said = said
        self._known: dict[tuple[int, int], bool] = {}

    def __call__(self, one: int, other: int) -> bool:
        if self._said.different(one, other):
            return True
        # a file imported many times over gives the same two texts many times over
        left, right = self._records.texts[one], self._records.texts[other]
        key = (min(left, right), max(left, right))
        if key not in self._known:
            ready = self._records[one], self._records[other]
            self._known[key] = self._judge.contradicted(*ready, self._records.abstract)
        return self._known[key]


def find(
    records: Sequence[Candidate],
    *,
    settings: Settings = STANDARD,
    together: Iterable[Sequence[str]] = (),
    different: Iterable[Sequence[str]] = (),
    progress: Progress = silent,
) -> Found:
    """Find the duplicates among records.

    `together` are groups that are joined already: they stay whole, and a group in the result that
    grows out of one lists its records too. `different` are sets of records that a person has said
    to be different reports: no two of a set are joined or asked about again. The result does not
    depend on the order of the records.
    """
    return _Search(records, settings, together, different, progress).found()


class _Search:
    """One run over the records; positions are those in the order of ids."""

    def __init__(
        self,
        records: Sequence[Candidate],
        settings: Settings,
        together: Iterable[Sequence[str]],
        different: Iterable[Sequence[str]],
        progress: Progress,
    ) -> None:
        self._settings = settings
        self._judge = Judge(settings)
        self._progress = progress
        self._records = Shelf(records, progress)
        self._said = _Said(map(self._places, different))
        # what forbids does not hold this search, so that all of it is given back at once
        self._clusters = Clusters(_Forbidden(self._records, self._judge, self._said))
        for group in together:
            self._clusters.put_together(self._places(group))
        self._rules: Counter[str] = Counter()
        self._group_rules: list[tuple[int, str]] = []
        self._links: set[tuple[Link, int, int]] = set()

    def found(self) -> Found:
        """Run all steps."""
        certain, ask = self._edges()
        ask.extend(self._join(certain))
        return Found(
            certain=self._groups(),
            ask=self._questions(ask),
            linked=self._linked(),
            rules=dict(sorted(self._rules.items())),
            settings=self._settings,
        )

    def _places(self, ids: Iterable[str]) -> list[int]:
        return sorted(p for p in map(self._records.place, set(ids)) if p is not None)

    def _edges(self) -> tuple[list[_Edge], list[_Edge]]:
        """Compare every pair worth it; return the certain ones and those to ask about."""
        certain: list[_Edge] = []
        ask: list[_Edge] = []
        pairs = blocking.pairs(self._records)
        for done, packed in enumerate(pairs):
            one, other = blocking.places(packed, self._records)
            if done % _STEP == 0:
                self._progress(done, len(pairs), "Comparing pairs of records")
            pair = compare(self._records[one], self._records[other], self._records.abstract)
            if pair is None:
                continue
            verdict = self._judge.verdict(pair)
            kind = links.link(pair) if verdict.outcome is not Outcome.CERTAIN else None
            if verdict.outcome is Outcome.LINKED:
                kind = kind or Link.ELSEWHERE
            if kind:
                self._links.add((kind, one, other))
            if verdict.outcome in _NO_QUESTION:
                continue
            vetoes, rank = len(verdict.vetoes), _RANK[verdict.rule]
            edge = (vetoes, rank, -pair.likeness, one, other, verdict.rule)
            (certain if verdict.outcome is Outcome.CERTAIN else ask).append(edge)
        return sorted(certain), ask

    def _join(self, certain: Iterable[_Edge]) -> list[_Edge]:
        """Join certain pairs, the surest first; return those that a veto across groups stopped."""
        stopped = []
        for edge in certain:
            one, other, rule = edge[3], edge[4], edge[5]
            if self._clusters.root(one) == self._clusters.root(other):
                continue
            if self._clusters.join(one, other):
                self._rules[rule] += 1
                self._group_rules.append((one, rule))
            else:
                stopped.append((*edge[:5], _CHAIN))
        return stopped

    def _groups(self) -> tuple[Group, ...]:
        rules: dict[int, dict[str, None]] = defaultdict(dict)
        for place, rule in self._group_rules:
            rules[self._clusters.root(place)][rule] = None
        groups = []
        for root, fired in rules.items():
            ordered = self._ordered(self._clusters.members(root))
            groups.append(Group(records=ordered, kept=ordered[0], rules=tuple(fired)))
        return tuple(sorted(groups, key=lambda group: group.kept))

    def _ordered(self, places: Iterable[int]) -> tuple[str, ...]:
        """Ids in the order of completeness."""
        ready = (self._records[place] for place in places)
        return tuple(one.id for one in sorted(ready, key=attrgetter("completeness")))

    def _questions(self, ask: list[_Edge]) -> tuple[Question, ...]:
        """Bring what is doubtful into as few questions as can be answered group by group."""
        between: dict[tuple[int, int], _Edge] = {}
        for edge in sorted(ask):
            roots = sorted((self._clusters.root(edge[3]), self._clusters.root(edge[4])))
            if roots[0] != roots[1]:
                between.setdefault((roots[0], roots[1]), edge)
        open_questions = Clusters(self._apart)
        for one, other in sorted(_likely(between), key=lambda roots: between[roots]):
            open_questions.join(one, other)
        inside: dict[int, dict[tuple[int, int], _Edge]] = defaultdict(dict)
        for roots_, edge in between.items():
            if open_questions.root(roots_[0]) == open_questions.root(roots_[1]):
                inside[open_questions.root(roots_[0])][roots_] = edge
        found = [self._question(edges) for edges in inside.values()]
        return tuple(sorted(found, key=lambda question: (question.doubt, question.records)))

    def _apart(self, one: int, other: int) -> bool:
        """Whether a person has said that records of two groups are different."""
        if not self._said:
            return False
        return any(
            self._said.different(left, right)
            for left in self._clusters.members(one)
            for right in self._clusters.members(other)
        )

    def _question(self, between: dict[tuple[int, int], _Edge]) -> Question:
        """Make one question of groups, given by their roots, and what is doubtful between them."""
        members = {
            root: self._clusters.members(root)
            for root in sorted({r for two in between for r in two})
        }
        shown = {root: self._ordered(places)[0] for root, places in members.items()}
        order = self._ordered(self._places(shown.values()))
        tree = _tree(between, {root: order.index(one) for root, one in shown.items()})
        worst = max(edge for _, _, edge in tree)
        left, right = self._records.whole(worst[3]), self._records.whole(worst[4])
        why = explain(left, right, settings=self._settings)
        return Question(
            records=self._ordered(place for places in members.values() for place in places),
            pairs=tuple(
                Pair(one=shown[one], other=shown[other], rule=edge[5]) for one, other, edge in tree
            ),
            why=why + _CHAIN_WORDS if worst[5] == _CHAIN else why,
            doubt=float(worst[0]) + (100.0 + worst[2]) / 100.0,
        )

    def _linked(self) -> tuple[Linked, ...]:
        self._links.update(
            (Link.REGISTRATION, one, other)
            for one, other in links.registrations(self._records, self._records.abstracts)
        )
        found = {
            (kind, tuple(sorted((self._records.ids[one], self._records.ids[other]))))
            for kind, one, other in self._links
            if self._clusters.root(one) != self._clusters.root(other)
        }
        return tuple(Linked(kind=kind, records=ids) for kind, ids in sorted(found))


def _likely(between: dict[tuple[int, int], _Edge]) -> list[tuple[int, int]]:
    """Leave out the pairs of which both sides have a partner that fewer vetoes speak against.

    They are asked about when what is likelier has been answered, as far as they still are a doubt.
    """
    fewest: dict[int, int] = {}
    for roots, edge in between.items():
        for root in roots:
            fewest[root] = min(edge[0], fewest.get(root, edge[0]))
    return [
        (one, other)
        for (one, other), edge in between.items()
        if edge[0] <= max(fewest[one], fewest[other])
    ]


def _tree(
    between: dict[tuple[int, int], _Edge], rank: dict[int, int]
) -> list[tuple[int, int, _Edge]]:
    """Join everything with the likeliest pairs, and of those with the most complete record.

    Each pair has the more complete one, which is the first by `rank`, second.
    """
    pairs = []
    for roots, edge in between.items():
        other, one = sorted(roots, key=rank.__getitem__)
        pairs.append((edge[:3], rank[other], rank[one], (one, other, edge)))
    parts = Clusters[int]()
    tree = []
    for _, first, second, pair in sorted(pairs):
        if parts.root(first) != parts.root(second):
            parts.put_together((first, second))
            tree.append(pair)
    return tree

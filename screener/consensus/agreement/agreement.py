"""Agreement of the reviewers at a step, on their independent answers (docs/numbers.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from screener.consensus.agreed import pairings
from screener.consensus.agreement.answers import (
    OfMany,
    OfTwo,
    Sameness,
    of_many,
    of_two,
    sameness,
)
from screener.consensus.agreement.figures import Figures
from screener.consensus.agreement.frozen import Frozen, frozen
from screener.consensus.standing import Standing
from screener.model import Reviewer, Status
from screener.model.step import Item, Measure, Said, Step, values_by_author
from screener.store.file import File

Pair = tuple[str, str]
_Cells = Mapping[Pair, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Agreement of two reviewers: the figures of every measure of the step, by its id.

    `alike` has the measures without a scale: how many answers are the same. `cells` are the
    subjects behind each cell of a measure's table, by both values (with the row of a list:
    "subject/row"); `lacking` is the number of subjects that the other of the two did not answer:
    what counts for one only because of what `Agreement.not_counted` names is not in it.
    """

    reviewers: tuple[str, str]
    measured: Mapping[str, OfTwo]
    alike: Mapping[str, Sameness] = field(default_factory=dict)
    cells: Mapping[str, _Cells] = field(default_factory=dict)
    lacking: int = 0

    def figures(self, measure: str) -> Figures:
        """Return the figures of one measure."""
        return self.measured[measure].figures

    def group(self, name: str) -> dict[str, Figures]:
        """Return the figures of the measures under a heading ("criteria"), by their names."""
        begins = f"{name}/"
        return {
            id_.removeprefix(begins): one.figures
            for id_, one in self.measured.items()
            if id_.startswith(begins)
        }

    def disputes(self, measure: str) -> tuple[str, ...]:
        """Return the subjects that both answered, differently."""
        return tuple(u for (a, b), us in self.cells.get(measure, {}).items() if a != b for u in us)

    def json(self) -> dict[str, Any]:
        """Return the pair as the command line prints it."""
        found: dict[str, Any] = {"reviewers": list(self.reviewers)}
        every: dict[str, OfTwo | Sameness] = {**self.measured, **self.alike}
        for id_, one in every.items():
            heading, _, name = id_.rpartition("/")
            place = found.setdefault(heading, {}) if heading else found
            place[name] = one.json()
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement at one step; `kappa` is the first pair's, on the step's first measure.

    `overall` is that of three and more on the first measure, `together` on every one by its id.
    `closes` are (reviewer, event of the close, subjects it brought); `not_counted` says why
    how many subjects have an answer that is in no figure. What one reviewer alone answered is not
    among them: `OfMany.overall.answered_by_one`.
    """

    step: str
    pairs: tuple[PairAgreement, ...]
    overall: OfMany | None = None
    together: Mapping[str, OfMany] = field(default_factory=dict)
    closes: tuple[tuple[str, str, int], ...] = ()
    not_counted: Mapping[str, int] = field(default_factory=dict)

    @property
    def first(self) -> Figures | None:
        """The figures of the first pair on the first measure, or None without a pair."""
        measured = self.pairs[0].measured.values() if self.pairs else ()
        return next((one.figures for one in measured), None)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa of the first pair, or None where it is not defined."""
        return self.first.kappa if self.first else None

    def json(self) -> dict[str, Any]:
        """Return the document of `screener agreement --json`."""
        overall: dict[str, Any] | None = None
        if self.overall is not None:
            overall = self.overall.json()
        elif self.first is not None:
            overall = self.first.json()
        return {
            "stage": self.step,
            "pairs": [pair.json() for pair in self.pairs],
            "overall": overall,
            "closes": [
                {"reviewer": name, "close": event, "subjects": count}
                for name, event, count in self.closes
            ],
            "not_counted": dict(self.not_counted),
        }


class _Counting:
    """Collects what counts of every reviewer on every item, by measure."""

    def __init__(self, step: Step, counted: Frozen) -> None:
        self.values: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        self._step = step
        self._measures: dict[Item, Sequence[Measure]] = {}
        # Thousands of subjects have few different things said of them: each is measured once.
        self._read: dict[tuple[Item, tuple[str, ...]], tuple[tuple[str, str], ...] | None] = {}
        self.contradictions: dict[str, set[str]] = defaultdict(set)
        self.counted = counted

    def add(self, subject: str, items: Mapping[Item, tuple[Said, ...]]) -> None:
        """Take in what was said on the items of a subject.

        Who answered several records of one unit may have judged only some of them, in whatever
        order: what they say is read of all their answers, and two things said count as none.
        """
        for item, said in items.items():
            key = "/".join(filter(None, (subject, item.row)))
            for author, values in values_by_author(said).items():
                what = item, tuple(values)
                if what not in self._read:
                    self._read[what] = self._measured(*what)
                read = self._read[what]
                if read is None:
                    self.contradictions[author].add(subject)
                    continue
                for measure, word in read:
                    self.values[measure][author][key] = word

    def _measured(self, item: Item, values: tuple[str, ...]) -> tuple[tuple[str, str], ...] | None:
        """Return by measure what one reviewer's answers say; None where they are not the same."""
        if not all(self._step.same(item, values[0], other) for other in values[1:]):
            return None
        if item not in self._measures:
            self._measures[item] = self._step.measures(item)
        found = (
            (measure.id, {word for v in values if (word := measure.read(v)) is not None})
            for measure in self._measures[item]
        )
        return tuple((id_, words.pop()) for id_, words in found if len(words) == 1)


def _asked(standing: Standing) -> set[str]:
    """Return the subjects that are visible and asked, or were.

    What became of a report later, or of the step before, changes nothing of what was frozen.
    """
    barred, opened = standing.step.barred(), standing.coverage.opened
    later = (Status.NOT_OPEN, Status.NOT_RETRIEVED)
    return {
        s
        for s in standing.step.subjects()
        if standing.visible(s) and (s not in barred or (barred[s] in later and opened(s)))
    }


def agreement(file: File, standing: Standing, reviewers: Sequence[Reviewer]) -> Agreement:
    """Compute the agreement figures of every pair of reviewers whose answers count.

    With three and more reviewers the figures of all of them together are those of the first
    measure.
    """
    step = standing.step
    counted = frozen(file, step, standing.coverage, _asked(standing))
    counting = _Counting(step, counted)
    pairs_of = pairings(file, step.id)
    together: dict[str, tuple[Said, ...]] = defaultdict(tuple)
    for mine in counted.said.values():
        for subject, said in mine.items():
            together[subject] += said
    for subject, said in together.items():
        asked = step.items(said, pairs_of.get(subject, ()))
        counting.add(subject, {one.item: one.said for one in asked})
    measures = step.all_measures()
    names = [r for r in reviewers if r.id in counted.said]
    pairs = tuple(_pair(a, b, measures, counting, counted) for a, b in combinations(names, 2))
    scaled = [m for m in measures if m.options] if len(names) > 2 else []
    of_all = {measure.id: _overall(measure, counting) for measure in scaled}
    return Agreement(
        step=step.id,
        pairs=pairs,
        overall=next(iter(of_all.values()), None),
        together=of_all,
        closes=tuple(
            (one.name, event, count)
            for one in reviewers
            for who, event, count in counted.brought
            if who == one.id
        ),
        not_counted=_not_counted(standing, reviewers, counted, counting),
    )


def _pair(
    one: Reviewer,
    other: Reviewer,
    measures: Sequence[Measure],
    counting: _Counting,
    counted: Frozen,
) -> PairAgreement:
    measured: dict[str, OfTwo] = {}
    alike: dict[str, Sameness] = {}
    cells: dict[str, _Cells] = {}
    for measure in measures:
        left, right = (counting.values[measure.id].get(r.id, {}) for r in (one, other))
        behind: dict[Pair, list[str]] = defaultdict(list)
        for key in left.keys() & right.keys():
            behind[left[key], right[key]].append(key)
        listed = [pair for pair, keys in behind.items() for _ in keys]
        if measure.options:
            ones, others = [a for a, _ in listed], [b for _, b in listed]
            measured[measure.id] = of_two(ones, others, measure)
        else:
            alike[measure.id] = sameness(a == b for a, b in listed)
        cells[measure.id] = {pair: tuple(sorted(keys)) for pair, keys in behind.items()}
    apart: set[str] = set()
    for r in (one, other):
        apart |= counting.contradictions.get(r.id, set()) | counted.apart(r.id)
    return PairAgreement(
        reviewers=(one.name, other.name),
        measured=measured,
        alike=alike,
        cells=cells,
        lacking=len((counted.said[one.id].keys() ^ counted.said[other.id].keys()) - apart),
    )


def _overall(measure: Measure, counting: _Counting) -> OfMany:
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for values in counting.values[measure.id].values():
        for key, value in values.items():
            given[key][value] += 1
    return of_many(list(given.values()), measure)


_NOT_INCLUDED = "of a study that has no included report now"


def _not_counted(
    standing: Standing, reviewers: Sequence[Reviewer], counted: Frozen, counting: _Counting
) -> dict[str, int]:
    found = {}
    for one in reviewers:
        for words, counts in (
            ("and under no close of theirs", counted.not_closed),
            ("only after the close that counts", counted.late),
            ("in two ways in copies that were each closed alone", counted.parted),
        ):
            if counts.get(one.id):
                found[f"answered by {one.name} {words}"] = len(counts[one.id])
    contradicted = set().union(*counting.contradictions.values())
    if contradicted:
        found["answered by one reviewer in two ways"] = len(contradicted)
    if counted.gone:
        gone = "removed or withdrawn since" if standing.on_records else _NOT_INCLUDED
        found[f"answered, and {gone}"] = counted.gone
    joined = sum(n for subject, n in counted.joined.items() if subject not in contradicted)
    if joined:
        found["answered on a further record of a joined report"] = joined
    return found

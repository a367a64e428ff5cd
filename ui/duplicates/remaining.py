"""Which questions are still to be answered, told from what the project holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screener.duplicates.found import Pair, Question


class Remaining:
    """The questions of one run in their order; those put off stand at the end."""

    def __init__(self, questions: Sequence[Question] = ()) -> None:
        self._all = tuple(questions)
        self._order = list(self._all)
        self.open: list[Question] = []

    @property
    def count(self) -> int:
        """How many questions the run asked."""
        return len(self._all)

    @property
    def answered(self) -> int:
        """How many of them are answered."""
        return len(self._all) - len(self.open)

    def look(
        self, membership: Mapping[str, str], answers: Sequence[Sequence[str]]
    ) -> Question | None:
        """Look again which are open; return one that is open now and was not, if there is one.

        `membership` is the unit of each record in a group, `answers` the sets of records a person
        said are different.
        """
        before = set(map(id, self.open))
        different = [frozenset(uids) for uids in answers]
        groups: dict[str, set[str]] = {}
        for uid, unit in membership.items():
            groups.setdefault(unit, set()).add(uid)

        def is_open(pair: Pair) -> bool:
            one, other = membership.get(pair.one, pair.one), membership.get(pair.other, pair.other)
            if one == other:
                return False
            left, right = groups.get(one, {pair.one}), groups.get(other, {pair.other})
            return not any(left & said and right & said for said in different)

        self.open = [q for q in self._order if any(is_open(pair) for pair in q.pairs)]
        return next((q for q in self.open if id(q) not in before), None)

    def add(self, question: Question) -> None:
        """Ask one more, before the others."""
        self._all = (question, *self._all)
        self._order.insert(0, question)

    def put_off(self, question: Question) -> None:
        """Ask this question last."""
        self._order.remove(question)
        self._order.append(question)
        if question in self.open:
            self.open.remove(question)
            self.open.append(question)

"""The meeting of a step: its list, its reveal level, what is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from screener import Project
from screener.consensus.context import Change
from screener.consensus.grouping import GroupBy, Key, in_list
from screener.consensus.reveal import Level
from screener.model import (
    Consensus,
    Details,
    Discrepancy,
    DiscrepancyKind,
    State,
)
from screener.model.gathering import gathered
from screener.model.step import Agreed
from ui.consensus.attendance import Attendance
from ui.consensus.haystacks import Haystacks
from ui.consensus.item_painter import ItemPainter
from ui.consensus.overturning import Overturning
from ui.consensus.painter import Choice, ItemId, Line, Painter, id_of
from ui.consensus.steps import painter_of


class Filter(StrEnum):
    """Which discrepancies the list shows; the words are shown as they stand."""

    OPEN = "To settle"
    SETTLED = "Settled"
    ALL = "All"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One kind of what the list shows; without a heading where the level hides kinds."""

    heading: str
    items: tuple[ItemId, ...]


class Narrowed(NamedTuple):
    """One group that the list is narrowed to."""

    by: GroupBy
    key: Key


_KEPT = 500
"""So many items are kept as they were read; the rest is read again when it is shown."""


class Meeting:
    """The discrepancies of one step and how the meeting looks at them."""

    painter: Painter
    """What is shown of the step's items and settles them."""

    def __init__(self, project: Project, step: str, attendance: Attendance | None = None) -> None:
        self._project = project
        self.attendance = attendance or Attendance(project)
        self.step = step
        self.filter = Filter.OPEN
        self.narrowed: Narrowed | None = None
        self.search = ""
        self.overturning = Overturning(self)
        self._states: dict[ItemId, State] = {}
        self._read: dict[ItemId, Discrepancy] = {}
        self._touched: list[ItemId] = []
        self._changed: list[ItemId] = []
        self._unlisted: set[ItemId] | None = None
        self._haystacks = Haystacks(project, step)
        self._grouped: tuple[object, list[Group]] | None = None
        self._kinds: dict[ItemId, Key] = {}  # what each item is grouped by
        self.level = self._recorded = Level(project.consensus.revealed())
        self.reload()

    # --- what there is ---------------------------------------------------------------------------

    @property
    def visible(self) -> bool:
        """Whether anything of the step may be seen here."""
        return self._visible

    def reload(self) -> None:
        """Read everything anew."""
        self.protocol = self._project.protocol.current
        self.painter = painter_of(self._project, self.step)
        self.follow_level()
        self._haystacks.clear()
        self._touched.clear()
        self._read.clear()
        self._states.clear()
        self._kinds.clear()
        self._unlisted = None
        self._take_states(None)

    def refresh(self, records: Iterable[str]) -> None:
        """Read the records that changed."""
        units = {self._project.units.of_record(record) for record in records}
        before = {at: self._states.pop(at) for at in list(self._states) if at.subject in units}
        for at in before:
            self._read.pop(at, None)
            self._kinds.pop(at, None)
        self._take_states(units)
        here = [at for at in self._states if at.subject in units]
        self._changed = [at for at in here if before.get(at) != self._states[at]]
        self._touched = sorted(here, key=lambda at: before.get(at) == self._states[at])
        if self._unlisted is not None:
            self._unlisted.update(before, here)

    def _take_states(self, units: Collection[str] | None) -> None:
        consensus = self._project.consensus
        self._grouped = None
        self._visible = consensus.visible(self.step)
        self._hidden = consensus.hidden(self.step)
        found = consensus.differing(self.step, only=units) if self._visible else []
        self._states |= {id_of(state): state for state in found}
        by_kind = consensus.context.grouped(self.step, GroupBy.KIND, found)
        self._kinds |= {id_of(one): key for key, several in by_kind.items() for one in several}
        self._settled = sum(not state.open for state in self._states.values())

    def agreed_otherwise(self, at: ItemId, wanted: Agreed) -> str:
        """Return what was agreed on an item, in words, where it was something else; else ""."""
        return self._project.consensus.context.overturned(at.subject, self.step, wanted)

    def state(self, at: ItemId) -> State | None:
        """Return where one discrepancy stands, or None; nothing of it is read."""
        return self._states.get(at)

    def of_subject(self, subject: str) -> ItemId | None:
        """Return the first item of a subject, or None; of those read again what changed."""
        of_it = (at for at in (*self._touched, *self._states) if at.subject == subject)
        return next(of_it, None)

    def item(self, at: ItemId) -> Discrepancy | None:
        """Return one discrepancy with record and answers, or None."""
        return self.read([at]).get(at)

    def read(self, items: Iterable[ItemId]) -> dict[ItemId, Discrepancy]:
        """Return some discrepancies with records and answers."""
        wanted = [at for at in items if at in self._states]
        missing = dict.fromkeys(at.subject for at in wanted if at not in self._read)
        if missing:
            fresh = self._project.consensus.discrepancies(self.step, only=list(missing))
            self._read |= {id_of(one): one for one in fresh}
        found = {at: self._read[at] for at in wanted}
        for at in list(self._read)[: max(0, len(self._read) - _KEPT)]:
            del self._read[at]
        return found

    @property
    def settled(self) -> int:
        """How many are settled."""
        return self._settled

    @property
    def all(self) -> int:
        """How many there are, settled or not."""
        return len(self._states)

    @property
    def hidden(self) -> int:
        """How many units are hidden, because not everybody has closed them."""
        return self._hidden

    @property
    def share(self) -> tuple[float | None, str]:
        """How much of all is settled, if there is anything, and the same in words."""
        words = f"{self.settled:,} of {self.all:,} settled"
        return self.settled / self.all if self.all else None, words

    # --- the list --------------------------------------------------------------------------------

    def lines(self, items: Iterable[ItemId]) -> list[Line]:
        """Return some rows of the list; what is gone stands empty until it is shown anew."""
        wanted = list(items)
        found, painter = self.read(wanted), self.beside
        return [
            painter.line(found[at], self.level) if at in found else Line(at=at) for at in wanted
        ]

    def line_of(self, at: ItemId) -> ItemId:
        """Return the row of the list in which an item stands."""
        return at

    @property
    def beside(self) -> ItemPainter:
        """The painter of a step that shows one item beside its record."""
        assert isinstance(self.painter, ItemPainter)
        return self.painter

    def to_list_again(self) -> set[ItemId] | None:
        """Return the items that changed since this was asked last; None for all of them."""
        found, self._unlisted = self._unlisted, set()
        return found

    def counts(self) -> dict[Filter, int]:
        """Return how many each filter shows."""
        return {
            Filter.OPEN: self.all - self.settled,
            Filter.SETTLED: self.settled,
            Filter.ALL: self.all,
        }

    def groups(self) -> list[Group]:
        """Return the list as filter, search and level have it."""
        wanted = (self.filter, self.narrowed, self.search, self.level)
        if self._grouped is None or self._grouped[0] != wanted:
            self._grouped = (wanted, self._group())
        return self._grouped[1]

    def parts(self, by: GroupBy) -> dict[Key, list[State]]:
        """Return what the list of the filter can be narrowed to, with the items of each."""
        found = self._project.consensus.context.grouped(self.step, by, self._filtered())
        if by is not GroupBy.DISPUTED:
            return found
        order = {id_: place for place, id_ in enumerate(self.painter.asked())}
        last = len(order)
        return {
            key: found[key]
            for key in sorted(found, key=lambda key: (not key[0], order.get(key[0], last), key))
        }

    def words_of(self, by: GroupBy, key: Key) -> str:
        """Return what a group is called; verdicts are named where the kind has several groups."""
        alone = by is GroupBy.KIND and sum(k[0] == key[0] for k in {*self._kinds.values()}) < 2
        return self.painter.group_words(by, key[:1] if alone else key)

    @property
    def in_group(self) -> int:
        """How many the filter shows of what the list is narrowed to."""
        return len(self._in_group())

    def _in_group(self) -> list[State]:
        if self.narrowed is None:
            return self._filtered()
        return self.parts(self.narrowed.by).get(self.narrowed.key, [])

    def _shown(self) -> list[State]:
        """Return the items of the list as filter and search have it, in their order."""
        shown = self._in_group()
        if self.search.strip():
            hits = self._haystacks.found({state.subject for state in shown}, self.search)
            shown = [state for state in shown if state.subject in hits]
        return self._project.consensus.at(self.step).in_order(shown)

    def _group(self) -> list[Group]:
        shown = self._shown()
        if self.level is Level.RECORD:
            return [Group(heading="", items=tuple(map(id_of, shown)))] if shown else []
        by_kind = gathered((self._kinds[id_of(state)], state) for state in shown)
        return [
            Group(heading=self.words_of(GroupBy.KIND, key), items=tuple(map(id_of, by_kind[key])))
            for key in sorted(by_kind, key=in_list)
        ]

    def order(self) -> list[ItemId]:
        """Return the items of the list from top to bottom."""
        return [at for group in self.groups() for at in group.items]

    def place(self, at: ItemId) -> tuple[str, int, int]:
        """Return an item's heading, its place under it (from 1), and how many stand there."""
        for group in self.groups():
            for place, found in enumerate(group.items, 1):
                if found == at:
                    return group.heading or "Record", place, len(group.items)
        return "", 0, 0

    def following(
        self, order: Sequence[ItemId], at: ItemId | None, *, around: bool = False
    ) -> ItemId | None:
        """Return the item after another in an order that still waits; None when none does.

        After the last comes the nearest before it, or going `around` the first.
        """
        place = order.index(at) if at in order else -1
        before = list(order[: max(place, 0)])
        rest = [*order[place + 1 :], *(before if around else reversed(before))]
        return next((one for one in rest if self.waits(one)), None)

    def waits(self, at: ItemId) -> bool:
        """Say whether anything of a row of the list is to settle."""
        return at in self._states and self._states[at].open

    def _filtered(self) -> list[State]:
        every, wanted = self._states.values(), self.filter is Filter.OPEN
        return [one for one in every if self.filter is Filter.ALL or one.open is wanted]

    def prepare_search(self) -> None:
        """Read what the search looks through; thousands of records take longer than a key may."""
        self._haystacks.found({at.subject for at in self._states}, self.search)

    # --- one item --------------------------------------------------------------------------------

    def since(self, found: Discrepancy) -> list[Change]:
        """Return what became of the answers since an item was settled that is open again."""
        if found.kind is not DiscrepancyKind.REOPENED:
            return []
        return self._project.consensus.context.changed_since(found)

    def waited_for(self, found: Discrepancy) -> list[str]:
        """Return the ids of those who closed without an answer to an item where one is missing."""
        if found.kind is not DiscrepancyKind.MISSING:
            return []
        context = self._project.consensus.context
        missing = context.undecided(found.subject, self.step, found.item)
        return [str(reviewer.id) for reviewer in missing]

    def phrases(self) -> list[str]:
        """Return the sentences used before, the most used first."""
        agreed = self._project.consensus.agreed(self.step) if self._visible else {}
        used = Counter(c.why for found in agreed.values() for c in found)
        return [why for why, _ in used.most_common()]

    # --- what the meeting does -------------------------------------------------------------------

    def reveal(self, level: Level) -> None:
        """Show more or less from now on; looking writes nothing.

        The list stays narrowed only to what the level shows.
        """
        self.level = level
        if self.narrowed and self.narrowed.by not in self.painter.groups_by(level):
            self.narrowed = None

    def keep_level(self) -> None:
        """Record how much is shown: what is settled next is settled with that in view."""
        if self.level is not self._recorded:
            self._project.consensus.reveal(int(self.level))
            self._recorded = self.level

    def follow_level(self) -> bool:
        """Take over a level that was recorded elsewhere; says whether it is another one."""
        before, recorded = self.level, Level(self._project.consensus.revealed())
        if recorded is not self._recorded:
            self._recorded = recorded
            self.reveal(recorded)
        return self.level is not before

    def settle(self, at: ItemId, choice: Choice, why: str) -> Consensus:
        """Record what is chosen; `UserError` says what is still missing.

        What was agreed already is settled otherwise only where the level shows what that was.
        """
        consensus, overturn = self._project.consensus, self.overturning.settles(at, choice, why)
        by, mode = self.attendance.deciding()
        self.keep_level()
        return consensus.resolve(
            at.subject,
            choice.value,
            step=self.step,
            item=at.item,
            state=choice.state,
            details=Details(
                unit=choice.unit,
                page=choice.page,
                quote=choice.quote,
                same_meaning=choice.same_meaning,
            ),
            why=why,
            by=by,
            reason=choice.reason,
            mode=mode,
            overturn=overturn,
        )

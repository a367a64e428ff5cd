"""Items of a meeting as strips of a PDF page: their heights are known before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod

from screener.printing import document as d
from screener.printing.lines import SANS, SERIF, Line, Type, broken, width

# Millimetres: where the words of an item begin, where its cells do, what is between two cells.
HANG, LABEL, GAP = 10.0, 32.0, 4.0
BOX = 6.0
_TITLE, _BYLINE, _HEAD = Type(SERIF, 12.5), Type(SANS, 8.5), Type(SANS, 8.5)
_BODY, _NOTE, _LABEL = Type(SANS, 10.5), Type(SERIF, 10.5), Type(SANS, 9)
_NAMED, _SMALL, _TICK = Type(SANS, 10), Type(SANS, 8.5), Type(SANS, 10)
_PEN = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Lines of one type below each other, so far from the left margin; perhaps a box before them.

    `box` says whether it is ticked; None is no box.
    """

    x: float
    lines: tuple[Line, ...]
    type: Type
    box: bool | None = None
    down: float = 0.0

    @property
    def high(self) -> float:
        """How high it is."""
        return self.down + len(self.lines) * self.type.lead

    def parted(self, room: float) -> tuple[Column, Column]:
        """Return the lines that have room, and the others."""
        count = max(0, int((room - self.down) / self.type.lead + 1e-6))
        rest = replace(
            self,
            lines=self.lines[count:],
            down=0.0 if count else max(0.0, self.down - room),
            box=None if count else self.box,
        )
        return replace(self, lines=self.lines[:count]), rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What stands side by side, so high as the highest of it; never torn where it fits on a page.

    `pens` are lines to write on at its foot, from and to; `bar` is the thick line of a dispute.
    """

    columns: tuple[Column, ...] = ()
    least: float = 0.0
    after: float = 1.2
    pens: tuple[tuple[float, float], ...] = ()
    bar: bool = False
    rule: bool = False

    @property
    def high(self) -> float:
        """How high it is, with the room below it."""
        return max([self.least, *(column.high for column in self.columns)]) + self.after

    def parted(self, room: float) -> tuple[Strip, Strip]:
        """Return what has room of it, one line at least, and the rest."""
        parted = [column.parted(room) for column in self.columns]
        if not any(above.lines for above, _ in parted):
            parted[0] = self.columns[0].parted(self.columns[0].down + self.columns[0].type.lead)
        above = tuple(one for one, _ in parted if one.lines)
        rest = tuple(other for _, other in parted if other.lines)
        return replace(self, columns=above, after=0.0, pens=(), least=0.0), replace(
            self, columns=rest, least=0.0
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Strips:
    """An item: what stands over its rows, and the rows; `again` heads what a page leaves over."""

    top: tuple[Strip, ...]
    again: tuple[Strip, ...]
    rows: tuple[Strip, ...]

    @property
    def high(self) -> float:
        """How high it is as a whole."""
        return sum(strip.high for strip in (*self.top, *self.rows))


def strips(item: d.Item, wide: float) -> Strips:
    """Lay an item out on a width."""
    return _Laid(item, wide).strips()


class _Laid:
    """One item that is laid out."""

    def __init__(self, item: d.Item, wide: float) -> None:
        self._item = item
        self._wide = wide
        self._columns = max(1, len(item.heads))

    def strips(self) -> Strips:
        item = self._item
        inner = self._wide - HANG
        number = _column(0, d.words(d.Run(item.number, strong=True)), _TITLE, HANG)
        title = _column(HANG, d.words(d.Run(item.title, strong=True)), _TITLE, inner)
        byline = _column(HANG, d.words(item.byline), _BYLINE, inner)
        top = [Strip(columns=(number, title), after=0), Strip(columns=(byline,), after=1.8)]
        heads = [Strip(columns=self._side_by_side(self._heads(), _HEAD))] if item.heads else []
        again = _column(HANG, d.words(f"{item.number}, continued"), _BYLINE, inner)
        rows = [strip for row in item.rows for strip in self._row(row)]
        return Strips(
            top=(*top, *heads),
            again=(Strip(columns=(again,), after=1.5), *heads),
            rows=(*rows, Strip(least=2.5, after=2.5, rule=True)),
        )

    def _heads(self) -> tuple[d.Words, ...]:
        return tuple(d.words(d.Run(head, strong=True)) for head in self._item.heads)

    def _side_by_side(self, cells: Sequence[d.Words], type_: Type) -> tuple[Column, ...]:
        each = (self._wide - HANG - LABEL) / max(1, len(cells))
        return tuple(
            _column(HANG + LABEL + place * each, said, type_, each - GAP)
            for place, said in enumerate(cells)
        )

    # --- rows ----------------------------------------------------------------------------------

    @singledispatchmethod
    def _row(self, row: d.Row) -> Iterator[Strip]:
        raise TypeError(row)

    @_row.register
    def _cells(self, row: d.Cells) -> Iterator[Strip]:
        cells = self._side_by_side(row.cells, _NOTE if row.serif else _BODY)
        label = self._label(row.label, below=row.below)
        each = (self._wide - HANG - LABEL) / max(1, len(row.cells))
        pens = ((self._wide - each, self._wide),) if row.write else ()
        least = 7.0 if row.write else 0.0
        yield Strip(columns=(*label, *cells), pens=pens, least=least, after=2.0)

    @_row.register
    def _said(self, row: d.Said) -> Iterator[Strip]:
        type_ = _NOTE if row.serif else _BODY
        said = _column(HANG + LABEL, row.words, type_, self._wide - HANG - LABEL)
        yield Strip(columns=(*self._label(row.label), said), after=2.0)

    @_row.register
    def _dispute(self, row: d.Dispute) -> Iterator[Strip]:
        columns = list(_below(self._label("in dispute"), self._label(row.label, _NAMED)))
        down = 0.0
        for inner in (strip for below in row.rows for strip in self._row(below)):
            columns += [replace(one, down=one.down + down) for one in inner.columns]
            down += inner.high - inner.after + 0.8
        # The thick line needs a height of its own where nothing stands beside its name.
        yield Strip(columns=tuple(columns), least=max(down, 9.0), bar=True, after=2.6)

    @_row.register
    def _ticks(self, row: d.Ticks) -> Iterator[Strip]:
        left = HANG + LABEL
        # The last of a line may be longer: what is left over by the others is its own.
        spare = 10.0
        each = (self._wide - left - spare) / row.columns
        label = self._label(row.label, strong=True)
        here, used = list(label), 0
        for place, text in enumerate(row.boxes):
            room = width(text, _TICK) + BOX + 1
            need = min(int(room // each) + 1, row.columns)
            if need > 1 and room <= (row.columns - used) * each + spare:
                need = min(need, row.columns - used)
            if used and used + need > row.columns:
                yield Strip(columns=tuple(here), least=5.2, after=1.2)
                here, used = [], 0
            room = need * each - BOX - 1 + spare * (used + need == row.columns)
            box = _column(left + used * each, d.words(text), _TICK, room)
            here.append(replace(box, box=place in row.ticked))
            used += need
        yield Strip(columns=tuple(here), least=5.2, after=1.8)

    @_row.register
    def _pen(self, row: d.Pen) -> Iterator[Strip]:
        for place in range(row.lines):
            label = () if place else self._label(row.label, strong=True)
            pens = ((HANG + LABEL, self._wide),)
            yield Strip(columns=label, least=_PEN - (0 if place else 1.5), after=0, pens=pens)

    def _label(
        self, text: str, type_: Type = _LABEL, *, strong: bool = False, below: str = ""
    ) -> tuple[Column, ...]:
        """Return what stands at the left of a row."""
        run = d.Run(text, strong=strong or type_ is _NAMED)
        said = _column(HANG, d.words(run), type_, LABEL - 2)
        more = _column(HANG, d.words(below), _SMALL, LABEL - 2)
        return _below((said,) if text else (), (more,) if below else ())


def present(block: d.Present, wide: float) -> tuple[Strip, ...]:
    """Lay out the line of who is present: names with boxes, who else, and the date."""
    flow = _Flow(wide)
    flow.put("present:", strong=True, apart=2.0)
    for place, name in enumerate(block.names):
        flow.put(name, box=place in block.ticked)
    for word, said, room in (("and", ", ".join(block.others), 34), ("date", block.date, 32)):
        if said:
            flow.put(f"{word} {said}")
        elif not block.date:
            flow.put(word, pen=room)
    return tuple(flow.strips())


class _Flow:
    """Short texts one behind the other, with boxes before them or lines to write on behind."""

    def __init__(self, wide: float) -> None:
        self._wide = wide
        self._done: list[Strip] = []
        self._columns: list[Column] = []
        self._pens: list[tuple[float, float]] = []
        self._x = 0.0

    def put(
        self,
        text: str,
        *,
        strong: bool = False,
        box: bool | None = None,
        pen: float = 0.0,
        apart: float = 6.0,
    ) -> None:
        before = 0.0 if box is None else BOX
        need = before + width(text, _BODY, strong=strong) + (pen + 2.0 if pen else 0.0)
        if self._x and self._x + need > self._wide:
            self._end()
        run = d.words(d.Run(text, strong=strong))
        column = _column(self._x, run, _BODY, self._wide - self._x - before)
        self._columns.append(replace(column, box=box))
        if pen:
            end = self._x + need
            self._pens.append((end - pen, end))
        self._x += need + apart

    def strips(self) -> list[Strip]:
        """Return all of it."""
        if self._columns:
            self._end()
        return self._done

    def _end(self) -> None:
        pens = tuple(self._pens)
        self._done.append(Strip(columns=tuple(self._columns), pens=pens, least=5.6, after=1.8))
        self._columns, self._pens, self._x = [], [], 0.0


def _column(x: float, said: d.Words, type_: Type, wide: float) -> Column:
    return Column(x=x, lines=tuple(broken(said, type_, max(wide, 4.0))), type=type_)


def _below(above: tuple[Column, ...], under: tuple[Column, ...]) -> tuple[Column, ...]:
    """Put columns below others."""
    down = max((column.high for column in above), default=0.0)
    return (*above, *(replace(column, down=column.down + down) for column in under))

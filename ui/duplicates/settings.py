"""How duplicates are looked for: three settings and every rule, in the words of the report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from screener.duplicates.rules import CERTAIN, QUESTIONS, VETOES
from screener.duplicates.settings import ASK_EVERYTHING, CAUTIOUS, PRESETS, STANDARD, Settings
from screener.model.words import counted
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.rows import Field, RowsModel
from ui.widgets.scroll import FittingScroll
from ui.widgets.segmented import Segmented
from ui.widgets.tables import RowTable
from ui.widgets.words import Column, Surface, Words, announce
from ui.widgets.wrapped import Wrapped

OWN = "own"
"""The name of settings that are none of the three."""
_NAMES = (
    (CAUTIOUS.name, "Cautious"),
    (STANDARD.name, "Standard"),
    (ASK_EVERYTHING.name, "Ask everything"),
    (OWN, "Own"),
)
_MEANING = {
    CAUTIOUS.name: "Only the surest rules join records, and only of the same year. You answer the "
    "rest.",
    STANDARD.name: "What is certain is joined by rule; you answer what is doubtful.",
    ASK_EVERYTHING.name: "Nothing is joined by rule. You answer every group.",
    OWN: "As you set the rules below.",
}
_STAYS = (
    "Left and right change the chosen rule. Groups that are joined stay joined, and your answers "
    "stand."
)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1}
_LIKENESS, _YEARS = (70, 100), (0, 5)
_EVERY = frozenset(rule.name for rule in CERTAIN)


class Sort(StrEnum):
    """What a row is about."""

    CERTAIN = "Makes certain"
    VETO = "Forbids joining"
    QUESTION = "Asks"
    TOLERANCE = "Tolerance"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule or a tolerance: its name, in words, and what it is set to."""

    name: str
    sort: Sort
    words: str
    state: str
    off: bool = False


def rule_rows(settings: Settings) -> list[RuleRow]:
    """Return a row for each rule and tolerance, in the order in which they are applied."""
    rules = [
        RuleRow(
            name=rule.name,
            sort=sort,
            words=rule.words,
            state=_words(sort, rule.name, settings),
            off=rule.name in settings.off,
        )
        for sort, several in (
            (Sort.CERTAIN, CERTAIN), (Sort.VETO, VETOES), (Sort.QUESTION, QUESTIONS),
        )
        for rule in several
    ]  # fmt: skip
    likeness = f"{settings.likeness:g} of 100"
    years = counted(settings.years, "year")
    return [
        *rules,
        RuleRow(name="likeness", sort=Sort.TOLERANCE, state=likeness,
                words="titles are asked about when alike by"),
        RuleRow(name="years", sort=Sort.TOLERANCE, state=years,
                words="the years of a certain pair are apart by at most"),
    ]  # fmt: skip


def _words(sort: Sort, name: str, settings: Settings) -> str:
    if name in settings.off:
        return "off"
    if sort is Sort.CERTAIN:
        return "asks you" if settings.ask_everything or name in settings.asked else "joins"
    return "on"


def stepped(settings: Settings, row: RuleRow, step: int) -> Settings:
    """Return the settings with one rule or tolerance a step further (1) or back (-1)."""
    if row.name == "likeness":
        value = _within(round(settings.likeness) + step, _LIKENESS)
        return named(replace(settings, likeness=float(value)))
    if row.name == "years":
        return named(replace(settings, years=_within(settings.years + step, _YEARS)))
    if row.sort is Sort.CERTAIN:
        return named(_certain_stepped(settings, row.name, step))
    return named(replace(settings, off=settings.off ^ {row.name}))


def _certain_stepped(settings: Settings, name: str, step: int) -> Settings:
    """Move a rule of certainty on: it joins, it asks, it is off, and round again."""
    asked = _EVERY if settings.ask_everything else settings.asked
    states = ("joins", "asks", "off")
    now = 2 if name in settings.off else int(name in asked)
    wanted = states[(now + step) % len(states)]
    return replace(
        settings,
        ask_everything=False,
        asked=asked | {name} if wanted == "asks" else asked - {name},
        off=settings.off | {name} if wanted == "off" else settings.off - {name},
    )


def _within(value: int, ends: tuple[int, int]) -> int:
    return min(ends[1], max(ends[0], value))


def named(settings: Settings) -> Settings:
    """Return the settings by the name of what they equal, or as own ones."""
    if settings.asked >= _EVERY:
        settings = replace(settings, ask_everything=True, asked=frozenset())
    same = (preset for preset in PRESETS.values() if replace(settings, name=preset.name) == preset)
    return next(same, replace(settings, name=OWN))


def _colour(row: RuleRow) -> str:
    return "quiet" if row.off else "text"


_FIELDS: tuple[Field[RuleRow], ...] = (
    Field(
        heading="Rule", text=lambda row: f"{row.words[:1].upper()}{row.words[1:]}", colour=_colour
    ),
    Field(heading="What it is for", text=attrgetter("sort"), colour="quiet", width=170),
    Field(heading="Set to", text=attrgetter("state"), colour=_colour, strong=True, width=130),
)


class RuleTable(RowTable):
    """A row for each rule; left, right and Space change what it does: `stepped` says how far."""

    stepped = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Rules, one by one", parent, sortable=False)
        self.rows: RowsModel[RuleRow] = RowsModel(_FIELDS, self)
        self.setModel(self.rows)

    def show_settings(self, settings: Settings) -> None:
        """Show what every rule is set to; the chosen row stays."""
        row = max(0, self.current())
        self.rows.set_rows(rule_rows(settings))
        self.choose(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the chosen rule; Enter belongs to the page."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and self.current() >= 0:
            self.stepped.emit(self.current(), step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Change a rule where what it is set to is pressed."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == self.rows.columnCount() - 1:
            self.stepped.emit(index.row(), 1)


class SettingsView(Surface):
    """Chooses how duplicates are looked for.

    `chosen` carries `Settings` to keep and to look by, `kept` only to keep.
    """

    chosen = Signal(object)
    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.settings = STANDARD
        """What is shown now."""
        self._before = STANDARD
        self.choice = Segmented(_NAMES, name="How duplicates are found")
        self._meaning = Words(step="note", wrap=True)
        self.rules = RuleTable()
        self._described = Words(step="small", wrap=True, selectable=True)
        self._stays = Words(_STAYS, step="small", colour="quiet", wrap=True)
        self.begin = Button("Find duplicates", kind="filled", key="Return", does=self._on_find)
        self.keep = Button("Keep, find later", key="Ctrl+Return", does=self._on_keep)
        self.leave = Button("Leave it", kind="quiet", key="Esc")
        side = tokens.MARGIN
        buttons = Wrapped(gap=tokens.GAP_OUT)
        buttons.set_widgets([self.begin, self.keep, self.leave])
        words = Column(gap=10).add(
            Words("For the methods section", step="strong"), self._described, self._stays
        )
        Column(self, gap=0).add(
            Column(gap=10, margins=(side, 18, side, 4)).add(self.choice, self._meaning),
            (Column(margins=(20, 4, 20, 0)).add(self.rules), 1),
            Column(gap=10, margins=(side, 12, side, 16)).add(FittingScroll(words.boxed()), buttons),
        )
        self.choice.chosen.connect(self._on_preset)
        self.rules.stepped.connect(self._on_stepped)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        self.rules.choose(0)
        self._before = settings
        self._show(settings)

    @property
    def changed(self) -> bool:
        """Whether something else was chosen than what is in force."""
        return self.settings != self._before

    def set_can_act(self, *, find: bool, keep: bool) -> None:
        """Offer to look and to keep, or not."""
        self.begin.setEnabled(find)
        self.keep.setEnabled(keep)

    def _show(self, settings: Settings) -> None:
        self.settings = settings
        name = settings.name if settings.name in PRESETS else OWN
        self.choice.choose(name)
        self._meaning.setText(_MEANING[name])
        self.rules.show_settings(settings)
        words = settings.described()
        self._described.setText(f"{words[:1].upper()}{words[1:]}.")

    def _on_preset(self, name: str) -> None:
        # "Own" begins with what is shown.
        self._show(PRESETS.get(name, self.settings))
        if name == OWN:
            self.choice.choose(OWN)
            self._meaning.setText(_MEANING[OWN])
            self.rules.setFocus()

    def _on_stepped(self, row: int, step: int) -> None:
        self._show(stepped(self.settings, self.rules.rows.row(row), step))
        changed = self.rules.rows.row(row)
        announce(self, f"{changed.words}: {changed.state}")

    def _on_find(self) -> None:
        if self.begin.isEnabled():
            self.chosen.emit(self.settings)

    def _on_keep(self) -> None:
        if self.keep.isEnabled():
            self.kept.emit(self.settings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks for duplicates, with Ctrl only keeps; no key but Escape goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self._on_keep if control else self._on_find)()
        elif event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)  # the page's

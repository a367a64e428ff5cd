"""The card of all keys: one table over a veil; any key but Tab closes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.keycap import KeyCap
from ui.widgets.scroll import ScrollArea
from ui.widgets.segmented import Segmented
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Words

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyGroup:
    """A heading and its keys: what each does, and the keys that do it."""

    title: str
    keys: tuple[tuple[str, tuple[str, ...]], ...]


class KeyTable(QWidget):
    """Groups of keys in two columns, of about the same length."""

    def __init__(self, groups: Sequence[KeyGroup] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = Row(self, gap=tokens.GUTTER)
        self._columns: list[QWidget] = []
        self.set_groups(groups)

    def set_groups(self, groups: Sequence[KeyGroup]) -> None:
        """Show these groups."""
        for old in self._columns:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        half = sum(len(group.keys) + 2 for group in groups) / 2
        left: list[KeyGroup] = []
        right: list[KeyGroup] = []
        for group in groups:
            full = sum(len(one.keys) + 2 for one in left) + len(group.keys) / 2 > half
            (right if full or right else left).append(group)
        self._columns = [_key_column(part) for part in (left, right) if part]
        for column in self._columns:
            self._row.addWidget(column, 1)


def _key_column(groups: Sequence[KeyGroup]) -> QWidget:
    widget = QWidget()
    column = Column(widget, gap=6)
    for place, group in enumerate(groups):
        if place:
            column.addSpacing(look_of(widget).px(tokens.GAP))
        column.addWidget(Words(group.title, step="label", colour="quiet"))
        for words, keys in group.keys:
            row = Row(gap=tokens.GAP_IN)
            label = Words(words)
            row.addWidget(label, 1)
            for key in keys:
                row.addWidget(KeyCap(key))
            label.setAccessibleName(f"{words}: {' or '.join(keys)}")
            column.addLayout(row)
    column.addStretch(1)
    return widget


class KeysCard(QWidget):
    """Lies over its window: all keys, the presets, *Change keys…* and *Close*."""

    preset_chosen = Signal(str)
    change_asked = Signal()
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._presets: Segmented | None = None
        self._build()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("All keys")
        window.installEventFilter(self)
        follow(self, self._restyle)
        self.hide()

    def _build(self) -> None:
        self._card = QWidget(self)
        self._title = Words("All keys", step="page")
        self._as_in = Words("Keys as in", step="small", colour="quiet")
        self._table = KeyTable()
        self._scroll = ScrollArea(self._table, sideways=True, bare=True)
        self._note = Words(
            "Letters act only while the record has the focus.", step="small", colour="quiet"
        )
        self._change = Button("Change keys…", kind="link")
        self._close = Button("Close", key="Esc")
        self._change.clicked.connect(self._on_change)
        self._close.clicked.connect(self.close_card)

    def _lay_out(self) -> None:
        self._top = Row(gap=tokens.GAP_OUT).add(self._title, 1, self._as_in)
        Column(self._card, gap=20, margins=(32, 24, 32, 24)).add(
            self._top,
            (self._scroll, 1),
            Row(gap=20).add((self._note, 1), self._change, self._close),
        )

    def show_keys(
        self,
        groups: Sequence[KeyGroup],
        presets: Sequence[tuple[str, str]] = (),
        preset: str = "",
    ) -> None:
        """Open the card with these keys; `presets` are (id, words), `preset` the one in use."""
        self._table.set_groups(groups)
        if self._presets is not None:
            self._presets.hide()
            self._presets.deleteLater()
            self._presets = None
        self._as_in.setVisible(bool(presets))
        if presets:
            self._presets = Segmented(presets, name="Keys as in")
            if preset:
                self._presets.choose(preset)
            self._presets.chosen.connect(self.preset_chosen)
            self._top.addWidget(self._presets)
        self._restyle()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Close the card."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _on_change(self) -> None:
        self.close_card()
        self.change_asked.emit()

    def _restyle(self) -> None:
        window, px = self.parentWidget(), look_of(self).px
        if window is None:
            return
        self.setGeometry(window.rect())
        margin = px(tokens.MARGIN)
        wanted = self._table.sizeHint().height() + px(160)
        width = min(px(800), self.width() - 2 * margin)
        height = min(wanted, self.height() - 2 * margin)
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        self._card.setGeometry(left, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self._restyle()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil and the card."""
        look, painter = look_of(self), QPainter(self)
        veil = look.colour("rail")
        veil.setAlpha(190)
        painter.fillRect(self.rect(), veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("raised"))
        radius = look.px(tokens.RADIUS_CARD)
        card = QRectF(self._card.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, radius, radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close when the veil is clicked."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_card()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with any key."""
        if event.key() not in _MODIFIERS:
            self.close_card()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the card."""
        inside = [w for w in (self._presets, self._change, self._close) if w is not None]
        now = self.focusWidget()
        place = inside.index(now) if now in inside else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        inside[(place + (1 if forward else -1)) % len(inside)].setFocus(reason)
        return True

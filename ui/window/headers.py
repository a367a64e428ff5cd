"""Where the header of a page stands: what belongs to every page is put below it and into it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.widgets.header import PageHeader

_COMES_OR_GOES = (QEvent.Type.Show, QEvent.Type.Hide)


class Headers(QObject):
    """Finds the header of a page, which may have several, of which one is shown at a time."""

    changed = Signal()
    """Another header may be shown now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Later: a widget cannot be moved while what it stands in is being shown.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.changed)

    def end(self) -> None:
        """Say nothing any more."""
        self._soon.stop()

    def give(self, page: QWidget, below: QWidget, inside: QWidget) -> bool:
        """Put a widget below the page's header and one into it; says whether there is a place."""
        headers = page.findChildren(PageHeader)
        for header in headers:
            header.installEventFilter(self)
        shown = next((h for h in headers if h.isVisibleTo(page)), None)
        around = shown.parentWidget() if shown is not None else None
        layout = around.layout() if around is not None else None
        if shown is None or not isinstance(layout, QBoxLayout) or layout.indexOf(shown) < 0:
            return False
        if layout.indexOf(below) != layout.indexOf(shown) + 1:
            layout.removeWidget(below)
            layout.insertWidget(layout.indexOf(shown) + 1, below)
        top = shown.layout()
        if isinstance(top, QBoxLayout) and top.indexOf(inside) != 0:
            top.insertWidget(0, inside)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear that a header comes or goes."""
        if event.type() in _COMES_OR_GOES:
            self._soon.start()
        return False

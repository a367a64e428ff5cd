"""Run by `test_told.py`: opens a copy, includes a record, prints what the bus of AT-SPI carried."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import SLOT, QObject, Qt, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.application import build

PATIENCE = 90  # seconds; it takes two or three
EVENTS = "org.a11y.atspi.Event.Object"


class Reader(QObject):
    """Hears what a screen reader hears."""

    def __init__(self) -> None:
        super().__init__()
        self.events = 0
        self.told: list[str] = []
        session = QDBusConnection.sessionBus()
        address = ask(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
        self.bus = QDBusConnection.connectToBus(str(address), "reader")
        registry = "org.a11y.atspi.Registry"
        ask(self.bus, registry, "/org/a11y/atspi/registry", f"{registry}.RegisterEvent", "object:")
        for name in ("Announcement", "StateChanged"):
            self.bus.connect("", "", EVENTS, name, self, SLOT("heard(QDBusMessage)"))

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """Note an event, and what an announcement says: how politely, and in which words."""
        self.events += 1
        if message.member() == "Announcement":
            _, how, _, words, *_ = message.arguments()
            self.told.append(f"{how} {words.variant() if hasattr(words, 'variant') else words}")


def ask(bus: QDBusConnection, service: str, path: str, method: str, *arguments: object) -> object:
    """Call a method of the bus, named with its interface; returns what it gives first."""
    interface, _, name = method.rpartition(".")
    call = QDBusMessage.createMethodCall(service, path, interface, name)
    call.setArguments(list(arguments))
    answer = bus.call(call)
    assert not answer.errorMessage(), answer.errorMessage()
    return next(iter(answer.arguments()), None)


def main() -> None:
    """Wait until what happens is heard, then decide, and print what is announced."""
    application = QApplication(sys.argv[:1])
    reader = Reader()
    window = build(application)
    window.show()
    deadline = monotonic() + PATIENCE

    def wait_for(condition: Callable[[], bool]) -> None:
        while not condition():
            assert monotonic() < deadline, (reader.events, reader.told)
            application.processEvents()

    wait_for(lambda: reader.events > 0)
    window.open(sys.argv[1])
    QTest.keyClick(window.frame.page, Qt.Key.Key_Return)  # before you begin
    wait_for(lambda: window.frame.page.id == "title-abstract")
    QTest.keyClick(window.frame.page.reading.record, Qt.Key.Key_I)
    wait_for(lambda: any("saved" in words for words in reader.told))
    sys.stdout.write("\n".join(reader.told))
    window.close()


if __name__ == "__main__":
    main()

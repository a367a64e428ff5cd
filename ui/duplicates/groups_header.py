"""The header of the page: which groups are shown, how far, and what else can be looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.duplicates.groups import Mode
from ui.duplicates.lists import Lists
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.header import PageHeader

_LISTS = {
    Mode.ASK: "To look at",
    Mode.PROPOSED: "Proposed",
    Mode.CERTAIN: "Certain",
    Mode.ANSWERED: "Joined by hand",
    Mode.DIFFERENT: "Different",
    Mode.LINKED: "Linked",
    Mode.RUNS: "Runs",
}
_BUTTONS = 2
"""How many lists have a button of their own, beside the settings."""


class GroupsHeader(PageHeader):
    """Names the list that is shown, counts, and leads to the other lists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Duplicates", parent=parent)
        self.lists = Chooser(name="Groups")
        self.proposed = Button("", kind="quiet", name=Mode.PROPOSED)
        self.certain = Button("", kind="quiet", name=Mode.CERTAIN)
        self.different = Button("", kind="quiet", name=Mode.DIFFERENT)
        self._own = {Mode(b.objectName()): b for b in (self.proposed, self.certain, self.different)}
        for button in self._own.values():
            button.chose.connect(self.lists.chosen)
        self.settings = Button("Settings…", kind="quiet")
        self.back = Button("Back", kind="quiet", key="Esc")

    def show_lists(self, lists: Lists, mode: Mode, *, words: str, looking: bool) -> None:
        """Show where the answers stand; `words` say which group it is."""
        counts = {mode: lists.count(mode) for mode in _LISTS}
        names = {mode: f"{name} {counts[mode]:,}" for mode, name in _LISTS.items()}
        offered = [m for m in _LISTS if counts[m] or m is Mode.ASK]
        picked = [(str(mode), "Side by side")] if mode is Mode.PICKED else []
        self.lists.set_choices([*picked, *((str(m), names[m]) for m in offered)])
        self.lists.choose(str(mode))
        self.set_lead((self.lists,) if len(offered) > 1 and not looking else ())
        self.set_words(words)
        if mode is not Mode.ASK:
            self._offer(self.back)
            return
        remaining = lists.remaining
        self.set_share(remaining.answered / remaining.count if remaining.count else None)
        for list_, button in self._own.items():
            button.setText(names[list_])
        lists_ = [button for list_, button in self._own.items() if counts[list_]][:_BUTTONS]
        self.set_actions([*lists_, self.settings])

    def open_lists(self) -> None:
        """Open the menu of the lists, where there is another one to go to."""
        if self.lists.isVisible():
            self.lists.open_menu()

    def show_view(self, words: str) -> None:
        """Say what is shown in place of a list; it has its own way back."""
        self.set_lead(())
        self.set_words(words)
        self._offer()

    def _offer(self, *actions: Button) -> None:
        """Offer only these in place of the other lists."""
        self.set_actions(actions)
        self.set_share(None)

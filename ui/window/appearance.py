"""The View menu: colours, text size and reading face, remembered for this person."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.session.preferences import PreferencesFile
from ui.widgets.theme import Look, Theme
from ui.widgets.tokens import SCALES
from ui.window.menus import Menus

SCHEMES = {
    "scheme-system": "system",
    "scheme-light": "light",
    "scheme-dark": "dark",
    "scheme-contrast-light": "high contrast light",
    "scheme-contrast-dark": "high contrast dark",
}
FACES = {"face-serif": "serif", "face-sans": "sans"}
SIZES = {"text-larger": 1, "text-smaller": -1, "text-usual": 0}


def theme_of(preferences: PreferencesFile) -> Theme:
    """Return the look that a person chose."""
    chosen = preferences.current
    return Theme(
        scheme=chosen.scheme if chosen.scheme in SCHEMES.values() else "system",
        scale=min(max(chosen.scale, SCALES[0]), SCALES[-1]),
        reading=chosen.reading if chosen.reading in FACES.values() else FACES["face-serif"],
        record_size=chosen.record_size,
        record_spacing=chosen.record_spacing,
    )


class Appearance(QObject):
    """Changes the look, keeps the choice, and marks it in the menu."""

    def __init__(self, look: Look, preferences: PreferencesFile, menus: Menus) -> None:
        super().__init__(menus)
        self._look = look
        self._preferences = preferences
        self._menus = menus
        self._mark()

    def perform(self, action: str) -> bool:
        """Do an action of the View menu; says whether it was one."""
        if action in SCHEMES:
            self._preferences.change(scheme=SCHEMES[action])
        elif action == "scheme-next":
            dark = self._look.colour("page").lightness() < 128
            self._preferences.change(scheme="light" if dark else "dark")
        elif action in FACES:
            self._preferences.change(reading=FACES[action])
        elif action in SIZES:
            self._preferences.change(scale=self._scale(SIZES[action]))
        else:
            return False
        self._look.set_theme(theme_of(self._preferences))
        self._mark()
        return True

    def _scale(self, step: int) -> int:
        if not step:
            return SCALES[0]
        now = self._preferences.current.scale
        place = SCALES.index(now) if now in SCALES else 0
        return SCALES[max(0, min(len(SCALES) - 1, place + step))]

    def _mark(self) -> None:
        chosen = self._preferences.current
        for names, value in ((SCHEMES, chosen.scheme), (FACES, chosen.reading)):
            for id_, name in names.items():
                if name == value:
                    self._menus.mark(id_)

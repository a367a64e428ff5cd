"""What the echo line asks before something is recorded or opened, and which key answers it."""

from __future__ import annotations

from ui.screening.model import Asking, ScreeningModel
from ui.session.dispatch import Dispatch
from ui.widgets.keycap import key_words

_AGAIN = {
    Asking.CONFIRMATION: "to include all the same",
    Asking.SEVERAL: "does it",
    Asking.BROWSER: "opens it, always",
}


def _mark(again: str) -> str:
    return ";" if "," in again else ","


class EchoQuestion:
    """The question of the echo line: it is answered by the key that brought it, or given up."""

    def __init__(self, model: ScreeningModel, dispatch: Dispatch) -> None:
        self._model = model
        self._dispatch = dispatch
        self._asked = ""

    def show(self) -> None:
        """Ask what the model waits for, or ask nothing any more."""
        model = self._model
        words = model.question if model.asking in _AGAIN else ""
        if words and words != self._asked:
            self._dispatch.asks()
            again = _AGAIN[model.asking]
            model.session.asked.emit(
                f"{words} {self._key()} again {again}{_mark(again)} Esc to think."
            )
        elif self._asked and not words:
            model.session.asked.emit("")
        self._asked = words

    def _key(self) -> str:
        action = self._model.answered_by
        number = action.removeprefix("reason-")
        return number if number != action else key_words(self._model.session.keys.first(action))

    def gives_up(self, action: str) -> bool:
        """Give the question up for any action but its answer; says whether that was all."""
        model = self._model
        if model.asking not in _AGAIN or action == model.answered_by:
            return False
        return model.leave() and action in ("leave", "take-back", "undo")

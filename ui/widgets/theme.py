"""The theme: how tokens become fonts, colours and distances, and how widgets hear of a change."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ui.widgets import tokens

_log = logging.getLogger(__name__)

_FACES = (
    ("font_source_sans_pro", ("SourceSansPro-Regular", "SourceSansPro-Semibold")),
    ("font_source_serif_pro", ("SourceSerifPro-Regular", "SourceSerifPro-Semibold")),
)
_MOST_WIDTHS = 4_096
"""So many widths of lines of words are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a person chose about the look.

    `scheme` is "system" or a name of `tokens.SCHEMES`; `scale` the text size in per cent;
    `reading` "serif" or "sans". `record_size` and `record_spacing` (per cent) belong to the
    record alone and multiply on top of `scale`.
    """

    scheme: str = "system"
    scale: int = 100
    reading: str = "serif"
    record_size: int = 100
    record_spacing: int = 100


class Look(QObject):
    """The look of the running program: asks the system, holds the theme, tells its widgets.

    One is made at the start by `Look.install(application)`; a widget gets it with
    `look_of(widget)`, uses `colour`, `font`, `px`, and repaints on `changed`.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._families = _load_faces()
        self.theme = Theme()
        self._fonts: dict[tuple[str, int], QFont] = {}
        self._widths: dict[tuple[str, str], float] = {}
        self._colours: dict[str, QColor] = {}
        self._set_tokens()
        application.setStyle(QStyleFactory.create("Fusion"))
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)
        self._apply()

    @classmethod
    def install(cls, application: QApplication, theme: Theme | None = None) -> Look:
        """Give `application` this look; a second call changes the theme of the first."""
        found = application.property("look")
        look = found if isinstance(found, Look) else cls(application)
        if look is not found:
            application.setProperty("look", look)
        if theme is not None:
            look.set_theme(theme)
        return look

    def set_theme(self, theme: Theme) -> None:
        """Take another theme; everything on the screen follows at once."""
        if theme != self.theme:
            self.theme = theme
            self._refresh()

    @property
    def high_contrast(self) -> bool:
        """Whether edges and lines are at their strongest."""
        return self.tokens.line == self.tokens.edge

    def px(self, distance: float) -> int:
        """Scale a distance of the tokens with the text size; never less than one pixel."""
        return max(1, round(distance * self.theme.scale / 100)) if distance else 0

    def colour(self, name: str) -> QColor:
        """Return a colour by what it is for (a field of `tokens.Colours`)."""
        if name not in self._colours:
            self._colours[name] = QColor(getattr(self.tokens, name))
        return QColor(self._colours[name])  # a copy: a colour can be changed in place

    def element(self, element: str) -> tuple[QColor, QColor]:
        """Return the strong colour and the tint of a PICOS element."""
        strong, tint = tokens.element_colours(self.tokens, element)
        return QColor(strong), QColor(tint)

    def font(self, step: str, *, percent: int = 100) -> QFont:
        """Return the font of a step of `tokens.TYPE`, `percent` of its size."""
        key = (step, percent)
        if key not in self._fonts:
            self._fonts[key] = self._make_font(tokens.TYPE[step], percent)
        return QFont(self._fonts[key])

    def width(self, step: str, words: str) -> float:
        """Return how wide one line of words is in a step: a page asks it of each button anew."""
        key = (step, words)
        if key not in self._widths:
            if len(self._widths) >= _MOST_WIDTHS:
                self._widths.clear()
            self._widths[key] = QFontMetricsF(self.font(step)).horizontalAdvance(words)
        return self._widths[key]

    def line(self, step: str, *, percent: int = 100) -> int:
        """Return the line height of a step of `tokens.TYPE`."""
        return self.px(tokens.TYPE[step].line * percent / 100)

    def _make_font(self, kind: tokens.Type, percent: int) -> QFont:
        sans, serif = self._families
        wants_serif = kind.reading and self.theme.reading == "serif"
        font = QFont(serif if wants_serif else sans)
        font.setStyleHint(QFont.StyleHint.Serif if wants_serif else QFont.StyleHint.SansSerif)
        font.setPixelSize(self.px(kind.size * percent / 100))
        font.setWeight(QFont.Weight(kind.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if kind.tracking:
            font.setLetterSpacing(
                QFont.SpacingType.AbsoluteSpacing, kind.tracking * self.theme.scale / 100
            )
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _set_tokens(self) -> None:
        scheme = self.theme.scheme
        if scheme not in tokens.SCHEMES:
            hints = QGuiApplication.styleHints()
            scheme = "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"
            # The system asks for high contrast, where Qt can tell.
            wanted = hints.accessibility().contrastPreference()
            if wanted is Qt.ContrastPreference.HighContrast:
                scheme = f"high contrast {scheme}"
        self.tokens = tokens.SCHEMES[scheme]
        self._fonts.clear()
        self._widths.clear()
        self._colours.clear()

    def _refresh(self) -> None:
        self._set_tokens()
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        self._application.setFont(self.font("body"))
        self._application.setPalette(_palette(self.tokens))
        sheet = _style_sheet(self)
        if sheet != self._application.styleSheet():  # Qt styles every widget anew, changed or not
            self._application.setStyleSheet(sheet)

    def _on_system_changed(self) -> None:
        if self.theme.scheme == "system":
            self._refresh()


def look_of(widget: QObject) -> Look:
    """Return the look that `widget` is shown in; a plain one when none was installed."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        message = f"{type(widget).__name__} was made before the application."
        raise RuntimeError(message)
    return Look.install(application)


def follow(widget: QObject, restyle: Callable[[], None]) -> Look:
    """Call `restyle` now and whenever the look changes; returns the look.

    `restyle` is a bound method of `widget`, so that it is forgotten with the widget.
    """
    look = look_of(widget)
    look.changed.connect(restyle)
    restyle()
    return look


class Sized(QObject):
    """Keeps a widget as wide and as high as it is told at 100 %, whatever the text size.

    A measure that is not given is left as it is.
    """

    def __init__(self, widget: QWidget, *, width: int = 0, height: int = 0) -> None:
        super().__init__(widget)
        self._widget = widget
        self._width = width
        self._height = height
        follow(self, self._restyle)

    def _restyle(self) -> None:
        px = look_of(self).px
        if self._width:
            self._widget.setFixedWidth(px(self._width))
        if self._height:
            self._widget.setFixedHeight(px(self._height))


def _load_faces() -> tuple[str, str]:
    """Load the program's own fonts; return the families for controls and for reading."""
    found = []
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    for package, faces in _FACES:
        families = [_load_face(package, face) for face in faces]
        found.append(families[0] if all(families) else general)
    return found[0], found[1]


def _load_face(package: str, face: str) -> str:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        _log.warning("The font %s is not installed; the system's font is used.", face)
        return ""
    path = Path(spec.origin).with_name("files") / f"{face}.ttf"
    number = QFontDatabase.addApplicationFont(str(path)) if path.is_file() else -1
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        _log.warning("The font %s cannot be read; the system's font is used.", path.name)
        return ""
    return families[0]


def _palette(t: tokens.Colours) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: t.page, role.WindowText: t.text, role.Base: t.page, role.Text: t.text,
        role.AlternateBase: t.rail, role.Button: t.raised, role.ButtonText: t.text,
        role.BrightText: t.warn, role.ToolTipBase: t.raised, role.ToolTipText: t.text,
        role.PlaceholderText: t.quiet, role.Highlight: t.accent,
        role.HighlightedText: t.on_accent, role.Link: t.accent, role.LinkVisited: t.accent,
        role.Light: t.raised, role.Midlight: t.line, role.Mid: t.line, role.Dark: t.edge,
        role.Shadow: t.edge, role.Accent: t.accent,
    }  # fmt: skip
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.quiet))
    return palette


def _style_sheet(look: Look) -> str:
    t, px = look.tokens, look.px
    body, label = look.font("body").pixelSize(), look.font("label").pixelSize()
    field = f"{px(1)}px solid {t.edge}; border-radius: {px(tokens.RADIUS)}px"
    family = look.font("body").family()
    # Windows gives these fonts of its own, which the application's does not replace.
    return f"""
    QMenuBar, QMenu, QToolTip, QMessageBox, QStatusBar, QHeaderView, QComboBox QAbstractItemView {{
      font-family: "{family}"; font-size: {body}px; }}
    QMenuBar {{ background: {t.rail}; color: {t.quiet}; padding: {px(2)}px {px(14)}px; }}
    QMenuBar::item {{ padding: {px(4)}px {px(10)}px; background: transparent; }}
    QMenuBar::item:selected {{ background: {t.wash}; color: {t.text}; }}
    QMenu {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.edge}; }}
    QMenu::item {{ padding: {px(5)}px {px(24)}px; font-size: {body}px; }}
    QMenu::item:selected {{ background: {t.wash}; color: {t.text}; }}
    QMenu::item:disabled {{ color: {t.quiet}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(4)}px 0; }}
    QLineEdit, QPlainTextEdit, QComboBox {{ background: {t.raised}; color: {t.text};
      border: {field}; padding: {px(5)}px {px(9)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{
      border: {px(2)}px solid {t.focus}; padding: {px(4)}px {px(8)}px; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {t.quiet};
      border-color: {t.line}; }}
    QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
    QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.edge};
      selection-background-color: {t.wash}; selection-color: {t.text}; }}
    QHeaderView {{ background: {t.page}; border: none; padding: 0; }}
    QHeaderView::section {{ background: {t.page}; color: {t.quiet}; border: none;
      border-bottom: 1px solid {t.line}; font-size: {label}px; font-weight: 600;
      padding: {px(6)}px {px(12)}px; }}
    QScrollBar {{ background: transparent; width: {px(10)}px; height: {px(10)}px; margin: 0; }}
    QScrollBar::handle {{ background: {t.edge}; border-radius: {px(2)}px; margin: {px(3)}px;
      min-height: {px(24)}px; min-width: {px(24)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.edge};
      padding: {px(4)}px; }}
    """

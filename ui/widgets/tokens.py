"""Colours, type, spacing: every number of the look, in one place, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Spacing: an 8 px grid, 4 px only inside a control. Logical pixels at 100 % text size.
GAP_IN = 4
GAP = 8
GAP_OUT = 16
MARGIN = 32
GUTTER = 40
RAIL = 208
PANEL = 304
HEADER = 56
FOOTER = 40
CONTROL = 32
LOW = 22
DECISION = 48
ROW = 36
RADIUS = 6
RADIUS_SMALL = 4
RADIUS_CARD = 10
HAIRLINE = 1
BAR = 3
RING = 2
READING_WIDTH = 600
HEADING_WIDTH = 96
FADE = 32

SCALES = (100, 112, 125, 150, 175, 200)
"""The text sizes a person may choose, in per cent; they multiply sizes and distances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """One step of the type scale."""

    size: int
    line: int
    weight: int = 400
    reading: bool = False
    tracking: float = 0.0


# Source Sans looks smaller than other faces of its size: one pixel more than a wider face needs.
TYPE = {
    "display": Type(size=30, line=40, weight=600, reading=True),
    "figure": Type(size=26, line=36, weight=600, reading=True),
    "title": Type(size=22, line=30, weight=600, reading=True),
    "page": Type(size=20, line=28, weight=600, reading=True),
    "name": Type(size=16, line=22, weight=600, reading=True),
    "abstract": Type(size=17, line=27, reading=True),
    "note": Type(size=15, line=24, reading=True),
    "body": Type(size=15, line=20),
    "strong": Type(size=15, line=20, weight=600),
    "small": Type(size=14, line=20),
    "label": Type(size=13, line=16, weight=600, tracking=0.2),
}
"""The type scale; the name says what a step is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One scheme. Names say what a colour is for, never what it looks like.

    `elements` has the strong colour and the tint of each word of `ELEMENTS` but "other". Those
    of ratings, from good to unknown, lie behind a sign that says the same.
    """

    page: str
    rail: str
    raised: str
    text: str
    quiet: str
    line: str
    edge: str
    accent: str
    on_accent: str
    wash: str
    warn: str
    warn_wash: str
    focus: str
    elements: Mapping[str, tuple[str, str]]
    good: str = "#A5D6C5"
    some: str = "#F3E09A"
    bad: str = "#E6A383"
    worst: str = "#C9706A"
    unknown: str = "#CBD4DE"
    sign: str = "#000000"


LIGHT = Colours(
    page="#FDFCFA",
    rail="#F4F2EE",
    raised="#FFFFFF",
    text="#1C1F22",
    quiet="#5A5F64",
    line="#E4E0D9",
    edge="#85827C",
    accent="#0F5F78",
    on_accent="#FFFFFF",
    wash="#E6F0F3",
    warn="#8A4B00",
    warn_wash="#FBF0DC",
    focus="#0F5F78",
    elements={
        "participants": ("#1B57B0", "#DFEDFB"),
        "interventions": ("#C9590B", "#FDE3CF"),
        "comparisons": ("#7A1C64", "#F5DEF0"),
        "outcomes": ("#1B9468", "#D8F3E3"),
        "study-design": ("#54460A", "#F9F0B8"),
        "exclusion": ("#5B5F66", "#E7E7E8"),
    },
)

DARK = Colours(
    page="#17191B",
    rail="#111314",
    raised="#1F2224",
    text="#E7E4DE",
    quiet="#A3A6A8",
    line="#2B2F32",
    edge="#70757A",
    accent="#7CC1D8",
    on_accent="#0B1D24",
    wash="#1B2F37",
    warn="#E9B265",
    warn_wash="#2E2516",
    focus="#7CC1D8",
    elements={
        "participants": ("#6C9EF8", "#1A3357"),
        "interventions": ("#E87A33", "#4A2C14"),
        "comparisons": ("#C576AE", "#3D1E45"),
        "outcomes": ("#A6EBCF", "#15332A"),
        "study-design": ("#F0E28C", "#3E391A"),
        "exclusion": ("#A9ADB3", "#303336"),
    },
    good="#6FAE98",
    some="#CDB866",
    bad="#CC8560",
    worst="#BE625C",
    unknown="#97A4B3",
)

HIGH_CONTRAST_LIGHT = Colours(
    page="#FFFFFF",
    rail="#FFFFFF",
    raised="#FFFFFF",
    text="#000000",
    quiet="#2E2E2E",
    line="#000000",
    edge="#000000",
    accent="#003E52",
    on_accent="#FFFFFF",
    wash="#D5E9F0",
    warn="#5C2F00",
    warn_wash="#FFF1D6",
    focus="#000000",
    elements={
        "participants": ("#00389A", "#DFEDFB"),
        "interventions": ("#B94E00", "#FDE3CF"),
        "comparisons": ("#5A0048", "#F5DEF0"),
        "outcomes": ("#0B7D54", "#D8F3E3"),
        "study-design": ("#3A2F00", "#F9F0B8"),
        "exclusion": ("#333333", "#EAEAEA"),
    },
)

HIGH_CONTRAST_DARK = Colours(
    page="#000000",
    rail="#000000",
    raised="#000000",
    text="#FFFFFF",
    quiet="#DADADA",
    line="#FFFFFF",
    edge="#FFFFFF",
    accent="#9FE3FA",
    on_accent="#000000",
    wash="#0E3440",
    warn="#FFD08A",
    warn_wash="#3A2800",
    focus="#FFFFFF",
    elements={
        "participants": ("#7FAEFF", "#1A3A6B"),
        "interventions": ("#FF8A3D", "#552F12"),
        "comparisons": ("#DB8CC5", "#451C50"),
        "outcomes": ("#BBF7DF", "#123A2C"),
        "study-design": ("#FFF2A0", "#464019"),
        "exclusion": ("#D5D5D5", "#333333"),
    },
)

SCHEMES = {
    "light": LIGHT,
    "dark": DARK,
    "high contrast light": HIGH_CONTRAST_LIGHT,
    "high contrast dark": HIGH_CONTRAST_DARK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementLook:
    """How a PICOS element is marked: its letter, and how its words are underlined."""

    letter: str
    underline: str


ELEMENTS = {
    "participants": ElementLook(letter="P", underline="solid"),
    "interventions": ElementLook(letter="I", underline="thick"),
    "comparisons": ElementLook(letter="C", underline="dashed"),
    "outcomes": ElementLook(letter="O", underline="dotted"),
    "study-design": ElementLook(letter="S", underline="double"),
    "other": ElementLook(letter="", underline="dot-dashed"),
    "exclusion": ElementLook(letter="X", underline="struck"),
}
"""By the words of `screener.model.Element`, and "exclusion" for words that speak against.

The underline carries the meaning without any colour; a criterion of the team's own ("other")
takes the first letter of its name.
"""


def element_colours(colours: Colours, element: str) -> tuple[str, str]:
    """Return the strong colour and the tint of an element; grey for any other word."""
    return colours.elements.get(element, colours.elements["exclusion"])

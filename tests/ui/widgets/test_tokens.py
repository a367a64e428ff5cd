"""Contrast and completeness of the tokens, in every scheme."""

from __future__ import annotations

import pytest

from screener.model import Element
from ui.widgets.tokens import ELEMENTS, SCALES, SCHEMES, TYPE, Colours, element_colours


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs(c: Colours) -> list[tuple[str, str, str, float]]:
    """Every pair that is used: name, foreground, background, ratio it needs."""
    text, sign = 4.5, 3.0
    found = [
        ("text on page", c.text, c.page, 7.0),
        ("text on rail", c.text, c.rail, 7.0),
        ("text on raised", c.text, c.raised, 7.0),
        ("text on wash", c.text, c.wash, 7.0),
        ("quiet on page", c.quiet, c.page, text),
        ("quiet on rail", c.quiet, c.rail, text),
        ("quiet on raised", c.quiet, c.raised, text),
        ("quiet on wash", c.quiet, c.wash, text),
        ("accent on page", c.accent, c.page, text),
        ("accent on rail", c.accent, c.rail, text),
        ("accent on wash", c.accent, c.wash, text),
        ("on accent", c.on_accent, c.accent, text),
        ("warn on page", c.warn, c.page, text),
        ("warn on its wash", c.warn, c.warn_wash, text),
        ("text on warn wash", c.text, c.warn_wash, 7.0),
        ("edge on page", c.edge, c.page, sign),
        ("edge on rail", c.edge, c.rail, sign),
        ("edge on raised", c.edge, c.raised, sign),
        ("focus on page", c.focus, c.page, sign),
    ]
    rated = ("good", "some", "bad", "worst", "unknown")
    found += [(f"sign on {name}", c.sign, getattr(c, name), text) for name in rated]
    for element in ELEMENTS:
        strong, tint = element_colours(c, element)
        found += [
            (f"text on {element} tint", c.text, tint, 7.0),
            (f"{element} on page", strong, c.page, sign),
            (f"{element} on its tint", strong, tint, sign),
        ]
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_that_is_used_has_its_contrast(scheme):
    poor = [
        (name, round(contrast(front, back), 2), need)
        for name, front, back, need in pairs(SCHEMES[scheme])
        if contrast(front, back) < need
    ]
    assert not poor


def test_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_every_element_has_a_letter_and_an_underline_of_its_own():
    assert set(ELEMENTS) == {*map(str, Element), "exclusion"}
    assert len({look.underline for look in ELEMENTS.values()}) == len(ELEMENTS)
    assert len({look.letter for look in ELEMENTS.values()}) == len(ELEMENTS)


def test_text_sizes_begin_at_100_and_end_at_200():
    assert SCALES[0] == 100
    assert SCALES[-1] == 200
    assert all(kind.line > kind.size for kind in TYPE.values())

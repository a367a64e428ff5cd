"""Settings say what they are."""

from __future__ import annotations

from screener.duplicates.settings import (
    ASK_EVERYTHING,
    CAUTIOUS,
    PRESETS,
    STANDARD,
    VERSION,
    Settings,
)


def test_the_presets():
    assert PRESETS == {
        "cautious": CAUTIOUS, "standard": STANDARD, "ask-everything": ASK_EVERYTHING,
    }  # fmt: skip


def test_described():
    assert STANDARD.described() == (
        f"duplicate rules version {VERSION}, standard; titles alike by 88 of 100 were asked about; "
        "years at most 1 apart"
    )
    assert "every pair was put to a person" in ASK_EVERYTHING.described()
    assert "put to a person: same-abstract" in CAUTIOUS.described()
    assert "rules off: years-differ" in Settings(off=frozenset({"years-differ"})).described()

"""How the finder decides, in words that a methods section can print."""

from __future__ import annotations

from dataclasses import dataclass, field

VERSION = "4"
"""Raised whenever a rule changes, so that a report says which rules ran."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Which rules are off, whether certain ones are asked, and the tolerances.

    `asked` names rules of certainty whose pairs go to a person; `ask_everything` sends all there.
    `likeness` (0 to 100) is how alike two titles are at least to be asked about; `years` is how far
    apart the years of a certain pair may be.
    """

    name: str = "standard"
    off: frozenset[str] = field(default_factory=frozenset)
    asked: frozenset[str] = field(default_factory=frozenset)
    ask_everything: bool = False
    likeness: float = 88.0
    years: int = 1

    def described(self, version: str = VERSION) -> str:
        """Say what the settings are, for the methods section of a report; `version` ran them."""
        parts = (
            f"duplicate rules version {version}, {self.name}",
            "every pair was put to a person" if self.ask_everything else "",
            f"put to a person: {', '.join(sorted(self.asked))}" if self.asked else "",
            f"rules off: {', '.join(sorted(self.off))}" if self.off else "",
            f"titles alike by {self.likeness:g} of 100 were asked about",
            f"years at most {self.years} apart",
        )
        return "; ".join(filter(None, parts))


STANDARD = Settings()
CAUTIOUS = Settings(
    name="cautious",
    asked=frozenset(
        (
            "same-own-pages",
            "same-doi-and-place",
            "same-page-range",
            "same-issue-and-page",
            "same-pages",
            "same-volume",
            "same-journal",
            "same-abstract",
        )
    ),
    years=0,
)
ASK_EVERYTHING = Settings(name="ask-everything", ask_everything=True)
PRESETS = {settings.name: settings for settings in (CAUTIOUS, STANDARD, ASK_EVERYTHING)}

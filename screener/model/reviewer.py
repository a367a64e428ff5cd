"""A person who decides."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import NewType

ReviewerId = NewType("ReviewerId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A reviewer of this review; the id is random, the name is unique as `folded_name` has it."""

    id: ReviewerId
    name: str
    arbitrator: bool = False


def folded_name(name: str) -> str:
    """Return a person's name as two names are compared: one person writes it in several ways.

    Compatible characters (full-width letters, composed and decomposed accents) are one (Unicode
    normalisation form NFKC), case counts for nothing, invisible characters (general category Cf,
    such as the zero-width joiner) are left out, and blanks are single ones between words.
    """
    visible = "".join(c for c in name if unicodedata.category(c) != "Cf")
    # A compatibility caseless match: The Unicode Standard, section 3.13, definition D146.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", visible).casefold())
    return " ".join(unicodedata.normalize("NFKC", folded.casefold()).split())

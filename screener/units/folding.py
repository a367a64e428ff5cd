"""Text as two databases would agree on it: no accents, no markup, no case, no punctuation."""

from __future__ import annotations

import html
import re
import unicodedata

from screener.model import searching

# Letters that Unicode does not take apart, and Greek letters, which databases spell out.
_LETTERS = str.maketrans(
    {
        **searching.LETTERS,
        "α": " alpha ", "β": " beta ", "γ": " gamma ", "δ": " delta ", "ε": " epsilon ",
        "ζ": " zeta ", "η": " eta ", "θ": " theta ", "ι": " iota ", "κ": " kappa ",
        "λ": " lambda ", "μ": " mu ", "ν": " nu ", "ξ": " xi ", "π": " pi ", "ρ": " rho ",
        "σ": " sigma ", "ς": " sigma ", "τ": " tau ", "υ": " upsilon ", "φ": " phi ",
        "χ": " chi ", "ψ": " psi ", "ω": " omega ",
    }
)  # fmt: skip
_TAGS = re.compile(
    r"</?(?:i|b|u|em|strong|italic|bold|sub|sup|inf|sc|p|br|span|font|title|jats:\w+|mml:\w+)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"<U\+([0-9A-F]{4,5})>")  # how R writes what its locale cannot
_OTHER = re.compile(r"[\W_]+")


def readable(text: str) -> str:
    """Resolve entities and escapes and drop tags of typesetting; "<18 y" stays."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = _TAGS.sub("", text)
    return text


def fold(text: str) -> str:
    """Letters and digits of every script in lower case, single spaces between words."""
    text = readable(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = searching.MARKS.sub("", text)
        text = searching.APOSTROPHES.sub("", text.casefold().translate(_LETTERS))
    else:
        text = text.lower()
        if "'" in text or "`" in text:
            text = searching.APOSTROPHES.sub("", text)
    return _OTHER.sub(" ", text).strip()


def compact(folded: str) -> str:
    """Return it without spaces: "beta-cell", "beta cell" and "betacell" are one word."""
    return folded.replace(" ", "")

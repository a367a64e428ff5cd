"""Greek letters in titles: databases keep them, write them out, shorten them or lose them."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What a letter may have become where the other database wrote its name.
_SHORT = {
    "alpha": "a", "beta": "b|ss", "gamma": "g|y", "delta": "d", "epsilon": "e", "zeta": "z",
    "eta": "h|n", "theta": "q|th", "kappa": "k", "lambda": "l", "mu": "u|m|mc|micro", "nu": "n|v",
    "xi": "x", "pi": "p", "rho": "r|p", "sigma": "s", "tau": "t", "phi": "f|ph", "chi": "c|x",
    "psi": "y|ps", "omega": "w|o",
}  # fmt: skip
_LEAST = 5
"""Letters of a name that is found within a word too: "gammagt"; "eta" is in many words."""
_WITHIN = re.compile("|".join(name for name in _SHORT if len(name) >= _LEAST) + "|beta")


def lost(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one run of words is the other but for Greek letters lost or shortened.

    alpha and beta are not one letter written in two ways, and what is left must be the same.
    """
    left, right = _pattern(one), _pattern(other)
    if left and re.fullmatch(left, "".join(other)):
        return True
    return bool(right) and re.fullmatch(right, "".join(one)) is not None


def _pattern(words: Sequence[str]) -> str:
    """Return what the words may look like in another database; empty if no letter is in them."""
    found = "".join(_forms(word) for word in words)
    return found if "(?:" in found else ""


def _forms(word: str) -> str:
    if word in _SHORT:
        return _any(word)
    return _WITHIN.sub(lambda found: _any(found[0]), word)


def _any(name: str) -> str:
    return f"(?:{name}|{_SHORT[name]}|)"

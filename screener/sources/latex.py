"""LaTeX as BibTeX files use it: decoded into text, and text written so that it decodes back."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "d": "\u0323", "b": "\u0331", "r": "\u030a", "t": "\u0361",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L":
    "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "ng": "ŋ", "dj": "đ", "DJ": "Đ", "S": "§", "P": "¶", "copyright": "©", "pounds": "£",
    "euro": "€", "textregistered": "®", "texttrademark": "™", "textendash": "–", "textemdash":
    "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"', "guillemotleft": "«",
    "guillemotright": "»", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textbar": "|", "textless": "<", "textgreater": ">", "textdegree": "°", "degree": "°",
    "textmu": "µ", "textdollar": "$", "textunderscore": "_", "textbraceleft": "{",
    "textbraceright": "}", "textpm": "±", "textellipsis": "…", "ldots": "…", "dots": "…",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta":
    "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi":
    "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi":
    "Φ", "Psi": "Ψ", "Omega": "Ω", "pm": "±", "times": "×", "leq": "≤", "le": "≤", "geq": "≥",
    "ge": "≥", "neq": "≠", "approx": "≈", "sim": "∼", "infty": "∞", "cdot": "·", "rightarrow":
    "→", "to": "→", "leftarrow": "←", "circ": "°", "in": "∈", "sum": "∑", "int": "∫", "sqrt":
    "√", "backslash": "\\", "textsemicolon": ";", "prime": "′", "square": "□", "bullet": "•",
    "textbullet": "•", "dag": "†", "ddag": "‡",
}  # fmt: skip
_SPACES = frozenset(
    (" ", ",", ";", ":", "!", "/", "\n", "newline", "linebreak", "quad", "qquad", "par")
)
# A formula begins and ends with no space inside, so that "$5 to $10" is none.
_TOKEN = re.compile(
    r"\\([A-Za-z]+)\*?[ \t]*|\\(.)|(---?)|(``|'')|([{}~])|"
    r"\$\$?([^\s$](?:[^$]*[^\s$])?)\$\$?(?!\d)",
    re.S,
)
_LETTER = re.compile(r"\s*(?:\\([ij])(?![A-Za-z])\s*(?:\{\})?|([^\W\d_]))")
_SPECIAL = re.compile(r"[\\{}$&#_%~^]|-(?=-)|`(?=`)|'(?=')")
_WRITTEN = {
    "\\": r"\textbackslash{}",
    "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "-": "-{}",
    "`": "`{}", "'": "'{}",
}  # fmt: skip
_MARKS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}


def decode(text: str) -> str:
    """Return `text` without LaTeX: accents composed, commands and braces gone."""
    if not _TOKEN.search(text):
        return text
    parts: list[str] = []
    position = 0
    while match := _TOKEN.search(text, position):
        parts.append(text[position : match.start()])
        position = match.end()
        word, sign, dash, quote, mark, formula = match.groups()
        if formula is not None:
            # In a formula _ and ^ set what follows low and high: H$_2$O is H2O.
            parts.append(decode(re.sub(r"(?<!\\)[_^]", "", formula)))
        elif word or sign:
            made, position = _command(word or sign, text, position, is_word=bool(word))
            parts.append(made)
        else:
            parts.append(_MARKS.get(dash or quote or mark, ""))
    parts.append(text[position:])
    return unicodedata.normalize("NFC", "".join(parts))


def _command(name: str, text: str, position: int, *, is_word: bool) -> tuple[str, int]:
    if name in _ACCENTS:
        letter, end = _argument(text, position)
        if letter:
            return _accented(letter, _ACCENTS[name]), end
    if name in _LETTERS and is_word:
        return _LETTERS[name], position
    if name in _SPACES:
        return " ", position
    if is_word:
        # An unknown command such as \emph or \url: its argument stays, the command goes.
        return "", position
    return ("" if name in '-"=' else name), position


_LONGEST = 60  # what an accent stands on


def _argument(text: str, position: int) -> tuple[str, int]:
    """Return what an accent stands on, decoded, and where it ends; accents may stand on accents."""
    if letter := _LETTER.match(text, position):
        return letter[1] or letter[2], letter.end()
    start = (
        position
        + len(text[position : position + _LONGEST])
        - len(text[position : position + _LONGEST].lstrip())
    )
    if text.startswith("\\", start) and text[start + 1 : start + 2] in _ACCENTS:
        made, end = _command(text[start + 1], text, start + 2, is_word=False)
        return made, end
    if not text.startswith("{", start):
        return "", position
    depth = 0
    for sign in _BRACE.finditer(text, start, start + _LONGEST):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if not depth:
            inside = decode(text[start + 1 : sign.start()]).strip()
            return (inside, sign.end()) if inside[:1].isalpha() else ("", position)
    return "", position


_BRACE = re.compile(r"\\.|[{}]", re.S)


def _accented(text: str, accent: str) -> str:
    """Put the accent on the first letter; over a dotless i it makes the i with that accent."""
    first = unicodedata.normalize("NFD", text)
    marks = next(
        (n for n, c in enumerate(first[1:], 1) if not unicodedata.combining(c)), len(first)
    )
    letter = {"ı": "i", "ȷ": "j"}.get(first[0], first[0])
    return unicodedata.normalize("NFC", letter + first[1:marks] + accent + first[marks:])


def encode(text: str) -> str:
    """Return `text` so that LaTeX, and `decode`, give it back.

    BibTeX counts braces even behind a backslash, so one without its partner is written as a word.
    """
    pairs = _pairs(text) if "{" in text else frozenset()
    return _SPECIAL.sub(
        lambda match: "\\" + match[0] if match.start() in pairs else _WRITTEN[match[0]], text
    )


def _pairs(text: str) -> frozenset[int]:
    """Return where the braces stand that have their partner."""
    opened: list[int] = []
    found: set[int] = set()
    for sign in re.finditer(r"[{}]", text):
        if sign[0] == "{":
            opened.append(sign.start())
        elif opened:
            found |= {opened.pop(), sign.start()}
    return frozenset(found)

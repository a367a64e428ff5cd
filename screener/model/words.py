"""The small words of sentences: counts, lists, names, articles; whether a text says anything."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from screener.model.record import Fields

NO_TITLE = "(no title)"
"""What stands where a title would; in brackets, because some records are called "No title"."""

_MOST = 10
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³]) *([.:].*)?", re.I)
_NO_LETTERS = re.compile(r'[<>:"|?*\\/\x00-\x1f]')
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def noun(number: int, one: str, many: str = "") -> str:
    """Return the word for so many: "change", "entries", "searches", "rows of a list".

    `many` is the plural where it is not made by "s", "es" or "ies".
    """
    if number == 1 or many:
        return one if number == 1 else many
    word, of, whose = one.partition(" of ")
    if re.search("[^aeiou]y$", word):
        return f"{word[:-1]}ies{of}{whose}"
    return f"{word}{'es' if re.search('(s|x|ch|sh)$', word) else 's'}{of}{whose}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a count with its word (see `noun`): "1 record", "2,131 records"."""
    return f"{number:,} {noun(number, one, many)}"


def counted_records(records: int, units: int | None) -> str:
    """Return how many records there are, and how many units where that is known and fewer.

    "13 records", "15 records (13 without duplicates)".
    """
    fewer = units is not None and units != records
    return counted(records, "record") + (f" ({units:,} without duplicates)" if fewer else "")


def number_word(number: int) -> str:
    """Return a number up to nine as a word, "no" for 0; a larger one in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def first_of(words: Sequence[str]) -> list[str]:
    """Return the words that a sentence has room for: the first ten, and how many more there are."""
    more = len(words) - _MOST
    return [*words[:_MOST], *([f"{more:,} more"] if more > 0 else [])]


def short_name(author: str) -> str:
    """Return "Okafor N" for "Okafor, Nina"; a collective author stays as it stands."""
    family, comma, given = author.partition(",")
    collective = author.rstrip().endswith(",")  # as sources write what is no person
    if collective or not comma or not given.strip():
        return author.strip(" ,")
    initials = "".join(part[0] for part in given.replace("-", " ").replace(".", " ").split())
    return f"{family.strip()} {initials}".strip()


def byline(fields: Fields) -> tuple[str, ...]:
    """Return authors, journal, and year or date of a record, as far as they are known."""
    authors = short_names(fields.authors, len(fields.authors))
    year = str(fields.year) if fields.year else fields.date
    return tuple(part for part in (authors, fields.journal, year) if part)


def short_names(authors: Sequence[str], most: int) -> str:
    """Return authors as "Okafor N, Brandt S"; more than `most` end in "et al."."""
    names = [short_name(author) for author in authors[:most]]
    return ", ".join([*names, "et al."] if len(authors) > most else names)


def a(words: str) -> str:
    """Return words with the indefinite article they need."""
    return f"{'an' if words[:1] in 'aeio' else 'a'} {words}"


_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_WIDTH = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return a text with a blank for every line break and control character.

    What a file says is shown among lines of the program, and must not look like one of them; so
    what turns the direction of writing, and with it the order of the whole line, is left out.
    """
    return unturned(_BREAKS.sub(" ", text))


def as_name(text: str) -> str:
    """Return a name, a title or a label as it is kept and shown: on one line, with single blanks.

    What turns the direction of writing is left out (`one_line`), and so is what has no width and
    joins no letters: two names that look the same are the same.
    """
    return " ".join(_NO_WIDTH.sub("", one_line(text)).split())


def as_lines(text: str) -> str:
    """Return a text of several lines as it is shown: without what turns the direction of writing.

    Line breaks and tabs stay; of other control characters each is a blank (`one_line`).
    """
    return unturned(_CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))


def unturned(text: str) -> str:
    """Return a text without what turns the direction of writing, also of what stands beside it."""
    return _TURNS.sub("", text)


def grouped(names: Iterable[str]) -> str:
    """Return names in their order, each once with how often it comes: "Join (3 times); Remove"."""
    counts = Counter(names)
    return "; ".join(name if n == 1 else f"{name} ({n:,} times)" for name, n in counts.items())


_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that Unicode draws as nothing: Hangul fillers, the empty Braille cell."""


def reason(why: str) -> str:
    """Return a reason that a person typed as the end of a sentence, without its full stop."""
    return why.strip().rstrip(".")


def is_blank(text: str) -> bool:
    """Say whether a text has nothing to read: blanks, control and invisible characters alone.

    A mark that only changes the character before it (a variation selector) is none by itself.
    """
    return not any(map(_is_seen, text))


def _is_seen(character: str) -> bool:
    category = unicodedata.category(character)
    return (
        category[0] not in "ZM" and category not in ("Cc", "Cf", "Cs") and character not in _UNSEEN
    )


def is_windows_name(name: str) -> bool:
    """Say whether a file can be called so on Windows, where a file of any system may come to.

    A name with a colon would be that of a part of another file, which no copy of that file has.
    Source: "Naming Files, Paths, and Namespaces", learn.microsoft.com.
    """
    return not (_NO_LETTERS.search(name) or _DEVICES.fullmatch(name) or name.endswith((".", " ")))

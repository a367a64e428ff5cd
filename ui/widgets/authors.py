"""How authors are written on a page: family name and initials."""

from __future__ import annotations

from collections.abc import Sequence


def short_name(author: str) -> str:
    """Return "Okafor N" for "Okafor, Nina"; a collective author stays as it stands."""
    family, comma, given = author.partition(",")
    collective = author.rstrip().endswith(",")  # as sources write what is no person
    if collective or not comma or not given.strip():
        return author.strip(" ,")
    initials = "".join(part[0] for part in given.replace("-", " ").replace(".", " ").split())
    return f"{family.strip()} {initials}".strip()


def short_names(authors: Sequence[str], most: int) -> str:
    """Write authors as "Okafor N, Brandt S"; more than `most` end in "et al."."""
    names = [short_name(author) for author in authors[:most]]
    return ", ".join([*names, "et al."] if len(authors) > most else names)

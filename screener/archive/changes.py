"""Versions of the protocol, and what a version of a text changed in the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import ndiff

from screener.archive.parts import Part, Plain, Review, Row, Table, yes
from screener.protocol import toml
from screener.store.file import File
from screener.store.history import of_kinds
from screener.store.kinds.project import Protocol


def changes(before: str, now: str) -> str:
    """Return the lines of a text that went (-) and came (+)."""
    lines = ndiff(before.splitlines(), now.splitlines())
    return "\n".join(line for line in lines if line[:2] in ("- ", "+ "))


def _path(number: int) -> str:
    return f"protocol/version-{number}.toml"


def parts(file: File, of: Review) -> Iterator[Part]:
    """Yield the table of the versions of the protocol, and each as it was."""
    texts = {one.version: toml.text(one) for one in of.protocol.every()}
    yield _versions(file, of, texts)
    for number, words in texts.items():
        about = f"Version {number} of the protocol: criteria, reasons and rules."
        yield Plain(path=_path(number), about=about, content=words.encode("utf-8", "replace"))


def _versions(file: File, of: Review, texts: dict[int, str]) -> Table:
    now = of.protocol.current.version

    def rows() -> Iterator[Row]:
        before = ""
        for entry in of_kinds(file, "protocol"):
            body = entry.event.body
            if isinstance(body, Protocol):
                words = texts.get(body.version, "")
                changed = changes(before, words) if before else ""
                number, time = body.version, entry.event.time
                yield number, _path(number), time, body.why, changed, yes(number == now)
                before = words

    return Table(
        path="protocol/versions.csv",
        about="The versions of the protocol: when each was made, what it changed, and why.",
        columns=(
            ("version", "Number of the version, from 1"),
            ("file", "File in this archive with the whole version"),
            ("time", "When it was made\tISO time with the computer's offset"),
            ("why", "Why it was changed"),
            ("changed", "Lines of the file that went (-) and came (+)"),
            ("in_force", "Whether it is the version that counts\tyes; empty"),
        ),
        rows=rows(),
    )

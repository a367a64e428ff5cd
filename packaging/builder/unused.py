"""Parts of libraries that no installed program uses, by their paths in `site-packages`."""

from __future__ import annotations

import fnmatch
from pathlib import Path

LIBRARIES = """
    font_source_*/files/*.otf font_source_*/files/*Black* font_source_*/files/*Bold*
    font_source_*/files/*Light* font_source_*/files/*It.ttf
    PIL/_avif*.so PIL/_avif*.pyd PIL/_webp*.so PIL/_webp*.pyd PIL/_imagingtk*
    pillow.libs/libavif* pillow.libs/libwebp* pillow.libs/libsharpyuv*
    lxml/isoschematron/* lxml/includes/* lxml/html/* lxml/objectify* lxml/*.pxi lxml/*.pxd
    fontTools/voltLib/* fontTools/mtiLib/* fontTools/merge/* fontTools/ufoLib/* fontTools/diff/*
    fontTools/t1Lib/* fontTools/cu2qu/* fontTools/qu2cu/* fontTools/misc/testTools*
"""
"""Other faces of the two fonts, formats of pictures, languages of XML and of fonts."""


def prune(folder: Path, patterns: str) -> None:
    """Take out the files that any of the patterns names, from the folder down."""
    wanted = patterns.split()
    for one in sorted(folder.rglob("*"), reverse=True):
        within = one.relative_to(folder).as_posix()
        inner = one.is_dir() and not one.is_symlink()
        if not inner and any(matches(within, pattern) for pattern in wanted):
            one.unlink()


def matches(within: str, pattern: str) -> bool:
    """Say whether a file is meant: `*` goes through folders, `**/` is also the topmost one."""
    top = pattern.removeprefix("**/")
    return fnmatch.fnmatchcase(within, pattern) or (
        top != pattern and fnmatch.fnmatchcase(within, top)
    )


def empty(folder: Path) -> None:
    """Remove folders in which nothing is left, and links that lead nowhere."""
    for one in sorted(folder.rglob("*"), reverse=True):
        if one.is_symlink():
            if not one.exists():
                one.unlink()
        elif one.is_dir() and not any(one.iterdir()):
            one.rmdir()

"""What a Linux desktop is told of the program: menu entry, file type, icons, description."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from builder import tools
from builder.places import LINUX, PACKAGING, ROOT, epoch, run, version

SIZES = (16, 24, 32, 48, 64, 128, 256)
ICONS = ROOT / "resources" / "icons"
ENTRY = "screener.desktop"
METAINFO = "screener.metainfo.xml"
TYPE = "screener.xml"


def filled(template: Path, **words: object) -> str:
    """Return a template with its @WORDS@ said."""
    text = template.read_text("utf-8")
    for name, word in words.items():
        text = text.replace(f"@{name.upper()}@", str(word))
    return text


def write_share(share: Path) -> None:
    """Write the `share` folder (of /usr or of a user) and validate what can be validated."""
    for folder in ("applications", "mime/packages", "metainfo"):
        (share / folder).mkdir(parents=True)
    entry, about = share / "applications" / ENTRY, share / "metainfo" / METAINFO
    shutil.copy(LINUX / ENTRY, entry)
    shutil.copy(ROOT / "resources" / "mime" / "packages" / TYPE, share / "mime" / "packages")
    day = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    about.write_text(filled(LINUX / METAINFO, version=version(), date=day), "utf-8")
    hicolor = share / "icons" / "hicolor"
    for name, place in (("screener", "apps/screener"), ("document", TYPE_ICON)):
        scalable = hicolor / "scalable" / f"{place}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ICONS / f"{name}.svg", scalable)
        draw(name, {s: hicolor / f"{s}x{s}" / f"{place}.png" for s in SIZES})
    validate(entry, about)


TYPE_ICON = "mimetypes/application-x-screener"


def draw(name: str, places: dict[int, Path]) -> None:
    """Draw an icon in several sizes as PNG."""
    for place in places.values():
        place.parent.mkdir(parents=True, exist_ok=True)
    words = [word for size, place in places.items() for word in (str(size), str(place))]
    run(tools.python(), PACKAGING / "icons.py", ICONS / f"{name}.svg", *words)


def validate(entry: Path, about: Path) -> None:
    """Ask the desktop's own validators, where they are installed."""
    if shutil.which("desktop-file-validate"):
        run("desktop-file-validate", entry)
    if shutil.which("appstreamcli"):
        # The project owns no domain yet whose name could stand in front of its own.
        allowed = "--override=cid-desktopapp-is-not-rdns=info"
        run("appstreamcli", "validate", "--no-net", allowed, about)
